"""Whom a budget surely reaches and whom it surely does not: what is left is the margin.

A price is put on each rupiah of the budget. At a given price everyone's best option is
plain, a cap per family keeps its best members and a quota its area's best; so the whole
city is answered by sorting. The price at which the budget is just spent gives a bound
that no choice can pass, and people whose answer is the same at a little more and a
little less are settled. Only those between need a solver.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from semesta.planning.people import Flags, Ints

Floats = npt.NDArray[np.float64]
# Halvings of the range of prices, and how far around the price the margin reaches.
STEPS, AROUND = 30, 2e-6
# Equals are told apart by so much at most, the higher in the order the more: else all of
# one age would stand at the margin together. It is far below the gap that is shown.
TIES = 1e-5
FAMILY = 0


@dataclass(frozen=True)
class Choices:
    """What a choice is made of: one row per person, one column per option.

    `marks`: the family that a cap binds, then the areas that quotas bind from the inner
    to the outer, as numbers; -1: none. `most[k]`: the most people of area k.
    """

    worth: Floats
    costs: Ints
    marks: Ints
    cap: int
    most: Ints

    def at(self, price: float) -> _Answer:
        """Everyone's best option when a rupiah costs `price`, within cap and quotas."""
        gain = np.where(self.worth > 0, self.worth - price * self.costs, -np.inf)
        option = gain.argmax(axis=1)
        best = gain[np.arange(len(gain)), option]
        taken = best > 0
        for codes, most in self._rules():
            taken &= _best_of_each(best, codes, taken, most)
        option = np.where(taken, option, -1)
        rows = np.flatnonzero(taken)
        spent = int(self.costs[rows, option[rows]].sum())
        return _Answer(option, float(best[rows].sum()), spent)

    def _rules(self) -> list[tuple[Ints, Ints]]:
        """Each rule as a number per row (-1: not bound) and the most of each number.

        A family in two areas counts as two here: the bound stays one, because that
        allows more, and `settle` leaves such families to the solver.
        """
        family, inner = self.marks[:, FAMILY], self.marks[:, 1]
        parts = np.where(
            family < 0, -1, family * (inner.max(initial=0) + 2) + inner + 1
        )
        _, parts_of = np.unique(parts, return_inverse=True)
        parts_of = np.where(family < 0, -1, parts_of.reshape(-1))
        caps = np.full(len(parts) + 1, self.cap, np.int64)
        areas = [(self.marks[:, n], self.most) for n in range(1, self.marks.shape[1])]
        return [(parts_of, caps), *areas]


@dataclass(frozen=True)
class _Answer:
    """`option[i]` (-1: none), what all are worth at the price, and what they cost."""

    option: Ints
    value: float
    spent: int


def _best_of_each(best: Floats, codes: Ints, taken: Flags, most: Ints) -> Flags:
    """Which rows stay when each number keeps only its `most` best of those taken."""
    rows = np.flatnonzero(taken & (codes >= 0))
    stays = np.ones(len(best), bool)
    order = rows[np.lexsort((-best[rows], codes[rows]))]
    held = codes[order]
    begins = np.flatnonzero(np.diff(held, prepend=-1))
    place = np.arange(len(held)) - np.repeat(
        begins, np.diff(np.append(begins, len(held)))
    )
    stays[order] = place < most[held]
    return stays


@dataclass(frozen=True)
class Settled:
    """`option` of the settled (-1: none), who stands at the margin, and the bound."""

    option: Ints
    margin: Flags
    bound: float


def settle(choices: Choices, budget: int) -> Settled:
    """Settle all but the margin of a budget; the settled cost at most the budget."""
    choices = replace(choices, worth=choices.worth * _apart(len(choices.worth)))
    everyone = choices.at(0.0)
    if everyone.spent <= budget:
        return Settled(everyone.option, _crossing(choices, everyone), everyone.value)
    low, high, bound = 0.0, _highest_price(choices), np.inf
    for _ in range(STEPS):
        price = (low + high) / 2
        answer = choices.at(price)
        bound = min(bound, answer.value + price * budget)
        low, high = (price, high) if answer.spent > budget else (low, price)
    dear = choices.at(high * (1 + AROUND))
    cheap = choices.at(low * (1 - AROUND))
    margin = _whole_families(choices, dear.option != cheap.option)
    return Settled(dear.option, margin | _crossing(choices, dear), bound)


def _apart(people: int) -> Floats:
    """Factors of at least 1, so that the bound stays one for the true worth."""
    return (1 + TIES * np.linspace(1, 0, people))[:, None]


def _highest_price(choices: Choices) -> float:
    """A price at which nothing is worth its cost."""
    return float((choices.worth / np.maximum(choices.costs, 1)).max()) * 2


def _crossing(choices: Choices, answer: _Answer) -> Flags:
    """Families that live in two areas and would pass their cap."""
    family = choices.marks[:, FAMILY]
    counted = family[(answer.option >= 0) & (family >= 0)]
    over = np.bincount(counted, minlength=int(family.max(initial=0)) + 1) > choices.cap
    return (family >= 0) & over[family]


def _whole_families(choices: Choices, some: Flags) -> Flags:
    """The same rows with everyone of a family that one of them belongs to."""
    family = choices.marks[:, FAMILY]
    touched = np.zeros(int(family.max(initial=0)) + 1, bool)
    touched[family[some & (family >= 0)]] = True
    return some | ((family >= 0) & touched[family])
