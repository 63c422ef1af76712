"""When a doubtful pair is settled: how many answers it needs, and what they come to. Pure.

The hardest pairs, and answers against strong evidence, need a second opinion; where the two
differ, a third person decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

# So near the threshold (bits of match weight) a pair is as hard as they come.
HARDEST = 0.5
# An answer goes against strong evidence from here on: odds of eight to one.
STRONG = 3.0
SAME, DIFFERENT, UNSURE = "same", "different", "unsure"


class Doubt(NamedTuple):
    """What makes a pair hard: the mean weight of the two groups, that of the pair itself
    (None: not known), and the threshold they are read against."""

    mean: float
    pair: float | None
    threshold: float

    @property
    def is_hardest(self) -> bool:
        return abs(self.mean - self.threshold) < HARDEST

    def contradicts(self, answer: str) -> bool:
        """Whether an answer goes against strong evidence."""
        weight = (self.mean if self.pair is None else self.pair) - self.threshold
        if answer == SAME:
            return weight <= -STRONG
        return answer == DIFFERENT and weight >= STRONG


class Verdict(NamedTuple):
    """`settled`: `same`, `different`, or blank while open; `disputed`: two people have
    answered differently and a third must decide."""

    settled: str
    disputed: bool


def verdict(doubt: Doubt, answers: Sequence[str]) -> Verdict:
    """What the answers of different people, oldest first, come to.

    Who does not know leaves the pair to others.
    """
    firm = [answer for answer in answers if answer != UNSURE]
    needs_two = doubt.is_hardest or any(map(doubt.contradicts, firm))
    if len(firm) < (2 if needs_two else 1):
        return Verdict("", disputed=False)
    if not needs_two:
        return Verdict(firm[0], disputed=False)
    if len(firm) > 2 or firm[0] == firm[1]:
        return Verdict(firm[-1], disputed=False)
    return Verdict("", disputed=True)
