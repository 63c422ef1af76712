"""Whatever the candidates, the budget and the limits: every scenario keeps to them."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.plan_people import FIRST, KELURAHAN, Drawn, board_from

from semesta.kernel import Month
from semesta.law.membership import Paid
from semesta.planning.allocate import Limits, allocate
from semesta.planning.compare import compare, least_budget, optimum, takeable_orders
from semesta.planning.optimum import best_choice
from semesta.planning.proof import prove
from semesta.planning.scenarios import OPTIMUM, Board, Outcome, Payment

PAID = (
    None,
    (),
    (Paid(Month(2023, 2), Month(2026, 1)),),
    (Paid(Month(2025, 11), Month(2026, 1)),),
    (Paid(Month(2024, 1), Month(2024, 4)),),
)
people = st.lists(
    st.builds(
        Drawn,
        paid=st.sampled_from(PAID).map(lambda paid: None if paid is None else [*paid]),
        age=st.sampled_from([None, 20, 40, 60]),
        decile=st.sampled_from([None, 1, 2]),
        occupation=st.sampled_from(["petani", "ojek", None]),
        household=st.sampled_from([None, 1, 2, 3]),
        kelurahan=st.sampled_from(KELURAHAN),
        nik=st.sampled_from(["", "", "", "", "x"]),
        paused=st.sampled_from([False, False, False, True]),
    ),
    min_size=1,
    max_size=14,
)
limits = st.builds(
    Limits,
    household_cap=st.sampled_from([None, 1, 2]),
    quotas=st.dictionaries(
        st.sampled_from([*KELURAHAN, "13.74.01"]), st.integers(0, 4), max_size=3
    ),
)
payments = st.builds(
    Payment,
    payer=st.sampled_from(["APBD", "BAZNAS"]),
    first_month=st.just(FIRST),
    months=st.integers(1, 12),
    short_months=st.just(3),
)


def outcomes(board: Board, payment: Payment, budget: int) -> list[Outcome]:
    return compare(board, payment, budget, takeable_orders(board))


@settings(deadline=None, max_examples=60)
@given(people, limits, payments, st.integers(1, 12))
def test_every_scenario_keeps_to_the_budget_and_the_limits(
    drawn: list[Drawn], rules: Limits, payment: Payment, persons: int
) -> None:
    board = board_from(drawn, rules)
    budget = persons * least_budget(board, payment) + 7
    for outcome in outcomes(board, payment, budget):
        assert outcome.figures.cost <= budget
        taken = [drawn[row] for row in np.flatnonzero(outcome.chosen)]
        assert len(taken) == outcome.figures.people
        families = Counter(one.household for one in taken if one.household)
        assert max(families.values(), default=0) <= (rules.household_cap or len(drawn))
        for area, quota in rules.quotas.items():
            assert sum(one.kelurahan.startswith(area) for one in taken) <= quota
        # Nobody pays for somebody whose number another holds, or whose payment rests.
        shared = sum(one.nik == "x" for one in drawn) > 1
        assert not any(one.paused or (shared and one.nik == "x") for one in taken)


@settings(deadline=None, max_examples=60)
@given(people, limits, payments, st.integers(1, 12))
def test_nobody_below_is_taken_before_someone_above_unsaid(
    drawn: list[Drawn], rules: Limits, payment: Payment, persons: int
) -> None:
    board = board_from(drawn, rules)
    budget = persons * least_budget(board, payment)
    for outcome in outcomes(board, payment, budget):
        if outcome.name == OPTIMUM:
            continue
        order = board.orders[outcome.name]
        ranked = [board.candidates[row] for row in order]
        months = payment.months_of(outcome.name)
        costs = board.costs(payment, months)[order].tolist()
        if budget < max(costs):
            continue
        lines = allocate(ranked, budget=budget, cost_each=costs, limits=rules)
        assert prove(lines, costs, budget=budget, limits=rules).holds
        chosen = {line.candidate.person_id for line in lines if not line.reason}
        assert chosen == set((np.flatnonzero(outcome.chosen) + 1).tolist())


@settings(deadline=None, max_examples=60)
@given(people, limits, payments, st.integers(1, 8))
def test_no_order_is_better_than_the_optimum(
    drawn: list[Drawn], rules: Limits, payment: Payment, persons: int
) -> None:
    board = board_from(drawn, rules)
    budget = persons * least_budget(board, payment)
    *others, best = outcomes(board, payment, budget)
    assert best.gap is not None
    assert best.gap <= 1e-4
    # Neither may stand above what the solver proves possible.
    assert all(o.gap is not None and o.gap >= -1e-9 for o in others)


@settings(deadline=None, max_examples=40)
@given(st.data(), st.integers(1, 5), st.integers(0, 60))
def test_the_optimum_is_what_trying_everything_finds(
    data: st.DataObject, count: int, budget: int
) -> None:
    options = 2
    numbers = st.lists(st.integers(0, 9), min_size=options, max_size=options)
    worth = [data.draw(numbers) for _ in range(count)]
    costs = [data.draw(st.just([5, 9]) | st.just([4, 12])) for _ in range(count)]
    drawn = [
        Drawn(
            household=data.draw(st.sampled_from([None, 1])), kelurahan=KELURAHAN[n % 3]
        )
        for n in range(count)
    ]
    rules = Limits(household_cap=1, quotas={"13.74.01": 2})
    candidates = list(board_from(drawn).candidates)
    found = best_choice(
        np.array(worth, float),
        np.array(costs, np.int64),
        candidates,
        budget=budget,
        limits=rules,
    )
    value = sum(worth[n][o] for n, o in enumerate(found.option) if o >= 0)
    best = 0
    for choice in product(range(-1, options), repeat=count):
        taken = [n for n, option in enumerate(choice) if option >= 0]
        if sum(costs[n][choice[n]] for n in taken) > budget:
            continue
        if sum(drawn[n].household == 1 for n in taken) > 1:
            continue
        if sum(drawn[n].kelurahan.startswith("13.74.01") for n in taken) > 2:
            continue
        best = max(best, sum(worth[n][choice[n]] for n in taken))
    assert value == best
    assert found.bound >= best - 1e-6


def test_a_proof_names_the_line_whose_reason_is_not_true() -> None:
    board = board_from([Drawn(), Drawn(), Drawn()])
    lines = allocate(board.candidates, budget=20, cost_each=10)
    swapped = [lines[0], lines[1]._replace(outcome="waiting", reason="budget"),
               lines[2]._replace(outcome="chosen", reason="")]  # fmt: skip
    proof = prove(swapped, [10] * 3, budget=20, limits=Limits())
    assert not proof.holds
    assert "peringkat 2" in proof.breaches[0]
    assert prove(lines, [10] * 3, budget=20, limits=Limits()).holds
    assert not prove(lines, [11] * 3, budget=20, limits=Limits()).holds


@pytest.mark.parametrize("name", ["household_cap", "quota"])
def test_a_proof_checks_the_limits_itself(name: str) -> None:
    board = board_from([Drawn(), Drawn()])
    lines = allocate(board.candidates, budget=20, cost_each=10)
    lines[1] = lines[1]._replace(
        outcome="cut" if name == "household_cap" else "waiting", reason=name
    )
    rules = Limits(household_cap=1, quotas={KELURAHAN[0]: 5})
    assert not prove(lines, [10, 10], budget=20, limits=rules).holds


def test_the_optimum_gives_months_to_whom_they_earn_most() -> None:
    member = Drawn(paid=[Paid(Month(2023, 2), Month(2026, 1))], age=60)
    board = board_from([Drawn(paid=[], age=20), member])
    best = optimum(board, Payment("APBD", FIRST), 12 * 16_800)
    assert best.months.tolist() == [0, 12]
    assert best.solver == "HiGHS"
