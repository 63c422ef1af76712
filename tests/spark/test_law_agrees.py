"""DuckDB and Spark, and the functions of the law, say the same of everyone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
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
from semesta.law.benefit.bulk import death_benefit_expr, work_death_expr
from semesta.law.contribution.bulk import bpu_contribution_expr, pu_contribution_expr
from semesta.law.membership import standing_expr
from semesta.warehouse.engines import ibis_session

pytestmark = pytest.mark.filterwarnings("ignore")
ON = date(2025, 9, 20)
RANGES, PAYERS = some_ranges(500), some_payers(500, seed=11)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("law")
    pq.write_table(as_table(RANGES), folder / "ranges.parquet")
    pq.write_table(payers_table(PAYERS), folder / "payers.parquet")
    return folder


def rows(session: Any, table: Any, *columns: str) -> dict[int, tuple[Any, ...]]:
    found = session.to_pyarrow(table).to_pylist()
    return {row["person_id"]: tuple(row[name] for name in columns) for row in found}


@pytest.mark.parametrize("month", [Month(2020, 8), Month(2025, 12), Month(2026, 5)])
def test_contributions(spark: Any, files: Path, month: Month) -> None:
    expected = contributions(PAYERS, month, {})
    for session in (ibis_session("duckdb"), spark):
        people = session.read_parquet(str(files / "payers.parquet"))
        table = bpu_contribution_expr(people, month)
        assert rows(session, table, "jkk", "jkm", "jht", "total") == expected


@pytest.mark.parametrize("segment", ["BPU", "PU"])
def test_deaths(spark: Any, files: Path, segment: str) -> None:
    expected = deaths(RANGES, ON, segment, {})
    columns = ("jkm_total", "jkm_payable_now", "is_short", "opens_scholarship")
    for session in (ibis_session("duckdb"), spark):
        ranges = session.read_parquet(str(files / "ranges.parquet"))
        held = standing_expr(ranges, ON, segment=segment)
        table = death_benefit_expr(held, ON, segment=segment)
        assert rows(session, table, *columns) == expected


def test_deaths_at_work(spark: Any, files: Path) -> None:
    expected = work_deaths(RANGES, PAYERS, ON, {})
    for session in (ibis_session("duckdb"), spark):
        held = standing_expr(session.read_parquet(str(files / "ranges.parquet")), ON)
        incomes = session.read_parquet(str(files / "payers.parquet"))
        table = work_death_expr(held, incomes, ON)
        assert rows(session, table, "jkk_total", "jkk_payable_now") == expected


@pytest.mark.parametrize("month", [Month(2020, 9), Month(2026, 3)])
def test_contributions_of_wage_earners(
    spark: Any, tmp_path: Path, month: Month
) -> None:
    earners = wage_earners(300, seed=3)
    pq.write_table(wages_table(earners), tmp_path / "wages.parquet")
    columns = (
        "jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker", "jkp",
        "total",
    )  # fmt: skip
    for session in (ibis_session("duckdb"), spark):
        people = session.read_parquet(str(tmp_path / "wages.parquet"))
        table = pu_contribution_expr(people, month)
        assert rows(session, table, *columns) == wage_contributions(earners, month)
