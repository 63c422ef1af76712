"""Fit the shipped person model on an invented city whose truth is known.

    python scripts/fit_person_model.py ROWS TRUTH --note 'invented city, seed 7' \
        --out src/semesta/linkage/weights/person.json

ROWS is a folder of standard rows (Parquet), TRUTH a Parquet file `row_id, person_id`. Use a
city of another seed than the one quality is stated on. Logistic regression on the levels of
all blocked pairs, read as one additive weight per level (in bits): log2(m/u), with m counted
among the true pairs and u made to fit.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

import duckdb
import numpy as np
import pyarrow.parquet as pq

from semesta.linkage.blocking import make_keys, make_records
from semesta.linkage.exact import exact_pass
from semesta.linkage.levels import COMPARISONS, case_sql, side_by_side
from semesta.linkage.normalise import normalise
from semesta.linkage.rows import LINKED_FATES, PERSON_COLUMNS, select_list
from semesta.linkage.scoring import score
from semesta.linkage.weighing import load_model
from semesta.warehouse.engines import duck, file_list

RIDGE = 2.0
ROUNDS = 40


def blocked_pairs(con: duckdb.DuckDBPyConnection, rows: Path) -> int:
    """Everything up to the blocked pairs, as a run does it. Returns the people."""
    source = (
        f"read_parquet({file_list(sorted(rows.glob('*.parquet')))}, union_by_name=true)"
    )
    names = [row[0] for row in con.execute(f"DESCRIBE FROM {source}").fetchall()]
    con.execute(
        f"CREATE TEMP TABLE person_rows AS SELECT {select_list(names, PERSON_COLUMNS)} "
        f"FROM {source} WHERE subject = 'person' AND fate IN {LINKED_FATES}"
    )
    normalise(con)
    exact_pass(con)
    make_records(con)
    make_keys(con)
    people = con.execute("SELECT count(DISTINCT exact_id) FROM records").fetchone()[0]
    score(con, load_model(), people=people)
    return people


def labelled_levels(
    con: duckdb.DuckDBPyConnection, truth: Path
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Per comparison the level code of each blocked pair, and whether it is true."""
    con.register("arrow_truth", pq.read_table(truth))
    cases = ", ".join(f"{case_sql(c)} AS c_{c.code}" for c in COMPARISONS)
    table = con.execute(
        f"""
        WITH owners AS (
            SELECT r.rec, t.person_id FROM records r JOIN identities i USING (seq)
            JOIN arrow_truth t ON t.row_id = i.row_id
        ), pairs AS (
            SELECT {side_by_side("l", "r")}, a.person_id = b.person_id AS same
            FROM scored s JOIN records l ON l.rec = s.rec_l JOIN records r ON r.rec = s.rec_r
            JOIN owners a ON a.rec = s.rec_l JOIN owners b ON b.rec = s.rec_r
        )
        SELECT {cases}, same FROM pairs
        """
    ).to_arrow_table()
    levels = {
        c.code: table[f"c_{c.code}"].to_numpy(zero_copy_only=False) for c in COMPARISONS
    }
    return levels, table["same"].to_numpy(zero_copy_only=False).astype(float)


def fit(
    levels: dict[str, np.ndarray], same: np.ndarray
) -> tuple[float, dict[tuple[str, str], float]]:
    """Bias and weights, in bits.

    Which list a row stands on decides what it leaves blank, so blanks are not missing by
    chance, and agreement could come out as evidence against. No officer would understand
    that: the strongest level of a comparison weighs at least 0, plain difference at most.
    """
    names = [(c.code, level.code) for c in COMPARISONS for level in c.levels]
    columns = [(levels[c] == level).astype(float) for c, level in names]
    x = np.stack([np.ones(len(same)), *columns], axis=1)
    # Many pairs share one pattern: fit on patterns with counts.
    patterns, inverse = np.unique(x, axis=0, return_inverse=True)
    total = np.bincount(inverse).astype(float)
    true = np.bincount(inverse, weights=same)
    sign = np.array([0.0, *(_sign(*name) for name in names)])
    free = np.ones(len(sign), dtype=bool)
    while True:
        weights = np.zeros(len(sign))
        weights[free] = _newton(patterns[:, free], true, total)
        wrong = weights * sign < 0
        if not wrong.any():
            break
        free &= ~wrong
    bits = weights / math.log(2)
    return float(bits[0]), dict(zip(names, bits[1:].tolist(), strict=True))


def _sign(comparison: str, level: str) -> float:
    found = next(c for c in COMPARISONS if c.code == comparison)
    if level == found.levels[0].code:
        return 1.0
    return -1.0 if level == found.levels[-1].code else 0.0


def _newton(patterns: np.ndarray, true: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Ridge logistic regression; the first column is the bias, which is not held back."""
    weights = np.zeros(patterns.shape[1])
    penalty = np.diag([0.0] + [RIDGE] * (len(weights) - 1))
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(patterns @ weights, -40, 40)))
        gradient = patterns.T @ (true - total * p) - penalty @ weights
        hessian = (patterns * (total * p * (1 - p))[:, None]).T @ patterns + penalty
        step = np.linalg.solve(hessian + 1e-9 * np.eye(len(weights)), gradient)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def as_table(
    bias: float,
    weights: dict[tuple[str, str], float],
    levels: dict[str, np.ndarray],
    same: np.ndarray,
    people: int,
) -> dict:
    """The model file: m counted among true pairs, u = m / 2^weight."""
    comparisons: dict[str, dict] = {}
    for (comparison, level), weight in weights.items():
        here = levels[comparison] == level
        known = (same > 0) & (levels[comparison] != None)  # noqa: E711
        m = (np.sum(here & (same > 0)) + 0.5) / (known.sum() + 1.0)
        comparisons.setdefault(comparison, {})[level] = {
            "m": float(f"{m:.4g}"),
            "u": float(f"{m / 2**weight:.4g}"),
        }
    return {
        "prior": {"weight": round(bias, 3), "people": people},
        "comparisons": comparisons,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="1")
    parser.add_argument("--note", required=True, help="on what it is fitted")
    given = parser.parse_args()
    with duck() as con:
        people = blocked_pairs(con, given.rows)
        levels, same = labelled_levels(con, given.truth)
    bias, weights = fit(levels, same)
    head = {
        "version": given.version,
        "fitted_on": f"{given.note}; {len(same)} blocked pairs",
        "threshold": 1.0,
        "doubt": 1.5,
        "never_proposed": -3.0,
    }
    table = head | as_table(bias, weights, levels, same, people)
    given.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    for (comparison, level), weight in weights.items():
        here = levels[comparison] == level
        true = same[here].mean() if here.any() else 0
        print(f"{comparison:12} {level:18} {weight:7.2f} {here.sum():8} {true:6.3f}")
    print(f"bias {bias:.2f}, {same.sum():.0f} of {len(same)} pairs true")


if __name__ == "__main__":
    main()
