"""The only readers of the ledger. Corrected entries stay but no longer count."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db.models import Count, F, QuerySet, Sum

from semesta.intake.models import Delivery
from semesta.kernel import Month
from semesta.law.membership import Standing
from semesta.ledger.models import LedgerEntry
from semesta.ledger.ranges import Span, span_of
from semesta.ledger.sources import SUPPLIERS
from semesta.ledger.standing import (
    Lapse,
    lapses_within,
    paid_by_month,
    standing_of_all,
    standings,
)
from semesta.ledger.timeline import PaidSpan, Timeline, timeline
from semesta.registry.models import Person
from semesta.registry.queries import HOLDER, numbers_of
from semesta.warehouse.engines import ibis_session
from semesta.warehouse.lake import write_bytes
from semesta.warehouse.snapshot import plain_columns
from semesta.warehouse.workspace import Workspace

if TYPE_CHECKING:
    import ibis.expr.types as ir

# One row per entry in force.
RANGES = pa.schema(
    [
        ("person_id", pa.int64()),
        ("segment", pa.string()),
        ("payer", pa.string()),
        ("paid_from", pa.date32()),
        ("paid_until", pa.date32()),
    ]
)
CHUNK = 400


class Snapshot(NamedTuple):
    """A Parquet file of all ranges in force, and its SHA-256."""

    path: Path
    sha256: str


class Totals(TypedDict):
    """Figures of the whole ledger: months as paid ranges add up, whole rupiah."""

    entries: int
    people: int
    paid_months: int
    amount: int


def deliveries_to_post() -> list[Delivery]:
    """The files whose rows say that months were paid, in order of arrival."""
    read = Delivery.objects.filter(status=Delivery.Status.READ)
    return list(read.filter(supplier__in=SUPPLIERS).order_by("pk"))


def in_force() -> QuerySet[LedgerEntry]:
    """The entries that count: not corrected by another and not voided."""
    return LedgerEntry.objects.filter(
        corrected_by__isnull=True, paid_until__gt=F("paid_from")
    )


def entries_of(person: Person) -> QuerySet[LedgerEntry]:
    """All entries of a person, oldest month first, corrected ones among them.

    `entry.corrected_by` (fetched along) tells which stand no longer. The caller has
    checked that the user may see this person.
    """
    return (
        LedgerEntry.objects.filter(person__in=numbers_of(person.pk))
        .select_related("corrected_by")
        .order_by("paid_from", "pk")
    )


def timeline_of(person_id: int) -> Timeline:
    """A person's paid months, year by year, with who paid for each."""
    rows = (
        in_force()
        .filter(person__in=numbers_of(person_id))
        .values_list("paid_from", "paid_until", "payer", "segment")
    )
    return timeline(
        PaidSpan(span_of(first, until), payer, segment)
        for first, until, payer, segment in rows
    )


def totals() -> Totals:
    """Entries in force, the people they are for, their months and their rupiah."""
    # Few different ranges stand behind many entries, so months are counted per range.
    ranges = (
        in_force()
        .order_by()
        .values_list("paid_from", "paid_until")
        .annotate(entries=Count("pk"), amount=Sum("amount"))
    )
    totals = Totals(entries=0, people=0, paid_months=0, amount=0)
    for first, until, entries, amount in ranges:
        totals["entries"] += entries
        totals["paid_months"] += entries * span_of(first, until).months
        totals["amount"] += amount or 0
    totals["people"] = in_force().aggregate(n=Count(HOLDER, distinct=True))["n"]
    return totals


def standing_of(person_id: int, on: date) -> dict[str, Standing]:
    """A person's standing on a day, per segment with monthly contributions."""
    return standings(spans_of([person_id]).get(person_id, ()), on)


