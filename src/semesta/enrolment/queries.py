"""Readers of plans, decrees, uploads and tasks.

Lists for pages are limited to the user's area; a person outside it is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from semesta.access.area import covers, in_area
from semesta.access.models import User
from semesta.eligibility.models import DecisionRun
from semesta.eligibility.queries import decisions_folder, policy_of
from semesta.enrolment.allocate import CHOSEN, Limits, replacements
from semesta.enrolment.candidates import (
    PERSONS,
    Rules,
    join_candidates,
    limits_from,
)
from semesta.enrolment.decree import Head, Listed, decree_sha256, printed_address
from semesta.enrolment.models import (
    DataTask,
    Decree,
    DecreeEntry,
    Plan,
    ReplacementTask,
    UploadFile,
)
from semesta.enrolment.rank import RankKey
from semesta.enrolment.ranking import REASONS, lines_of, sentence
from semesta.enrolment.upload import Member
from semesta.intake.models import Delivery
from semesta.intake.words import occupations
from semesta.kernel import Month
from semesta.registry.models import Person
from semesta.registry.queries import HOLDER, numbers_of
from semesta.warehouse.snapshot import columns_of
from semesta.warehouse.workspace import Workspace

REJECTED = DecreeEntry.Status.REJECTED
ENTRIES_PER_PAGE = 50
ANSWERS = "insurer_answer"
T = TypeVar("T", DataTask, ReplacementTask)


def newest_plan() -> Plan | None:
    """The plan made last."""
    plans = Plan.objects.select_related("run", "decision_run__policy")
    return plans.order_by("-pk").first()


def newest_decree() -> Decree | None:
    """The decree issued last."""
    return Decree.objects.select_related("plan").order_by("-pk").first()


@dataclass(frozen=True)
class PlanSummary:
    """A plan in figures; `reasons`: in words, and how many were not chosen for it."""

    plan: Plan
    left: int
    last_rank: int
    reasons: list[tuple[str, int]]


def plan_summary(plan: Plan) -> PlanSummary:
    """What a plan spends, leaves, and why others are not in it."""
    counts = plan.run.counts
    return PlanSummary(
        plan=plan,
        left=plan.budget - plan.cost,
        last_rank=counts["last_rank"],
        reasons=[(REASONS[r], n) for r, n in counts["by_reason"].items()],
    )


@dataclass(frozen=True)
class RankingLine:
    """One person's place in a plan, with the sentence that explains it.

    `keys`: each priority of the policy in its order, and this person's value (None:
    unknown, which comes after all known ones).
    """

    plan: Plan
    rank: int
    outcome: str
    reason: str
    last_rank: int
    sentence: str
    keys: list[tuple[str, int | None]]


def ranking_line(
    person_id: int, workspace: Workspace, plan: Plan | None = None
) -> RankingLine | None:
    """Why a person is chosen or not in `plan`, by default the newest.

    None when the person is no candidate of it. The caller has checked that the person
    may be seen.
    """
    plan = plan or newest_plan()
    if plan is None:
        return None
    is_person = pc.field("person_id") == person_id
    found = pq.read_table(ranking_file(plan, workspace), filters=is_person).to_pylist()
    if not found:
        return None
    row, last = found[0], plan.run.counts["last_rank"]
    said = {name: row[name] for name in ("rank", "outcome", "reason")}
    priority = policy_of(plan.decision_run).priority
    return RankingLine(
        plan=plan,
        last_rank=last,
        sentence=sentence(**said, candidates=plan.candidates, last=last),
        keys=[(key.label, row[key.column]) for key in priority],
        **said,
    )


def ranking_file(plan: Plan, workspace: Workspace) -> Path:
    """Where a plan's ranking lies: one row per candidate."""
    return workspace.lake / "plans" / plan.name / "ranking.parquet"


def decrees(user: User) -> QuerySet[Decree]:
    """Decrees that list somebody in the user's area, newest first.

    `in_area` is the number of entries that the user may see.
    """
    inside = covers(user.area, "entries__kelurahan") if user.area else Q()
    return (
        Decree.objects.select_related("plan")
        .annotate(in_area=Count("entries", filter=inside))
        .filter(in_area__gt=0)
        .order_by("-issued_on", "-pk")
    )


