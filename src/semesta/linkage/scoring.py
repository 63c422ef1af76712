"""Blocking and scoring in SQL: each pair once, the weights of its levels added up.

The same pairs and weights as Splink gives for this model (a test compares them), without
its session, its import, or its dialect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semesta.linkage.blocking import conditions
from semesta.linkage.levels import COMPARISONS, ELSE, Comparison, side_by_side
from semesta.linkage.weighing import Model

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def score(
    con: DuckDBPyConnection, model: Model, *, people: int, across_sources: bool = False
) -> int:
    """Create `scored` (rec_l, rec_r, match_weight, match_probability, pass) from `keyed`.

    `pass` is the code of the first blocking rule that proposed the pair. With
    `across_sources` only records of different sources are compared. Returns the number
    of pairs.
    """
    _propose(con, across_sources=across_sources)
    passes = ", ".join(f"'{code}'" for code, _ in conditions())
    weights = " + ".join(_weight_sql(model, c) for c in COMPARISONS)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE scored AS
        WITH pairs AS (
            SELECT rec_l, rec_r, rule, {side_by_side("l", "r")}
            FROM proposed p
            JOIN records l ON l.rec = p.rec_l JOIN records r ON r.rec = p.rec_r
        ), weighed AS (
            SELECT rec_l, rec_r, rule,
                   {model.prior(people)!r}::DOUBLE + {weights} AS match_weight
            FROM pairs
        )
        SELECT rec_l, rec_r, match_weight,
               1 / (1 + pow(2.0, -match_weight)) AS match_probability,
               ([{passes}])[rule + 1] AS pass
        FROM weighed
        """
    )
    count = con.execute("SELECT count(*) FROM scored").fetchone()
    return count[0] if count else 0


def _propose(con: DuckDBPyConnection, *, across_sources: bool) -> None:
    """Create `proposed` (rec_l, rec_r, rule): each pair once, with its first rule."""
    apart = "AND l.source IS DISTINCT FROM r.source" if across_sources else ""
    found = " UNION ALL ".join(
        f"SELECT l.rec AS rec_l, r.rec AS rec_r, {number} AS rule "
        f"FROM keyed l JOIN keyed r ON {sql} AND l.rec < r.rec {apart}"
        for number, (_, sql) in enumerate(conditions())
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE proposed AS "
        f"SELECT rec_l, rec_r, min(rule) AS rule FROM ({found}) GROUP BY rec_l, rec_r"
    )


def _weight_sql(model: Model, comparison: Comparison) -> str:
    """The match weight of the level that holds; 0 where there is nothing to compare."""
    whens = [f"WHEN {comparison.null_sql} THEN 0::DOUBLE"]
    for level in comparison.levels:
        weight = model.weight(comparison.code, level.code)
        when = "ELSE" if level.sql == ELSE else f"WHEN {level.sql} THEN"
        whens.append(f"{when} {weight!r}::DOUBLE")
    return f"(CASE {' '.join(whens)} END)"
