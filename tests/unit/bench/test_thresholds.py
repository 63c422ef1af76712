"""The bench's own yardstick, on a handful of pairs worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from bench.thresholds import Scored

# a1 a2 a3 are one person, b1 b2 another, c1 stands alone.
TRUTH = pa.table(
    {
        "row_id": ["a1", "a2", "a3", "b1", "b2", "c1"],
        "person_id": ["a", "a", "a", "b", "b", "c"],
    }
)


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.parquet"
    found = {
        "row_id_l": ["b1", "a1", "a2", "b2"],
        "row_id_r": ["b2", "a2", "a3", "c1"],
        "match_weight": [None, 8.0, 5.0, 2.0],
    }
    pq.write_table(pa.table(found), path)
    return path


def test_pairs_count_as_they_were_scored(pairs: Path) -> None:
    scored = Scored(pairs, TRUTH, ())
    assert scored.true_pairs == 4
    assert (scored.pairs(5.0).precision, scored.pairs(5.0).recall) == (1.0, 0.75)
    assert scored.pairs(2.0).precision == 0.75
    # A pair without a weight is beyond doubt.
    assert scored.pairs(99.0).recall == 0.25


def test_within_one_table_nothing_could_be_found(pairs: Path) -> None:
    tables = [pa.array(["a1", "a2", "b1"]), pa.array(["a3", "b2", "c1"])]
    assert Scored(pairs, TRUTH, tables).true_pairs == 3


def test_components_join_what_is_joined_through_another(pairs: Path) -> None:
    high, low = Scored(pairs, TRUTH, ()).components([2.0, 5.0])
    assert (high[0], low[0]) == (5.0, 2.0)
    assert (high[1].pairs.recall, high[1].clusters.f1) == (1.0, 1.0)
    # c1 has been drawn into b: of two clusters one is whole, of three people one.
    assert (low[1].largest, low[1].clusters_found) == (3, 2)
    assert (low[1].clusters.precision, low[1].clusters.recall) == (1 / 2, 1 / 3)
