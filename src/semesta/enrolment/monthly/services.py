"""The only writers of months, their changes, and the deactivation file."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.db.models import F

from semesta.audit.services import record
from semesta.enrolment import insurer_check
from semesta.enrolment.codes.queries import codes_on
from semesta.enrolment.mending.services import stale
from semesta.enrolment.monthly import deactivation, kinds, periods, queries
from semesta.enrolment.monthly.detecting import detect
from semesta.enrolment.monthly.kinds import Proposal, propose
from semesta.enrolment.monthly.models import ChangeTask, DeactivationFile, MonthPeriod
from semesta.kernel import Actor, Month, NotPossible, UserError
from semesta.warehouse.lake import write_bytes
from semesta.warehouse.workspace import Workspace

State = ChangeTask.State
TOGETHER = 500
SAID = ("delivery", "row_id", "occurred_on", "detail", "action", "stop_from")


def find_changes(*, month: Month, workspace: Workspace, by: Actor) -> dict[str, Any]:
    """Look for the changes of a month and keep one task per entry and kind.

    A task that nobody decided follows what the lists say now, or is withdrawn when they
    say it no longer; a decided one stays, unless another row says anew what was declined
    or kept. What an earlier month has found and not decided stays there.
    Returns how many stand `found`, by kind, and how many are `new`, `changed` and
    `withdrawn` by this call. The same lists again change nothing. NotPossible when the
    month is no draft.
    """
    period = queries.period_of(month)
    if period:
        periods.check_open(month, period.state)
    members = queries.members_of(month)
    rows = detect(members, queries.lists_of(workspace), month=month).to_pylist()
    wanted = {(row["entry_id"], row["kind"]): row for row in rows}
    with transaction.atomic():
        if period is None:
            period = MonthPeriod.objects.create(month=month.first_day, looked_at=by.at)
        counts = _keep(period, wanted, month, by)
    return counts | _standing(period)


def _keep(
    period: MonthPeriod,
    wanted: dict[queries.Slot, dict[str, Any]],
    month: Month,
    by: Actor,
) -> dict[str, int]:
    own, earlier = queries.tasks_by_slot(period, {entry for entry, _ in wanted})
    new, changed = [], []
    for slot, row in wanted.items():
        task = own.get(slot)
        if task is None:
            if _is_news(earlier.get(slot), row):
                task = ChangeTask(period=period, entry_id=slot[0], kind=slot[1])
                new.append(_said(task, row, _proposal(row, month)))
        elif task.state in (State.FOUND, State.WITHDRAWN) or _is_news(task, row):
            before = [getattr(task, name) for name in (*SAID, "state")]
            _said(task, row, _proposal(row, month)).state = State.FOUND
            if before != [getattr(task, name) for name in (*SAID, "state")]:
                changed.append(task)
    withdrawn = [
        task
        for slot, task in own.items()
        if task.state == State.FOUND and slot not in wanted
    ]
    for task in withdrawn:
        task.state = State.WITHDRAWN
    for task in (*changed, *withdrawn):
        task.version += 1
    counts = {"new": len(new), "changed": len(changed), "withdrawn": len(withdrawn)}
    _write(period, new, [*changed, *withdrawn], counts, by)
    return counts


def _write(
    period: MonthPeriod,
    new: list[ChangeTask],
    touched: list[ChangeTask],
    counts: dict[str, int],
    by: Actor,
) -> None:
    if not new and not touched:
        return
    ChangeTask.objects.bulk_create(new, batch_size=TOGETHER)
    fields = [*SAID, "state", "version"]
    ChangeTask.objects.bulk_update(touched, fields, batch_size=TOGETHER // 4)
    MonthPeriod.objects.filter(pk=period.pk).update(looked_at=by.at)
    record(
        action="month.changes_found",
        by=by,
        subject=f"month:{Month.of(period.month)}",
        detail=counts,
    )


def _is_news(task: ChangeTask | None, row: dict[str, Any]) -> bool:
    """Whether a finding says more than the newest task about it: there is none, it was
    withdrawn, or it was settled without anybody leaving and another row says it anew."""
    if task is None or task.state == State.WITHDRAWN:
        return True
    left = task.state == State.ACCEPTED and task.action in kinds.VACATING
    if task.state == State.FOUND or left:
        return False
    return bool(task.row_id != row["row_id"])


def _proposal(row: dict[str, Any], month: Month) -> Proposal:
    fact = row["fact"]
    return propose(
        row["kind"],
        occurred_on=row["occurred_on"],
        month=month,
        fact=kinds.payer_in_words(fact, month)
        if row["kind"] == kinds.DOUBLE_PAYER
        else fact,
        is_member=row["registered"],
        is_twice=row["twice"],
    )


def _said(task: ChangeTask, row: dict[str, Any], proposal: Proposal) -> ChangeTask:
    task.delivery, task.row_id = row["delivery"], row["row_id"]
    task.occurred_on, task.detail = row["occurred_on"], proposal.detail[:200]
    task.action = proposal.action
    stop = proposal.stop_from
    task.stop_from = stop.first_day if stop else None
    return task


def _standing(period: MonthPeriod) -> dict[str, Any]:
    by_kind: dict[str, int] = {}
    found = period.changes.exclude(state=State.WITHDRAWN).order_by("kind")
    for kind in found.values_list("kind", flat=True):
        by_kind[kind] = by_kind.get(kind, 0) + 1
    return {"found": sum(by_kind.values()), "by_kind": by_kind}


def decide_change(
    *,
    task: ChangeTask,
    version: int,
    accepted: bool,
    by: Actor,
    action: str = "",
    note: str = "",
) -> ChangeTask:
    """Accept a change, with the proposed or another action of its kind, or decline it.

    UserError `enrolment.stale` when somebody else changed it, `change.action` for an
    action its kind has not, `change.note` for declining without a reason; NotPossible
    when the month is no draft.
    """
    action = action or task.action
    if action not in kinds.KINDS[task.kind].actions:
        raise _no_such_action(action)
    if not accepted and not note.strip():
        raise UserError(
            "change.note",
            "Tuliskan mengapa ini bukan perubahan.",
            "Yang memeriksa kemudian perlu tahu alasannya.",
            "Isi catatan, mis. “RT memastikan ia masih tinggal di sini”.",
        )
    state = State.ACCEPTED if accepted else State.DECLINED
    stop = None
    if accepted and action in kinds.VACATING:
        stop = task.stop_from or task.period.month
    return _set(
        task, version, by, state=state, action=action, stop_from=stop,
        note=note.strip()[:200], decided_by=by.username, decided_at=by.at,
    )  # fmt: skip


def take_back_change(*, task: ChangeTask, version: int, by: Actor) -> ChangeTask:
    """Make a decided change undecided again, as long as its month is a draft."""
    return _set(
        task, version, by, state=State.FOUND, decided_by="", decided_at=None, note=""
    )


def _set(task: ChangeTask, version: int, by: Actor, **values: Any) -> ChangeTask:
    with transaction.atomic():
        period = MonthPeriod.objects.select_for_update().get(pk=task.period_id)
        periods.check_open(Month.of(period.month), period.state)
        same = ChangeTask.objects.filter(pk=task.pk, version=version)
        if not same.exclude(state=State.WITHDRAWN).update(
            version=F("version") + 1, **values
        ):
            raise stale()
        record(
            action="month.change_decided",
            by=by,
            subject=f"entry:{task.entry_id}",
            detail={"kind": task.kind, "to": values["state"]},
        )
    task.refresh_from_db()
    return task


def _no_such_action(action: str) -> UserError:
    return UserError(
        "change.action",
        "Tindakan ini tidak dapat dipilih.",
        f"“{action}” bukan tindakan untuk perubahan semacam ini.",
        "Pilih salah satu tindakan yang ditawarkan di halaman.",
    )


def finalise_month(*, period: MonthPeriod, version: int, by: Actor) -> MonthPeriod:
    """Close a month for checking: everything found is decided, nothing changes any more.

    NotPossible `month.undecided`; UserError `enrolment.stale`.
    """
    waiting = period.changes.filter(state=State.FOUND).count()
    if waiting:
        raise NotPossible(
            "month.undecided",
            f"{waiting} perubahan belum diputuskan.",
            "Finalisasi mengunci periode, jadi semua temuan harus sudah dijawab.",
            "Terima atau tolak setiap perubahan dahulu.",
        )
    return _step(
        period, version, periods.FINAL, by,
        finalised_by=by.username, finalised_at=by.at,
    )  # fmt: skip


def reopen_month(*, period: MonthPeriod, version: int, by: Actor) -> MonthPeriod:
    """Back to draft, so that decisions can be changed."""
    return _step(period, version, periods.DRAFT, by, finalised_by="", finalised_at=None)


def post_month(*, period: MonthPeriod, version: int, by: Actor) -> MonthPeriod:
    """Fix a month for good; by another person than the one who finalised it."""
    if period.state == periods.FINAL:
        periods.check_second_person(period.finalised_by, by.username)
    return _step(
        period, version, periods.POSTED, by, posted_by=by.username, posted_at=by.at
    )


def _step(
    period: MonthPeriod, version: int, state: str, by: Actor, **values: Any
) -> MonthPeriod:
    month = Month.of(period.month)
    periods.check_step(month, period.state, state)
    with transaction.atomic():
        same = MonthPeriod.objects.filter(pk=period.pk, version=version)
        if not same.update(state=state, version=F("version") + 1, **values):
            raise stale()
        record(
            action="month.state",
            by=by,
            subject=f"month:{month}",
            detail={"from": period.state, "to": state},
        )
    period.refresh_from_db()
    return period


def write_deactivation(
    *, period: MonthPeriod, workspace: Workspace, by: Actor
) -> list[DeactivationFile]:
    """Write `data_tk_na` for the month's accepted leavers, the dead not among them.

    Who has no participant number yet cannot stand in it and is counted. The same
    leavers give the same files. NotPossible `month.draft`, `month.no_leavers`.
    """
    if period.state == periods.DRAFT:
        raise NotPossible(
            "month.draft",
            "Berkas nonaktif belum dapat ditulis.",
            "Perubahan bulan ini masih draft.",
            "Finalisasi dahulu, lalu tulis berkasnya.",
        )
    leavers, left_out = _leavers(period, by)
    if not leavers:
        raise NotPossible(
            "month.no_leavers",
            "Tidak ada peserta yang perlu dinonaktifkan bulan ini.",
            "Yang meninggal lewat klaim JKM; yang lain tetap dibayar atau belum "
            "bernomor peserta.",
            "Tidak ada yang perlu diunggah.",
        )
    month = Month.of(period.month)
    # A month is worked on while it lasts: what happened in it lies behind for the insurer.
    over = (month + 1).first_day
    codes = codes_on(by.at.date())
    known = insurer_check.Known(
        jobs=(),
        places=(),
        wages=(),
        leave=codes.codes.get("leave", {}),
        on=max(by.at.date(), over),
    )
    contents = [
        deactivation.file_bytes(part, made_on=month.first_day)
        for part in deactivation.parts(leavers)
    ]
    for content in contents:
        insurer_check.refuse_unless_it_passes(
            insurer_check.check_leaving_file(content, deactivation.FILENAME, known)
        )
    with transaction.atomic():
        return [
            _keep_file(period, content, left_out, workspace, by) for content in contents
        ]


def _keep_file(
    period: MonthPeriod, content: bytes, left_out: int, workspace: Workspace, by: Actor
) -> DeactivationFile:
    sha256 = hashlib.sha256(content).hexdigest()
    found = DeactivationFile.objects.filter(period=period, sha256=sha256).first()
    if found:
        return found
    # A folder of its own per file: the name itself must stay as the portal wants it.
    name = f"data_tk_na/{Month.of(period.month)}_{sha256[:8]}/{deactivation.FILENAME}"
    write_bytes(content, workspace.publications / name)
    file = DeactivationFile.objects.create(
        period=period,
        filename=name,
        sha256=sha256,
        rows=insurer_check.rows_in(content),
        left_out=left_out,
        written_at=by.at,
    )
    record(
        action="month.deactivation_file",
        by=by,
        subject=f"month:{Month.of(period.month)}",
        detail={"sha256": sha256, "rows": file.rows},
    )
    return file


def _leavers(period: MonthPeriod, by: Actor) -> tuple[list[deactivation.Leaver], int]:
    """Who leaves in this month, in the order of their numbers, and how many cannot stand
    in the file."""
    codes = codes_on(by.at.date())
    tasks = period.changes.filter(state=State.ACCEPTED, action__in=kinds.VACATING)
    tasks = tasks.exclude(kind=kinds.DIED).select_related("entry__person")
    found: dict[str, deactivation.Leaver] = {}
    left_out = 0
    for task in tasks.order_by("entry__kpj", "pk"):
        entry = task.entry
        born_on = entry.born_on or entry.person.born_on
        if not entry.kpj or born_on is None:
            left_out += 1
            continue
        reason = codes.code_for("leave", task.kind)
        found.setdefault(
            entry.kpj,
            deactivation.Leaver(
                kpj=entry.kpj,
                name=entry.name,
                born_on=born_on,
                reason=reason,
                occurred_on=task.occurred_on or task.period.month,
                remark=kinds.KINDS[task.kind].title,
            ),
        )
    return list(found.values()), left_out
