"""A linkage against a truth the caller brings: as shipped, and at other thresholds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from semesta.linkage.matching import clusters_at
from semesta.linkage.quality import Quality, measure

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from semesta.linkage.weighing import Model

# How far from the shipped threshold others are tried, in bits.
APART = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0)


@dataclass(frozen=True)
class AtThreshold:
    """What the same weights would have given with another threshold."""

    threshold: float
    quality: Quality


@dataclass(frozen=True)
class Yardstick:
    """Quality at the shipped threshold, at the best one (by F1 of pairs), and at all."""

    shipped: AtThreshold
    best: AtThreshold
    by_threshold: tuple[AtThreshold, ...]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def measure_thresholds(
    con: DuckDBPyConnection, model: Model, truth: pa.Table
) -> Yardstick:
    """Measure the session's linkage with `truth` (row_id, person_id), after `link`.

    Pairs are two rows in one cluster, so a threshold is judged by the people it makes
    and not by pairs that clustering may refuse.
    """
    tried = tuple(
        AtThreshold(
            model.threshold + apart,
            measure(con, clusters_at(con, model, model.threshold + apart), truth),
        )
        for apart in APART
    )
    shipped = tried[APART.index(0.0)]
    best = max(tried, key=lambda one: (one.quality.pairs.f1, one is shipped))
    return Yardstick(shipped, best, tried)
