"""DuckDB and Spark count the same people above and below every line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.support.people import a_person, paid
from tests.support.populations import (
    people_table,
    ranges_table,
    some_entries,
    some_people,
)

from semesta.coverage import queries, services, tally
from semesta.coverage.definitions import definitions
from semesta.kernel import Actor, Month
from semesta.ledger.standing import standing_of_all
from semesta.warehouse.engines import ibis_session
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.filterwarnings("ignore")
ON = date(2026, 1, 31)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("measures")
    pq.write_table(people_table(some_people(5, 1_000)), folder / "people.parquet")
    pq.write_table(ranges_table(some_entries(5, 1_000)), folder / "ranges.parquet")
    return folder


def counts(session: Any, folder: Path) -> list[dict[str, Any]]:
    ranges = session.read_parquet(str(folder / "ranges.parquet"))
    people = session.read_parquet(str(folder / "people.parquet"))
    classified = tally.classify(people, standing_of_all(ranges, ON), ON)
    rows = tally.count(classified, definitions())
    return sorted(rows, key=lambda row: row["kelurahan"])


def months(session: Any, folder: Path) -> list[tuple[str, str, int]]:
    rows = tally.trend(
        session.read_parquet(str(folder / "ranges.parquet")),
        session.read_parquet(str(folder / "people.parquet")),
        "13.74",
        Month(2021, 1),
        Month(2026, 1),
    )
    return [(str(Month.of(r["month"])), r["segment"], r["people"]) for r in rows]


def test_every_figure(spark: Any, files: Path) -> None:
    fast = counts(ibis_session("duckdb"), files)
    assert len(fast) == 6
    assert sum(row["active__ALL__above"] for row in fast) > 100
    assert counts(spark, files) == fast


def test_the_trend(spark: Any, files: Path) -> None:
    fast = months(ibis_session("duckdb"), files)
    assert len(fast) > 150
    assert months(spark, files) == fast


@pytest.mark.django_db
def test_the_run_itself(spark: Any, workspace: Workspace, officer: Actor) -> None:
    paid(a_person(), "2025-05", "2026-07")
    paid(a_person(occupation="guru"), "2022-01", "2026-01", segment="PU")
    a_person()
    runs = [
        services.measure(on=ON, workspace=workspace, by=officer, engine=engine)
        for engine in ("duckdb", "spark")
    ]
    fast, slow = ([f.as_dict() for f in queries.figures(run)] for run in runs)
    assert fast == slow
    assert queries.trend(run=runs[0]) == queries.trend(run=runs[1])