def entries(
    user: User,
    decree: Decree,
    *,
    search: str = "",
    status: str = "",
    kelurahan: str = "",
    page: int | str = 1,
) -> Page[DecreeEntry]:
    """One page of a decree's list in the user's area, in printed order.

    `search` is a part of the name or the whole NIK. A page past the end is the last.
    """
    found = in_area(decree.entries.select_related("replacement"), user)
    if search := " ".join(search.split()):
        found = found.filter(Q(name__icontains=search) | Q(nik=search))
    if status:
        found = found.filter(status=status)
    if kelurahan:
        found = found.filter(kelurahan=kelurahan)
    return Paginator(found.order_by("number"), ENTRIES_PER_PAGE).get_page(page)


def entries_in_view(user: User, decree: Decree) -> QuerySet[DecreeEntry]:
    """A decree's whole list as far as the user's area goes, in printed order."""
    return in_area(decree.entries.order_by("number"), user)


@dataclass(frozen=True)
class EntryCounts:
    """Entries of a decree in the user's area: in all, by status, by kelurahan code."""

    total: int
    by_status: dict[str, int]
    by_kelurahan: dict[str, int]


def entry_counts(user: User, decree: Decree) -> EntryCounts:
    """How many entries the user may see, by status and by kelurahan."""
    rows = (
        in_area(decree.entries.all(), user)
        .order_by()
        .values_list("kelurahan", "status")
        .annotate(number=Count("pk"))
    )
    by_status = dict.fromkeys(DecreeEntry.Status.values, 0)
    by_kelurahan: dict[str, int] = {}
    for place, status, number in sorted(rows):
        by_status[status] += number
        by_kelurahan[place] = by_kelurahan.get(place, 0) + number
    return EntryCounts(sum(by_status.values()), by_status, by_kelurahan)


def entries_of_person(user: User, person_id: int) -> QuerySet[DecreeEntry]:
    """Every decree that lists a person or a double merged into them, newest first."""
    found = DecreeEntry.objects.filter(person_id__in=numbers_of(person_id))
    found = found.select_related("decree", "replacement")
    return in_area(found, user).order_by("-decree_id")


def upload_files(user: User, decree: Decree) -> QuerySet[UploadFile]:
    """The insurer's files of a decree; none for a user with an area.

    A file holds people of every kelurahan, so it is for the whole region only.
    """
    return decree.uploads.none() if user.area else decree.uploads.order_by("pk")


def replacement_tasks(
    user: User, decree: Decree | None = None
) -> QuerySet[ReplacementTask]:
    """Open replacements for places in the user's area."""
    found = ReplacementTask.objects.select_related("entry__decree", "candidate")
    return _open_tasks(found, user, decree)


def data_tasks(
    user: User, decree: Decree | None = None, *, blocking: bool = True
) -> QuerySet[DataTask]:
    """Open gaps of the upload file for entries in the user's area.

    By default only those that keep an entry out of the file.
    """
    found = DataTask.objects.select_related("entry__decree")
    return _open_tasks(found.filter(blocks=True) if blocking else found, user, decree)


def _open_tasks(found: QuerySet[T], user: User, decree: Decree | None) -> QuerySet[T]:
    found = in_area(found.filter(closed_at=None), user, "entry__kelurahan")
    if decree:
        found = found.filter(entry__decree=decree)
    return found.order_by("entry__decree_id", "entry__number")


def decree_head(decree: Decree) -> Head:
    """A decree's head as it enters the hash."""
    return Head(
        number=decree.number,
        issued_on=decree.issued_on,
        payer=decree.payer,
        first_month=str(Month.of(decree.first_month)),
        until_month=str(Month.of(decree.until_month)),
        cost_each=decree.plan.cost_each,
    )


def listed(decree: Decree) -> list[Listed]:
    """The frozen list, in printed order, whole: for publishing and checking only."""
    fields = [
        "person_id", "nik", "name", "born_on", "address", "kelurahan", "occupation",
        "occupation_code", "number",
    ]  # fmt: skip
    rows = decree.entries.order_by("number").values_list(*fields)
    return [Listed(*row) for row in rows]


def decree_is_whole(decree: Decree) -> bool:
    """Whether head and list still have the hash that was printed on the decree."""
    return decree_sha256(decree_head(decree), listed(decree)) == decree.sha256


# What this stage's services read; whole, not limited to an area.


def policy_rules(decision_run: DecisionRun) -> Rules:
    """What the policy of a decision run says about choosing."""
    policy = policy_of(decision_run)
    return Rules(
        payer=policy.payer,
        year=policy.year,
        keys=tuple(RankKey(key.column, key.highest_first) for key in policy.priority),
        limits=Limits(policy.household_cap, dict(policy.quotas or {})),
    )


