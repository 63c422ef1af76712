"""Scored pairs → persons, by average link.

Connected components chain strangers: A is like B, B is like C, and a thousand rows become
one "person". Here the two groups with the highest *mean* weight over all their pairs are
joined, again and again, while that mean reaches the threshold. A pair that was never proposed
counts with a fixed low weight, so a group whose members share nothing does not form.

Joining the best couple of all, one at a time, and joining in each round every couple whose
members like nobody better come to the same groups, for a mean lies between its parts. So
this works in a few rounds over whole columns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

# Weights are summed as whole numbers of this part of a bit: the order cannot matter then.
PER_BIT = 10**9


@dataclass(frozen=True)
class Bonds:
    """Couples of nodes (`a` < `b`), one per place: the scored record pairs between them.

    `total`: sum of their weights in 1/PER_BIT bits; `pairs`: how many; `best`: the highest
    weight; `origin`: the place of the first bond that had it.
    """

    a: np.ndarray
    b: np.ndarray
    total: np.ndarray
    pairs: np.ndarray
    best: np.ndarray
    origin: np.ndarray

    def __len__(self) -> int:
        return len(self.a)

    def at(self, chosen: np.ndarray) -> Bonds:
        """The chosen bonds (a mask or places)."""
        return Bonds(
            self.a[chosen], self.b[chosen], self.total[chosen],
            self.pairs[chosen], self.best[chosen], self.origin[chosen],
        )  # fmt: skip

    def and_more(self, other: Bonds) -> Bonds:
        """These bonds with others behind them."""
        parts = zip(vars(self).values(), vars(other).values(), strict=True)
        return Bonds(*(np.concatenate(part) for part in parts))

    def between(self, label: np.ndarray) -> Bonds:
        """The bonds between the nodes that these have become, each couple once."""
        a, b = label[self.a], label[self.b]
        apart = replace(self, a=np.minimum(a, b), b=np.maximum(a, b)).at(a != b)
        # Within a couple the best pair first, the earliest among equals.
        order = np.lexsort((apart.origin, -apart.best, apart.b, apart.a))
        apart = apart.at(order)
        if not len(apart):
            return apart
        new = np.ones(len(apart), dtype=bool)
        new[1:] = (apart.a[1:] != apart.a[:-1]) | (apart.b[1:] != apart.b[:-1])
        starts = np.flatnonzero(new)
        return replace(
            apart.at(starts),
            total=np.add.reduceat(apart.total, starts),
            pairs=np.add.reduceat(apart.pairs, starts),
        )


class Doubt(NamedTuple):
    """Two groups whose mean weight lies near the threshold, shown by their best bond
    (its place among those given)."""

    mean: float
    bond: int


@dataclass(frozen=True)
class Rules:
    """When groups are joined (`threshold`), what a pair never proposed weighs
    (`missing`), and how near the threshold a mean is doubtful (`doubt`)."""

    threshold: float
    missing: float
    doubt: float = 0.0

    def mean(self, bonds: Bonds, sizes: np.ndarray) -> np.ndarray:
        """Mean weight over all pairs of records that two nodes can make."""
        possible = sizes[bonds.a] * sizes[bonds.b]
        scored = bonds.total / PER_BIT
        return (scored + self.missing * (possible - bonds.pairs)) / possible


@dataclass(frozen=True)
class Clustering:
    """`label` of each node (its cluster's smallest node), and the doubtful couples."""

    label: np.ndarray
    doubts: list[Doubt]


def average_link(bonds: Bonds, sizes: np.ndarray, rules: Rules) -> Clustering:
    """Cluster nodes 0 … n-1 whose `sizes` are their numbers of records.

    `doubts` are the joins made and the joins refused with a mean weight less than
    `rules.doubt` from the threshold. The order of `bonds` matters only among equal best
    pairs of a doubt.
    """
    label, sizes = np.arange(len(sizes)), sizes.astype(np.int64)
    doubts: list[Doubt] = []
    settled = bonds.at(np.arange(0))
    while len(bonds):
        mean = rules.mean(bonds, sizes)
        joinable = mean >= rules.threshold
        moving = np.zeros(len(sizes), dtype=bool)
        moving[bonds.a[joinable]] = moving[bonds.b[joinable]] = True
        # Neither side of these will ever join anybody: they are as they will stay.
        still = ~(moving[bonds.a] | moving[bonds.b])
        settled = settled.and_more(bonds.at(still))
        bonds, mean = bonds.at(~still), mean[~still]
        joins = _mutual_best(bonds, mean, rules.threshold, len(sizes))
        doubts += _near(bonds.at(joins), mean[joins], rules.threshold + rules.doubt)
        kept, gone = bonds.a[joins], bonds.b[joins]
        step = np.arange(len(sizes))
        step[gone] = kept
        sizes[kept] += sizes[gone]
        label = step[label]
        bonds = bonds.between(step)
    doubts += _refused(settled, sizes, rules)
    return Clustering(label, sorted(doubts))


def _mutual_best(
    bonds: Bonds, mean: np.ndarray, threshold: float, nodes: int
) -> np.ndarray:
    """Places of the bonds that are the best of both their nodes; the smaller wins ties."""
    places = np.flatnonzero(mean >= threshold)
    order = places[np.lexsort((bonds.b[places], bonds.a[places], -mean[places]))]
    rank = np.arange(len(order))
    best = np.full(nodes, len(order))
    # From worst to best, so that the best is what stays.
    best[bonds.a[order[::-1]]] = rank[::-1]
    of_b = np.full(nodes, len(order))
    of_b[bonds.b[order[::-1]]] = rank[::-1]
    best = np.minimum(best, of_b)
    mutual = (best[bonds.a[order]] == rank) & (best[bonds.b[order]] == rank)
    return order[mutual]


def _near(bonds: Bonds, mean: np.ndarray, below: float) -> list[Doubt]:
    near = mean < below
    return [
        Doubt(float(value), int(place))
        for value, place in zip(mean[near], bonds.origin[near], strict=True)
    ]


def _refused(bonds: Bonds, sizes: np.ndarray, rules: Rules) -> list[Doubt]:
    """Couples of final clusters whose mean weight lies just below the threshold."""
    mean = rules.mean(bonds, sizes)
    near = mean >= rules.threshold - rules.doubt
    return _near(bonds.at(near), mean[near], rules.threshold) if rules.doubt else []
