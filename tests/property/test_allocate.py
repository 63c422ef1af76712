"""Whatever the candidates: never above the budget, nobody passed over unsaid."""

from __future__ import annotations

import random

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from tests.support.enrolment import TABLE, a_nik

from semesta.planning.allocate import CHOSEN, WAITING, Limits, allocate, replacements
from semesta.planning.rank import RankKey, rank
from semesta.planning.ranking import candidates_of, lines_of, table_of, totals_of

KEYS = (RankKey("decile"), RankKey("tenure_months", highest_first=True))
COST = 16_800

people = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(1, 4)),  # household
        st.sampled_from(["a", "b", "c"]),  # kelurahan
        st.one_of(st.none(), st.integers(1, 3)),  # decile
        st.one_of(st.none(), st.integers(0, 3)),  # tenure
        st.integers(0, 30),  # whose NIK: some share one, 0 has none
    ),
    max_size=25,
)
limits = st.builds(
    Limits,
    household_cap=st.one_of(st.none(), st.integers(1, 3)),
    quotas=st.dictionaries(st.sampled_from(["a", "b"]), st.integers(0, 5)),
)
budgets = st.integers(COST, 30 * COST)


def table_from(drawn) -> pa.Table:
    rows = [
        {
            "person_id": n,
            "nik": a_nik(nik) if nik else "",
            "household": household,
            "kelurahan": place,
            "decile": decile,
            "tenure_months": tenure,
        }
        for n, (household, place, decile, tenure, nik) in enumerate(drawn, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=TABLE)


def plan(table: pa.Table, budget: int, rules: Limits):
    ranked = rank(table, KEYS, year=2026)
    return allocate(candidates_of(ranked), budget=budget, cost_each=COST, limits=rules)


@given(people, budgets, limits)
def test_never_costs_more_than_the_budget(drawn, budget, rules) -> None:
    totals = totals_of(plan(table_from(drawn), budget, rules))
    assert totals.chosen * COST <= budget
    assert totals.candidates == len(drawn)
    assert totals.chosen + totals.waiting + totals.cut == totals.candidates


@given(people, budgets, limits)
def test_nobody_is_passed_over_without_a_reason(drawn, budget, rules) -> None:
    lines = plan(table_from(drawn), budget, rules)
    last = max((line.rank for line in lines if line.outcome == CHOSEN), default=0)
    for line in lines:
        assert bool(line.reason) == (line.outcome != CHOSEN)
        # "The budget is spent" is true only when nobody further down was taken.
        assert line.reason != "budget" or line.rank > last


@given(people, budgets, limits)
def test_limits_hold(drawn, budget, rules) -> None:
    chosen = [
        line.candidate
        for line in plan(table_from(drawn), budget, rules)
        if line.outcome == CHOSEN
    ]
    niks = [candidate.nik for candidate in chosen]
    assert len(niks) == len(set(niks))
    assert "" not in niks
    for household in {c.household for c in chosen} - {None}:
        number = sum(c.household == household for c in chosen)
        assert rules.household_cap is None or number <= rules.household_cap
    for place, quota in rules.quotas.items():
        assert sum(c.kelurahan == place for c in chosen) <= quota


@given(people, budgets, limits, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(
    drawn, budget, rules, chance: random.Random
) -> None:
    table = table_from(drawn)
    order = chance.sample(range(len(drawn)), len(drawn))
    shuffled = table.take(pa.array(order, pa.int64()))
    assert plan(table, budget, rules) == plan(shuffled, budget, rules)


@given(people, budgets)
def test_a_larger_budget_never_drops_anyone(drawn, budget) -> None:
    def chosen(amount: int) -> set[int]:
        lines = plan(table_from(drawn), amount, Limits())
        return {x.candidate.person_id for x in lines if x.outcome == CHOSEN}

    assert chosen(budget) <= chosen(budget + COST)


@given(people, budgets, limits, st.data())
def test_replacements_come_from_the_line_and_keep_the_limits(
    drawn, budget, rules, data
) -> None:
    table = table_from(drawn)
    lines = plan(table, budget, rules)
    chosen = [line.candidate for line in lines if line.outcome == CHOSEN]
    vacated = [c.person_id for c in chosen if data.draw(st.booleans())]
    found = replacements(lines, vacated, limits=rules)
    assert list(found) == vacated
    came = [person for person in found.values() if person is not None]
    assert len(came) == len(set(came))
    by_id = {line.candidate.person_id: line for line in lines}
    assert all(
        by_id[p].outcome == WAITING or by_id[p].reason == "household_cap" for p in came
    )
    there = [c for c in chosen if c.person_id not in vacated]
    there += [by_id[person].candidate for person in came]
    for place, quota in rules.quotas.items():
        assert sum(c.kelurahan == place for c in there) <= quota
    if rules.household_cap is not None:
        for household in {c.household for c in there} - {None}:
            number = sum(c.household == household for c in there)
            assert number <= rules.household_cap


@given(people, budgets, limits)
def test_a_stored_ranking_reads_back(drawn, budget, rules) -> None:
    table = table_from(drawn)
    ranked = rank(table, KEYS, year=2026)
    lines = plan(table, budget, rules)
    stored = table_of(lines, ranked, [key.column for key in KEYS], [COST] * len(lines))
    assert "nik" not in stored.column_names
    without_nik = [x._replace(candidate=x.candidate._replace(nik="")) for x in lines]
    assert lines_of(stored) == without_nik
