"""Quotas in numbers: given, or divided by a rule."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.facts import facts_table

from semesta.eligibility.policy import Policy
from semesta.eligibility.quotas import divide, quotas_of

A, B, C = "13.74.01.1001", "13.74.01.1002", "13.74.02.1001"
PEOPLE = [
    *({"kelurahan": A, "alive": True, "works": True} for _ in range(3)),
    *({"kelurahan": B, "alive": None, "works": False} for _ in range(2)),
    {"kelurahan": C, "alive": True, "works": True},
    {"kelurahan": C, "alive": False, "works": True},
    {"kelurahan": "13.71.01.1001", "alive": True, "works": True},
    {"kelurahan": None, "alive": True, "works": True},
]


def a_policy(**changes: Any) -> Policy:
    usual = {
        "title": "Contoh", "region": "13.74", "year": 2026, "payer": "APBD",
        "instrument": "Perwako", "criteria": [{"criterion": "alive", "clause": "Pasal 1"}],
    }  # fmt: skip
    return Policy.model_validate({**usual, **changes})


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ({"share": "population", "level": "kelurahan"}, {A: 6, B: 4, C: 2}),
        ({"share": "workers", "level": "kelurahan"}, {A: 9, C: 3}),
        ({"share": "equal", "level": "kelurahan"}, {A: 4, B: 4, C: 4}),
        (
            {"share": "population", "level": "kecamatan"},
            {"13.74.01": 10, "13.74.02": 2},
        ),
    ],
)
def test_a_rule_divides_its_total(rule: dict[str, str], found: dict[str, int]) -> None:
    policy = a_policy(quota_rule={"total": 12, **rule})
    assert quotas_of(policy, facts_table(PEOPLE)) == found


def test_numbers_stand_and_without_either_there_is_no_quota() -> None:
    assert quotas_of(a_policy(quotas={A: 3}), facts_table(PEOPLE)) == {A: 3}
    assert quotas_of(a_policy(), facts_table(PEOPLE)) == {}


@given(
    total=st.integers(1, 10_000),
    weights=st.dictionaries(
        st.text("abc", min_size=1), st.integers(1, 500), min_size=1
    ),
)
def test_nothing_is_lost_and_nobody_is_a_whole_place_off(
    total: int, weights: dict[str, int]
) -> None:
    found = divide(total, weights)
    assert sum(found.values()) == total
    whole = sum(weights.values())
    for area, places in found.items():
        assert abs(places - total * weights[area] / whole) < 1


def test_the_largest_remainder_and_then_the_lowest_code() -> None:
    assert divide(4, {"b": 1, "a": 1, "c": 1}) == {"a": 2, "b": 1, "c": 1}
    assert divide(5, {}) == {}
