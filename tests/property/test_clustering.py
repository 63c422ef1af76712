"""Clusters, whatever the pairs: a partition, and the same in any order."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from semesta.linkage.clustering import Bond, Clustering, Edge, Rules, average_link

NODES = 12
WEIGHTS = st.integers(-12, 14).map(lambda w: w / 2)
COUPLES = st.dictionaries(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)).filter(
        lambda couple: couple[0] < couple[1]
    ),
    WEIGHTS,
    max_size=30,
)
SIZES = st.lists(st.integers(1, 4), min_size=NODES, max_size=NODES)


def cluster(
    couples: dict[tuple[int, int], float], sizes: list[int], seed: int | None = None
) -> Clustering:
    edges = [Edge(a, b, Bond(w, 1, w, a, b)) for (a, b), w in couples.items()]
    if seed is not None:
        random.Random(seed).shuffle(edges)
    rules = Rules(threshold=0.5, missing=-3.0, doubt=1.0)
    return average_link(edges, dict(enumerate(sizes)), rules)


@given(COUPLES, SIZES)
def test_every_node_has_one_cluster_named_by_its_smallest(
    couples: dict[tuple[int, int], float], sizes: list[int]
) -> None:
    label = cluster(couples, sizes).label
    assert set(label) == set(range(NODES))
    for node, root in label.items():
        assert root <= node
        assert label[root] == root


@given(COUPLES, SIZES, st.integers(0, 1000))
def test_order_of_pairs_does_not_matter(
    couples: dict[tuple[int, int], float], sizes: list[int], seed: int
) -> None:
    assert cluster(couples, sizes) == cluster(couples, sizes, seed)


@given(COUPLES, SIZES)
def test_no_two_clusters_are_left_that_should_be_one(
    couples: dict[tuple[int, int], float], sizes: list[int]
) -> None:
    label = cluster(couples, sizes).label
    members = {root: [n for n in label if label[n] == root] for root in label.values()}
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
