"""When a lapse is announced, and what comes in which month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from semesta.benefits.ahead.aging import announcements, coming, threshold_of
from semesta.kernel import Month
from semesta.ledger.standing import Lapse

ON = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("days", "threshold"),
    [(0, None), (1, 7), (7, 7), (8, 30), (30, 30), (31, 60), (60, 60), (61, None)],
)
def test_the_threshold_reached(days: int, threshold: int | None) -> None:
    assert threshold_of(ON + timedelta(days=days), ON) == threshold


def test_who_can_act_and_what_the_next_month_costs() -> None:
    soon = ON + timedelta(days=20)
    lapses = [
        Lapse(1, "BPU", soon, Month(2025, 11), 6),
        Lapse(2, "PU", soon, Month(2025, 11), 6),
        Lapse(3, "BPU", soon, Month(2025, 11), 6),
        Lapse(4, "BPU", ON + timedelta(days=90), Month(2026, 1), 6),
    ]
    found = announcements(lapses, {1: "APBD", 2: "EMPLOYER"}, on=ON)
    assert [(one.person_id, one.threshold, one.payer, one.price) for one in found] == [
        (1, 30, "APBD", 16_800), (2, 30, "EMPLOYER", None), (3, 30, "", None),
    ]  # fmt: skip


def test_the_relief_lowers_the_price_for_who_pays_for_themselves() -> None:
    lapse = Lapse(1, "BPU", date(2026, 6, 16), Month(2026, 4), 6)
    (found,) = announcements([lapse], {1: "SELF"}, on=date(2026, 6, 1))
    assert found.price == 8_400


def test_months_ahead_by_kind_and_area() -> None:
    days = [
        ("lapse", date(2026, 2, 17), "a"), ("lapse", date(2026, 2, 20), "a"),
        ("age", date(2026, 2, 17), "b"), ("lapse", ON, "a"),
        ("lapse", date(2027, 2, 1), "a"),
    ]  # fmt: skip
    assert coming(days, on=ON) == [
        (date(2026, 2, 1), "age", "b", 1), (date(2026, 2, 1), "lapse", "a", 2),
    ]  # fmt: skip
