"""What scored pairs are worth at each threshold: as pairs, and as people made of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from semesta.linkage.quality import Quality, Score, measure
from semesta.warehouse.engines import duck


class Scored:
    """Scored pairs of rows whose truth is known, strongest first.

    `pairs`: file with row_id_l, row_id_r, match_weight (bits; null is beyond doubt);
    `truth`: row_id, person_id of every row; `tables`: the ids of each table when only
    rows of different tables could be found, else nothing.
    """

    def __init__(
        self, pairs: Path, truth: pa.Table, tables: Sequence[pa.Array]
    ) -> None:
        self.truth, self.rows = truth, truth["row_id"].combine_chunks()
        found = pq.read_table(pairs)
        weights = pc.fill_null(found["match_weight"], float("inf"))
        order = np.argsort(-weights.to_numpy(), kind="stable")
        self.weights = weights.to_numpy()[order]
        self.left = pc.index_in(found["row_id_l"], self.rows).to_numpy()[order]
        self.right = pc.index_in(found["row_id_r"], self.rows).to_numpy()[order]
        self.person = _codes(truth["person_id"].combine_chunks())
        self.true_pairs = _couples(self.person)
        for ids in tables:
            self.true_pairs -= _couples(
                self.person[pc.index_in(ids, self.rows).to_numpy()]
            )

    def pairs(self, threshold: float) -> Score:
        """The pairs that reach the threshold, as they were scored."""
        count = int((self.weights >= threshold).sum())
        same = self.person[self.left[:count]] == self.person[self.right[:count]]
        return Score.of(int(same.sum()), count, self.true_pairs)

    def components(self, thresholds: Sequence[float]) -> list[tuple[float, Quality]]:
        """People as connected components make them, highest threshold first."""
        parents, done, found = list(range(len(self.rows))), 0, []
        couples = list(zip(self.left.tolist(), self.right.tolist(), strict=True))
        with duck() as con:
            for threshold in sorted(thresholds, reverse=True):
                reached = int((self.weights >= threshold).sum())
                for left, right in couples[done:reached]:
                    parents[_root(parents, left)] = _root(parents, right)
                done = reached
                labels = [_root(parents, node) for node in range(len(parents))]
                clusters = pa.table({"row_id": self.rows, "cluster_id": labels})
                found.append((threshold, measure(con, clusters, self.truth)))
        return found


def _codes(values: pa.Array) -> np.ndarray[Any, Any]:
    return np.asarray(values.dictionary_encode().indices)


def _couples(codes: np.ndarray[Any, Any]) -> int:
    counts = np.unique(codes, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def _root(parents: list[int], node: int) -> int:
    while parents[node] != node:
        parents[node] = parents[parents[node]]
        node = parents[node]
    return node
