"""Pairs, whole clusters and B-cubed against counting them one by one."""

from __future__ import annotations

from itertools import combinations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from semesta.linkage.quality import Score, measure
from semesta.warehouse.engines import duck

ROWS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=14)


def twin(rows: list[tuple[int, int]]) -> tuple[Score, Score, Score]:
    """(cluster, person) per row → scores of pairs, whole clusters and rows."""
    couples = list(combinations(rows, 2))
    found = [a[0] == b[0] for a, b in couples]
    true = [a[1] == b[1] for a, b in couples]
    right = sum(f and t for f, t in zip(found, true, strict=True))
    whole = 0
    for cluster in {c for c, _ in rows}:
        people = {p for c, p in rows if c == cluster}
        whole += len(people) == 1 and {c for c, p in rows if p in people} == {cluster}
    pure = gathered = 0.0
    for c, p in rows:
        both = sum((c, p) == row for row in rows)
        pure += both / sum(c == row[0] for row in rows)
        gathered += both / sum(p == row[1] for row in rows)
    n = len(rows)
    return (
        Score.of(right, sum(found), sum(true)),
        Score.of(whole, len({c for c, _ in rows}), len({p for _, p in rows})),
        Score.of_shares(pure / n if n else 1.0, gathered / n if n else 1.0),
    )


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_counted_in_columns_as_one_by_one(rows: list[tuple[int, int]]) -> None:
    ids = pa.array([str(n) for n in range(len(rows))], pa.string())
    clusters = pa.table(
        {"row_id": ids, "cluster_id": pa.array([c for c, _ in rows], pa.int64())}
    )
    truth = pa.table(
        {"row_id": ids, "person_id": pa.array([p for _, p in rows], pa.int64())}
    )
    with duck() as con:
        got = measure(con, clusters, truth)
    for mine, theirs in zip(
        (got.pairs, got.clusters, got.b_cubed), twin(rows), strict=True
    ):
        assert (mine.precision, mine.recall, mine.f1) == pytest.approx(
            (theirs.precision, theirs.recall, theirs.f1)
        )
