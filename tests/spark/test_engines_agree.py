"""DuckDB and Spark give the same standings and the same decisions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.support.paid_ranges import as_table, month_of, some_ranges

from semesta.law.membership import standing_expr
from semesta.warehouse.engines import ibis_session

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
