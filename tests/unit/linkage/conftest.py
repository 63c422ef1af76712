"""A DuckDB session with rows to link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from semesta.linkage.rows import PERSON_COLUMNS, select_list
from semesta.warehouse.engines import duck

Load = Callable[..., duckdb.DuckDBPyConnection]


@pytest.fixture
def load() -> Iterator[Load]:
    """`load({"name": …}, …)`: a session whose `person_rows` are these, ids r01, r02 …"""
    con = duck()

    def make(*rows: dict[str, Any]) -> duckdb.DuckDBPyConnection:
        filled = [
            {"row_id": f"r{place:02d}", "source": "t", "nik": None, **row}
            for place, row in enumerate(rows, 1)
        ]
        names = list(dict.fromkeys(name for row in filled for name in row))
        table = pa.table({n: [row.get(n) for row in filled] for n in names})
        con.register("given", table)
        con.execute(
            "CREATE OR REPLACE TEMP TABLE person_rows AS SELECT "
            f"{select_list(names, PERSON_COLUMNS)} FROM given"
        )
        return con

    yield make
    con.close()
