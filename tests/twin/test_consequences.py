"""The columns of a plan's consequences against one person after the other in Python."""

from __future__ import annotations

import math
from calendar import monthrange
from datetime import date
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.planning import JANUARY, a_people, lapsed, member, stranger

from semesta.kernel import Month
from semesta.law.benefit.death import death_benefit
from semesta.law.benefit.scholarship import scholarship_right
from semesta.law.membership import Paid, standing
from semesta.planning.assumptions import assumptions
from semesta.planning.consequences import consequences

FULL = 42_000_000
ages = st.one_of(st.none(), st.integers(18, 64))
people = st.lists(
    st.one_of(
        st.builds(lambda age: {"age": age}, ages),
        st.builds(lambda n, age: member(n, age=age), st.integers(1, 60), ages),
        st.builds(lambda n, age: lapsed(n, age=age), st.integers(1, 40), ages),
        st.builds(
            lambda n, ahead, age: member(n, until=date(2026, 1 + ahead, 1), age=age),
            st.integers(1, 30),
            st.integers(1, 6),
            ages,
        ),
        st.builds(lambda age: stranger(age=age), ages),
    ),
    min_size=1,
    max_size=5,
)


def last_day(month: Month) -> date:
    return date(month.year, month.month, monthrange(month.year, month.month)[1])


def paid_ranges(row: dict[str, Any], months: int) -> list[Paid]:
    ranges = []
    if row.get("paid_until"):
        until = Month.of(row["paid_until"])
        # Read on 2 January: what is paid ahead of that has not begun yet.
        ahead = max(0, until - Month(2026, 2))
        begins = until + -(row["spell_months"] + ahead)
        ranges.append(Paid(begins, until))
    if months:
        ranges.append(Paid(JANUARY, JANUARY + months))
    return ranges


def one_by_one(rows: list[dict[str, Any]], months: list[int]) -> dict[str, float]:
    """The same figures, month by month from the law's functions."""
    found = dict.fromkeys(
        ("reach_3", "reach_36", "lapses", "lost", "scholarships", "benefits"), 0.0
    )
    for row, paid in zip(rows, months, strict=True):
        if "standing" in row and row["standing"] is None:
            continue
        held = [
            standing(paid_ranges(row, paid), on=last_day(JANUARY + n))
            for n in range(12)
        ]
        without = standing(paid_ranges(row, 0), on=last_day(JANUARY + -1))
        cash = [death_benefit(event_on=s.on, standing=s) for s in held]
        if paid:
            at_end = held[paid - 1]
            found["reach_3"] += int(cash[paid - 1].total) >= FULL
            right = scholarship_right(event_on=at_end.on, standing=at_end)
            found["reach_36"] += right.answer == "yes"
            if row.get("age", 40) is not None:
                rate = assumptions().death_rates(np.array([float(row.get("age", 40))]))
                money = sum(int(answer.payable_now) for answer in cash)
                found["benefits"] += float(rate[0]) * money / 12
        alive = [s for s in (without, *held) if s.status in ("active", "grace")]
        if alive and held[-1].status == "lapsed":
            last = alive[-1]
            found["lapses"] += 1
            found["lost"] += int(death_benefit(event_on=last.on, standing=last).total)
            right = scholarship_right(event_on=last.on, standing=last)
            found["scholarships"] += right.answer == "yes"
    return found


@settings(max_examples=25, deadline=None)
@given(people, st.data())
def test_same_figures(rows: list[dict[str, Any]], data: st.DataObject) -> None:
    months = [data.draw(st.integers(0, 12)) for _ in rows]
    paid = np.array(months, np.int64)
    found = consequences(a_people(*rows), paid, paid * 16_800, first_month=JANUARY)
    slow = one_by_one(rows, months)

    assert found.reach_3_months == slow["reach_3"]
    assert found.reach_36_months == slow["reach_36"]
    assert found.lapses == slow["lapses"]
    assert found.rights_lost_rupiah == slow["lost"]
    assert found.scholarships_lost == slow["scholarships"]
    assert math.isclose(found.expected_death_benefits, slow["benefits"], abs_tol=1)
    assert found.person_months == sum(months)
    assert found.cost == sum(months) * 16_800
