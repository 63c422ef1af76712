"""Ranges of months: merging, subtracting, gaps."""

from __future__ import annotations

from datetime import date

from semesta.kernel import Month
from semesta.ledger.ranges import (
    Span,
    gaps,
    merge,
    month_at,
    months_in,
    span_of,
    subtract,
)


def test_month_numbers_go_there_and_back() -> None:
    assert month_at(Month(2026, 1).index) == Month(2026, 1)
    assert month_at(Month(2025, 12).index) == Month(2025, 12)


def test_a_span_of_days_counts_whole_months_and_excludes_the_last() -> None:
    span = span_of(date(2025, 11, 20), date(2026, 2, 1))
    assert span.months == 3
    assert span.first_day == date(2025, 11, 1)
    assert span.end_day == date(2026, 2, 1)


def test_touching_and_overlapping_spans_become_one() -> None:
    assert merge([Span(5, 7), Span(1, 3), Span(3, 5), Span(9, 9)]) == [Span(1, 7)]


def test_a_span_turned_around_holds_nothing() -> None:
    assert Span(5, 3).months == 0
    assert merge([Span(5, 3)]) == []


def test_subtracting_leaves_what_is_not_covered() -> None:
    covered = [Span(3, 5), Span(7, 20)]
    assert subtract(Span(1, 10), covered) == [Span(1, 3), Span(5, 7)]
    assert subtract(Span(3, 5), covered) == []
    assert subtract(Span(20, 22), covered) == [Span(20, 22)]
    assert subtract(Span(1, 3), []) == [Span(1, 3)]


def test_months_of_overlapping_spans_count_once() -> None:
    assert months_in([Span(1, 4), Span(2, 6), Span(8, 9)]) == 6


def test_gaps_lie_between_paid_stretches_only() -> None:
    assert gaps([Span(8, 9), Span(1, 4), Span(4, 6)]) == [Span(6, 8)]
    assert gaps([]) == []
