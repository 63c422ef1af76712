"""DuckDB and Spark give the same standings and the same decisions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.support.facts import cases, facts_file, results_of_cases, some_people
from tests.support.paid_ranges import as_table, month_of, some_ranges

from semesta.eligibility.services import decide
from semesta.eligibility.versions.queries import policy_text
from semesta.law.membership import standing_expr
from semesta.warehouse.engines import ibis_session
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.filterwarnings("ignore")
ON = date(2026, 1, 31)


def rows_of(session: Any, table: Any) -> list[dict[str, Any]]:
    rows = session.to_pyarrow(table).to_pylist()
    return sorted(rows, key=lambda row: row["person_id"])


@pytest.mark.parametrize("segment", ["BPU", "PU"])
def test_standing(spark: Any, tmp_path: Path, segment: str) -> None:
    path = tmp_path / "ranges.parquet"
    pq.write_table(as_table(some_ranges(500)), path)
    found = []
    for session in (ibis_session("duckdb"), spark):
        table = session.read_parquet(str(path))
        rows = rows_of(session, standing_expr(table, ON, segment=segment))
        for row in rows:
            row["paid_until"] = month_of(row["paid_until"])
            row["spell_from"] = month_of(row["spell_from"])
        found.append(rows)
    assert len(found[0]) > 300
    assert found[0] == found[1]


def test_cases_of_the_criteria(spark: Any, tmp_path: Path) -> None:
    assert results_of_cases(spark, tmp_path) == [case["expect"] for case in cases()]


@pytest.mark.parametrize(
    "slug",
    ["13.74/2026-apbd", "32/2025-apbd-prov", "33.75/2022-apbd", "64.09/2025-apbd"],
)
def test_decisions(spark: Any, workspace: Workspace, tmp_path: Path, slug: str) -> None:
    policy = policy_text(slug, workspace).policy
    facts = facts_file(some_people(500, region=policy.region), tmp_path)
    found = [
        decide(facts, policy, as_of=date(2026, 1, 2), engine=engine).to_pylist()
        for engine in ("duckdb", "spark")
    ]
    assert len(found[0]) == 500
    assert found[0] == found[1]
