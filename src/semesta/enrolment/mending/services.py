"""The only writers of rejection tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from semesta.audit.services import record
from semesta.decrees.models import Decree, DecreeEntry
from semesta.enrolment.answers import Answer
from semesta.enrolment.mending.models import RejectionTask
from semesta.enrolment.mending.remedies import REMEDIES, may_move, remedy_for
from semesta.enrolment.upload import is_name
from semesta.kernel import Actor, NotPossible, UserError
from semesta.kernel.identity import SIXTEEN_DIGITS

State = RejectionTask.State
TOGETHER = 500
KEPT = [
    "kind", "row_id", "state", "due_on", "rounds", "changed_at", "changed_by", "version",
]  # fmt: skip


def keep_rejections(
    *, decree: Decree, rejected: Mapping[int, Answer], by: Actor
) -> None:
    """One task per rejected entry (`rejected`: entry id → answer), in the caller's
    transaction. A new rejection opens a task again; a task whose entry is registered
    after all is closed. The same answers again change nothing."""
    standing = {
        task.entry_id: task
        for task in RejectionTask.objects.filter(entry__decree=decree)
    }
    new, changed = [], []
    for entry_id, answer in rejected.items():
        task = standing.get(entry_id)
        if task is None:
            new.append(_opened(RejectionTask(entry_id=entry_id), answer, by, rounds=1))
        elif task.row_id != answer.row_id:
            changed.append(_opened(task, answer, by, rounds=task.rounds + 1))
    registered = set(
        decree.entries.filter(status=DecreeEntry.Status.REGISTERED).values_list(
            "pk", flat=True
        )
    )
    for task in standing.values():
        if task.entry_id in registered and task.state != State.CLOSED:
            _set_state(task, State.CLOSED, by)
            changed.append(task)
    RejectionTask.objects.bulk_create(new, batch_size=TOGETHER)
    RejectionTask.objects.bulk_update(changed, KEPT, batch_size=TOGETHER // 4)


def _opened(
    task: RejectionTask, answer: Answer, by: Actor, *, rounds: int
) -> RejectionTask:
    remedy = remedy_for(answer.reason_code, answer.reason_text)
    task.kind, task.row_id, task.rounds = remedy.kind, answer.row_id, rounds
    task.due_on = by.at.date() + timedelta(days=remedy.days)
    if rounds == 1:
        task.opened_at = by.at
    _set_state(task, State.OPEN, by)
    return task


def _set_state(task: RejectionTask, state: str, by: Actor) -> None:
    task.state, task.changed_at, task.changed_by = state, by.at, by.username
    task.version += 1


def work_on_rejection(
    *,
    task: RejectionTask,
    version: int,
    state: str,
    by: Actor,
    nik_on_card: str = "",
    name_on_card: str = "",
    note: str = "",
) -> RejectionTask:
    """Bring a rejection into another state, with what was read from the identity card.

    UserError `enrolment.stale` when somebody else changed it since `version`,
    `rejection.move` for a step that is not one, `rejection.nik`, `rejection.name`.
    """
    nik, name = nik_on_card.strip(), " ".join(name_on_card.upper().split())
    _check_card(nik, name)
    if not may_move(task.state, state):
        raise _no_such_step(task, state)
    with transaction.atomic():
        same = RejectionTask.objects.filter(pk=task.pk, version=version)
        changed = same.update(
            state=state,
            nik_on_card=nik,
            name_on_card=name,
            note=note.strip()[:200],
            changed_at=by.at,
            changed_by=by.username,
            version=F("version") + 1,
        )
        if not changed:
            raise stale()
        record(
            action="enrolment.rejection",
            by=by,
            subject=f"entry:{task.entry_id}",
            detail={"from": task.state, "to": state, "card": bool(nik or name)},
        )
    task.refresh_from_db()
    return task


def replace_hopeless(*, tasks: Iterable[RejectionTask], by: Actor) -> int:
    """Give away the places of those who cannot be sent again; returns how many."""
    given = [
        task
        for task in tasks
        if task.state == State.OPEN and not REMEDIES[task.kind].mendable
    ]
    with transaction.atomic():
        for task in given:
            work_on_rejection(
                task=task, version=task.version, state=State.REPLACED, by=by
            )
    return len(given)


def mark_resent(entry_ids: Iterable[int], *, by: Actor) -> None:
    """Note that the corrected rows of these entries stand in a further file."""
    ready = RejectionTask.objects.filter(
        entry_id__in=list(entry_ids), state=State.READY
    )
    ready.update(
        state=State.RESENT,
        changed_at=by.at,
        changed_by=by.username,
        version=F("version") + 1,
    )


def _check_card(nik: str, name: str) -> None:
    if nik and not SIXTEEN_DIGITS.fullmatch(nik):
        raise UserError(
            "rejection.nik",
            "NIK menurut KTP belum benar.",
            "NIK terdiri atas enam belas angka.",
            "Ketik lagi NIK dari KTP, tanpa spasi dan titik; kosongkan bila tidak berubah.",
        )
    if name and not is_name(name):
        raise UserError(
            "rejection.name",
            "Nama menurut KTP belum benar.",
            "Nama memuat tanda yang tidak ada di KTP, atau terlalu panjang.",
            "Ketik nama huruf demi huruf seperti di KTP; kosongkan bila tidak berubah.",
        )


def _no_such_step(task: RejectionTask, state: str) -> UserError:
    after = State(state).label if state in State.values else state
    return NotPossible(
        "rejection.move",
        f"Tugas ini tidak dapat menjadi “{after}”.",
        f"Keadaannya sekarang “{task.get_state_display()}”.",
        "Muat ulang halaman dan pilih salah satu langkah yang ditawarkan.",
    )


def stale() -> UserError:
    """Somebody else was quicker."""
    return NotPossible(
        "enrolment.stale",
        "Perubahan Anda belum disimpan.",
        "Orang lain mengubah hal yang sama sesudah halaman ini dibuka.",
        "Muat ulang halaman, lihat keadaannya sekarang, lalu ulangi bila masih perlu.",
    )
