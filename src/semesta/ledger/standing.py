"""Protection derived from the ledger by the law's own expression, for everyone.

Segments without monthly contributions (construction projects) have no standing here:
nobody knows it, which is not the same as nobody being protected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from semesta.kernel import Month, UserError
from semesta.law.book import law_at
from semesta.law.due_dates import due_on
from semesta.law.membership import Paid, Standing, standing, standing_expr
from semesta.ledger.ranges import Span, month_at

if TYPE_CHECKING:
    import ibis.expr.types as ir

SEGMENTS = ("BPU", "PU")
PROTECTED = ("active", "grace")


class Lapse(NamedTuple):
    """One person's end of all protection: the first day without it, and in what."""

    person_id: int
    segment: str
    lapses_on: date
    paid_until: Month
    tenure_months: int


def standings(
    spans: Iterable[tuple[str, Span]], on: date, *, segments: Iterable[str] = SEGMENTS
) -> dict[str, Standing]:
    """One person's standing per segment from (segment, span) pairs."""
    paid: dict[str, list[Paid]] = {segment: [] for segment in segments}
    for segment, span in spans:
        if segment in paid and span.months:
            paid[segment].append(Paid(month_at(span.start), month_at(span.until)))
    return {
        segment: standing(ranges, on=on, segment=segment)
        for segment, ranges in paid.items()
    }


def standing_of_all(ranges: ir.Table, on: date) -> ir.Table:
    """Everyone's standing. One row per person and segment with a paid month begun.

    `ranges` has person_id, segment, paid_from, paid_until (one row per paid range).
    Columns as `standing_expr` of the law, and `segment`.
    """
    import ibis

    return ibis.union(
        *(
            standing_expr(
                ranges.filter(ranges.segment == segment), on, segment=segment
            ).mutate(segment=ibis.literal(segment))
            for segment in SEGMENTS
        )
    )


def paid_by_month(ranges: ir.Table, first: Month, last: Month) -> ir.Table:
    """How many different people were paid for, per month and segment (and ALL).

    One row per month and segment with anyone, months `first` to `last` included.
    """
    import ibis
    import pyarrow as pa

    days = [(first + n).first_day for n in range(last - first + 1)]
    months = ibis.memtable(pa.table({"month": pa.array(days, pa.date32())}))
    paid = months.join(
        ranges, [ranges.paid_from <= months.month, ranges.paid_until > months.month]
    ).select("month", "segment", "person_id")
    each = paid.group_by("month", "segment").aggregate(people=paid.person_id.nunique())
    both = paid.group_by("month").aggregate(people=paid.person_id.nunique())
    whole = both.mutate(segment=ibis.literal("ALL")).select(*each.columns)
    return ibis.union(each, whole)


@cache
def lapse_day(paid_until: Month, segment: str) -> date | None:
    """The first day without protection if nothing is paid from `paid_until` on.

    That is the day after the last day for paying the month with which the unpaid
    months become more than the law bears (PP 44/2015 arts. 38–42). None before 2015,
    for which no rule is on file.
    """
    try:
        grace = law_at(paid_until.first_day).get(f"{segment.lower()}.grace_months")
        return due_on(paid_until + grace.value, segment) + timedelta(days=1)
    except UserError:
        return None


def lapses_within(
    rows: Iterable[Mapping[str, Any]], on: date, days: int
) -> list[Lapse]:
    """Who loses all protection within `days` after `on` if nothing more is paid.

    `rows` are those of `standing_of_all`. One lapse per person, soonest first; someone
    protected longer in another segment is not among them.
    """
    last: dict[int, Lapse] = {}
    for row in rows:
        if row["status"] not in PROTECTED:
            continue
        paid_until = Month.of(row["paid_until"])
        ends = lapse_day(paid_until, row["segment"])
        if ends is None:
            continue
        before = last.get(row["person_id"])
        if before is None or before.lapses_on < ends:
            last[row["person_id"]] = Lapse(
                row["person_id"], row["segment"], ends, paid_until, row["tenure_months"]
            )
    limit = on + timedelta(days=days)
    soon = [lapse for lapse in last.values() if on < lapse.lapses_on <= limit]
    return sorted(soon, key=lambda lapse: (lapse.lapses_on, lapse.person_id))
