"""One Spark session for all tests: starting it takes longer than any of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from semesta.warehouse.engines import ibis_session


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    pytest.importorskip(
        "pyspark",
        reason="PySpark is not installed (requirements/spark.lock)",
    )
    session = ibis_session("spark")
    # A few hundred rows: compiling code and spreading work costs more than it saves.
    session._session.conf.set("spark.sql.shuffle.partitions", "1")
    session._session.conf.set("spark.sql.codegen.wholeStage", "false")
    session._session.conf.set("spark.sql.execution.arrow.pyspark.enabled", "true")
    yield session
    session.disconnect()
