"""Precision and recall of clusters against a truth."""

from __future__ import annotations

import pyarrow as pa
import pytest

from semesta.linkage.quality import Score, measure, truth_rows
from semesta.warehouse.engines import duck


def test_pairs_and_clusters() -> None:
    clusters = pa.table({"row_id": list("abcdefx"), "cluster_id": list("1122333")})
    truth = pa.table({"row_id": list("abcdefy"), "person_id": list("AABBBCC")})
    with duck() as con:
        found = measure(con, clusters, truth)
    # found: ab cd ef; true: ab cd ce de; x and y stand in one table only
    assert (found.rows, found.people, found.clusters_found) == (6, 3, 3)
    assert found.pairs == Score(2 / 3, 2 / 4, pytest.approx(4 / 7))
    assert found.clusters.precision == pytest.approx(1 / 3)
    assert found.largest == 2


def test_nothing_to_find_is_not_a_failure() -> None:
    empty = pa.table({"row_id": pa.array([], pa.string()), "cluster_id": []})
    with duck() as con:
        found = measure(con, empty, pa.table({"row_id": ["a"], "person_id": ["A"]}))
    assert found.pairs == Score(1.0, 1.0, 1.0)


def test_truth_lines_become_row_ids() -> None:
    truth = pa.table(
        {
            "file": ["a.csv", "b.xlsx", "c.csv"],
            "sheet": ["", "Data", ""],
            "line": [2, 9, 4],
            "person_id": [7, 8, 9],
        }
    )
    names = {("a.csv", ""): "aaaa:1", ("b.xlsx", "Data"): "bbbb:2"}
    with duck() as con:
        found = truth_rows(con, truth, names).to_pylist()
    assert found == [
        {"row_id": "aaaa:1:2", "person_id": "7"},
        {"row_id": "bbbb:2:9", "person_id": "8"},
    ]
