"""The only writers of rounds, tasks and answers."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from semesta.access.models import User
from semesta.access.rights import check_may
from semesta.audit.services import find_run, record, recorded_run
from semesta.intake.words import occupations
from semesta.kernel import Actor, NotPossible, UserError
from semesta.planning.models import Plan
from semesta.verification import photo as photos
from semesta.verification import queries
from semesta.verification.incomes import income_bands
from semesta.verification.models import (
    Evidence,
    FieldAnswer,
    VerificationRound,
    VerificationTask,
)
from semesta.verification.outcome import DECIDED, outcome_of
from semesta.verification.paper import Lives, lines_of
from semesta.verification.said import LONGEST_TEXT, Said, whole
from semesta.warehouse.lake import write_bytes
from semesta.warehouse.workspace import Workspace

TOGETHER = 1_000
# The space of keys that are made here: of rows of deliveries, of decisions.
KEYS = UUID("5f1dd8f0-8f6b-4a55-9d0a-51f0b6c7e1a4")
LONGEST_FRESH = 730


# ── rounds ───────────────────────────────────────────────────────────────────


def draw_round(
    *,
    plan: Plan,
    workspace: Workspace,
    by: Actor,
    on: date,
    due_on: date,
    needed: int = 1,
    waiting: int = 0,
    fresh_days: int = 0,
) -> VerificationRound:
    """Ask the field about a plan's chosen people and the first `waiting` that wait.

    Who was asked and answered within `fresh_days` before `on`, or is being asked in an
    open round, is not asked again: that answer counts here. The same draw gives the
    first round again. UserError `field.needed`, `field.due`, `field.days`; NotPossible
    `field.nobody_new` when rounds of this plan ask about all of them already.
    """
    _check_draw(on, due_on, needed, waiting, fresh_days)
    inputs = {
        "plan": plan.name,
        "needed": needed,
        "waiting": waiting,
        "fresh_days": fresh_days,
    }
    if done := find_run("verify", inputs):
        return VerificationRound.objects.get(run=done)
    known = queries.known(plan, queries.fresh_since(on, fresh_days))
    people = [
        n for n in queries.wanted(plan, workspace, waiting) if n not in known.asked
    ]
    if not people:
        raise NotPossible(
            "field.nobody_new",
            "Putaran baru tidak diperlukan.",
            "Semua orang itu sudah ditanyakan dalam putaran rencana ini.",
            "Tambahkan orang dari daftar tunggu, atau susun rencana baru.",
        )
    with recorded_run(stage="verify", inputs=inputs, by=by, as_of=on) as draft:
        round_ = VerificationRound.objects.create(
            name=draft.name,
            run=draft.run,
            plan=plan,
            opened_on=on,
            due_on=due_on,
            needed=needed,
            waiting=waiting,
            fresh_days=fresh_days,
        )
        tasks = _tasks(round_, people, known)
        VerificationTask.objects.bulk_create(tasks, batch_size=TOGETHER)
        reused = sum(1 for task in tasks if task.earlier_id)
        draft.counts = {"people": len(tasks), "not_asked_again": reused}
    return round_


def _check_draw(
    on: date, due_on: date, needed: int, waiting: int, fresh_days: int
) -> None:
    if needed not in (1, 2):
        _refuse("needed", "Setiap orang ditanyakan kepada satu atau dua petugas.")
    if due_on < on:
        _refuse("due", "Pilih batas waktu hari ini atau sesudahnya.")
    if waiting < 0 or not 0 <= fresh_days <= LONGEST_FRESH:
        _refuse(
            "days", f"Isi 0 sampai {LONGEST_FRESH} hari, dan jumlah yang tidak minus."
        )


def _refuse(code: str, fix: str) -> None:
    raise UserError(
        f"field.{code}",
        "Putaran ini belum dapat dibuat.",
        "Salah satu isiannya di luar batas.",
        fix,
    )


def _tasks(
    round_: VerificationRound, people: list[int], known: queries.Known
) -> list[VerificationTask]:
    persons = queries.people_by_number(people)
    asked = [persons[n] for n in people if n not in known.fresh]
    places = {
        line.person_id: line
        for line in lines_of(
            round_.name,
            (Lives(p.pk, p.kelurahan, p.rw, p.rt, p.address) for p in asked),
        )
    }
    tasks = []
    for number in people:
        person, line = persons[number], places.get(number)
        tasks.append(
            VerificationTask(
                round=round_,
                person=person,
                kelurahan=person.kelurahan,
                rw=person.rw,
                rt=person.rt,
                address=person.address,
                page_code=line.page_code if line else "",
                line=line.number if line else 0,
                earlier=known.fresh.get(number),
            )
        )
    return tasks


@transaction.atomic
def move_due(
    *, round_: VerificationRound, due_on: date, by: Actor
) -> VerificationRound:
    """Give a round another last day. UserError `field.due`; NotPossible when closed."""
    current = _open_round(round_.pk)
    if due_on < current.opened_on:
        _refuse("due", "Batas waktu tidak boleh sebelum putaran dibuka.")
    if current.due_on != due_on:
        current.due_on = due_on
        current.save(update_fields=["due_on"])
        record(
            action="verification.due_moved",
            by=by,
            subject=f"round:{current.pk}",
            detail={"due_on": due_on.isoformat()},
        )
    return current


def _open_round(pk: int) -> VerificationRound:
    round_ = VerificationRound.objects.select_for_update().get(pk=pk)
    if not round_.is_open:
        raise NotPossible(
            "field.closed",
            "Putaran ini sudah ditutup.",
            "Sesudah ditutup, jawabannya tidak berubah lagi.",
            "Bila masih perlu diperiksa, mintalah petugas program membuka putaran baru.",
        )
    return round_


# ── answers ──────────────────────────────────────────────────────────────────


def answer_task(
    *,
    user: User,
    task_pk: int,
    key: UUID,
    said: Said,
    workspace: Workspace,
    by: Actor,
    on: date,
    given_at: datetime | None = None,
    photo: bytes = b"",
) -> FieldAnswer:
    """Store what an account says of a person in its area; the same key once only.

    `on`: the day of the answer; `given_at`: when it was tapped, if it comes late.
    UserErrors of `said.whole` and `photo.cleaned`, `field.key`; NotAllowed
    `field.not_yours`; NotPossible `field.closed`.
    """
    task = queries.task_for(user, task_pk)
    stored = FieldAnswer.objects.filter(key=key).first()
    if stored:
        return _same(stored, task, by)
    said = checked(said, on)
    if photo:
        said = replace(said, photo=keep_photo(photo, workspace, by))
    late = min(given_at, by.at) if given_at else by.at
    try:
        return store(
            task, said, key=key, by=by, channel=FieldAnswer.Channel.PAGE, given_at=late
        )
    except IntegrityError:
        # The same answer came in twice at the same moment.
        return _same(FieldAnswer.objects.get(key=key), task, by)


def checked(said: Said, on: date) -> Said:
    """The answer made whole by the lists of this day. UserErrors of `said.whole`."""
    return whole(
        said,
        not_after=on,
        occupations=occupations(),
        incomes={band.base for band in income_bands(on)},
    )


def _same(stored: FieldAnswer, task: VerificationTask, by: Actor) -> FieldAnswer:
    if stored.task_id == task.pk and stored.by == by.username:
        return stored
    raise UserError(
        "field.key",
        "Jawaban ini belum disimpan.",
        "Tandanya sudah dipakai jawaban lain.",
        "Buka lagi halaman orang ini, lalu jawab sekali lagi.",
    )


@transaction.atomic
def store(
    task: VerificationTask,
    said: Said,
    *,
    key: UUID,
    by: Actor,
    channel: str,
    given_at: datetime,
    said_by: str = "",
    row_id: str = "",
    settles: bool = False,
    note: str = "",
) -> FieldAnswer:
    """Append an answer and bring its task up to date; for this stage's own writers.

    `said_by`: whose voice it is, where another account hands it in.
    """
    _open_round(task.round_id)
    current = VerificationTask.objects.select_for_update().get(pk=task.pk)
    answer = FieldAnswer.objects.create(
        task=current,
        key=key,
        by=said_by or by.username,
        channel=channel,
        given_at=given_at,
        received_at=by.at,
        row_id=row_id,
        settles=settles,
        note=note,
        **{name: getattr(said, name) for name in queries.SAID},
    )
    _bring_up_to_date(current, task.round.needed, answer)
    record(
        action="verification.settled" if settles else "verification.answered",
        by=by,
        subject=f"verification:{current.pk}",
        detail={"verdict": said.verdict, "reason": said.reason, "channel": channel},
    )
    return answer


def _bring_up_to_date(task: VerificationTask, needed: int, newest: FieldAnswer) -> None:
    answers = [queries.given_of(one) for one in task.answers.all()]
    outcome = outcome_of(answers, needed=needed)
    task.state, task.voices = outcome.state, outcome.voices
    task.standing_id = outcome.standing.number if outcome.standing else None
    task.decided_at = newest.received_at if outcome.state in DECIDED else None
    task.save(update_fields=["state", "voices", "standing", "decided_at"])


def keep_photo(content: bytes, workspace: Workspace, by: Actor) -> str:
    """Keep a picture without what it tells beside its image; returns its SHA-256."""
    picture = photos.cleaned(content)
    sha256 = hashlib.sha256(picture.content).hexdigest()
    path = queries.evidence_file(workspace, sha256, picture.ending)
    if not path.exists():
        write_bytes(picture.content, path)
    Evidence.objects.get_or_create(
        sha256=sha256,
        defaults={
            "ending": picture.ending,
            "kind": picture.kind,
            "size": len(picture.content),
            "kept_at": by.at,
        },
    )
    return sha256


def settle(
    *, user: User, task_pk: int, answer_pk: int, note: str, by: Actor
) -> FieldAnswer:
    """Decide which of two differing answers counts; nobody settles their own.

    UserError `field.no_dispute`, `field.note` without a reason; NotAllowed for others
    than the officer.
    """
    check_may(user, "run_verification")
    task = queries.dispute_for(user, task_pk)
    answers = FieldAnswer.objects.filter(task=task, pk=answer_pk, settles=False)
    chosen = answers.first()
    if task is None or chosen is None:
        raise UserError(
            "field.no_dispute",
            "Tidak ada beda jawaban untuk diputuskan.",
            "Mungkin sudah diputuskan, atau jawabannya sudah diganti petugas lapangan.",
            "Muat ulang halaman putaran.",
        )
    note = " ".join(note.split())[:LONGEST_TEXT]
    if not note:
        raise UserError(
            "field.note",
            "Keputusan ini belum disimpan.",
            "Pemeriksa perlu tahu mengapa jawaban yang satu dipakai.",
            "Tulis alasannya dengan satu kalimat.",
        )
    return store(
        task,
        queries.given_of(chosen).said,
        key=uuid5(KEYS, f"settle:{task.pk}:{chosen.pk}:{task.answers.count()}"),
        by=by,
        channel=FieldAnswer.Channel.OFFICE,
        given_at=by.at,
        settles=True,
        note=note,
    )
