"""Welfare deciles of households; 1 is the poorest tenth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# The city is a little better off than the nation: fewer households in the lowest
# tenths.
_NATIONAL = [7.5, 8.5, 9.0, 9.5, 10.0, 10.0, 10.5, 11.0, 11.5, 12.5]
_PROVINCIAL = [8.5, 9.2, 9.5, 10.0, 10.0, 10.2, 10.4, 10.6, 10.8, 10.8]
_CITY = [10.0] * 10


@dataclass
class Welfare:
    """One row per household: rupiah a month, members, three deciles."""

    income: np.ndarray
    members: np.ndarray
    national: np.ndarray
    provincial: np.ndarray
    city: np.ndarray


def rank(
    rng: np.random.Generator, household: np.ndarray, income: np.ndarray, households: int
) -> Welfare:
    """Rank households by income per head, with the error any survey of welfare has."""
    together = np.bincount(household, weights=income, minlength=households)
    members = np.bincount(household, minlength=households)
    # Households without an earner live on pensions and on what relatives in the rantau
    # send.
    transfers = rng.gamma(1.2, 180_000, households)
    transfers += np.where(together == 0, rng.gamma(2.2, 1_500_000, households), 0)
    per_head = (together + transfers) / members**0.8
    score = np.log(per_head) + rng.normal(0, 0.18, households)
    place = np.argsort(np.argsort(score)) / households * 100
    return Welfare(
        income=together.astype(np.int64),
        members=members,
        national=_tenths(place, _NATIONAL),
        provincial=_tenths(place, _PROVINCIAL),
        city=_tenths(place, _CITY),
    )


def _tenths(place: np.ndarray, shares: list[float]) -> np.ndarray:
    edges = np.cumsum(shares)[:-1]
    return (np.searchsorted(edges, place, side="right") + 1).astype(np.int8)
