"""Whatever the people and the budget: within it, within the limits, never above the best."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.planning import JANUARY, a_board, lapsed, member

from semesta.planning.allocate import Limits, allocate
from semesta.planning.compare import compare, takeable_orders
from semesta.planning.proof import prove
from semesta.planning.scenarios import Payment

EACH = 201_600
rows = st.lists(
    st.tuples(
        st.one_of(
            st.just({}),
            st.builds(member, st.integers(1, 40)),
            st.builds(lapsed, st.integers(1, 40)),
        ),
        st.integers(18, 64),
        st.sampled_from(["petani", "ojek"]),
        st.sampled_from(["a", "b"]),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=7,
)
limits = st.builds(
    Limits,
    household_cap=st.one_of(st.none(), st.integers(1, 2)),
    quotas=st.dictionaries(st.sampled_from(["a", "b"]), st.integers(0, 3)),
)


def board_of(drawn, rules):
    told = [
        {**kind, "age": age, "occupation": job, "kelurahan": place}
        for kind, age, job, place, _ in drawn
    ]
    homes = [home for *_, home in drawn]
    return a_board(*told, households=homes, limits=rules), homes


@settings(max_examples=25, deadline=None)
@given(rows, limits, st.integers(EACH, 8 * EACH), st.sampled_from(["APBD", "CSR"]))
def test_every_scenario_keeps_the_rules(drawn, rules, budget, payer) -> None:
    board, homes = board_of(drawn, rules)
    payment = Payment(payer, JANUARY)
    found = compare(board, payment, budget, takeable_orders(board))
    for outcome in found:
        chosen = np.flatnonzero(outcome.chosen)
        assert outcome.figures.cost <= budget
        assert outcome.figures.people == len(chosen)
        families = Counter(homes[n] for n in chosen)
        assert rules.household_cap is None or all(
            n <= rules.household_cap for n in families.values()
        )
        places = Counter(drawn[n][3] for n in chosen)
        assert all(places[p] <= quota for p, quota in rules.quotas.items())
        assert outcome.figures.objective <= outcome.best * (1 + 1e-9) + 1e-6
    best = found[-1]
    assert best.gap <= 1e-4


@given(rows, limits, st.integers(16_800, 200_000), st.data())
def test_every_plan_is_proven_just(drawn, rules, budget, data) -> None:
    board, _ = board_of(drawn, rules)
    costs = [data.draw(st.sampled_from([8_400, 16_800])) for _ in drawn]
    lines = allocate(board.candidates, budget=budget, cost_each=costs, limits=rules)
    found = prove(lines, costs, budget=budget, limits=rules)
    assert found.holds, found.breaches
