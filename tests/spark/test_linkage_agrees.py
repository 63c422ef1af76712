"""The same pairs, weights and people, whether DuckDB works alone or inside Spark's tasks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.support.messy_people import messy_rows

from semesta.linkage.matching import Linked, finish_scored, link
from semesta.linkage.rows import PERSON_COLUMNS, select_list
from semesta.linkage.spark import score_on_spark
from semesta.linkage.weighing import load_model
from semesta.warehouse.engines import duck

pytestmark = pytest.mark.filterwarnings("ignore")
MODEL = load_model()


def _rows() -> list[dict[str, Any]]:
    """Two lists, with a placeholder on many people and a number of husband and wife."""
    rows = messy_rows(250, seed=4)
    for place, row in enumerate(rows):
        row["source"] = f"kantor{place % 2}"
        if place % 40 == 0:
            row["nik"] = "1374010101809001"
    return rows


def _on_both(
    spark: Any, folder: Path, rows: list[dict[str, Any]], *, across_sources: bool
) -> tuple[Linked, Linked]:
    found = []
    for engine in ("duckdb", "spark"):
        with duck() as con:
            con.register("given", pa.Table.from_pylist(rows))
            con.execute(
                "CREATE TEMP TABLE person_rows AS SELECT "
                f"{select_list(list(rows[0]), PERSON_COLUMNS)} FROM given"
            )
            if engine == "duckdb":
                found.append(link(con, MODEL, across_sources=across_sources))
                continue
            pq.write_table(
                con.execute("FROM person_rows").to_arrow_table(),
                folder / "rows.parquet",
            )
            told = score_on_spark(
                spark._session,
                folder / "rows.parquet",
                MODEL,
                folder,
                across_sources=across_sources,
            )
            found.append(finish_scored(con, MODEL, folder, told))
    return found[0], found[1]


@pytest.mark.parametrize("across_sources", [False, True], ids=["dedupe", "link"])
def test_linkage(spark: Any, tmp_path: Path, across_sources: bool) -> None:
    alone, spread = _on_both(spark, tmp_path, _rows(), across_sources=across_sources)

    assert alone.counts == spread.counts
    assert alone.counts["shared_nik"] == 1
    assert alone.pairs.num_rows > 100
    assert spread.prior == pytest.approx(alone.prior, abs=1e-9)
    assert spread.clusters == alone.clusters
    expected = alone.pairs.to_pylist()
    for found, pair in zip(spread.pairs.to_pylist(), expected, strict=True):
        assert found["match_weight"] == pytest.approx(pair["match_weight"], abs=1e-9)
        assert {**found, "match_weight": 0, "match_probability": 0} == {
            **pair, "match_weight": 0, "match_probability": 0,
        }  # fmt: skip
    assert spread.doubtful == alone.doubtful
