"""Random streams, one per slice and purpose: no part disturbs another."""

from __future__ import annotations

import zlib

import numpy as np


def stream(seed: int, chunk: int, purpose: str) -> np.random.Generator:
    """The random stream of a slice for one purpose; always the same."""
    return np.random.default_rng([seed, chunk, zlib.crc32(purpose.encode())])


def pick(
    rng: np.random.Generator,
    weights: np.ndarray,
    count: int,
    keys: np.ndarray | None = None,
) -> np.ndarray:
    """Ascending positions of `count` items, drawn with `weights` (0 = never).

    An exponential race: the `count` smallest of `keys` (Exp(1) by default) / weight.
    Passing the same `keys` again makes two draws overlap. Returns fewer when fewer have
    a weight.
    """
    draws = rng.standard_exponential(len(weights)) if keys is None else keys
    times = np.full(len(weights), np.inf)
    possible = weights > 0
    times[possible] = draws[possible] / weights[possible]
    count = min(count, int(possible.sum()))
    if count <= 0:
        return np.empty(0, dtype=np.int64)
    return np.sort(np.argpartition(times, count - 1)[:count])


def banded(values: np.ndarray, edges: list[float], results: list[float]) -> np.ndarray:
    """A step function: results[i] below edges[i], the last result beyond."""
    return np.asarray(results)[np.searchsorted(np.asarray(edges), values, side="right")]
