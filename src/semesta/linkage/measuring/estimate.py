"""Precision and recall of a linkage, estimated from a stratified sample of its pairs.

How many pairs of a stratum are true has an exact interval (hypergeometric, mid-P): it
needs no large numbers, shrinks where much of the stratum was looked at, and stays honest
where no error was seen, where the usual standard error would be nought. The strata are
added up by the square-and-add method (MOVER, Zou and Donner 2008); recall, a ratio of two
independent sums, by its sister (Donner and Zou 2012).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

# Chance left outside an interval on either side.
TAIL = 0.025
# A stratum says nothing before so many of its pairs (or all of them) are decided.
FEWEST = 5
# Where the lowest stratum of weighed pairs begins: below any weight that is kept.
LOWEST = -99.0


@dataclass(frozen=True)
class Looked:
    """What was found in a stratum.

    `joined`: the linkage made these pairs one person. `low`: the match weight at which
    the stratum begins, above the threshold (LOWEST at the open end); None for pairs
    joined without a weight of their own. `pairs` in the stratum, `decided` of them,
    `same` of those one person.
    """

    code: str
    joined: bool
    low: float | None
    pairs: int
    decided: int
    same: int

    @property
    def enough(self) -> bool:
        """Whether the stratum says something about all its pairs."""
        return self.decided >= min(FEWEST, self.pairs)


class Interval(NamedTuple):
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Estimate:
    """Precision and recall of the linkage; None while a stratum says too little.

    Recall counts only pairs that were compared at all: what blocking never proposed
    cannot stand in the sample.
    """

    precision: Interval | None
    recall: Interval | None


class AtWeight(NamedTuple):
    """What a threshold on the weight of pairs would have given."""

    threshold: float
    precision: float
    recall: float
    f1: float


def estimate(strata: Sequence[Looked]) -> Estimate:
    """Precision and recall with their intervals, each 0 … 1."""
    strata = [s for s in strata if s.pairs]
    joined = [s for s in strata if s.joined]
    if not joined or not all(s.enough for s in joined):
        return Estimate(None, None)
    right = _true_pairs(joined)
    all_joined = sum(s.pairs for s in joined)
    shares = [min(max(part / all_joined, 0.0), 1.0) for part in right]
    precision = Interval(*shares)
    apart = [s for s in strata if not s.joined]
    if not all(s.enough for s in apart):
        return Estimate(precision, None)
    return Estimate(precision, _recall(right, _true_pairs(apart)))


def true_pairs(stratum: Looked) -> Interval:
    """How many pairs of a stratum are one person."""
    pairs, decided, same = stratum.pairs, stratum.decided, stratum.same
    if not decided:
        return Interval(pairs / 2, 0.0, float(pairs))
    # The fewest and the most true pairs that do not make the sample a strange one.
    least, most = same, pairs - (decided - same)
    low = _first(least, most, lambda true: _above(stratum, true) >= TAIL)
    high = most - _first(0, most - least, lambda n: _below(stratum, most - n) >= TAIL)
    value = pairs * same / decided
    # Half a pair wider: whole numbers stand for what lies between them (it shows only
    # in small strata).
    return Interval(
        value,
        min(max(low - 0.5, float(least)), value),
        max(min(high + 0.5, float(most)), value),
    )


def _first(start: int, end: int, holds: Callable[[int], bool]) -> int:
    """The first number from start to end for which a growing condition holds."""
    while start < end:
        middle = (start + end) // 2
        if holds(middle):
            end = middle
        else:
            start = middle + 1
    return start


def _above(stratum: Looked, true: int) -> float:
    """Chance of more than was seen (half of as much), were `true` pairs one person."""
    return 1.0 - _below(stratum, true)


def _below(stratum: Looked, true: int) -> float:
    """Chance of less than was seen (half of as much), were `true` pairs one person."""
    chances = [_chance(stratum, true, seen) for seen in range(stratum.same + 1)]
    return sum(chances) - chances[-1] / 2


def _chance(stratum: Looked, true: int, seen: int) -> float:
    """Hypergeometric: `seen` true pairs among those decided."""
    other = stratum.pairs - true
    if seen > true or stratum.decided - seen > other:
        return 0.0
    return math.exp(
        _log_choose(true, seen)
        + _log_choose(other, stratum.decided - seen)
        - _log_choose(stratum.pairs, stratum.decided)
    )


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _true_pairs(strata: Iterable[Looked]) -> Interval:
    """How many pairs of these strata together are one person."""
    value = below = above = 0.0
    for found in map(true_pairs, strata):
        value += found.value
        below += (found.value - found.low) ** 2
        above += (found.high - found.value) ** 2
    return Interval(value, value - math.sqrt(below), value + math.sqrt(above))


def _recall(found: Interval, missed: Interval) -> Interval | None:
    """found / (found + missed), by the interval of missed / found."""
    if found.value <= 0:
        return None
    product = found.value * missed.value
    ratios = []
    for one, other, sign in (
        (missed.low, found.high, -1),
        (missed.high, found.low, 1),
    ):
        one, other = max(one, 0.0), max(other, 0.0)
        bottom = other * (2 * found.value - other)
        inside = product**2 - one * (2 * missed.value - one) * bottom
        if bottom <= 0:
            ratios.append(math.inf if sign > 0 else 0.0)
        else:
            ratios.append((product + sign * math.sqrt(max(inside, 0.0))) / bottom)
    low, high = ratios
    value = 1 / (1 + missed.value / found.value)
    return Interval(value, 1 / (1 + high), 1 / (1 + max(low, 0.0)))


def by_threshold(strata: Sequence[Looked]) -> list[AtWeight]:
    """Precision and recall of pairs if the threshold lay at the edge of each stratum.

    By the pairs' weights alone: what clustering refuses counts as joined here. Pairs
    without a weight of their own count as joined by every threshold: the exact pass and
    its like do not ask for one. Empty while a stratum says too little.
    """
    strata = [s for s in strata if s.pairs]
    if not strata or not all(s.enough for s in strata):
        return []
    true = {s.code: s.pairs * s.same / s.decided for s in strata}
    everything = sum(true.values())
    found = []
    edges = {s.low for s in strata if s.low is not None} - {LOWEST}
    for edge in sorted(edges):
        above = [s for s in strata if s.low is None or s.low >= edge]
        right = sum(true[s.code] for s in above)
        precision = right / sum(s.pairs for s in above)
        recall = right / everything if everything else 1.0
        both = precision + recall
        found.append(
            AtWeight(
                edge, precision, recall, 2 * precision * recall / both if both else 0
            )
        )
    return found
