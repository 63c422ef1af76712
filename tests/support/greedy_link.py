"""Average link as its definition says it: the slow twin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def greedy_link(
    couples: Mapping[tuple[int, int], float],
    sizes: Sequence[int],
    *,
    threshold: float,
    missing: float,
) -> set[frozenset[int]]:
    """Join the two groups with the highest mean, one couple at a time, while it reaches
    the threshold; returns the groups of nodes."""
    groups = [frozenset([node]) for node in range(len(sizes))]

    def mean(one: frozenset[int], other: frozenset[int]) -> float:
        total, possible = 0.0, 0
        for a in one:
            for b in other:
                pairs = sizes[a] * sizes[b]
                weight = couples.get((min(a, b), max(a, b)))
                total += (
                    missing * pairs
                    if weight is None
                    else (weight + missing * (pairs - 1))
                )
                possible += pairs
        return total / possible

    while len(groups) > 1:
        best, left, right = max(
            (mean(one, other), i, j)
            for i, one in enumerate(groups)
            for j, other in enumerate(groups[:i])
        )
        if best < threshold:
            break
        joined = groups[left] | groups[right]
        groups = [g for place, g in enumerate(groups) if place not in (left, right)]
        groups.append(joined)
    return set(groups)
