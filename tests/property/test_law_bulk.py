"""What the law says of one person, it says of a million: functions and expressions."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.law_people import (
    contributions,
    deaths,
    payers_table,
    some_payers,
    wage_contributions,
    wage_earners,
    wages_table,
    work_deaths,
)
from tests.support.paid_ranges import as_table, some_ranges

from semesta.kernel import Month
from semesta.law.benefit.bulk import (
    death_benefit_expr,
    wage_earner_death_expr,
    work_death_expr,
)
from semesta.law.benefit.work_accident import Accident, accident_benefit
from semesta.law.book import law_book
from semesta.law.contribution.bulk import bpu_contribution_expr, pu_contribution_expr
from semesta.law.membership import Standing, standing_expr
from semesta.warehouse.engines import ibis_session

MONTHS = st.integers(0, 150).map(lambda n: Month(2015, 7) + n)
DAYS = st.one_of(
    st.dates(date(2019, 1, 1), date(2026, 12, 31)),
    st.dates(date(2025, 2, 10), date(2025, 3, 12)),
)
SEEDS = st.integers(0, 10_000)


def readings(*switches: str) -> st.SearchStrategy[dict[str, str]]:
    """Any way to read these switches."""
    known = law_book().switches
    return st.fixed_dictionaries(
        {switch: st.sampled_from(known[switch].choices) for switch in switches}
    )


RELIEF = readings("relief_donor_payers", "relief_village_funds")
DEATH = readings(
    "permenaker_1_2025_from", "jkm_minimum_counts", "jkm_minimum_after_lapse",
    "jkm_minimum_segments", "jkm_short_split", "tenure_after_lapse", "gap_inside_spell",
)  # fmt: skip


@cache
def session() -> Any:
    return ibis_session()


def rows(table: Any, *columns: str) -> dict[int, tuple[Any, ...]]:
    """person → the columns."""
    found = session().to_pyarrow(table).to_pylist()
    return {row["person_id"]: tuple(row[name] for name in columns) for row in found}


@settings(max_examples=12, deadline=None)
@given(MONTHS, SEEDS, RELIEF)
def test_contributions(month: Month, seed: int, switches: dict[str, str]) -> None:
    payers = some_payers(60, seed=seed)
    table = ibis.memtable(payers_table(payers))
    found = rows(
        bpu_contribution_expr(table, month, switches=switches),
        "jkk", "jkm", "jht", "total",
    )  # fmt: skip
    assert found == contributions(payers, month, switches)


@settings(max_examples=12, deadline=None)
@given(DAYS, SEEDS, st.sampled_from(["BPU", "PU"]), DEATH)
def test_deaths(on: date, seed: int, segment: str, switches: dict[str, str]) -> None:
    ranges = some_ranges(60, seed=seed)
    held = standing_expr(
        ibis.memtable(as_table(ranges)), on, segment=segment, switches=switches
    )
    found = rows(
        death_benefit_expr(held, on, segment=segment, switches=switches),
        "jkm_total", "jkm_payable_now", "is_short", "opens_scholarship",
    )  # fmt: skip
    assert found == deaths(ranges, on, segment, switches)


@settings(max_examples=12, deadline=None)
@given(DAYS, SEEDS)
def test_deaths_at_work(on: date, seed: int) -> None:
    ranges, payers = some_ranges(60, seed=seed), some_payers(50, seed=seed)
    held = standing_expr(ibis.memtable(as_table(ranges)), on)
    incomes = ibis.memtable(payers_table(payers))
    found = rows(work_death_expr(held, incomes, on), "jkk_total", "jkk_payable_now")
    assert found == work_deaths(ranges, payers, on, {})


PU_COLUMNS = (
    "jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker", "jkp",
    "total",
)  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 137).map(lambda n: Month(2015, 7) + n), SEEDS)
def test_contributions_of_wage_earners(month: Month, seed: int) -> None:
    earners = wage_earners(60, seed=seed)
    table = ibis.memtable(wages_table(earners))
    found = rows(pu_contribution_expr(table, month), *PU_COLUMNS)
    assert found == wage_contributions(earners, month)


@settings(max_examples=12, deadline=None)
@given(DAYS, SEEDS, readings("jkk_death_minimum"))
def test_deaths_of_wage_earners_at_work(
    on: date, seed: int, switches: dict[str, str]
) -> None:
    earners = wage_earners(60, seed=seed)
    incomes = wages_table(earners).rename_columns({"monthly_wage": "monthly_income"})
    table = wage_earner_death_expr(ibis.memtable(incomes), on, switches=switches)
    held = Standing("active", 1, 0, Month.of(on), Month.of(on), on=on)
    expected = {}
    for person, wage, *_ in earners:
        answer = accident_benefit(
            Accident("work_death", on),
            standing=held,
            monthly_income=wage,
            segment="PU",
            switches=switches,
        )
        expected[person] = (int(answer.lines[0].amount),)
    assert rows(table, "jkk_death") == expected


def test_an_unknown_code_is_unknown_and_not_free() -> None:
    table = pa.table(
        {
            "person_id": [1, 2],
            "monthly_income": [900_000, 900_000],
            "sector": ["pertanian", None],
            "payer": ["SELF", "DERMAWAN"],
            "jht": [False, None],
        }
    )
    found = rows(bpu_contribution_expr(ibis.memtable(table), Month(2026, 5)), "total")
    assert found == {1: (None,), 2: (None,)}


@pytest.mark.parametrize("segment", ["BPU", "PU"])
def test_nobody_is_lost(segment: str) -> None:
    on, ranges = date(2026, 1, 31), some_ranges(200)
    held = standing_expr(ibis.memtable(as_table(ranges)), on, segment=segment)
    found = rows(death_benefit_expr(held, on, segment=segment), "is_short")
    assert len(found) == session().to_pyarrow(held.count()).as_py()
