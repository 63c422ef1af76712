"""Readers for reading a list again: by which maps it could be, and what each changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from semesta.intake.choosing import fitting, map_table
from semesta.intake.drafting.previewing import noticed
from semesta.intake.drafting.queries import lists_in
from semesta.intake.drafting.sampling import SampleTable
from semesta.intake.maps import SupplierMap, supplier_maps
from semesta.intake.models import Delivery
from semesta.intake.queries import lake_file
from semesta.intake.reading import Received, standard_of
from semesta.intake.received import kept_file
from semesta.intake.rereading.comparing import (
    Change,
    column_meanings,
    fate_counts,
    moves,
    row_fates,
)
from semesta.kernel.errors import NotPossible
from semesta.warehouse.workspace import Workspace

# Raises NotPossible when what was decided or paid rests on a delivery's rows: the stages
# that know come after this one, so whoever asks brings it along.
RestsCheck = Callable[[Delivery, Workspace], None]


def check_readable_again(
    delivery: Delivery, workspace: Workspace, check_rests: RestsCheck
) -> None:
    """Raise NotPossible, with the reason, when a delivery cannot be read by another map."""
    if delivery.corrects_id:
        raise _not_again(
            "reread.correction",
            "Kiriman ini lembar perbaikan: kolomnya dibaca menurut daftar yang "
            "diperbaikinya.",
            "Buka daftar yang diperbaikinya.",
        )
    if delivery.corrections.filter(status=Delivery.Status.READ).exists():
        raise _not_again(
            "reread.corrected",
            "Sudah ada lembar perbaikan yang menjawab pertanyaan dari pembacaan ini.",
            "Mintalah daftar baru dari pengirimnya, lalu kirim sebagai kiriman baru.",
        )
    check_rests(delivery, workspace)


def _not_again(code: str, why: str, fix: str) -> NotPossible:
    return NotPossible(code, "Kiriman ini tidak dapat dibaca ulang.", why, fix)


def reads_it_already(delivery: Delivery, supplier: SupplierMap) -> bool:
    """Whether a delivery stands read by just this version of a map."""
    return (
        delivery.status == Delivery.Status.READ
        and delivery.supplier == supplier.name
        and delivery.map_sha256 == supplier.fingerprint
    )


def maps_that_fit(delivery: Delivery, workspace: Workspace) -> list[SupplierMap]:
    """The maps by which a list of the delivery's file could be read, by title, without the
    version it was read by. UserError when the file has no list."""
    samples = lists_in(delivery, workspace)
    fit = [
        one
        for one in supplier_maps().values()
        if not reads_it_already(delivery, one)
        and any(map_table(sample.table, one).fits for sample in samples)
    ]
    return sorted(fit, key=lambda one: one.title.lower())


def would_change(
    delivery: Delivery, supplier: SupplierMap, workspace: Workspace
) -> Change:
    """What reading a delivery by this map would change, from the first rows of each list;
    nothing is stored. UserError `columns.missing` when none of its lists is the map's."""
    samples = lists_in(delivery, workspace)
    mapped = fitting([one.table for one in samples], supplier)
    received = Received(
        source=kept_file(workspace, delivery.sha256, delivery.filename),
        name=delivery.name,
        filename=delivery.filename,
        as_of=delivery.as_of,
        supplier=supplier.name,
        area=delivery.area,
    )
    standard, _ = standard_of(mapped, supplier, received, workspace.region)
    after = row_fates(standard, delivery.name)
    rows_now = lake_file(workspace, "rows", delivery.name)
    before = _fates_of(rows_now, _looked_at(samples, delivery.name))
    return Change(
        rows=len(after.keys() | before.keys()),
        of=max(sum(one.rows for one in samples), delivery.rows),
        before=fate_counts(before.values()),
        after=fate_counts(after.values()),
        moves=moves(before, after),
        columns=column_meanings(delivery.tables, mapped),
        noticed=noticed(standard),
    )


def _looked_at(samples: Sequence[SampleTable], name: str) -> list[str]:
    return [
        f"{name}:{one.table.sheet_number}:{line}"
        for one in samples
        for line in one.table.lines.tolist()
    ]


def _fates_of(path: Path, row_ids: list[str]) -> dict[str, str]:
    """Row id → fate as they stand, of those among `row_ids` that are rows today."""
    table = pq.read_table(
        path, columns=["row_id", "fate"], filters=pc.field("row_id").isin(row_ids)
    )
    ids, fates = (table[name].to_pylist() for name in ("row_id", "fate"))
    return dict(zip(ids, fates, strict=True))
