"""The only readers of rounds, tasks and answers; area limits are applied here.

A task outside the user's area is told apart from none at all by nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from semesta.access.area import check_sees_place, in_area
from semesta.access.models import User
from semesta.access.rights import check_may
from semesta.kernel import NotAllowed
from semesta.planning.allocate import CHOSEN, WAITING
from semesta.planning.models import Plan
from semesta.planning.queries import ranking_file
from semesta.registry.models import Person
from semesta.verification.models import (
    AnswerProblem,
    Evidence,
    FieldAnswer,
    VerificationRound,
    VerificationTask,
)
from semesta.verification.outcome import DECIDED, DISPUTED, OPEN, REFUSED, Given
from semesta.verification.said import Said
from semesta.warehouse.workspace import Workspace

# The state that counts: of the task itself, or of the earlier one that stands for it.
STATE_NOW = Coalesce("earlier__state", "state")
_HOLDER = Coalesce("person__merged_into_id", "person_id")
SAID = (
    "verdict", "reason", "reason_text", "lives_here", "alive", "works", "died_on",
    "occupation", "income", "phone", "address", "rt", "rw", "photo",
)  # fmt: skip


# ── rounds ───────────────────────────────────────────────────────────────────


def rounds(user: User) -> QuerySet[VerificationRound]:
    """Rounds that ask about somebody in the user's area, newest first."""
    check_may(user, "see_verification")
    inside = in_area(VerificationTask.objects.all(), user).values("round")
    found = VerificationRound.objects.select_related("plan")
    return found.filter(pk__in=inside) if user.area else found


@dataclass(frozen=True)
class Progress:
    """How far a place is: people in all, by state, and the day of the last answer."""

    kelurahan: str
    total: int
    by_state: dict[str, int]
    last: datetime | None

    @property
    def done(self) -> int:
        """People about whom nothing more is asked in the field."""
        return self.total - self.by_state[OPEN]

    @property
    def left(self) -> int:
        return self.by_state[OPEN]

    @property
    def share(self) -> float:
        """Per cent done."""
        return 100 * self.done / self.total if self.total else 0.0


def progress(user: User, round_: VerificationRound) -> list[Progress]:
    """One line per kelurahan in the user's area, those with most left first."""
    tasks = in_area(VerificationTask.objects.filter(round=round_), user)
    counted = {
        state: Count("pk", filter=Q(now=state))
        for state in VerificationTask.State.values
    }
    rows: Iterable[Any] = (
        tasks.annotate(now=STATE_NOW)
        .order_by()
        .values("kelurahan")
        .annotate(total=Count("pk"), last=Max("standing__given_at"), **counted)
    )
    lines = [
        Progress(
            row["kelurahan"], row["total"], {s: row[s] for s in counted}, row["last"]
        )
        for row in rows
    ]
    return sorted(lines, key=lambda one: (-one.left, one.kelurahan))


def whole_of(lines: Iterable[Progress]) -> Progress:
    """All places together."""
    lines = list(lines)
    states = VerificationTask.State.values
    return Progress(
        "",
        sum(one.total for one in lines),
        {state: sum(one.by_state[state] for one in lines) for state in states},
        max((one.last for one in lines if one.last), default=None),
    )


def refusals(user: User, round_: VerificationRound) -> list[tuple[str, int]]:
    """Refused people in the user's area by reason, most frequent first."""
    tasks = in_area(VerificationTask.objects.filter(round=round_), user)
    rows = (
        tasks.annotate(
            now=STATE_NOW, why=Coalesce("earlier__standing__reason", "standing__reason")
        )
        .filter(now=REFUSED)
        .order_by()
        .values_list("why")
        .annotate(number=Count("pk"))
    )
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def disputed(user: User, round_: VerificationRound) -> QuerySet[VerificationTask]:
    """People on whom two answers differ, in the user's area, oldest first."""
    tasks = in_area(VerificationTask.objects.filter(round=round_), user)
    return tasks.filter(state=DISPUTED).select_related("person").order_by("pk")


def problems(user: User) -> QuerySet[AnswerProblem]:
    """Rows of deliveries that are no answer yet, in the user's area."""
    check_may(user, "see_verification")
    return in_area(AnswerProblem.objects.filter(closed_at=None), user)


# ── tasks ────────────────────────────────────────────────────────────────────


def tasks_in_view(user: User, round_: VerificationRound) -> QuerySet[VerificationTask]:
    """A round's people in the user's area, with names, by kelurahan, RW, RT, address."""
    check_may(user, "see_verification")
    check_may(user, "see_people")
    found = VerificationTask.objects.filter(round=round_).select_related(
        "person", "standing", "earlier__standing"
    )
    return in_area(found, user).annotate(now=STATE_NOW)


def field_tasks(user: User) -> QuerySet[VerificationTask]:
    """Whom this account may answer about: people of open rounds in its area."""
    check_may(user, "verify_in_field")
    found = VerificationTask.objects.filter(
        round__closed_at=None, earlier=None
    ).select_related("person", "round")
    return in_area(found, user)


def my_tasks(user: User, search: str = "") -> QuerySet[VerificationTask]:
    """Whom this account still has to answer about, in the order of a walk.

    `search`: a part of the name or of the address.
    """
    answered = FieldAnswer.objects.filter(by=user.username).values("task")
    found = field_tasks(user).filter(state=OPEN).exclude(pk__in=answered)
    if words := " ".join(search.split()):
        found = found.filter(
            Q(person__name__icontains=words) | Q(address__icontains=words)
        )
    return found.order_by("round__due_on", "kelurahan", "rw", "rt", "address", "pk")


