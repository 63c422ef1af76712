"""Bonds between nodes, from a plain dictionary of couples."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from semesta.linkage.clustering import PER_BIT, Bonds


def bonds_of(couples: Mapping[tuple[int, int], float]) -> Bonds:
    """One scored pair per couple (a < b), in the order given."""
    weights = np.array(list(couples.values()), dtype=float)
    return Bonds(
        a=np.array([a for a, _ in couples], dtype=np.int64),
        b=np.array([b for _, b in couples], dtype=np.int64),
        total=np.round(weights * PER_BIT).astype(np.int64),
        pairs=np.ones(len(couples), dtype=np.int64),
        best=weights,
        origin=np.arange(len(couples)),
    )
