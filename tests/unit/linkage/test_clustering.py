"""Average link: what it joins, and what it refuses to chain."""

from __future__ import annotations

import numpy as np
from tests.support.bonds import bonds_of

from semesta.linkage.clustering import Clustering, Rules, average_link

RULES = Rules(threshold=0.0, missing=-3.0, doubt=1.0)


def clustered(couples: dict[tuple[int, int], float], sizes: list[int]) -> Clustering:
    return average_link(bonds_of(couples), np.array(sizes), RULES)


def labels(couples: dict[tuple[int, int], float], nodes: int) -> list[int]:
    return clustered(couples, [1] * nodes).label.tolist()


def test_strong_pairs_become_one() -> None:
    assert labels({(0, 1): 8, (1, 2): 7, (0, 2): 6}, 4) == [0, 0, 0, 3]


def test_a_chain_is_not_one_person() -> None:
    # 1 is like 2 only a little, and nobody else of the two groups is: -3 each.
    assert labels({(0, 1): 9, (2, 3): 9, (1, 2): 2}, 4) == [0, 0, 2, 2]


def test_conflict_outweighs_a_bridge() -> None:
    couples = {(0, 1): 5, (1, 2): 5, (0, 2): -20}
    assert sorted(labels(couples, 3)) in ([0, 0, 2], [0, 1, 1])


def test_sizes_weigh() -> None:
    # One good pair between groups of three and two records: the other five count -3.
    found = clustered({(0, 1): 10}, [3, 2])
    assert found.label.tolist() == [0, 1]
    assert [round(d.mean, 2) for d in found.doubts] == [-0.83]


def test_doubts_on_both_sides_of_the_threshold() -> None:
    couples = {(0, 1): 0.5, (2, 3): -0.5, (4, 5): 5, (6, 7): -5}
    found = clustered(couples, [1] * 8)
    assert [(d.mean, d.bond) for d in found.doubts] == [(-0.5, 1), (0.5, 0)]
