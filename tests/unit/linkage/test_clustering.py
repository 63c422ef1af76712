"""Average link: what it joins, and what it refuses to chain."""

from __future__ import annotations

from semesta.linkage.clustering import Bond, Edge, Rules, average_link

RULES = Rules(threshold=0.0, missing=-3.0, doubt=1.0)


def edge(a: int, b: int, weight: float, pairs: int = 1) -> Edge:
    return Edge(a, b, Bond(weight * pairs, pairs, weight, a, b))


def labels(edges: list[Edge], nodes: int) -> list[int]:
    found = average_link(edges, dict.fromkeys(range(nodes), 1), RULES)
    return [found.label[node] for node in range(nodes)]


def test_strong_pairs_become_one() -> None:
    assert labels([edge(0, 1, 8), edge(1, 2, 7), edge(0, 2, 6)], 4) == [0, 0, 0, 3]


def test_a_chain_is_not_one_person() -> None:
    # 1 is like 2 only a little, and nobody else of the two groups is: -3 each.
    edges = [edge(0, 1, 9), edge(2, 3, 9), edge(1, 2, 2)]
    assert labels(edges, 4) == [0, 0, 2, 2]


def test_conflict_outweighs_a_bridge() -> None:
    edges = [edge(0, 1, 5), edge(1, 2, 5), edge(0, 2, -20)]
    assert sorted(labels(edges, 3)) in ([0, 0, 2], [0, 1, 1])


def test_sizes_weigh() -> None:
    # One good pair between groups of three and two records: the other five count -3.
    found = average_link([edge(0, 1, 10)], {0: 3, 1: 2}, RULES)
    assert found.label == {0: 0, 1: 1}
    assert [round(d.mean, 2) for d in found.doubts] == [-0.83]


def test_doubts_on_both_sides_of_the_threshold() -> None:
    edges = [edge(0, 1, 0.5), edge(2, 3, -0.5), edge(4, 5, 5), edge(6, 7, -5)]
    found = average_link(edges, dict.fromkeys(range(8), 1), RULES)
    assert [(d.rec_l, d.rec_r) for d in found.doubts] == [(2, 3), (0, 1)]