def spans_of(person_ids: Iterable[int]) -> dict[int, list[tuple[str, Span]]]:
    """Paid (segment, span) pairs of some people; who never was paid for is missing."""
    found: dict[int, list[tuple[str, Span]]] = {}
    wanted = list(person_ids)
    for start in range(0, len(wanted), CHUNK):
        holders = {pk: pk for pk in wanted[start : start + CHUNK]}
        doubles = Person.objects.filter(merged_into__in=list(holders)).order_by()
        for person, into in doubles.values_list("pk", "merged_into"):
            holders[person] = into or person
        rows = (
            in_force()
            .filter(person__in=list(holders))
            .values_list("person", "segment", "paid_from", "paid_until")
        )
        for person, segment, first, until in rows:
            spans = found.setdefault(holders[person], [])
            spans.append((segment, span_of(first, until)))
    return found


def paid_ranges() -> pa.Table:
    """The ranges in force as Arrow: person_id, segment, payer, paid_from, paid_until.

    One row per entry. Of people merged into another one, the other one holds them.
    """
    # Few entries are corrected and few people merged: to look those up apart costs far
    # less than to join every entry with both.
    corrected = LedgerEntry.objects.filter(corrects__isnull=False).values("corrects")
    entries = LedgerEntry.objects.filter(paid_until__gt=F("paid_from"))
    table = plain_columns(entries.exclude(pk__in=corrected), RANGES)
    return table.set_column(0, "person_id", _held(table["person_id"]))


def _held(people: pa.ChunkedArray) -> pa.ChunkedArray:
    """Each number, or of somebody merged the number of who stays."""
    doubles = dict(
        Person.objects.filter(merged_into__isnull=False).values_list(
            "pk", "merged_into"
        )
    )
    merged = pa.array(list(doubles), pa.int64())
    stays = pa.array(list(doubles.values()), pa.int64())
    return pc.coalesce(stays.take(pc.index_in(people, value_set=merged)), people)


def snapshot(workspace: Workspace) -> Snapshot:
    """The ranges in force as a Parquet file of the lake, named by its own hash.

    The same ledger gives the same file, so a file that is there is not written again.
    """
    sink = pa.BufferOutputStream()
    pq.write_table(paid_ranges(), sink, compression="zstd", row_group_size=65_536)
    content = sink.getvalue().to_pybytes()
    sha256 = hashlib.sha256(content).hexdigest()
    path = workspace.lake / "ledger" / "snapshots" / f"{sha256[:16]}.parquet"
    if not path.exists():
        write_bytes(content, path)
    return Snapshot(path, sha256)


def standing_table(
    *,
    on: date,
    workspace: Workspace,
    engine: str = "duckdb",
    source: Snapshot | None = None,
) -> pa.Table:
    """Everyone's standing on a day: one row per person and segment ever paid for.

    Columns person_id, segment, status, tenure_months, unpaid_months, paid_until,
    spell_from, spell_months, paid_months, spells; in order of person and segment.
    """
    ranges = _ranges(source or snapshot(workspace), engine)
    table = standing_of_all(ranges, on)
    return table.order_by("person_id", "segment").to_pyarrow()


def active_people_by_month(
    *, first: Month, last: Month, workspace: Workspace, engine: str = "duckdb"
) -> pa.Table:
    """How many people were paid for: one row per month and segment (and ALL)."""
    ranges = _ranges(snapshot(workspace), engine)
    table = paid_by_month(ranges, first, last)
    return table.order_by("month", "segment").to_pyarrow()


def about_to_lapse(
    *, on: date, days: int, workspace: Workspace, source: Snapshot | None = None
) -> list[Lapse]:
    """Who loses all protection within `days` after `on` if nothing more is paid.

    One row per person, soonest first. Someone protected longer in another segment is
    not among them. Dead people are: the caller knows who is alive.
    """
    table = standing_table(on=on, workspace=workspace, source=source)
    return lapses_within(table.to_pylist(), on, days)


def _ranges(source: Snapshot, engine: str) -> ir.Table:
    return ibis_session(engine).read_parquet(str(source.path))
