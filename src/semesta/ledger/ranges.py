"""Ranges of months as pairs of month numbers, half-open: [start, until).

A month number is `Month.index` (months since year 0), so that lengths, gaps and
overlaps are plain subtraction. Nothing here knows who paid.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from semesta.kernel import Month


class Span(NamedTuple):
    """The months from `start` up to, but not including, `until`."""

    start: int
    until: int

    @property
    def months(self) -> int:
        """How many months the span holds; 0 when it is empty or turned around."""
        return max(0, self.until - self.start)

    @property
    def first_day(self) -> date:
        """The first day of its first month."""
        return month_at(self.start).first_day

    @property
    def end_day(self) -> date:
        """The first day of the month after its last one."""
        return month_at(self.until).first_day


def month_at(index: int) -> Month:
    """The month with this number; the inverse of `Month.index`."""
    year, month = divmod(index, 12)
    return Month(year, month + 1)


def span_of(first: date, until: date) -> Span:
    """The span between the months of two days, the second one excluded."""
    return Span(Month.of(first).index, Month.of(until).index)


def merge(spans: Iterable[Span]) -> list[Span]:
    """The same months as disjoint spans with a gap between each two, in order."""
    merged: list[Span] = []
    for span in sorted(spans):
        if span.until <= span.start:
            continue
        if merged and span.start <= merged[-1].until:
            merged[-1] = Span(merged[-1].start, max(merged[-1].until, span.until))
        else:
            merged.append(span)
    return merged


def subtract(span: Span, covered: Iterable[Span]) -> list[Span]:
    """The parts of `span` that lie in none of `covered`, in order."""
    parts, start = [], span.start
    for other in merge(covered):
        if other.until <= start:
            continue
        if other.start >= span.until:
            break
        if other.start > start:
            parts.append(Span(start, other.start))
        start = max(start, other.until)
    if start < span.until:
        parts.append(Span(start, span.until))
    return parts


def months_in(spans: Iterable[Span]) -> int:
    """How many different months the spans hold together."""
    return sum(span.months for span in merge(spans))


def gaps(spans: Iterable[Span]) -> list[Span]:
    """The unpaid stretches between the first and the last month of the spans."""
    whole = merge(spans)
    return [
        Span(before.until, after.start) for before, after in itertools.pairwise(whole)
    ]
