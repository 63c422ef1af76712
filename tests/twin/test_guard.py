"""The tenure guard in columns against the law asked person by person."""

from __future__ import annotations

import random
from datetime import date

import pytest
from tests.support.guarded import in_columns, one_by_one, some_paid, some_people

READINGS = [
    {},
    {"tenure_after_lapse": "restarts"},
    {"jkm_minimum_after_lapse": "continues", "jkm_minimum_counts": "calendar_months"},
    {"relief_donor_payers": "full", "gap_inside_spell": "counts_as_arrears"},
]


@pytest.mark.parametrize("switches", READINGS)
@pytest.mark.parametrize("on", [date(2026, 1, 31), date(2026, 6, 3), date(2024, 7, 1)])
def test_the_columns_say_what_the_law_says(on: date, switches: dict[str, str]) -> None:
    chance = random.Random(f"{on}{sorted(switches)}")
    people, paid = some_people(chance, 250), some_paid(chance, 250)
    fast = in_columns(people, paid, on, switches=switches)
    slow = one_by_one(people, paid, on, switches=switches)
    assert fast == slow
    assert {row["status"] for row in fast.values()} == {"active", "grace", "lapsed"}
    rights = {row["loss_right"] for row in fast.values()}
    assert {"jkm", "jkm_scholarship", "employer"} <= rights
    assert any(row["children"] for row in fast.values())
