"""People clear of the budget's end are settled; the margin and the bound are true."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest

from semesta.planning import optimum
from semesta.planning.allocate import Candidate, Limits
from semesta.planning.optimum import Best, best_choice

COSTS = (3 * 16_800, 6 * 16_800, 12 * 16_800)
AREAS = ("13.74.01.1001", "13.74.01.1002", "13.74.02.1001")
RULES = Limits(household_cap=1, quotas={AREAS[0]: 40, "13.74.01": 90})


def a_town(
    count: int, seed: int, *, across: bool
) -> tuple[np.ndarray, list[Candidate]]:
    """Worth per option, and candidates; `across`: families live in several areas."""
    rng = random.Random(seed)
    rates = [rng.choice([1.0, 2.3, 5.0, 9.1]) for _ in range(count)]
    worth = np.array([[rate * (1, 3, 9)[n] for n in range(3)] for rate in rates])
    homes = [rng.randrange(count // 2) for _ in range(count)]
    people = [
        Candidate(n, str(n), home, AREAS[(n if across else home) % 3])
        for n, home in enumerate(homes)
    ]
    return worth, people


def both_ways(
    worth: np.ndarray, people: list[Candidate], budget: int, patch: pytest.MonkeyPatch
) -> tuple[Best, Best]:
    """The choice by margin, and by the solver alone."""
    costs = np.tile(np.array(COSTS, np.int64), (len(people), 1))
    alone = best_choice(worth, costs, people, budget=budget, limits=RULES)
    patch.setattr(optimum, "MANY_GROUPS", 0)
    return best_choice(worth, costs, people, budget=budget, limits=RULES), alone


def value(worth: np.ndarray, best: Best) -> float:
    rows = np.flatnonzero(best.option >= 0)
    return float(worth[rows, best.option[rows]].sum())


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize("persons", [1, 20, 77, 400])
@pytest.mark.parametrize("seed", [1, 2])
def test_as_good_as_the_solver_alone_and_within_the_limits(
    seed: int, persons: int, across: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    worth, people = a_town(300, seed, across=across)
    budget = persons * COSTS[-1] + 5
    found, alone = both_ways(worth, people, budget, monkeypatch)
    taken = np.flatnonzero(found.option >= 0)
    assert sum(COSTS[option] for option in found.option[taken]) <= budget
    families = Counter(people[row].household for row in taken)
    assert max(families.values()) == 1
    for area, quota in RULES.quotas.items():
        assert sum(people[row].kelurahan.startswith(area) for row in taken) <= quota
    # Nothing passes the bound, and what it leaves open is small.
    assert found.bound >= value(worth, alone) - 1e-6
    assert value(worth, found) >= value(worth, alone) * (0.95 if across else 0.999)


def test_nobody_is_worth_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    _, people = a_town(10, 1, across=False)
    found, _ = both_ways(np.zeros((10, 3)), people, 10**9, monkeypatch)
    assert (found.option == -1).all()
    assert found.bound == 0
