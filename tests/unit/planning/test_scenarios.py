"""Ways to spend one budget, side by side."""

from __future__ import annotations

import numpy as np
import pytest
from tests.support.planning import JANUARY, a_board, lapsed, member, stranger

from semesta.kernel import UserError
from semesta.planning.allocate import Limits
from semesta.planning.compare import as_line, compare, optimum, takeable_orders
from semesta.planning.fairness import fairness
from semesta.planning.scenarios import (
    CONTINUITY,
    FEWER,
    MANY,
    MOST_LOST,
    OPTIMUM,
    POOREST,
    Payment,
)

APBD = Payment("APBD", JANUARY)
EACH = 201_600


def run(board, budget, payment=APBD):
    found = compare(board, payment, budget, takeable_orders(board))
    return {outcome.name: outcome for outcome in found}


def chosen(outcome) -> list[int]:
    return [place + 1 for place in np.flatnonzero(outcome.chosen)]


def test_fewer_for_long_against_many_for_short() -> None:
    found = run(a_board(*[{}] * 8), 2 * EACH)
    assert found[FEWER].figures.people == 2
    assert found[FEWER].figures.reach_3_months == 2
    assert found[FEWER].figures.lapses == 0
    # Three months for all eight, and then all eight are out again.
    assert found[MANY].figures.people == 8
    assert found[MANY].figures.lapses == 8
    assert found[MANY].figures.rights_lost_rupiah == 8 * 42_000_000
    assert not found[MANY].figures.unknown


def test_each_order_takes_its_own_first() -> None:
    board = a_board(
        {"decile": 1, "income": 900_000},
        {"decile": 1, "income": 100_000},
        member(30, decile=2),
        lapsed(33, decile=2),
        member(35, decile=3),
    )
    found = run(board, EACH)
    assert chosen(found[FEWER]) == [1]
    assert chosen(found[POOREST]) == [2]
    assert chosen(found[CONTINUITY]) == [5]
    assert chosen(found[MOST_LOST]) == [5]
    assert chosen(run(board, 3 * EACH)[MOST_LOST]) == [3, 4, 5]


def test_only_the_policys_order_or_one_it_allows_is_more_than_a_comparison() -> None:
    rows = [{"decile": 1}, member(9, decile=2)]
    found = run(a_board(*rows), EACH)
    kept = {name for name, outcome in found.items() if outcome.is_policys}
    assert kept == {FEWER, MANY, POOREST}
    allowed = run(a_board(*rows, allowed={CONTINUITY: "Pasal 9"}), EACH)
    assert allowed[CONTINUITY].is_policys
    assert not allowed[OPTIMUM].is_policys


def test_the_optimum_takes_who_would_lose_most() -> None:
    # The oldest leave most expected rights; the youngest are first in the order.
    found = run(a_board({"age": 20}, {"age": 40}, {"age": 63}), EACH)
    assert chosen(found[OPTIMUM]) == [3]
    assert as_line(found[OPTIMUM])["optimal"] is True
    assert found[OPTIMUM].solver == "HiGHS"
    assert found[FEWER].gap > 0.5
    assert as_line(found[FEWER])["optimal"] is False


def test_the_optimum_keeps_the_limits() -> None:
    rows = [{"age": 60}, {"age": 60}, {"age": 30}]
    capped = a_board(*rows, households=[1, 1, 2], limits=Limits(household_cap=1))
    assert len(chosen(optimum(capped, APBD, 3 * EACH))) == 2
    place = "13.74.01.1001"
    quota = a_board(*rows, limits=Limits(quotas={place: 1}))
    assert chosen(optimum(quota, APBD, 3 * EACH)) == [1]


def test_nobody_takes_the_budget_over() -> None:
    for outcome in run(a_board(*[{}] * 9), 3 * EACH + 7).values():
        assert outcome.figures.cost <= 3 * EACH + 7


def test_what_nobody_knows_is_counted_and_not_guessed() -> None:
    found = run(a_board(stranger(), {"age": None}), 2 * EACH)
    figures = found[FEWER].figures
    assert (figures.people, figures.unknown, figures.unaged) == (2, 1, 1)
    assert figures.reach_3_months == 1
    assert figures.expected_death_benefits == 0
    assert found[OPTIMUM].figures.people == 0


@pytest.mark.parametrize("budget", [0, -5, EACH - 1])
def test_a_budget_for_nobody(budget: int) -> None:
    with pytest.raises(UserError) as error:
        run(a_board({}), budget)
    assert error.value.code == "plan.budget_too_small"
    assert error.value.exit_code == 2


def test_a_donor_pays_half_for_drivers_from_january() -> None:
    board = a_board({"occupation": "ojek"}, {"occupation": "petani"})
    donor = Payment("CSR", JANUARY, months=3)
    assert board.costs(donor, 3).tolist() == [25_200, 50_400]
    assert board.costs(APBD, 3).tolist() == [50_400, 50_400]


def test_coverage_before_and_after() -> None:
    figures = run(a_board(member(12), {}, {}), 2 * EACH)[FEWER].figures
    assert (figures.covered_before, figures.covered_after) == (1, 2)


def test_who_passes_thirty_six_and_when() -> None:
    figures = run(a_board(member(30), member(36), {}), 3 * EACH)[FEWER].figures
    assert figures.reach_36_months == 2
    assert figures.newly_36_months == 1
    assert figures.reaching_36[5] == 1


def test_shares_of_the_chosen_beside_shares_of_all() -> None:
    board = a_board({"sex": "L"}, {"sex": "P"}, {"sex": "P"}, {"sex": "", "age": None})
    found = fairness(board.people, np.array([True, True, False, False]))
    by_sex = {share.group: share for share in found["sex"]}
    assert (by_sex["P"].of_candidates, by_sex["P"].of_chosen) == (50.0, 50.0)
    assert by_sex["P"].rate == 50.0
    assert found["sex"][-1].group == ""
    assert [share.group for share in found["age"]] == ["35–44", ""]
