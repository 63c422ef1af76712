"""A person's paid months as a page draws them: one line per year, twelve cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from semesta.kernel import Month
from semesta.ledger.payers import payer_label
from semesta.ledger.ranges import Span, gaps, merge, month_at


class PaidSpan(NamedTuple):
    """One entry in force as the timeline sees it."""

    span: Span
    payer: str
    segment: str


@dataclass(frozen=True)
class Cell:
    """One month: who paid for it (codes, in alphabetical order) in which segments."""

    month: Month
    payers: tuple[str, ...]
    segments: tuple[str, ...]

    @property
    def is_paid(self) -> bool:
        return bool(self.payers)

    @property
    def is_paid_twice(self) -> bool:
        """Whether more than one payer paid for this month."""
        return len(self.payers) > 1

    @property
    def label(self) -> str:
        """`Januari 2026: APBD kabupaten/kota`, for a hint or a screen reader."""
        who = ", ".join(payer_label(payer) for payer in self.payers)
        return f"{self.month.in_words()}: {who or 'tidak dibayar'}"


@dataclass(frozen=True)
class Year:
    """One calendar year with its twelve cells and how many of them are paid."""

    year: int
    cells: tuple[Cell, ...]
    paid: int


@dataclass(frozen=True)
class Timeline:
    """All years from the first paid month to the last, unpaid years included."""

    years: tuple[Year, ...]
    paid_months: int
    gaps: tuple[Span, ...]
    paid_until: Month | None

    @property
    def gap_months(self) -> int:
        return sum(gap.months for gap in self.gaps)


def timeline(entries: Iterable[PaidSpan]) -> Timeline:
    """Lay the entries out by year and month. Months of two payers count once."""
    entries = list(entries)
    whole = merge(entry.span for entry in entries)
    if not whole:
        return Timeline((), 0, (), None)
    payers: dict[int, set[str]] = {}
    segments: dict[int, set[str]] = {}
    for entry in entries:
        for index in range(entry.span.start, entry.span.until):
            payers.setdefault(index, set()).add(entry.payer)
            segments.setdefault(index, set()).add(entry.segment)
    first, last = month_at(whole[0].start).year, month_at(whole[-1].until - 1).year
    years = []
    for year in range(first, last + 1):
        indexes = range(year * 12, year * 12 + 12)
        cells = tuple(
            Cell(
                month_at(index),
                tuple(sorted(payers.get(index, ()))),
                tuple(sorted(segments.get(index, ()))),
            )
            for index in indexes
        )
        years.append(Year(year, cells, sum(cell.is_paid for cell in cells)))
    return Timeline(
        years=tuple(years),
        paid_months=len(payers),
        gaps=tuple(gaps(whole)),
        paid_until=month_at(whole[-1].until),
    )
