"""Match weights learned from labelled pairs: one additive weight per comparison level.

Logistic regression on the levels of compared pairs, read in bits: log2(m/u), with m counted
among the true pairs and u made to fit. A few thousand labels beat training without any.
Weights are pulled toward those of the model one starts from, so few labels change little.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from semesta.kernel.errors import NotPossible
from semesta.linkage.blocking import make_keys, make_records, propose
from semesta.linkage.exact import exact_pass
from semesta.linkage.levels import COMPARISONS, level_columns, side_by_side
from semesta.linkage.normalise import normalise

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

    from semesta.linkage.weighing import Model

RIDGE = 2.0
ROUNDS = 40
# A level seen less often keeps the weight it had: so few pairs tell nothing.
FEWEST = 30
NAMES = [(c.code, level.code) for c in COMPARISONS for level in c.levels]


@dataclass(frozen=True)
class Labelled:
    """Compared pairs with their levels, and whether each is one person.

    `levels`: per comparison one code per pair, None where nothing was to compare.
    `lists`: the number of the lists that each pair comes from.
    """

    levels: dict[str, np.ndarray]
    same: np.ndarray
    lists: np.ndarray

    @classmethod
    def of(cls, table: pa.Table) -> Labelled:
        """From one list's table of `levels.level_columns` and `same`."""
        levels = {
            c.code: table[c.code].to_numpy(zero_copy_only=False) for c in COMPARISONS
        }
        same = table["same"].to_numpy(zero_copy_only=False).astype(float)
        return cls(levels, same, np.zeros(len(same), dtype=np.int64))

    @property
    def several(self) -> int:
        """From how many lists the pairs come."""
        return int(self.lists.max()) + 1

    def __add__(self, other: Labelled) -> Labelled:
        return Labelled(
            {
                code: np.concatenate([found, other.levels[code]])
                for code, found in self.levels.items()
            },
            np.concatenate([self.same, other.same]),
            np.concatenate([self.lists, other.lists + self.several]),
        )


def label_pairs(con: DuckDBPyConnection, model: Model, truth: pa.Table) -> Labelled:
    """Every blocked pair of the session's `person_rows`, labelled by `truth`.

    `truth` has row_id and person_id; pairs of rows it does not name are left out.
    """
    normalise(con)
    exact_pass(con)
    make_records(con)
    make_keys(con)
    propose(con)
    con.register("arrow_truth", truth)
    table = con.execute(
        f"""
        WITH owners AS (
            SELECT rec, person_id FROM records JOIN members USING (seq)
            JOIN arrow_truth USING (row_id)
        ), pairs AS (
            SELECT {side_by_side("l", "r")}, a.person_id = b.person_id AS same
            FROM proposed
            JOIN records l ON l.rec = rec_l JOIN records r ON r.rec = rec_r
            JOIN owners a ON a.rec = rec_l JOIN owners b ON b.rec = rec_r
        )
        SELECT {level_columns()}, same FROM pairs
        """
    ).to_arrow_table()
    con.unregister("arrow_truth")
    return Labelled.of(table)


def train(pairs: Labelled, start: Model, *, version: str, note: str) -> dict[str, Any]:
    """A model file fitted to labelled pairs, starting from another model.

    Threshold, doubt and the weight of pairs never proposed stay. NotPossible
    `link.too_few_labels` without at least FEWEST pairs of either kind.
    """
    true, count = int(pairs.same.sum()), len(pairs.same)
    check_enough(same=true, different=count - true)
    bias, weights = fit(pairs, start)
    share = float(pairs.same[pairs.lists == 0].mean())
    return {
        **start.table,
        "version": version,
        "fitted_on": f"{note}; {count} pairs, {true} of them one person",
        "prior": {"weight": round(bias, 3), "share": float(f"{share:.4g}")},
        "comparisons": _comparisons(pairs, weights, start),
    }


def check_enough(*, same: int, different: int) -> None:
    """NotPossible `link.too_few_labels` without FEWEST pairs of either kind."""
    if min(same, different) < FEWEST:
        raise NotPossible(
            "link.too_few_labels",
            "Belum cukup contoh untuk menghitung bobot.",
            f"Ada {same} pasangan sama dan {different} pasangan berbeda.",
            f"Perlu paling sedikit {FEWEST} dari masing-masing.",
        )


