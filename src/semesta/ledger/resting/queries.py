"""Readers of what rests on a delivery: once somebody is on a decree or a month is booked
because of its rows, those rows are evidence and keep their reading."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa

from semesta.audit.models import Run
from semesta.decrees.models import DecreeEntry
from semesta.intake.models import Delivery
from semesta.intake.queries import lake_file
from semesta.kernel.errors import NotPossible
from semesta.ledger.models import LedgerEntry, Segment
from semesta.linkage.rows import LINKED_FATES
from semesta.registry.queries import person_rows
from semesta.warehouse.engines import duck, file_list
from semesta.warehouse.snapshot import columns_of
from semesta.warehouse.workspace import Workspace

_LISTED = pa.schema(
    [
        ("person_id", pa.int64()),
        ("person__family_card", pa.string()),
        ("decree__number", pa.string()),
    ]
)


class Resting(NamedTuple):
    """What rests on a delivery: people of its rows on decrees, the numbers of those
    decrees, ranges of months booked from its rows, and whether its answers were taken."""

    people: int
    decrees: list[str]
    entries: int
    answered: bool

    @property
    def anything(self) -> bool:
        return bool(self.people or self.entries or self.answered)


def what_rests_on(delivery: Delivery, workspace: Workspace) -> Resting:
    """Decree and ledger entries that a delivery's rows have led to."""
    people, decrees = _on_decrees(delivery, workspace)
    return Resting(people, decrees, _booked(delivery), _was_taken(delivery, "answers"))


def check_nothing_rests(delivery: Delivery, workspace: Workspace) -> None:
    """Raise NotPossible, naming what rests on a delivery's rows, when anything does."""
    found = what_rests_on(delivery, workspace)
    if not found.anything:
        return
    reasons = []
    if found.people:
        numbers = ", ".join(found.decrees)
        reasons.append(f"{found.people} orang dari daftar ini ada di {numbers}")
    if found.entries:
        reasons.append(f"{found.entries} catatan buku iuran berasal dari barisnya")
    if found.answered:
        reasons.append("jawaban BPJS di dalamnya sudah diterapkan pada keputusan")
    raise NotPossible(
        "reread.rests",
        "Kiriman ini tidak dapat dibaca ulang.",
        f"Sudah menjadi dasar: {'; '.join(reasons)}. Dasar itu harus tetap dapat "
        "diperiksa seperti saat diputuskan.",
        "Kirim daftar yang benar sebagai kiriman baru, atau kirim lembar perbaikan; yang "
        "terbaru yang dipakai.",
    )


def _on_decrees(delivery: Delivery, workspace: Workspace) -> tuple[int, list[str]]:
    """How many people of a delivery's rows are on decrees, and on which."""
    held_by = _held_by(delivery, workspace)
    listed = DecreeEntry.objects.exclude(status=DecreeEntry.Status.REJECTED)
    if held_by is None or not listed.exists():
        return 0, []
    with duck() as con:
        con.register("listed", columns_of(listed, _LISTED))
        found = con.execute(
            f"SELECT decree__number, person_id FROM listed SEMI JOIN ({held_by}) "
            "USING (person_id)"
            if delivery.subject == "person"
            else f"SELECT decree__number, person_id FROM listed SEMI JOIN ({held_by}) f "
            "ON f.family_card = listed.person__family_card"
        ).fetchall()
    return len({person for _, person in found}), sorted({number for number, _ in found})


def _held_by(delivery: Delivery, workspace: Workspace) -> str | None:
    """SQL for whom a delivery's rows are about: people, or families by their card."""
    if delivery.subject == "person":
        path = person_rows(workspace)
        if path is None:
            return None
        rows = f"read_parquet({file_list([path])})"
        return f"SELECT person_id FROM {rows} WHERE delivery = '{delivery.name}'"
    if delivery.subject == "household":
        path = lake_file(workspace, "rows", delivery.name)
        fates = ", ".join(f"'{fate}'" for fate in LINKED_FATES)
        rows = f"read_parquet({file_list([path])})"
        return f"SELECT family_card FROM {rows} WHERE fate IN ({fates})"
    return None


def _booked(delivery: Delivery) -> int:
    """Ranges of months that stand in the ledger because of a delivery's rows. What the
    insurer says of employers and of ends of work bounds the months of all wage earners."""
    own = LedgerEntry.objects.filter(delivery=delivery.name).count()
    if own or delivery.supplier not in ("employers", "deactivations"):
        return own
    if not _was_taken(delivery, "post"):
        return 0
    return LedgerEntry.objects.filter(segment=Segment.PU).count()


def _was_taken(delivery: Delivery, stage: str) -> bool:
    """Whether a run of a stage has read the delivery."""
    runs = Run.objects.filter(stage=stage).values_list("inputs", flat=True)
    return any(delivery.name in inputs.get("deliveries", ()) for inputs in runs)
