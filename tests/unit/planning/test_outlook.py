"""What a year of membership looks like for each number of paid months."""

from __future__ import annotations

from datetime import date

import pytest

from semesta.kernel import Month
from semesta.planning.outlook import (
    NEVER,
    NOBODY_KNOWS,
    Situation,
    outlook,
    situations_of,
)

JANUARY = Month(2026, 1)
FULL, SHORT = 42_000_000, 10_000_000


def running(months: int) -> Situation:
    """A member who paid up to the month before the plan."""
    return Situation(True, months, 0, JANUARY.index)


def test_two_months_for_a_newcomer_buy_no_full_benefit() -> None:
    found = outlook(NEVER, JANUARY, 2)
    assert not found.has_3
    assert found.paid_rights == 2 * SHORT
    assert found.lapses
    assert found.lost == SHORT


def test_the_third_month_opens_the_full_benefit() -> None:
    found = outlook(NEVER, JANUARY, 3)
    assert found.has_3
    assert not found.had_3
    assert found.paid_rights == 2 * SHORT + FULL
    assert found.lost == FULL


def test_twelve_months_keep_it_to_the_years_end() -> None:
    found = outlook(NEVER, JANUARY, 12)
    assert found.end_right == FULL
    assert not found.lapses
    assert found.lost == 0
    assert found.paid == (True,) * 12


def test_the_month_in_which_the_scholarship_opens() -> None:
    assert outlook(running(30), JANUARY, 12).opens_in == 5
    assert outlook(running(30), JANUARY, 5).opens_in == -1
    assert outlook(running(36), JANUARY, 12).opens_in == -1
    assert outlook(running(36), JANUARY, 12).had_36


def test_a_member_who_is_not_paid_lapses_and_loses_the_scholarship() -> None:
    found = outlook(running(36), JANUARY, 0)
    assert found.lapses
    assert (found.lost, found.lost_scholarship) == (FULL, True)
    assert found.paid_before
    assert not any(found.paid)


def test_who_had_lapsed_before_loses_nothing_more() -> None:
    gone = Situation(True, 20, 0, JANUARY.index - 6)
    found = outlook(gone, JANUARY, 0)
    assert not found.lapses
    assert found.lost == 0


def test_months_paid_ahead_count_without_the_plan() -> None:
    ahead = Situation(True, 12, 0, JANUARY.index + 6)
    found = outlook(ahead, JANUARY, 0)
    assert found.paid == (True,) * 6 + (False,) * 6
    assert found.paid_rights == 6 * FULL


def test_nobody_knows_has_no_outlook() -> None:
    with pytest.raises(ValueError, match="known"):
        outlook(NOBODY_KNOWS, JANUARY, 12)


def test_situations_from_facts() -> None:
    rows = [
        (None, None, None, None),
        ("never", 0, 0, None),
        ("active", 40, 40, date(2026, 1, 1)),
        ("active", 5, 3, date(2026, 4, 1)),
    ]
    found = situations_of(rows, as_of=date(2025, 12, 20), first_month=JANUARY)
    assert found[:2] == [NOBODY_KNOWS, NEVER]
    # Beyond the scholarship's minimum all months mean the same.
    assert found[2] == Situation(True, 36, 0, JANUARY.index)
    # Three months paid ahead belong to the spell by the time the plan begins.
    assert found[3] == Situation(True, 6, 2, JANUARY.index + 3)
