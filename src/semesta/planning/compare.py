"""All scenarios at one budget, and what the best possible choice would be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from semesta.planning.allocate import check_budget
from semesta.planning.consequences import consequences, gains
from semesta.planning.optimum import Best, Floats, best_choice
from semesta.planning.people import Ints
from semesta.planning.scenarios import MOST_MONTHS as YEAR
from semesta.planning.scenarios import (
    OPTIMUM,
    ORDERS,
    Board,
    Outcome,
    Payment,
    greedy,
)

# The numbers of months the optimum may give to a person.
CHOICES = (3, 6, 9, 12)
PROVEN = 1e-4


def takeable_orders(board: Board) -> dict[str, Ints]:
    """For each scenario with an order: whom limits leave in it; the same at any budget."""
    known: dict[tuple[object, ...], Ints] = {}
    found = {}
    for name in ORDERS:
        keys = tuple(board.keys(name))
        if keys not in known:
            known[keys] = board.takeable(board.orders[name])
        found[name] = known[keys]
    return found


def least_budget(board: Board, payment: Payment) -> int:
    """What one person costs for all the payment's months, at the highest price."""
    return int(board.costs(payment, payment.months).max(initial=0))


def compare(
    board: Board, payment: Payment, budget: int, takeable: Mapping[str, Ints]
) -> list[Outcome]:
    """Every scenario at this budget, each with its gap to the best possible.

    UserError `plan.budget_too_small` when the budget does not pay for one person.
    """
    check_budget(budget, least_budget(board, payment))
    best = optimum(board, payment, budget)
    # Twelve months for fewer people may lie above a choice of fewer months for all.
    others = [greedy(board, name, payment, budget, takeable[name]) for name in ORDERS]
    bound = max(best.best or 0.0, *(o.figures.objective for o in others))
    return [
        Outcome(**{**outcome.__dict__, "best": bound}) for outcome in (*others, best)
    ]


def optimum(board: Board, payment: Payment, budget: int) -> Outcome:
    """The greatest objective under the budget and the policy's limits.

    Nobody takes a place in it whose NIK or months nobody knows, or whose payment rests.
    """
    choices = sorted({*CHOICES, payment.months, payment.short_months, YEAR})
    people, first = board.people, payment.first_month
    rows, worth, costs = board.once(
        ("optimum", payment), lambda: _options(board, payment, choices)
    )
    best: Best = best_choice(
        worth[rows],
        costs[rows],
        [board.candidates[row] for row in rows],
        budget=budget,
        limits=board.limits,
    )
    months = np.zeros(len(people), np.int64)
    spent = np.zeros(len(people), np.int64)
    taken = best.option >= 0
    months[rows[taken]] = np.array(choices)[best.option[taken]]
    spent[rows[taken]] = costs[rows[taken], best.option[taken]]
    figures = consequences(people, months, spent, first_month=first)
    return Outcome(
        name=OPTIMUM,
        months=months,
        figures=figures,
        months_each=None,
        # A choice without an order cannot be published as a ranking.
        is_policys=False,
        solver=best.solver,
        best=max(best.bound, figures.objective),
    )


def _options(
    board: Board, payment: Payment, choices: list[int]
) -> tuple[Ints, Floats, Ints]:
    """Who may take a place, and for each number of months its worth and its cost."""
    everyone, first = len(board.people), payment.first_month
    worth = [
        gains(board.people, np.full(everyone, n, np.int64), first) for n in choices
    ]
    costs = [board.costs(payment, n) for n in choices]
    return board.without_limits(), np.column_stack(worth), np.column_stack(costs)


def as_line(outcome: Outcome) -> dict[str, Any]:
    """One scenario as the command line prints it."""
    figures, gap = outcome.figures, outcome.gap
    return {
        "name": outcome.name,
        "people": figures.people,
        "months": outcome.months_each or _mean(figures.person_months, figures.people),
        "person_months": figures.person_months,
        "cost": figures.cost,
        "reach_3_months": figures.reach_3_months,
        "reach_36_months": figures.reach_36_months,
        "newly_36_months": figures.newly_36_months,
        "lapses": figures.lapses,
        "rights_lost_rupiah": figures.rights_lost_rupiah,
        "scholarships_lost": figures.scholarships_lost,
        "expected_benefits_rupiah": figures.expected_benefits_rupiah,
        "unknown": figures.unknown,
        "objective": figures.objective,
        "optimal": gap is not None and gap <= PROVEN,
        "gap": None if gap is None else round(gap, 6),
        "solver": outcome.solver,
        "comparison_only": not outcome.is_policys,
    }


def _mean(months: int, people: int) -> float:
    return round(months / people, 1) if people else 0.0
