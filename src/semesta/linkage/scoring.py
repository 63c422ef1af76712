"""Scoring in SQL: each proposed pair once, the weights of its levels added up.

The same weights as Splink gives for this model (a test compares them), without its session,
its import, or its dialect. A pair that can no longer come above the weight of a pair never
proposed is let go before the dear comparisons: it says as much as one that nothing proposed.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from semesta.linkage.blocking import rule_codes
from semesta.linkage.levels import COMPARISONS, ELSE, Comparison, side_by_side
from semesta.linkage.weighing import Model

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def score(con: DuckDBPyConnection, model: Model, *, people: int) -> int:
    """Create `scored` (rec_l, rec_r, match_weight, rule) from `proposed` and `records`.

    It holds the pairs above `model.never_proposed`. Returns the number of pairs compared.
    """
    pairs = (
        f"SELECT rec_l, rec_r, rule, {side_by_side('l', 'r')} FROM proposed p "
        "JOIN records l ON l.rec = p.rec_l JOIN records r ON r.rec = p.rec_r"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE scored AS SELECT rec_l, rec_r, match_weight, rule "
        f"FROM ({weighed_sql(model, pairs, people=people)})"
    )
    count = con.execute("SELECT count(*) FROM proposed").fetchone()
    return count[0] if count else 0


def weighed_sql(model: Model, pairs: str, *, people: int, kept: str = "rule") -> str:
    """A SELECT over `pairs` (SQL, compared columns ending in `_l` and `_r`) that keeps
    rec_l, rec_r and `kept`, and adds `match_weight`; hopeless pairs are left out."""
    best = {c.code: _best(model, c) for c in COMPARISONS}
    left, sql = sum(best.values()), f"SELECT *, {model.prior(people)!r}::DOUBLE AS w"
    sql = f"{sql} FROM ({pairs})"
    for _, group in groupby(sorted(COMPARISONS, key=_cost), key=_cost):
        stage = list(group)
        left -= sum(best[c.code] for c in stage)
        weights = " + ".join(_weight_sql(model, c) for c in stage)
        sql = (
            f"SELECT * FROM (SELECT * REPLACE (w + {weights} AS w) FROM ({sql})) "
            f"WHERE w + {left!r} > {model.never_proposed!r}"
        )
    return f"SELECT rec_l, rec_r, {kept}, w AS match_weight FROM ({sql})"


def _cost(comparison: Comparison) -> int:
    return comparison.cost


def _best(model: Model, comparison: Comparison) -> float:
    """The most that a comparison can still add."""
    weights = [model.weight(comparison.code, level.code) for level in comparison.levels]
    return max(0.0, *weights)


def _weight_sql(model: Model, comparison: Comparison) -> str:
    """The match weight of the level that holds; 0 where there is nothing to compare."""
    whens = [f"WHEN {comparison.null_sql} THEN 0::DOUBLE"]
    for level in comparison.levels:
        weight = model.weight(comparison.code, level.code)
        when = "ELSE" if level.sql == ELSE else f"WHEN {level.sql} THEN"
        whens.append(f"{when} {weight!r}::DOUBLE")
    return f"(CASE {' '.join(whens)} END)"


def pass_sql(rule: str = "rule") -> str:
    """SQL of the code of the blocking rule with this number."""
    codes = ", ".join(f"'{code}'" for code in rule_codes())
    return f"([{codes}])[{rule} + 1]"
