"""The best choice under a budget, quotas and a cap per family, by mixed integer programme.

Each candidate is given one of a few numbers of months or none. Candidates who cannot be
told apart are one variable, so that 20,000 people are a small problem for HiGHS. It
reports a bound on what anyone could reach; the gap to it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from semesta.planning.allocate import Candidate, Limits, areas_of
from semesta.planning.margin import Choices, settle
from semesta.planning.people import Ints

SOLVER = "HiGHS"
# Good enough to stop at, and how long to look: a hundredth of a per mille, 20 seconds.
GAP, SECONDS = 1e-5, 20.0
# With more kinds of people than this, those clear of the budget's end are settled first.
MANY_GROUPS = 2_000
Floats = npt.NDArray[np.float64]
# A constraint: columns, their factors, and the most that the sum may be.
Row = tuple[Ints, Floats, float]


@dataclass(frozen=True)
class Best:
    """`option[i]`: the column chosen for row i, -1 for none; `bound` on the objective."""

    option: Ints
    bound: float
    solver: str


@dataclass(frozen=True)
class _Groups:
    """Rows that are alike: `of` maps a row to its group, `size` counts its rows."""

    of: Ints
    size: Ints
    first: Ints


def best_choice(
    worth: Floats,
    costs: Ints,
    candidates: list[Candidate],
    *,
    budget: int,
    limits: Limits,
) -> Best:
    """Choose at most one option per row, to the greatest worth within the budget.

    `worth` and `costs` have one row per candidate and one column per option; an option
    worth nothing (or NaN) is never taken. Within a group of equals the first rows, which
    stand higher in the published order, come first.
    """
    known = np.maximum(np.nan_to_num(worth, nan=0.0), 0.0)
    marks = _marks(candidates, limits)
    groups = _groups(known, costs, marks)
    if len(groups.size) <= MANY_GROUPS:
        return _exactly(known, costs, marks, groups, budget=budget, limits=limits)
    return _by_margin(known, costs, marks, candidates, budget=budget, limits=limits)


def _exactly(
    worth: Floats,
    costs: Ints,
    marks: Ints,
    groups: _Groups,
    *,
    budget: int,
    limits: Limits,
) -> Best:
    first = groups.first
    if not worth.any():
        return Best(np.full(len(worth), -1, np.int64), 0.0, SOLVER)
    counts, bound = _solve(
        worth[first],
        costs[first],
        groups.size,
        marks[first],
        budget=budget,
        limits=limits,
    )
    return Best(_spread(counts, groups), bound, SOLVER)


def _by_margin(
    worth: Floats,
    costs: Ints,
    marks: Ints,
    candidates: list[Candidate],
    *,
    budget: int,
    limits: Limits,
) -> Best:
    """Settle whoever stands clear of the budget's end; the solver chooses at its margin."""
    areas = sorted(limits.quotas)
    most = np.array([limits.quotas[area] for area in areas], np.int64)
    cap = limits.household_cap or 0
    found = settle(Choices(worth, costs, marks, cap, most), budget)
    option = np.where(found.margin, -1, found.option)
    taken = np.flatnonzero(option >= 0)
    spent = int(costs[taken, option[taken]].sum())
    used = [int((marks[taken, 1:] == number).sum()) for number in range(len(areas))]
    rest = Limits(limits.household_cap, dict(zip(areas, most - used, strict=True)))
    rows = np.flatnonzero(found.margin)
    at_margin = [candidates[row] for row in rows]
    inner = _marks(at_margin, rest)
    best = _exactly(
        worth[rows],
        costs[rows],
        inner,
        _groups(worth[rows], costs[rows], inner),
        budget=budget - spent,
        limits=rest,
    )
    option[rows] = best.option
    return Best(option, found.bound, SOLVER)


def _marks(candidates: list[Candidate], limits: Limits) -> Ints:
    """Three columns: the family that a cap binds, the kelurahan and the kecamatan that a
    quota binds; -1: none."""
    marks = np.full((len(candidates), 3), -1, np.int64)
    cap = limits.household_cap
    members: dict[int, int] = {}
    for candidate in candidates:
        if candidate.household is not None:
            members[candidate.household] = members.get(candidate.household, 0) + 1
    quotas = {place: number for number, place in enumerate(sorted(limits.quotas))}
    for row, candidate in enumerate(candidates):
        family = candidate.household
        if cap is not None and family is not None and members[family] > cap:
            marks[row, 0] = family
        marks[row, 1:] = [quotas.get(a, -1) for a in areas_of(candidate.kelurahan)]
    return marks


