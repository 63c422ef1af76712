"""Ways to spend the same budget, side by side. Each is an order and a number of months.

Only the first two keep the policy's published order; the others are for comparison
unless the policy allows them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from semesta.kernel import Month
from semesta.planning.allocate import Candidate, Limits, walk
from semesta.planning.consequences import Consequences, consequences
from semesta.planning.people import Flags, Ints, People
from semesta.planning.price import MOST_MONTHS, costs_of, sector_prices
from semesta.planning.rank import RankKey

FEWER, MANY, CONTINUITY, POOREST, MOST_LOST, OPTIMUM = (
    "fewer_longer", "many_shorter", "continuity", "poorest", "most_lost", "optimum",
)  # fmt: skip
SHORT_MONTHS = 3
# The keys that come before the policy's own, for each order.
ORDERS: dict[str, tuple[RankKey, ...]] = {
    FEWER: (),
    MANY: (),
    CONTINUITY: (RankKey("running_months", highest_first=True),),
    POOREST: (RankKey("decile"), RankKey("income")),
    MOST_LOST: (
        RankKey("lost_months", highest_first=True),
        RankKey("lost_before", highest_first=True),
    ),
}
LABELS = {
    FEWER: "Lebih sedikit orang, lebih lama",
    MANY: "Banyak orang, beberapa bulan",
    CONTINUITY: "Yang sudah berjalan lebih dahulu",
    POOREST: "Yang termiskin lebih dahulu",
    MOST_LOST: "Yang paling banyak kehilangan bulan lebih dahulu",
    OPTIMUM: "Hasil terbesar bagi keluarga",
}
MEANINGS = {
    FEWER: "Urutan kebijakan, 12 bulan bagi setiap orang.",
    MANY: "Urutan kebijakan juga, tetapi hanya beberapa bulan bagi setiap orang.",
    CONTINUITY: "Yang kepesertaannya masih berjalan, masa iur terpanjang di atas.",
    POOREST: "Desil terendah di atas, lalu penghasilan terendah.",
    MOST_LOST: "Yang bulan iurnya hangus paling banyak bila tidak dibayari, di atas.",
    OPTIMUM: "Perkiraan hak keluarga yang dijaga, sebesar-besarnya, tanpa urutan.",
}


@dataclass(frozen=True)
class Payment:
    """Who pays, from which month, and for how many months at most."""

    payer: str
    first_month: Month
    months: int = MOST_MONTHS
    short_months: int = SHORT_MONTHS

    def months_of(self, scenario: str) -> int:
        """The months everyone is paid in a scenario with one number for all."""
        if scenario == FEWER:
            return MOST_MONTHS
        return self.short_months if scenario == MANY else self.months


@dataclass(frozen=True)
class Board:
    """Everything a comparison needs, worked out once for any budget.

    `candidates` in the policy's order, as `people`; `allowed`: other orders the policy
    allows, each with its clause.
    """

    people: People
    candidates: tuple[Candidate, ...]
    limits: Limits
    policy_keys: tuple[RankKey, ...]
    allowed: dict[str, str] = field(default_factory=dict)
    memory: dict[tuple[object, ...], Any] = field(default_factory=dict)

    @cached_property
    def occupations(self) -> list[str | None]:
        return self.people.table["occupation"].to_pylist()

    def costs(self, payment: Payment, months: int) -> Ints:
        """Rupiah for each candidate if they are paid that many months."""
        return self.once(
            ("costs", payment, months), lambda: self._costs(payment, months)
        )

    def once(self, key: tuple[object, ...], work: Callable[[], Any]) -> Any:
        """What `work` gives, worked out at the first asking: it hangs on no budget."""
        if key not in self.memory:
            self.memory[key] = work()
        return self.memory[key]

    def _costs(self, payment: Payment, months: int) -> Ints:
        prices = sector_prices(payment.first_month, months, payer=payment.payer)
        last = payment.first_month + (months - 1)
        return np.array(costs_of(self.occupations, prices, last_month=last), np.int64)

    @cached_property
    def orders(self) -> dict[str, Ints]:
        """Places of the candidates in the order of each scenario that has one."""
        return {name: _order(self.people.table, self.keys(name)) for name in ORDERS}

    def keys(self, scenario: str) -> tuple[RankKey, ...]:
        """What a scenario orders by: its own keys, then the policy's."""
        own = ORDERS[scenario]
        taken = {key.column for key in own}
        return (*own, *(key for key in self.policy_keys if key.column not in taken))

    def is_policys(self, scenario: str) -> bool:
        """Whether a scenario keeps the order the policy publishes, or one it allows."""
        if scenario in self.allowed:
            return True
        own = self.orders.get(scenario)
        return own is not None and np.array_equal(own, self.orders[FEWER])

    def takeable(self, order: Ints) -> Ints:
        """Places in order, without those whom a limit passes over at any budget."""
        return self._taken(order, self.limits)

    def without_limits(self) -> Ints:
        """Places of all who could be paid if there were neither cap nor quota."""
        return self._taken(np.arange(len(self.people)), Limits())

    def _taken(self, order: Ints, limits: Limits) -> Ints:
        ranked = [self.candidates[place] for place in order]
        reasons = walk(ranked, [0] * len(ranked), budget=inf, limits=limits)
        return order[np.array([not reason for reason in reasons], bool)]


def _order(table: pa.Table, keys: tuple[RankKey, ...]) -> Ints:
    # The lot last: equal people are ordered as the policy's rule says.
    sort = [
        (key.column, "descending" if key.highest_first else "ascending")
        for key in (*keys, RankKey("rank"))
    ]
    return pc.sort_indices(table, sort_keys=sort).to_numpy().astype(np.int64)


def in_order_of(table: pa.Table, scenario: str, keys: Sequence[RankKey]) -> pa.Table:
    """A ranked table in the order of a scenario, with `rank` numbered anew."""
    own = ORDERS[scenario]
    taken = {key.column for key in own}
    rest = tuple(key for key in keys if key.column not in taken)
    found = table.take(pa.array(_order(table, (*own, *rest))))
    place = found.column_names.index("rank")
    return found.set_column(
        place, "rank", pa.array(range(1, found.num_rows + 1), pa.int32())
    )


@dataclass(frozen=True)
class Outcome:
    """One scenario at one budget. `months[i]`: what candidate i is paid, 0 for none.

    `best` is the highest objective anyone can prove possible, None until it is known.
    """

    name: str
    months: Ints
    figures: Consequences
    months_each: int | None
    is_policys: bool
    solver: str = ""
    best: float | None = None

    @property
    def chosen(self) -> Flags:
        return self.months > 0

    @property
    def gap(self) -> float | None:
        """How far below the best possible objective, as a share of it."""
        if self.best is None:
            return None
        if self.best <= 0:
            return 0.0
        return max(0.0, (self.best - self.figures.objective) / self.best)


def greedy(
    board: Board, scenario: str, payment: Payment, budget: int, takeable: Ints
) -> Outcome:
    """Walk down a scenario's order until the first who cannot be paid any more."""
    each = payment.months_of(scenario)
    costs = board.costs(payment, each)
    reached = int(np.searchsorted(np.cumsum(costs[takeable]), budget, side="right"))
    months = np.zeros(len(board.people), np.int64)
    months[takeable[:reached]] = each
    return Outcome(
        name=scenario,
        months=months,
        figures=consequences(
            board.people, months, costs, first_month=payment.first_month
        ),
        months_each=each,
        is_policys=board.is_policys(scenario),
        solver="greedy",
    )
