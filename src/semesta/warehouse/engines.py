"""Sessions on the engines that compute bulk results: DuckDB here, Spark nationally."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

if TYPE_CHECKING:
    import ibis


def duck(*, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB session in memory that never looks for extensions on the network."""
    config: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if threads:
        config["threads"] = threads
    return duckdb.connect(":memory:", config=config)


def arrow(relation: duckdb.DuckDBPyRelation) -> pa.Table:
    """A DuckDB result as an Arrow table."""
    return relation.to_arrow_table()


def file_list(paths: Iterable[Path]) -> str:
    """Paths as a DuckDB list literal for `read_parquet(…)`."""
    quoted = ("'" + str(path).replace("'", "''") + "'" for path in paths)
    return "[" + ", ".join(quoted) + "]"


def ibis_session(engine: str = "duckdb") -> ibis.BaseBackend:
    """An Ibis backend on the chosen engine (`duckdb` or `spark`)."""
    import ibis

    if engine == "spark":
        return _spark_session()
    return ibis.duckdb.from_connection(duck())


def _spark_session() -> ibis.BaseBackend:
    import ibis
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.appName("semesta")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "8")
        .getOrCreate()
    )
    return ibis.pyspark.connect(session)