def _groups(worth: Floats, costs: Ints, marks: Ints) -> _Groups:
    rows = np.hstack([worth, costs.astype(np.float64), marks.astype(np.float64)])
    _, first, of, size = np.unique(
        rows, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    return _Groups(of.reshape(-1), size.astype(np.int64), first)


def _spread(counts: Ints, groups: _Groups) -> Ints:
    """Give each group's options to its rows in their order, the longest first."""
    option = np.full(len(groups.of), -1, np.int64)
    by_group = np.argsort(groups.of, kind="stable")
    starts = np.concatenate([[0], np.cumsum(groups.size)[:-1]])
    for group in np.flatnonzero(counts.sum(axis=1)):
        at = starts[group]
        for column in reversed(range(counts.shape[1])):
            taken = int(counts[group, column])
            option[by_group[at : at + taken]] = column
            at += taken
    return option


def _solve(
    worth: Floats,
    costs: Ints,
    size: Ints,
    marks: Ints,
    *,
    budget: int,
    limits: Limits,
) -> tuple[Ints, float]:
    """How many of each group take each option, and a bound on the worth of any choice."""
    most = np.where(worth > 0, size[:, None], 0).astype(np.float64)
    rows = _rows(costs, size, marks, budget=budget, limits=limits)
    found, bound = integer_programme(worth.reshape(-1), most.reshape(-1), rows)
    return found.reshape(worth.shape), bound


def _rows(
    costs: Ints, size: Ints, marks: Ints, *, budget: int, limits: Limits
) -> list[Row]:
    """The budget; each group's number of people; each family's cap; each place's quota."""
    groups, options = costs.shape
    columns = np.arange(groups * options).reshape(groups, options)
    # Thousands of rupiah are kinder to the solver's tolerances.
    held: list[Row] = [
        (columns.reshape(-1), costs.reshape(-1) / 1_000.0, budget / 1_000.0)
    ]
    held += [
        (columns[group], np.ones(options), float(size[group]))
        for group in range(groups)
        if options > 1
    ]
    for family in np.unique(marks[marks[:, 0] >= 0, 0]):
        mine = columns[marks[:, 0] == family].reshape(-1)
        held.append((mine, np.ones(len(mine)), float(limits.household_cap or 0)))
    for number, place in enumerate(sorted(limits.quotas)):
        mine = columns[(marks[:, 1:] == number).any(axis=1)].reshape(-1)
        if len(mine):
            held.append((mine, np.ones(len(mine)), float(limits.quotas[place])))
    return held


def integer_programme(
    worth: Floats, most: Floats, rows: Sequence[Row]
) -> tuple[Ints, float]:
    """Whole numbers 0 … `most` with the greatest sum of `worth` × number.

    Each row is (columns, factors, the most their sum may be). Gives the numbers and a
    bound that no other numbers can pass. Always within the rows: a number that only the
    solver's tolerance allows is taken back.
    """
    solver = _model(worth, most, rows)
    solver.run()
    found = np.rint(np.array(solver.getSolution().col_value)).astype(np.int64)
    for columns, factors, limit in rows:
        while float((found[columns] * factors).sum()) > limit + 1e-9:
            held = columns[found[columns] > 0]
            found[held[np.argmin(worth[held])]] -= 1
    bound = float(solver.getInfo().mip_dual_bound)
    return found, max(bound, float((worth * found).sum()))


def _model(worth: Floats, most: Floats, rows: Sequence[Row]) -> Any:
    # Loaded here: the commands that never ask for the optimum start without it.
    import highspy

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(worth), len(rows)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = worth, np.zeros(len(worth)), most
    lp.row_lower_ = np.full(len(rows), -highspy.kHighsInf)
    lp.row_upper_ = np.array([limit for _, _, limit in rows])
    lengths = [len(columns) for columns, _, _ in rows]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)])
    lp.a_matrix_.index_ = np.concatenate([columns for columns, _, _ in rows])
    lp.a_matrix_.value_ = np.concatenate([factors for _, factors, _ in rows])
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(worth)
    lp.sense_ = highspy.ObjSense.kMaximize
    solver = highspy.Highs()
    # One thread and one seed: the same problem has the same answer.
    for option, value in {
        "output_flag": False, "mip_rel_gap": GAP, "time_limit": SECONDS,
        "threads": 1, "random_seed": 1374,
    }.items():  # fmt: skip
        solver.setOptionValue(option, value)
    solver.passModel(lp)
    return solver
