"""Weights fitted to the lists at hand, without labels: for lists unlike those they come from.

Expectation–maximisation as Fellegi and Sunter's model has it since Winkler 1988. How often
strangers show a level (u) is counted on pairs drawn at random; how often one person's rows do
(m) on the proposed pairs, each counted by its probability, again and again until that settles.

Where families share numbers, addresses and birth days this is much worse than weights learned
from labels (relatives are no strangers), so nothing does it unasked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from semesta.linkage.levels import COMPARISONS, Comparison, level_columns, side_by_side
from semesta.linkage.weighing import Model, log_odds

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STRANGERS = 400_000
SEED = 1
ROUNDS = 40
# A level's m counts as if so many pairs had shown what the given weights expect.
AS_GIVEN = 30.0


@dataclass(frozen=True)
class _Counted:
    """Patterns of levels: per comparison a place in its levels (-1: nothing to compare),
    and how many pairs show each pattern."""

    levels: dict[str, np.ndarray]
    pairs: np.ndarray

    def of(self, comparison: Comparison, weights: np.ndarray) -> np.ndarray:
        """How often each level is shown, each pattern counted `weights` times."""
        seen = self.levels[comparison.code]
        there = seen >= 0
        return np.bincount(seen[there], weights[there], len(comparison.levels))


def adapt(
    con: DuckDBPyConnection, model: Model, *, across_sources: bool = False
) -> Model:
    """The model with m, u and prior of the session's own `records` and `proposed` pairs.

    Threshold, doubt and the weight of pairs never proposed stay. Lists without any
    proposed pair give the model back.
    """
    proposed = _count(con, "FROM proposed")
    if not len(proposed.pairs):
        return model
    strangers, possible = _strangers(con, across_sources=across_sources)
    u = {c.code: _part(strangers.of(c, strangers.pairs)) for c in COMPARISONS}
    m, prior, share = _settle(proposed, _given_m(model), u, possible)
    comparisons = {
        c.code: {
            level.code: {"m": float(m[c.code][i]), "u": float(u[c.code][i])}
            for i, level in enumerate(c.levels)
        }
        for c in COMPARISONS
    }
    table = {
        **model.table,
        "version": f"{model.version}+lists",
        "fitted_on": "the lists themselves, without labels",
        "prior": {"weight": prior, "share": share},
        "comparisons": comparisons,
    }
    return Model(table)


def _settle(
    proposed: _Counted,
    given: dict[str, np.ndarray],
    u: dict[str, np.ndarray],
    possible: float,
) -> tuple[dict[str, np.ndarray], float, float]:
    """m per comparison, the prior over all possible pairs, and the share of the proposed
    pairs that are one person."""
    m, expected = given, proposed.pairs.sum() / 2
    share, prior = 0.5, log_odds(min(0.5, expected / possible))
    for _ in range(ROUNDS):
        weight = np.full(len(proposed.pairs), prior)
        for c in COMPARISONS:
            seen = proposed.levels[c.code]
            bits = np.log2(m[c.code] / u[c.code])
            weight += np.where(seen >= 0, bits[seen], 0.0)
        likely = proposed.pairs / (1 + np.exp2(-np.clip(weight, -500, 500)))
        share = float(likely.sum() / proposed.pairs.sum())
        prior = log_odds(min(0.5, max(float(likely.sum()), 0.5) / possible))
        m = {
            c.code: (found := proposed.of(c, likely) + AS_GIVEN * given[c.code])
            / found.sum()
            for c in COMPARISONS
        }
    return m, prior, min(max(share, 1e-6), 1 - 1e-6)


def _given_m(model: Model) -> dict[str, np.ndarray]:
    found = {}
    for c in COMPARISONS:
        m = np.array([model.m_and_u(c.code, level.code)[0] for level in c.levels])
        found[c.code] = m / m.sum()
    return found


def _part(counts: np.ndarray) -> np.ndarray:
    """Counts as parts of one; half a pair more, for what was not met is not impossible."""
    return (counts + 0.5) / (counts.sum() + 1.0)


def _strangers(
    con: DuckDBPyConnection, *, across_sources: bool
) -> tuple[_Counted, float]:
    """Pairs of records drawn at random, and how many pairs the lists can make."""
    found = con.execute("SELECT count(*) FROM records").fetchone()
    records = int(found[0]) if found else 0
    drawn = np.random.default_rng(SEED).integers(0, records, (2, STRANGERS))
    drawn = drawn[:, drawn[0] != drawn[1]]
    con.register("arrow_drawn", pa.table({"rec_l": drawn[0], "rec_r": drawn[1]}))
    apart = "WHERE l.source IS DISTINCT FROM r.source" if across_sources else ""
    counted = _count(con, "FROM arrow_drawn", apart)
    con.unregister("arrow_drawn")
    possible = records * (records - 1) / 2
    return counted, possible * float(counted.pairs.sum()) / max(1, drawn.shape[1])


def _count(con: DuckDBPyConnection, pairs: str, where: str = "") -> _Counted:
    """The patterns of levels that pairs (SQL giving rec_l, rec_r) show."""
    table = con.execute(
        f"SELECT COLUMNS(*), count(*) AS pairs FROM (SELECT {level_columns()} FROM ("
        f"SELECT {side_by_side('l', 'r')} FROM ({pairs}) "
        f"JOIN records l ON l.rec = rec_l JOIN records r ON r.rec = rec_r {where})) "
        "GROUP BY ALL ORDER BY ALL"
    ).to_arrow_table()
    return _Counted(
        {c.code: _places(c, table[c.code]) for c in COMPARISONS},
        table["pairs"].to_numpy().astype(float),
    )


def _places(comparison: Comparison, column: Any) -> np.ndarray:
    codes = {level.code: place for place, level in enumerate(comparison.levels)}
    return np.array([codes.get(code, -1) for code in column.to_pylist()], dtype=int)
