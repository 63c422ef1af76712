"""Match weights adjusted to what people decided on pairs of this city.

Decisions come from doubtful pairs and from quality samples, so they are no fair sample of
all pairs: how likely a match is before any evidence cannot be learned from them. The prior
and the threshold stay those of the weights one starts from; only the levels' weights
move, each held back toward where it was. Pairs of the exact pass are left out: all that is
known of them is that they agree, and learning from agreement alone would make everything
that agrees look surer than it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from semesta.audit.chain import content_hash
from semesta.linkage.decisions import Decided
from semesta.linkage.exact import exact_pass
from semesta.linkage.levels import level_columns, side_by_side
from semesta.linkage.normalise import normalise
from semesta.linkage.quality import Score
from semesta.linkage.training import NAMES, Labelled, check_enough, fit

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from semesta.linkage.weighing import Model

FOLDS = 5
# A weight that moved by less is the same weight, rounded.
MOVED = 0.05

Weights = dict[tuple[str, str], float]


@dataclass(frozen=True)
class Judged:
    """How weights do on decided pairs. `score`: pairs at or above the threshold against
    those people called one person. `surprise`: mean bits by which an answer surprised
    the weights; less is better, and it also sees what happens off the threshold."""

    score: Score
    wrong: int
    surprise: float


class Moved(NamedTuple):
    """A level whose weight has changed, in bits."""

    comparison: str
    level: str
    before: float
    after: float


def label_answers(con: DuckDBPyConnection, decided: Iterable[Decided]) -> Labelled:
    """Levels of the decided pairs in the session's `person_rows`, in the order of rows.

    `person_rows` must also hold all rows that carry a NIK of theirs. Pairs whose rows
    are gone, or that the exact pass joins, are left out.
    """
    normalise(con)
    exact_pass(con)
    con.register("arrow_decided", _table(decided))
    table = con.execute(
        f"""
        WITH placed AS (FROM identities JOIN exact USING (seq)), pairs AS (
            SELECT {side_by_side("l", "r")}, d.row_id_l, d.row_id_r, d.same
            FROM arrow_decided d
            JOIN placed l ON l.row_id = d.row_id_l JOIN placed r ON r.row_id = d.row_id_r
            WHERE l.exact_id <> r.exact_id
        )
        SELECT {level_columns()}, same FROM pairs ORDER BY row_id_l, row_id_r
        """
    ).to_arrow_table()
    con.unregister("arrow_decided")
    return Labelled.of(table)


def _table(decided: Iterable[Decided]) -> pa.Table:
    schema = pa.schema(
        [("row_id_l", pa.string()), ("row_id_r", pa.string()), ("same", pa.bool_())]
    )
    return pa.Table.from_pylist([each._asdict() for each in decided], schema)


def adjust(pairs: Labelled, start: Model, *, prior: float) -> dict[str, Any]:
    """The model file of `start` with its levels' weights adjusted to decided pairs.

    `prior`: what every pair weighed before any evidence where they come from.
    NotPossible `link.too_few_labels` with too few pairs of either kind.
    """
    same = int(pairs.same.sum())
    check_enough(same=same, different=len(pairs.same) - same)
    _, weights = fit(pairs, start, anchor=prior)
    comparisons: dict[str, dict[str, dict[str, float]]] = {}
    for (comparison, level), weight in weights.items():
        m, u = start.m_and_u(comparison, level)
        if abs(weight - start.weight(comparison, level)) >= MOVED:
            u = float(f"{m / 2**weight:.4g}")
        comparisons.setdefault(comparison, {})[level] = {"m": m, "u": u}
    version = f"{start.version}+{len(pairs.same)}"
    # Two cities, or two days, may have as many answers: the hash tells them apart.
    mark = content_hash([start.sha256, comparisons])[:6]
    return {
        **start.table,
        "version": f"{version}.{mark}",
        "fitted_on": f"version {start.version}, adjusted to {len(pairs.same)} decided "
        f"pairs, {same} of them one person",
        "comparisons": comparisons,
    }


def moved(before: Model, after: Model) -> list[Moved]:
    """The levels whose weight has changed, in the order of the comparisons."""
    return [
        Moved(*name, before.weight(*name), after.weight(*name))
        for name in NAMES
        if before.m_and_u(*name) != after.m_and_u(*name)
    ]


def compare_models(
    pairs: Labelled, start: Model, *, prior: float
) -> tuple[Judged, Judged]:
    """The weights one starts from, and adjusted ones, on pairs they have not seen.

    Adjusted anew for each fifth of the pairs on the other four (cross-validation).
    """
    known = {name: start.weight(*name) for name in NAMES}
    before = _weigh(pairs, prior, known)
    fold = np.arange(len(pairs.same)) % FOLDS
    after = np.zeros(len(pairs.same))
    for number in range(FOLDS):
        _, weights = fit(_part(pairs, fold != number), start, anchor=prior)
        after[fold == number] = _weigh(_part(pairs, fold == number), prior, weights)
    return (
        _judge(before, pairs.same, start.threshold),
        _judge(after, pairs.same, start.threshold),
    )


def _part(pairs: Labelled, chosen: np.ndarray) -> Labelled:
    levels = {code: found[chosen] for code, found in pairs.levels.items()}
    return Labelled(levels, pairs.same[chosen], pairs.lists[chosen])


def _weigh(pairs: Labelled, bias: float, weights: Weights) -> np.ndarray:
    total = np.full(len(pairs.same), bias)
    for (comparison, level), weight in weights.items():
        total += weight * (pairs.levels[comparison] == level)
    return total


def _judge(weight: np.ndarray, same: np.ndarray, threshold: float) -> Judged:
    joined, true = weight >= threshold, same > 0
    score = Score.of(int((joined & true).sum()), int(joined.sum()), int(true.sum()))
    signed = np.where(true, weight, -weight)
    surprise = float(np.mean(np.logaddexp2(0.0, -signed)))
    return Judged(score, int((joined != true).sum()), surprise)
