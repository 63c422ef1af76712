"""The proof finds a plan that is not just."""

from __future__ import annotations

import pytest
from tests.support.enrolment import ranked

from semesta.planning.allocate import Limits, Line, allocate
from semesta.planning.proof import prove

COST = 16_800


def proven(lines: list[Line], budget: int, limits: Limits | None = None):
    limits = limits or Limits()
    return prove(lines, [COST] * len(lines), budget=budget, limits=limits)


def test_a_just_plan_holds_and_says_who_was_passed_over() -> None:
    limits = Limits(household_cap=1)
    people = ranked(4, household=[1, 1, 2, 3])
    lines = allocate(people, budget=2 * COST, cost_each=COST, limits=limits)
    found = proven(lines, 2 * COST, limits)
    assert found.holds
    assert found.passed_over == {"household_cap": 1}
    assert (found.chosen, found.last_rank, found.spent) == (2, 3, 2 * COST)


@pytest.mark.parametrize(
    ("rank", "outcome", "reason", "said"),
    [
        (1, "waiting", "budget", "anggaran belum habis"),
        (1, "cut", "household_cap", "batas keluarga belum terisi"),
        (1, "waiting", "quota", "kuota belum terisi"),
        (1, "waiting", "", "dengan alasan"),
    ],
)
def test_a_false_reason_is_found(rank, outcome, reason, said) -> None:
    lines = allocate(ranked(3), budget=2 * COST, cost_each=COST)
    lines[rank - 1] = lines[rank - 1]._replace(outcome=outcome, reason=reason)
    found = proven(lines, 2 * COST)
    assert not found.holds
    assert any(said in breach for breach in found.breaches)


def test_spending_more_than_there_is_is_found() -> None:
    lines = allocate(ranked(3), budget=3 * COST, cost_each=COST)
    assert not proven(lines, 2 * COST).holds


def test_someone_beyond_the_cap_is_found() -> None:
    lines = allocate(ranked(2, household=[1, 1]), budget=2 * COST, cost_each=COST)
    assert not proven(lines, 2 * COST, Limits(household_cap=1)).holds
