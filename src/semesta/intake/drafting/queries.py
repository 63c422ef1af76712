"""Readers for the page on which a person says what the columns of a list mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from semesta.audit.models import Event
from semesta.intake.cells import bare, plain
from semesta.intake.choosing import (
    choose_supplier,
    map_table,
)
from semesta.intake.drafting.chosen import Chosen, field_of_column
from semesta.intake.drafting.previewing import (
    Preview,
    examples,
    masked_text,
    preview,
)
from semesta.intake.drafting.proposing import Proposal, propose
from semesta.intake.drafting.sampling import SampleTable, sample_tables
from semesta.intake.drafting.skeletons import likely_subject
from semesta.intake.maps import (
    SupplierMap,
    alternatives,
    own_maps,
    supplier_maps,
    use_own_maps,
)
from semesta.intake.models import Delivery
from semesta.intake.reading import Received
from semesta.intake.received import kept_file
from semesta.kernel import UserError
from semesta.warehouse.workspace import Workspace

ROWS_LOOKED_AT = 2000
_ROWS_SHOWN = 5
_TITLES_SHOWN = 4
_FIRST_GUESS = 0.35


@dataclass(frozen=True)
class ListFound:
    """One list of a file: what stands above it, where, its size, and its first rows, all
    of it masked."""

    titles: list[str]
    sheet: str
    header_line: int
    rows: int
    headers: list[str]
    first_rows: list[list[str]]


def is_recorded(supplier: SupplierMap) -> bool:
    """Whether the trail tells of this version of a map."""
    return Event.objects.filter(
        subject=f"supplier:{supplier.name}", detail__map=supplier.fingerprint
    ).exists()


def map_in_use(delivery: Delivery) -> SupplierMap | None:
    """The map that a delivery was read by, as it is now; None for one never read."""
    if delivery.status != Delivery.Status.READ:
        return None
    return supplier_maps().get(delivery.supplier)


def lists_in(delivery: Delivery, workspace: Workspace) -> Sequence[SampleTable]:
    """The first rows of each list of a delivery's file, the longest list first.

    Remembered for the next question about the same file, as long as no map changes.
    UserError when there is none, or the file cannot be opened.
    """
    return _lists(*_remembered_by(delivery, workspace))


def _remembered_by(
    delivery: Delivery, workspace: Workspace
) -> tuple[Path, tuple[str, ...]]:
    use_own_maps(own_maps(workspace))
    known = tuple(one.fingerprint for one in supplier_maps().values())
    return kept_file(workspace, delivery.sha256, delivery.filename), known


@lru_cache(maxsize=4)
def _lists(path: Path, known: tuple[str, ...]) -> Sequence[SampleTable]:
    return sample_tables(path, ROWS_LOOKED_AT)


def list_shown(sample: SampleTable) -> ListFound:
    """A list as the page shows it."""
    table = sample.table
    cells = [column.slice(0, _ROWS_SHOWN).to_pylist() for column in table.cells]
    return ListFound(
        titles=[masked_text(title) for title in table.titles[:_TITLES_SHOWN]],
        sheet=table.sheet,
        header_line=table.header_lines[0],
        rows=sample.rows,
        headers=[header.text for header in table.headers],
        first_rows=[
            [masked_text(plain(bare(cell or ""))) for cell in row]
            for row in zip(*cells, strict=True)
        ],
    )


def examples_of(sample: SampleTable) -> list[list[str]]:
    """For each column, its first different values, masked."""
    return [examples(column) for column in sample.table.cells]


def proposals_for(
    number: int, delivery: Delivery, workspace: Workspace
) -> Sequence[Proposal]:
    """What each column of the file's list with this number seems to mean; remembered
    like the lists."""
    path, known = _remembered_by(delivery, workspace)
    return _proposals(number, path, known, workspace, delivery.as_of)


@lru_cache(maxsize=8)
def _proposals(
    number: int, path: Path, known: tuple[str, ...], workspace: Workspace, as_of: date
) -> Sequence[Proposal]:
    table = _lists(path, known)[number].table
    return propose(table.headers, table.cells, region=workspace.region, as_of=as_of)


def first_choice(
    sample: SampleTable, proposals: Sequence[Proposal], known: SupplierMap | None
) -> Chosen:
    """What the page begins with: as a known map reads the list, else as proposed."""
    mapped = map_table(sample.table, known) if known else None
    if known and mapped and mapped.fits:
        columns = {place: field for field, place in mapped.columns.items()}
        meanings = [columns.get(n, "") for n in range(len(sample.table.headers))]
        needed = [
            field_of_column(column, meanings)
            for entry in known.needs
            for column in alternatives(entry)[:1]
        ]
        return Chosen(
            known.title, known.subject, known.office, meanings,
            [name for name in needed if name],
        )  # fmt: skip
    meanings = [
        one.field if one.confidence >= _FIRST_GUESS else "" for one in proposals
    ]
    likely = ("name", "nik") if "name" in meanings else ("employer_name", "family_card")
    needed = next(([name] for name in likely if name in meanings), [])
    return Chosen("", likely_subject(proposals), "", meanings, needed)


def recognised(
    samples: Sequence[SampleTable], delivery: Delivery
) -> SupplierMap | None:
    """The map that would read this file by itself now, if there is one: it may have been
    made after the file was refused."""
    try:
        return choose_supplier([one.table for one in samples], delivery.filename)
    except UserError:
        return None


def previewed(
    delivery: Delivery,
    supplier: SupplierMap,
    workspace: Workspace,
) -> Preview:
    """What would become of the delivery's first rows under a map; nothing is stored.
    UserError when none of its lists is the map's."""
    received = Received(
        source=kept_file(workspace, delivery.sha256, delivery.filename),
        name=delivery.name,
        filename=delivery.filename,
        as_of=delivery.as_of,
        supplier=supplier.name,
        area=delivery.area,
    )
    return preview(lists_in(delivery, workspace), supplier, received, workspace.region)