def load_candidates(
    decision_run: DecisionRun, workspace: Workspace, rules: Rules
) -> pa.Table:
    """Those who pass, one row per person by id: see `join_candidates`."""
    persons = columns_of(Person.objects.filter(merged_into=None), PERSONS)
    folder = decisions_folder(workspace, decision_run.name)
    return join_candidates(folder / "decisions.parquet", persons, rules.keys)


@dataclass(frozen=True)
class Chosen:
    """A plan's chosen people, and who of them may not be listed."""

    people: list[Listed]
    dead: set[int]
    merged: set[int]


def chosen_people(plan: Plan, workspace: Workspace, *, on: date) -> Chosen:
    """The people a plan chose, with what a decree issued `on` that day prints.

    Dead are those who had died by then, or of whom only that they are dead is known.
    """
    chosen = pq.read_table(
        ranking_file(plan, workspace),
        columns=["person_id"],
        filters=pc.field("outcome") == CHOSEN,
    )["person_id"].to_pylist()
    titles = occupations()
    people = [
        Listed(
            person_id=person.pk,
            nik=person.nik,
            name=person.name,
            born_on=person.born_on,
            address=printed_address(person.address, person.rt, person.rw),
            kelurahan=person.kelurahan,
            occupation=titles.get(person.occupation, ""),
            occupation_code=person.occupation,
        )
        for person in Person.objects.in_bulk(chosen).values()
    ]
    return Chosen(people, *_gone(chosen, on=on))


def _gone(ids: Iterable[int], *, on: date) -> tuple[set[int], set[int]]:
    """Who of these people was dead on a day, and whose record was merged away."""
    wanted = set(ids)
    dead = Person.objects.filter(Q(died_on__lte=on) | Q(alive=False, died_on=None))
    merged = Person.objects.exclude(merged_into=None)
    return (
        wanted.intersection(dead.values_list("pk", flat=True)),
        wanted.intersection(merged.values_list("pk", flat=True)),
    )


def listed_people(plan: Plan) -> set[int]:
    """People on another decree of the same payer for any of the plan's months, also
    those listed there under the number of a double that was merged into them."""
    first = Month.of(plan.first_month)
    others = DecreeEntry.objects.filter(
        decree__payer=plan.payer,
        decree__first_month__lt=(first + plan.months).first_day,
        decree__until_month__gt=plan.first_month,
    )
    elsewhere = others.exclude(decree__plan=plan).exclude(status=REJECTED)
    return set(elsewhere.values_list(HOLDER, flat=True))


def members(decree: Decree) -> list[Member]:
    """What the insurer's file says of each entry that was not rejected.

    Identity is as printed on the decree; a birth date or an occupation that was not
    known then, and the telephone, are as the register has them today.
    """
    rows = decree.entries.exclude(status=DecreeEntry.Status.REJECTED)
    values = rows.order_by("number").values_list(
        "pk", "nik", "name", "born_on", "person__born_on", "person__phone",
        "occupation_code", "person__occupation",
    )  # fmt: skip
    return [
        Member(pk, nik, name, born or born_today, phone, job or job_today)
        for pk, nik, name, born, born_today, phone, job, job_today in values
    ]


def answer_deliveries() -> list[str]:
    """Lake names of all readable answers of the insurer, in order of arrival."""
    read = Delivery.objects.filter(supplier=ANSWERS, status=Delivery.Status.READ)
    return list(read.order_by("pk").values_list("name", flat=True))


def next_in_line(
    decree: Decree,
    workspace: Workspace,
    rejected: Iterable[int],
    offered: Mapping[int, int | None],
) -> dict[int, int | None]:
    """Who takes the place of each rejected person that was not offered on yet.

    Places are filled in the order in which they were ranked.
    """
    lines = lines_of(pq.read_table(ranking_file(decree.plan, workspace)))
    ranks = {line.candidate.person_id: line.rank for line in lines}
    dead, merged = _gone(ranks, on=date.max)
    # Who stands on this decree already may do so under the number of a double.
    here = set(decree.entries.values_list(HOLDER, flat=True))
    return replacements(
        lines,
        sorted(rejected, key=lambda person: ranks.get(person, len(ranks))),
        offered=offered,
        unavailable=listed_people(decree.plan) | dead | merged | here,
        limits=limits_from(decree.plan.run.inputs["rules"]),
    )
