"""A member's standing is the same from the plain function and from the expression."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import ibis
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.paid_ranges import Ranges, as_table, month_of

from semesta.kernel import Month
from semesta.law.membership import standing, standing_expr
from semesta.warehouse.engines import ibis_session

FIRST = Month(2023, 1)
MONTHS = st.integers(0, 40)
RANGE = st.tuples(MONTHS, st.integers(1, 14)).map(
    lambda pair: (FIRST + pair[0], FIRST + pair[0] + pair[1])
)
HISTORIES = st.lists(st.lists(RANGE, max_size=5), min_size=1, max_size=12).map(
    lambda all_: dict(enumerate(all_, start=1))
)
DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))
SWITCHES = st.fixed_dictionaries(
    {
        "tenure_after_lapse": st.sampled_from(["counts_all", "restarts"]),
        "gap_inside_spell": st.sampled_from(["ignored", "counts_as_arrears"]),
    }
)


@cache
def _session() -> Any:
    return ibis_session()


def from_engine(
    ranges: Ranges, on: date, session: Any = None, **options: Any
) -> dict[int, tuple[Any, ...]]:
    session = session or _session()
    table = ibis.memtable(as_table(ranges))
    rows = session.to_pyarrow(standing_expr(table, on, **options)).to_pylist()
    return {
        row["person_id"]: (
            row["status"], row["tenure_months"], row["unpaid_months"],
            month_of(row["paid_until"]), month_of(row["spell_from"]),
            row["spell_months"], row["paid_months"], row["spells"],
        )
        for row in rows
    }  # fmt: skip


def from_function(
    ranges: Ranges, on: date, **options: Any
) -> dict[int, tuple[Any, ...]]:
    held = {p: standing(all_, on=on, **options) for p, all_ in ranges.items()}
    return {
        person: (
            s.status, s.tenure_months, s.unpaid_months, s.paid_until, s.spell_from,
            s.spell_months, s.paid_months, s.spells,
        )
        for person, s in held.items()
        if s.status != "never"
    }  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(HISTORIES, DAYS, st.sampled_from(["BPU", "PU"]), SWITCHES)
def test_function_and_expression_agree(
    ranges: Ranges, on: date, segment: str, switches: dict[str, str]
) -> None:
    options = {"segment": segment, "switches": switches}
    assert from_engine(ranges, on, **options) == from_function(ranges, on, **options)


@settings(max_examples=200, deadline=None)
@given(st.lists(RANGE, max_size=5), DAYS)
def test_order_and_splitting_do_not_matter(
    ranges: list[tuple[Month, Month]], on: date
) -> None:
    split = [(a + n, a + (n + 1)) for a, b in reversed(ranges) for n in range(b - a)]
    assert standing(ranges, on=on) == standing(split + split, on=on)


@settings(max_examples=200, deadline=None)
@given(st.lists(RANGE, min_size=1, max_size=5), DAYS)
def test_what_always_holds(ranges: list[tuple[Month, Month]], on: date) -> None:
    held = standing(ranges, on=on)
    assert (held.status == "lapsed") == (held.unpaid_months > 3)
    assert (held.status == "grace") == (1 <= held.unpaid_months <= 3)
    assert 0 <= held.spell_months <= held.paid_months
    assert held.tenure_months == held.paid_months
