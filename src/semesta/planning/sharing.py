"""Who should be paid by whom, when several payers each have their own budget and price.

Everyone is paid the same number of months by one payer. People who cost a payer the same
and may be paid by the same payers are one group, so the programme is tiny and its answer
exact: no other division protects more people. Within a group the published order holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from semesta.planning.optimum import integer_programme
from semesta.planning.people import Flags, Ints

NOBODY = -1


@dataclass(frozen=True)
class Purse:
    """What one payer has; `costs` is rupiah per candidate, `may` whom it may pay."""

    payer: str
    budget: int
    costs: Ints
    may: Flags


@dataclass(frozen=True)
class Division:
    """`payer_of[i]`: which purse pays candidate i, -1 for none.

    `alone` is how many would be paid if each payer in turn took the next in the order.
    """

    payer_of: Ints
    alone: int

    @property
    def people(self) -> int:
        return int((self.payer_of >= 0).sum())


def divide(purses: Sequence[Purse], takeable: Ints, everyone: int) -> Division:
    """The division of the candidates `takeable` (places in order) that protects most."""
    payer_of = np.full(everyone, NOBODY, np.int64)
    if not purses or not len(takeable):
        return Division(payer_of, 0)
    costs = np.column_stack([purse.costs for purse in purses])[takeable]
    may = np.column_stack([purse.may for purse in purses])[takeable]
    kinds, of = np.unique(
        np.where(may, costs, NOBODY), axis=0, return_inverse=True
    )  # fmt: skip
    of = of.reshape(-1)
    size = np.bincount(of, minlength=len(kinds))
    counts = _counts(kinds, size, [purse.budget for purse in purses])
    for kind in range(len(kinds)):
        members, at = takeable[of == kind], 0
        for number, taken in enumerate(counts[kind]):
            payer_of[members[at : at + taken]] = number
            at += taken
    return Division(payer_of, alone(purses, takeable))


def _counts(kinds: Ints, size: Ints, budgets: Sequence[int]) -> Ints:
    """How many of each group every payer pays: as many as possible, then as cheaply."""
    groups, payers = kinds.shape
    columns = np.arange(groups * payers).reshape(groups, payers)
    allowed = kinds >= 0
    costs = np.where(allowed, kinds, 0)
    dearest = float(costs.max(initial=1)) * float(size.sum() + 1)
    worth = np.where(allowed, 1 - costs / dearest, 0.0)
    rows = [
        (columns[group], np.ones(payers), float(size[group])) for group in range(groups)
    ]
    rows += [
        (columns[:, n], costs[:, n] / 1_000.0, budget / 1_000.0)
        for n, budget in enumerate(budgets)
    ]
    most = np.where(allowed, size[:, None], 0).astype(np.float64)
    found, _ = integer_programme(worth.reshape(-1), most.reshape(-1), rows)
    return found.reshape(groups, payers)


def alone(purses: Sequence[Purse], takeable: Ints) -> int:
    """How many are paid when each payer in turn takes the next it may pay, in order."""
    left, people = list(takeable), 0
    for purse in purses:
        money, rest = purse.budget, []
        for place in left:
            cost = int(purse.costs[place])
            if purse.may[place] and cost <= money:
                money -= cost
                people += 1
            else:
                rest.append(place)
        left = rest
    return people


def paid_by(division: Division, purses: Sequence[Purse]) -> Mapping[str, Flags]:
    """For each payer, whom it pays."""
    return {
        purse.payer: division.payer_of == number for number, purse in enumerate(purses)
    }
