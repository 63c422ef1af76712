"""Scoring in SQL: each proposed pair once, the weights of its levels added up.

The same weights as Splink gives for this model (a test compares them), without its session,
its import, or its dialect. A pair that can no longer come above the weight of a pair never
proposed is let go before the dear comparisons: it says as much as one that nothing proposed.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from semesta.linkage.blocking import rule_codes
from semesta.linkage.levels import COMPARISONS, ELSE, Comparison, side_by_side
from semesta.linkage.weighing import Model

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# So many pairs are enough to read the share of those that are one person from.
SAMPLE = 200_000
# Pairs thought to have the share of the lists that the weights were fitted on.
AS_FITTED = 200
CLEAR = 4.0
ROUNDS = 200


class Beside(NamedTuple):
    """Pairs that are counted beside those at hand: how many, and their share that is one
    person."""

    pairs: float
    share: float


class Scored(NamedTuple):
    """How many pairs were compared, the share of them that is one person as it was read
    from their evidence, and the prior that goes with it."""

    compared: int
    share: float
    prior: float


def score(con: DuckDBPyConnection, model: Model, known: Beside | None = None) -> Scored:
    """Create `scored` (rec_l, rec_r, match_weight, rule) from `proposed` and `records`.

    It holds the pairs above `model.never_proposed`. `known`: pairs compared earlier.
    """
    found = con.execute("SELECT count(*) FROM proposed").fetchone()
    compared = found[0] if found else 0
    part = max(1, compared // SAMPLE)
    sample = (
        "SELECT rec_l, rec_r, rule FROM proposed JOIN records l ON l.rec = rec_l "
        f"JOIN records r ON r.rec = rec_r WHERE xor(l.sig, r.sig) % {part} = 0"
    )
    evidence = con.execute(evidence_sql(model, _side_by_side(sample))).fetchnumpy()
    known = known or Beside(0, model.share)
    share = share_of(
        model, evidence["evidence"], known._replace(pairs=known.pairs / part)
    )
    prior = model.prior(share)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE scored AS SELECT rec_l, rec_r, match_weight, rule "
        f"FROM ({weighed_sql(model, _side_by_side('FROM proposed'), prior=prior)})"
    )
    return Scored(compared + int(known.pairs), share, prior)


def _side_by_side(proposed: str) -> str:
    return (
        f"SELECT rec_l, rec_r, rule, {side_by_side('l', 'r')} FROM ({proposed}) "
        "JOIN records l ON l.rec = rec_l JOIN records r ON r.rec = rec_r"
    )


def evidence_sql(model: Model, pairs: str) -> str:
    """A SELECT of the `evidence` (match weight without prior) of each of the pairs."""
    weights = " + ".join(_weight_sql(model, c) for c in COMPARISONS)
    return f"SELECT {weights} AS evidence FROM ({pairs})"


def share_of(model: Model, evidence: np.ndarray, known: Beside) -> float:
    """The share of pairs that are one person, read from their evidence.

    It is the mean of their probabilities, and these depend on that share: found by turns
    (Saerens, Latinne and Decaestecker 2002). Only clear pairs are counted: where a list
    says little of anybody, thousands of doubtful ones would vouch for each other. A few
    pairs more at the share of the fitted lists keep short lists from wild guesses.
    """
    given = AS_FITTED * model.share + known.pairs * known.share
    count = AS_FITTED + known.pairs + len(evidence)
    share = given / (AS_FITTED + known.pairs)
    for _ in range(ROUNDS):
        weight = np.clip(evidence + model.prior(share), -500, 500)
        # Sorted, so that the order of the pairs cannot move the last digit.
        clear = np.sort(weight[weight >= CLEAR])
        now = (float((1 / (1 + np.exp2(-clear))).sum()) + given) / count
        settled, share = abs(now - share) < 1e-9, now
        if settled:
            break
    return share


def weighed_sql(model: Model, pairs: str, *, prior: float, kept: str = "rule") -> str:
    """A SELECT over `pairs` (SQL, compared columns ending in `_l` and `_r`) that keeps
    rec_l, rec_r and `kept`, and adds `match_weight`; hopeless pairs are left out."""
    best = {c.code: _best(model, c) for c in COMPARISONS}
    left, sql = sum(best.values()), f"SELECT *, {prior!r}::DOUBLE AS w"
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