def fit(
    pairs: Labelled, start: Model, *, anchor: float | None = None
) -> tuple[float, dict[tuple[str, str], float]]:
    """Bias of the first list, and weights, in bits.

    Every list has a bias of its own, for how many of its pairs are one person says
    nothing about what agreement is worth. Which list a row stands on decides what it
    leaves blank, so blanks are not missing by chance, and agreement could come out as
    evidence against. No officer would understand that: the strongest level of a
    comparison weighs at least 0, plain difference at most.

    `anchor`, for pairs that are no fair sample of all: the bias (in bits) that stays, and
    so does the weight of each level seen less than FEWEST times.
    """
    x = _design(pairs)
    # Many pairs share one pattern: fit on patterns with counts.
    patterns, inverse = np.unique(x, axis=0, return_inverse=True)
    total = np.bincount(inverse).astype(float)
    true = np.bincount(inverse, weights=pairs.same)
    lists = pairs.several
    known = np.zeros(x.shape[1])
    known[lists:] = [math.log(2) * start.weight(*name) for name in NAMES]
    sign = np.array([0.0] * lists + [_sign(*name) for name in NAMES])
    pull = np.where(np.arange(len(sign)) < lists, 0.0, RIDGE)
    free = np.ones(len(sign), dtype=bool)
    weights = known.copy()
    if anchor is not None:
        weights[:lists] = math.log(2) * anchor
        free = (x.sum(axis=0) >= FEWEST) & (pull > 0)
    while True:
        settled = patterns[:, ~free] @ weights[~free]
        weights[free] = _newton(
            patterns[:, free], true, total, known[free], pull[free], settled
        )
        wrong = free & (weights * sign < -1e-9)
        if not wrong.any():
            break
        free &= ~wrong
        weights[wrong] = 0.0
    bits = weights / math.log(2)
    return float(bits[0]), dict(zip(NAMES, bits[lists:].tolist(), strict=True))


def _design(pairs: Labelled) -> np.ndarray:
    """One row per pair: a column for each list, then one for each level, 1 where it
    holds."""
    lists = [pairs.lists == place for place in range(pairs.several)]
    levels = [pairs.levels[comparison] == level for comparison, level in NAMES]
    return np.stack([*lists, *levels], axis=1).astype(float)


def _sign(comparison: str, level: str) -> float:
    found = next(c for c in COMPARISONS if c.code == comparison)
    if level == found.levels[0].code:
        return 1.0
    return -1.0 if level == found.levels[-1].code else 0.0


def _newton(
    patterns: np.ndarray,
    true: np.ndarray,
    total: np.ndarray,
    start: np.ndarray,
    pull: np.ndarray,
    settled: np.ndarray,
) -> np.ndarray:
    """Ridge logistic regression toward `start`, each weight with its own `pull`;
    `settled` is what each pattern weighs already."""

    def cost(weights: np.ndarray) -> float:
        log_odds = patterns @ weights + settled
        missed = total * np.logaddexp(0.0, log_odds) - true * log_odds
        return float(missed.sum() + (pull * (weights - start) ** 2).sum() / 2)

    # From nothing, not from `start`: far weights would saturate and the step explode.
    weights = np.zeros(len(start))
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(patterns @ weights + settled, -40, 40)))
        gradient = patterns.T @ (true - total * p) - pull * (weights - start)
        hessian = (patterns * (total * p * (1 - p))[:, None]).T @ patterns
        hessian += np.diag(pull + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        # A full step from where chances saturate may lead away: then a shorter one.
        while np.abs(step).max(initial=0.0) > 1e-6 and cost(weights + step) > cost(
            weights
        ):
            step = step / 2
        weights = weights + step
        if np.abs(step).max(initial=0.0) <= 1e-6:
            break
    return weights


def _comparisons(
    pairs: Labelled, weights: dict[tuple[str, str], float], start: Model
) -> dict[str, dict[str, dict[str, float]]]:
    """m counted among true pairs, u = m / 2^weight; levels hardly seen as they were."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for (comparison, level), weight in weights.items():
        here = pairs.levels[comparison] == level
        m, u = start.m_and_u(comparison, level)
        if here.sum() >= FEWEST:
            compared = pairs.levels[comparison] != None  # noqa: E711
            known = (pairs.same > 0) & compared
            m = (np.sum(here & (pairs.same > 0)) + 0.5) / (known.sum() + 1.0)
            u = m / 2**weight
        found.setdefault(comparison, {})[level] = {
            "m": float(f"{m:.4g}"),
            "u": float(f"{u:.4g}"),
        }
    return found


def together(several: Sequence[Labelled]) -> Labelled:
    """Labelled pairs of several lists as one."""
    first, *rest = several
    for other in rest:
        first = first + other
    return first