def my_answers(user: User) -> QuerySet[FieldAnswer]:
    """What this account answered in open rounds, newest first."""
    tasks = field_tasks(user).values("pk")
    found = FieldAnswer.objects.filter(by=user.username, task__in=tasks)
    return found.select_related("task__person").order_by("-pk")


def task_for(user: User, pk: int) -> VerificationTask:
    """The task this account may answer. NotAllowed `field.not_yours` in the same words
    whether it lies elsewhere or is not there."""
    check_may(user, "verify_in_field")
    found = VerificationTask.objects.select_related("person", "round").filter(
        pk=pk, earlier=None
    )
    task = in_area(found, user).first()
    if task is None:
        raise NotAllowed(
            "field.not_yours",
            "Orang ini tidak ada di daftar tugas Anda.",
            "Anda hanya memeriksa orang di wilayah tugas Anda sendiri.",
            "Kembali ke daftar, lalu pilih orang dari sana.",
        )
    return task


def own_answer(user: User, task: VerificationTask) -> FieldAnswer | None:
    """What this account said last; nobody sees what the other of two people said."""
    return task.answers.filter(by=user.username, settles=False).last()


def dispute_for(user: User, pk: int) -> VerificationTask | None:
    """A task to settle, with its answers at hand; None when it is no dispute."""
    check_may(user, "run_verification")
    found = VerificationTask.objects.select_related("person", "round")
    return in_area(found, user).filter(pk=pk, state=DISPUTED).first()


def voices_of(task: VerificationTask) -> list[FieldAnswer]:
    """The newest answer of each account, in order of arrival."""
    newest = {one.by: one for one in task.answers.filter(settles=False)}
    return sorted(newest.values(), key=lambda one: one.pk)


def evidence_for(user: User, answer_pk: int) -> tuple[FieldAnswer, Evidence] | None:
    """A picture with the answer it belongs to, in the user's area; None without one.

    NotAllowed outside the area, and for those who see no people.
    """
    check_may(user, "see_evidence")
    answer = (
        FieldAnswer.objects.select_related("task")
        .filter(pk=answer_pk)
        .exclude(photo="")
        .first()
    )
    if answer is None:
        return None
    check_sees_place(user, answer.task.kelurahan)
    return answer, Evidence.objects.get(sha256=answer.photo)


def evidence_file(workspace: Workspace, sha256: str, ending: str) -> Path:
    """Where a picture lies."""
    return workspace.evidence / sha256[:2] / f"{sha256}{ending}"


# ── what later stages read: whole, not limited to an area ────────────────────


@dataclass(frozen=True)
class Result:
    """What the field says of one person: `state` as in `outcome`, why, when, how many
    different accounts answered and how many were asked for."""

    state: str
    reason: str = ""
    reason_text: str = ""
    at: datetime | None = None
    voices: int = 0
    needed: int = 1


def results(plan: Plan) -> dict[int, Result]:
    """Person → what the field says, for everyone asked about in the plan's rounds.

    Whoever was merged into another counts as that one. The newest round counts.
    """
    tasks = (
        VerificationTask.objects.filter(round__plan=plan)
        .select_related("standing", "earlier__standing", "earlier__round", "round")
        .annotate(holder=_HOLDER)
        .order_by("pk")
    )
    return {task.holder: _result(task.earlier or task) for task in tasks}


def _result(task: VerificationTask) -> Result:
    standing = task.standing
    return Result(
        state=task.state,
        reason=standing.reason if standing else "",
        reason_text=standing.reason_text if standing else "",
        at=standing.given_at if standing else None,
        voices=task.voices,
        needed=task.round.needed,
    )


# ── what this stage's services read ──────────────────────────────────────────


def wanted(plan: Plan, workspace: Workspace, waiting: int) -> list[int]:
    """Person numbers of the chosen, then of the first `waiting` of the waiting list."""
    table = pq.read_table(
        ranking_file(plan, workspace), columns=["person_id", "rank", "outcome"]
    )
    lines = sorted(table.to_pylist(), key=lambda line: line["rank"])
    chosen = [n["person_id"] for n in lines if n["outcome"] == CHOSEN]
    return chosen + [n["person_id"] for n in lines if n["outcome"] == WAITING][:waiting]


@dataclass
class Known:
    """Whom rounds ask or asked about: `asked` by this plan, and for each person the task
    whose answer is fresh enough or still awaited."""

    asked: set[int] = field(default_factory=set)
    fresh: dict[int, VerificationTask] = field(default_factory=dict)


def known(plan: Plan, since: date) -> Known:
    """What earlier rounds know of people; answers before `since` are too old."""
    found = Known(
        asked=set(
            VerificationTask.objects.filter(round__plan=plan).values_list(
                "person_id", flat=True
            )
        )
    )
    tasks = VerificationTask.objects.filter(earlier=None).filter(
        Q(state__in=DECIDED, decided_at__date__gte=since) | Q(round__closed_at=None)
    )
    for task in tasks.order_by("pk"):
        found.fresh[task.person_id] = task
    return found


def fresh_since(on: date, fresh_days: int) -> date:
    """The first day whose answers still count; without days none do."""
    return on - timedelta(days=fresh_days) if fresh_days else on + timedelta(days=1)


def people_by_number(numbers: Iterable[int]) -> dict[int, Person]:
    """The people with these numbers."""
    return Person.objects.in_bulk(list(numbers))


def given_of(answer: FieldAnswer) -> Given:
    """A stored answer as `outcome` reads it."""
    said = Said(**{name: getattr(answer, name) for name in SAID})
    return Given(answer.pk, answer.by, answer.given_at, said, answer.settles)


def decided_tasks(round_: VerificationRound) -> QuerySet[VerificationTask]:
    """The round's own decided tasks, with person and standing answer."""
    found = round_.tasks.filter(earlier=None, state__in=DECIDED)
    return found.select_related("person", "standing").order_by("pk")
