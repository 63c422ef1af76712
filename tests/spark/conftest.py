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
    yield session
    session.disconnect()
