"""How the rows of delivered lists are read for facts (DuckDB)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from semesta.linkage.rows import LINKED_FATES, select_list
from semesta.warehouse.engines import file_list

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def rows_that_stood(
    con: DuckDBPyConnection, paths: Sequence[Path], columns: Mapping[str, str]
) -> str:
    """SQL for these columns of the rows that stood their test, one per row of the files.

    A column that a list lacks is null; where nothing was delivered there is no row.
    """
    if not paths:
        typed = ", ".join(f"NULL::{kind} AS {name}" for name, kind in columns.items())
        return f"SELECT {typed} LIMIT 0"
    rows = f"read_parquet({file_list(paths)}, union_by_name=true)"
    available = [row[0] for row in con.execute(f"DESCRIBE FROM {rows}").fetchall()]
    fates = ", ".join(f"'{fate}'" for fate in LINKED_FATES)
    return (
        f"SELECT {select_list(available, columns)} FROM {rows} WHERE fate IN ({fates})"
    )
