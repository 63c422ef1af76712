"""Clusters, whatever the pairs: a partition, the same in any order, and as defined."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.support.bonds import bonds_of
from tests.support.greedy_link import greedy_link

from semesta.linkage.clustering import Clustering, Rules, average_link

NODES = 12
RULES = Rules(threshold=0.5, missing=-3.0, doubt=1.0)
PLACES = st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)).filter(
    lambda couple: couple[0] < couple[1]
)
WEIGHTS = st.integers(-12, 14).map(lambda w: w / 2)
COUPLES = st.dictionaries(PLACES, WEIGHTS, max_size=30)
SIZES = st.lists(st.integers(1, 4), min_size=NODES, max_size=NODES)


def cluster(couples: dict[tuple[int, int], float], sizes: list[int]) -> Clustering:
    return average_link(bonds_of(couples), np.array(sizes), RULES)


@given(COUPLES, SIZES)
def test_every_node_has_one_cluster_named_by_its_smallest(
    couples: dict[tuple[int, int], float], sizes: list[int]
) -> None:
    label = cluster(couples, sizes).label.tolist()
    assert len(label) == NODES
    for node, root in enumerate(label):
        assert root <= node
        assert label[root] == root


@given(COUPLES, SIZES, st.integers(0, 1000))
def test_order_of_pairs_does_not_matter(
    couples: dict[tuple[int, int], float], sizes: list[int], seed: int
) -> None:
    mixed = list(couples.items())
    random.Random(seed).shuffle(mixed)
    one, other = cluster(couples, sizes), cluster(dict(mixed), sizes)
    assert one.label.tolist() == other.label.tolist()
    assert [d.mean for d in one.doubts] == [d.mean for d in other.doubts]


@given(st.data(), SIZES)
def test_rounds_come_to_what_one_join_at_a_time_comes_to(
    data: st.DataObject, sizes: list[int]
) -> None:
    places = data.draw(st.lists(PLACES, max_size=30, unique=True))
    # Powers of two never add up alike, so no two means are equal and nothing is a tie.
    order = data.draw(st.permutations(range(len(places))))
    couples = {
        place: data.draw(WEIGHTS) + 2.0 ** -(rank + 3)
        for place, rank in zip(places, order, strict=True)
    }
    label = cluster(couples, sizes).label
    found = {
        frozenset(np.flatnonzero(label == root).tolist()) for root in np.unique(label)
    }
    assert found == greedy_link(
        couples, sizes, threshold=RULES.threshold, missing=RULES.missing
    )


@given(COUPLES, SIZES)
def test_no_two_clusters_are_left_that_should_be_one(
    couples: dict[tuple[int, int], float], sizes: list[int]
) -> None:
    label = cluster(couples, sizes).label.tolist()
    members = {r: [n for n in range(NODES) if label[n] == r] for r in set(label)}
    totals: dict[tuple[int, int], float] = {}
    pairs: dict[tuple[int, int], int] = {}
    for (a, b), weight in couples.items():
        one, other = sorted((label[a], label[b]))
        if one != other:
            totals[one, other] = totals.get((one, other), 0) + weight
            pairs[one, other] = pairs.get((one, other), 0) + 1
    for (one, other), total in totals.items():
        possible = sum(sizes[n] for n in members[one]) * sum(
            sizes[n] for n in members[other]
        )
        mean = (total - 3.0 * (possible - pairs[one, other])) / possible
        assert mean < 0.5 + 1e-9
