"""The cases a lawyer wrote hold on Spark too: what DuckDB says, Spark says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.spec.on_engines import ask_group, expected, grouped

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.slow]
KINDS = ("contribution BPU", "contribution PU", "standing", "death", "work_death")
# A plan of this many unions is still quick to make; one query per group is not.
TOGETHER = 12


@pytest.mark.parametrize("kind", KINDS)
def test_cases_in_bulk(kind: str, spark: Any, tmp_path: Path) -> None:
    def register(table: pa.Table) -> Any:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.parquet"
        pq.write_table(table, path)
        return spark.read_parquet(str(path))

    groups = grouped(kind)
    tables = [
        ask_group(kind, terms, cases, register) for terms, cases in groups.items()
    ]
    found: dict[int, dict[str, Any]] = {}
    for first in range(0, len(tables), TOGETHER):
        together = ibis.union(*tables[first : first + TOGETHER])
        rows = spark.to_pyarrow(together).to_pylist()
        found |= {row["person_id"]: row for row in rows}
    for case in (case for cases in groups.values() for case in cases):
        wanted, row = expected(kind, case), found.get(case.number)
        seen = row and {name: row[name] for name in wanted or {}}
        assert seen == wanted, case.given
