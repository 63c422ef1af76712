"""Invented paid ranges: several payers, overlaps, gaps and prepaid months."""

from __future__ import annotations

import random
from datetime import date

import pyarrow as pa

from semesta.kernel import Month

Ranges = dict[int, list[tuple[Month, Month]]]


def some_ranges(people: int, *, seed: int = 7, last: Month | None = None) -> Ranges:
    """`people` histories of zero to six ranges between 2019 and `last` (2026-12)."""
    rng = random.Random(seed)
    first = Month(2019, 1)
    span = (last or Month(2026, 12)) - first
    return {
        person: [
            (start, start + rng.choice([1, 1, 2, 3, 3, 6, 9, 12, 12, 24]))
            for start in (
                first + rng.randrange(span) for _ in range(rng.choice([0, 1, 2, 3, 6]))
            )
        ]
        for person in range(1, people + 1)
    }


def as_table(ranges: Ranges) -> pa.Table:
    """One row per range: person_id, paid_from, paid_until."""
    rows = [
        (p, a.first_day, b.first_day) for p, all_ in ranges.items() for a, b in all_
    ]
    return pa.table(
        {
            "person_id": pa.array([row[0] for row in rows], pa.int64()),
            "paid_from": pa.array([row[1] for row in rows], pa.date32()),
            "paid_until": pa.array([row[2] for row in rows], pa.date32()),
        }
    )


def month_of(day: date | None) -> Month | None:
    return Month.of(day) if day else None
