"""The only writers of decrees and their entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

import pyarrow as pa

from semesta.audit.services import recorded_run
from semesta.decrees import queries
from semesta.decrees.decree import (
    TRANSITIONS,
    Head,
    Listed,
    arrange,
    check_may_list,
    decree_sha256,
    find_problems,
    head_of,
)
from semesta.decrees.models import Decree, DecreeEntry
from semesta.kernel import Actor, Month, UserError
from semesta.planning.models import Plan
from semesta.warehouse.bulk import update_rows
from semesta.warehouse.workspace import Workspace

TOGETHER = 1_000


def issue_decree(
    *, plan: Plan, number: str, issued_on: date, workspace: Workspace, by: Actor
) -> Decree:
    """Freeze a plan's chosen people as the list of a decree, all or nothing.

    The same plan, or the same number with the same list, gives the first decree again.
    UserError `decree.people` names everyone who may not be listed (dead, NIK missing
    or shared, listed elsewhere for the same months); `decree.number` and
    `decree.number_taken` for the number.
    """
    if first := Decree.objects.filter(plan=plan).first():
        return first
    head = head_of(
        number,
        issued_on,
        payer=plan.payer,
        first_month=Month.of(plan.first_month),
        months=plan.months,
        cost_each=plan.cost_each,
    )
    chosen = queries.chosen_people(plan, workspace, on=issued_on)
    entries = arrange(chosen.people)
    sha256 = decree_sha256(head, entries)
    if namesake := Decree.objects.filter(number=head.number).first():
        return _same_or_refuse(namesake, sha256)
    check_may_list(
        find_problems(
            entries,
            dead=chosen.dead,
            merged=chosen.merged,
            listed_elsewhere=queries.listed_people(plan),
        )
    )
    inputs = {"plan": plan.name, "decree": sha256}
    with recorded_run(stage="decree", inputs=inputs, by=by, as_of=issued_on) as draft:
        decree = _freeze(plan, head, entries, sha256, by)
        draft.counts = {"entries": decree.entries_count}
        draft.outputs = {"sha256": sha256, "decree": decree.pk}
    return decree


def _same_or_refuse(decree: Decree, sha256: str) -> Decree:
    if decree.sha256 == sha256:
        return decree
    raise UserError(
        "decree.number_taken",
        f"Nomor SK {decree.number} sudah dipakai.",
        "Nomor itu milik SK lain dengan daftar, tanggal, atau bulan yang berbeda.",
        "Pakai nomor lain; perubahan daftar memerlukan SK perubahan.",
    )


def _freeze(
    plan: Plan, head: Head, entries: Sequence[Listed], sha256: str, by: Actor
) -> Decree:
    first = Month.of(plan.first_month)
    year = head.issued_on.year
    decree = Decree.objects.create(
        plan=plan,
        number=head.number,
        issued_on=head.issued_on,
        title="Penetapan Penerima Bantuan Iuran Jaminan Sosial Ketenagakerjaan bagi "
        f"Pekerja Rentan Tahun {year}",
        payer=plan.payer,
        first_month=first.first_day,
        until_month=(first + plan.months).first_day,
        entries_count=len(entries),
        sha256=sha256,
        status=Decree.Status.ISSUED,
        issued_by=by.username,
    )
    DecreeEntry.objects.bulk_create(
        [DecreeEntry(decree=decree, **asdict(entry)) for entry in entries],
        batch_size=TOGETHER,
    )
    return decree


def advance(decree: Decree, to: str) -> None:
    """Move a decree on; a step that its status does not allow is left undone."""
    if to in TRANSITIONS[decree.status]:
        decree.status = to
        decree.save(update_fields=["status"])


def record_answers(changed: pa.Table) -> None:
    """Write what the insurer answered to its entries: columns of `ANSWERED`."""
    update_rows(DecreeEntry, changed)
