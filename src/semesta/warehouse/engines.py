"""Sessions on the engines that compute bulk results: DuckDB here, Spark nationally."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from semesta.kernel import UserError

if TYPE_CHECKING:
    import ibis
    from pyspark.sql import SparkSession


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
        return _spark_backend()
    return ibis.duckdb.from_connection(duck())


def _spark_backend() -> ibis.BaseBackend:
    import ibis

    return ibis.pyspark.connect(spark_session())


def spark_session() -> SparkSession:
    """The process's Spark session. UserError `engine.no_spark` where it is not installed."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UserError(
            "engine.no_spark",
            "Spark belum terpasang.",
            "Perintah ini perlu PySpark dan Java 17.",
            "Pasang dengan `pip install semesta[spark]`, atau pakai --engine duckdb.",
        ) from error
    # Tasks on this machine run in this very Python, not in whichever is found first.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    return (
        SparkSession.builder.appName("semesta")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "8")
        .getOrCreate()
    )
