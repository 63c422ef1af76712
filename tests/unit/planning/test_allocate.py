"""Filling a budget in ranked order, with a reason for whoever is passed over."""

from __future__ import annotations

import pytest
from tests.support.enrolment import a_nik, ranked

from semesta.kernel import UserError
from semesta.planning.allocate import Limits, allocate, replacements

COST = 16_800 * 12


def outcomes(lines) -> list[str]:
    return [line.reason or line.outcome for line in lines]


class TestAllocate:
    def test_takes_the_first_until_the_budget_ends(self) -> None:
        lines = allocate(ranked(4), budget=2 * COST + COST - 1, cost_each=COST)
        assert outcomes(lines) == ["chosen", "chosen", "budget", "budget"]
        assert [line.rank for line in lines] == [1, 2, 3, 4]

    def test_a_budget_for_exactly_one(self) -> None:
        lines = allocate(ranked(2), budget=COST, cost_each=COST)
        assert outcomes(lines) == ["chosen", "budget"]

    @pytest.mark.parametrize("budget", [COST - 1, 0, -1])
    def test_a_budget_for_nobody_is_an_error(self, budget: int) -> None:
        with pytest.raises(UserError) as error:
            allocate(ranked(1), budget=budget, cost_each=COST)
        assert error.value.code == "plan.budget_too_small"
        assert error.value.exit_code == 2
        assert "Rp201.600" in error.value.why

    def test_a_household_cap_passes_over_the_third(self) -> None:
        people = ranked(5, household=[1, 1, 1, 2, None])
        lines = allocate(
            people, budget=9 * COST, cost_each=COST, limits=Limits(household_cap=2)
        )
        assert outcomes(lines) == [
            "chosen", "chosen", "household_cap", "chosen", "chosen",
        ]  # fmt: skip

    def test_people_without_a_household_are_never_capped(self) -> None:
        people = ranked(3, household=[None, None, None])
        lines = allocate(
            people, budget=9 * COST, cost_each=COST, limits=Limits(household_cap=1)
        )
        assert outcomes(lines) == ["chosen"] * 3

    def test_a_full_quota_lets_others_pass(self) -> None:
        people = ranked(4, kelurahan=["a", "a", "b", "a"])
        lines = allocate(
            people, budget=9 * COST, cost_each=COST, limits=Limits(quotas={"a": 1})
        )
        assert outcomes(lines) == ["chosen", "quota", "chosen", "quota"]
        assert lines[1].outcome == "waiting"

    def test_a_shared_or_missing_nik_is_cut_with_its_reason(self) -> None:
        people = ranked(4, nik=[a_nik(1), a_nik(2), a_nik(1), ""])
        lines = allocate(people, budget=9 * COST, cost_each=COST)
        assert outcomes(lines) == ["shared_nik", "chosen", "shared_nik", "no_nik"]
        assert lines[0].outcome == "cut"

    def test_nobody_to_choose_from(self) -> None:
        assert allocate([], budget=COST, cost_each=COST) == []


class TestReplacements:
    def test_the_next_waiting_takes_the_place(self) -> None:
        lines = allocate(ranked(5), budget=2 * COST, cost_each=COST)
        assert replacements(lines, [1, 2]) == {1: 3, 2: 4}

    def test_places_given_before_stay_given(self) -> None:
        lines = allocate(ranked(5), budget=2 * COST, cost_each=COST)
        assert replacements(lines, [1, 2], offered={1: 3}) == {2: 4}
        assert replacements(lines, [1, 2], offered={1: 3, 2: None}) == {}

    def test_the_unavailable_are_passed_over(self) -> None:
        lines = allocate(ranked(3), budget=COST, cost_each=COST)
        assert replacements(lines, [1], unavailable=[2]) == {1: 3}

    def test_nobody_left(self) -> None:
        lines = allocate(ranked(2), budget=2 * COST, cost_each=COST)
        assert replacements(lines, [1, 2]) == {1: None, 2: None}

    def test_limits_hold_for_those_who_come_in(self) -> None:
        limits = Limits(household_cap=1)
        people = ranked(5, household=[1, 2, 1, 2, 3])
        lines = allocate(people, budget=2 * COST, cost_each=COST, limits=limits)
        # Person 2 stays, so 4 of the same household may not come in; 3 may, because
        # person 1 of that household leaves.
        assert replacements(lines, [1], limits=limits) == {1: 3}
        assert replacements(lines, [1], limits=limits, unavailable=[3]) == {1: 5}

    def test_a_cut_nik_never_comes_in(self) -> None:
        people = ranked(3, nik=[a_nik(1), a_nik(2), a_nik(2)])
        lines = allocate(people, budget=COST, cost_each=COST)
        assert replacements(lines, [1]) == {1: None}
