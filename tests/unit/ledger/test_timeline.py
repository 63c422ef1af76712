"""Paid months by year and cell."""

from __future__ import annotations

from semesta.kernel import Month
from semesta.ledger.payers import PAYERS, payer_label
from semesta.ledger.ranges import Span
from semesta.ledger.timeline import PaidSpan, timeline


def span(first: str, until: str) -> Span:
    return Span(Month.parse(first).index, Month.parse(until).index)


def test_nobody_paid() -> None:
    empty = timeline([])
    assert (empty.years, empty.paid_months, empty.paid_until) == ((), 0, None)


def test_years_between_are_shown_though_nobody_paid() -> None:
    drawn = timeline(
        [
            PaidSpan(span("2023-11", "2024-02"), "APBD", "BPU"),
            PaidSpan(span("2026-01", "2026-03"), "SELF", "BPU"),
        ]
    )
    assert [(year.year, year.paid) for year in drawn.years] == [
        (2023, 2),
        (2024, 1),
        (2025, 0),
        (2026, 2),
    ]
    assert all(len(year.cells) == 12 for year in drawn.years)
    assert drawn.paid_months == 5
    assert drawn.gap_months == 23
    assert drawn.paid_until == Month(2026, 3)


def test_a_month_of_two_payers_counts_once_and_shows() -> None:
    drawn = timeline(
        [
            PaidSpan(span("2025-01", "2025-03"), "APBD", "BPU"),
            PaidSpan(span("2025-02", "2025-04"), "BAZNAS", "BPU"),
        ]
    )
    january, february = drawn.years[0].cells[:2]
    assert drawn.paid_months == 3
    assert not january.is_paid_twice
    assert february.is_paid_twice
    assert february.label == "Februari 2025: APBD kabupaten/kota, Baznas"
    assert drawn.years[0].cells[11].label == "Desember 2025: tidak dibayar"


def test_every_payer_has_a_name_and_an_unknown_one_is_shown_as_it_is() -> None:
    assert all(PAYERS.values())
    assert payer_label("DBH") == "DBH"
