"""Scored pairs → persons, by greedy average link.

Connected components chain strangers: A is like B, B is like C, and a thousand rows become
one "person". Here the two groups with the highest *mean* weight over all their pairs are
joined, again and again, while that mean reaches the threshold. A pair that was never proposed
counts with a fixed low weight, so a group whose members share nothing does not form.
Loose components are independent, so each is solved by itself.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from semesta.linkage.unions import Unions


class Bond(NamedTuple):
    """The scored record pairs between two groups: sum and number of their weights, the
    best weight, and the two records that have it."""

    total: float
    pairs: int
    best: float
    rec_l: int
    rec_r: int

    def plus(self, other: Bond) -> Bond:
        top = max(self, other, key=lambda b: (b.best, -b.rec_l, -b.rec_r))
        return Bond(
            self.total + other.total,
            self.pairs + other.pairs,
            top.best,
            top.rec_l,
            top.rec_r,
        )

    def mean(self, possible: int, missing: float) -> float:
        """Mean weight over all `possible` pairs; those never proposed weigh `missing`."""
        return (self.total + missing * (possible - self.pairs)) / possible


class Edge(NamedTuple):
    """A bond between two nodes (groups of the exact pass)."""

    a: int
    b: int
    bond: Bond


class Doubt(NamedTuple):
    """Two groups whose mean weight lies near the threshold, shown by their best pair."""

    mean: float
    rec_l: int
    rec_r: int


@dataclass(frozen=True)
class Rules:
    """When groups are joined (`threshold`), what a pair never proposed weighs
    (`missing`), and how near the threshold a mean is doubtful (`doubt`)."""

    threshold: float
    missing: float
    doubt: float = 0.0


@dataclass(frozen=True)
class Clustering:
    """`label` of each node (its cluster's smallest node), and the doubtful couples."""

    label: dict[int, int]
    doubts: list[Doubt]


def average_link(
    edges: Iterable[Edge], sizes: Mapping[int, int], rules: Rules
) -> Clustering:
    """Cluster nodes 0 … n-1 whose `sizes` are their numbers of records.

    `doubts` are the joins made and the joins refused with a mean weight less than
    `rules.doubt` from the threshold. The order of `edges` does not matter.
    """
    edges = sorted(edges)
    label = {node: node for node in sizes}
    doubts: list[Doubt] = []
    for component in _components(edges, len(sizes), rules.threshold):
        for kept, gone, mean, bond in _Component.of(component, sizes, rules).merge():
            label[gone] = kept
            if mean < rules.threshold + rules.doubt:
                doubts.append(Doubt(mean, bond.rec_l, bond.rec_r))
    final = {node: _follow(label, node) for node in label}
    doubts += _refused(edges, sizes, final, rules)
    return Clustering(final, sorted(doubts))


def _components(
    edges: list[Edge], nodes: int, threshold: float
) -> Iterable[list[Edge]]:
    """Edges grouped by component; only an edge that reaches the threshold connects."""
    unions = Unions(nodes)
    for edge in edges:
        if edge.bond.best >= threshold:
            unions.join(edge.a, edge.b)
    grouped: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        root = unions.root(edge.a)
        if root == unions.root(edge.b):
            grouped[root].append(edge)
    return grouped.values()


@dataclass
class _Component:
    """Mutable state while one loose component is solved."""

    rules: Rules
    sizes: dict[int, int] = field(default_factory=dict)
    links: dict[int, dict[int, Bond]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, edges: list[Edge], sizes: Mapping[int, int], rules: Rules
    ) -> _Component:
        self = cls(rules)
        for edge in edges:
            for a, b in ((edge.a, edge.b), (edge.b, edge.a)):
                self.sizes[a] = sizes[a]
                self.links.setdefault(a, {})[b] = edge.bond
        return self

    def mean(self, a: int, b: int) -> float:
        possible = self.sizes[a] * self.sizes[b]
        return self.links[a][b].mean(possible, self.rules.missing)

    def merge(self) -> Iterator[tuple[int, int, float, Bond]]:
        """Joins as they are made: node kept, node absorbed, mean weight, bond."""
        heap = [
            entry for a, near in self.links.items() for entry in self._entries(a, near)
        ]
        heapq.heapify(heap)
        while heap:
            minus_mean, a, b = heapq.heappop(heap)
            # An entry is stale when one side is gone or the mean has moved since.
            if b not in self.links.get(a, {}) or self.mean(a, b) != -minus_mean:
                continue
            yield a, b, -minus_mean, self.links[a][b]
            self._absorb(a, b)
            for entry in self._entries(a, self.links[a]):
                heapq.heappush(heap, entry)

    def _entries(self, a: int, near: Iterable[int]) -> Iterator[tuple[float, int, int]]:
        """Heap entries for a with each neighbour it may be joined to."""
        for b in near:
            mean = self.mean(a, b)
            if mean >= self.rules.threshold:
                yield -mean, min(a, b), max(a, b)

    def _absorb(self, a: int, b: int) -> None:
        del self.links[a][b]
        for c, bond in self.links.pop(b).items():
            if c == a:
                continue
            known = self.links[a].get(c)
            self.links[a][c] = self.links[c][a] = known.plus(bond) if known else bond
            del self.links[c][b]
        self.sizes[a] += self.sizes.pop(b)


def _follow(label: dict[int, int], node: int) -> int:
    while label[node] != node:
        node = label[node]
    return node


def _refused(
    edges: list[Edge], sizes: Mapping[int, int], final: dict[int, int], rules: Rules
) -> list[Doubt]:
    """Couples of final clusters whose mean weight lies just below the threshold."""
    if not rules.doubt:
        return []
    low = rules.threshold - rules.doubt
    wanted = {_couple(final, edge) for edge in edges if edge.bond.best >= low}
    wanted = {(a, b) for a, b in wanted if a != b}
    bonds: dict[tuple[int, int], Bond] = {}
    for edge in edges:
        couple = _couple(final, edge)
        if couple in wanted:
            known = bonds.get(couple)
            bonds[couple] = known.plus(edge.bond) if known else edge.bond
    members: dict[int, int] = defaultdict(int)
    for node, root in final.items():
        members[root] += sizes[node]
    doubts = []
    for (a, b), bond in bonds.items():
        mean = bond.mean(members[a] * members[b], rules.missing)
        if low <= mean < rules.threshold:
            doubts.append(Doubt(mean, bond.rec_l, bond.rec_r))
    return doubts


def _couple(final: dict[int, int], edge: Edge) -> tuple[int, int]:
    a, b = final[edge.a], final[edge.b]
    return (a, b) if a <= b else (b, a)
