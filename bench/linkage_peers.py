"""`semesta link` beside a good plain Splink 5 model: time, memory, quality, in one run.

Both read the same files in a process of their own and write pairs and clusters. Splink
trains on the list itself (EM) and clusters by connected components; Semesta comes with
its weights. Quality is stated at each side's own threshold and at its two best ones,
chosen with the truth in hand: by pairs, and by whole people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from bench.heavy_lists import write_lists
from bench.machine import python, semesta, timed
from bench.public_sets import SETS as PUBLIC
from bench.public_sets import PublicSet, public_set
from bench.splink_peer import LEAST_WEIGHT, NATURAL_WEIGHT
from bench.thresholds import Scored
from semesta.linkage.quality import Quality, Score

HEAVY = {"heavy-100000": 100_000, "heavy-1000000": 1_000_000}
NAMES = (*PUBLIC, *HEAVY)
# The city of `bench.linkage`; not the one the weights are fitted on.
SEED = 11
# F1 of pairs that others reached, at their best threshold.
KNOWN_BEST = {"febrl3": 0.9974, "febrl4": 0.9996, "rldata10000": 0.9414}
APART = (-10, -8, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16)


def run(folder: Path, names: Sequence[str] = NAMES) -> dict[str, Any]:
    """Both sides on each of these sets; KeyError for a set there is not."""
    return {
        "splink": version("splink"),
        "duckdb": version("duckdb"),
        "sets": {name: _compare(name, folder) for name in names},
    }


def _compare(name: str, folder: Path) -> dict[str, Any]:
    chosen = _heavy(name, folder) if name in HEAVY else public_set(name, folder)
    truth = _read(chosen.truth, "row_id", "person_id")
    ours, theirs = _semesta(chosen, folder), _splink(chosen, truth, folder)
    # Lists of another country: weights fitted to them without labels, as the peer's are.
    also = (
        {"semesta_adapted": _semesta(chosen, folder, "--adapt")}
        if name in PUBLIC
        else {}
    )
    return {
        "rows": truth.num_rows,
        "people": len(truth["person_id"].unique()),
        "known_best_f1": KNOWN_BEST.get(name),
        "semesta": ours,
        **also,
        "splink": theirs,
        "times_as_fast": round(theirs["seconds"] / ours["seconds"], 2),
    }


def _heavy(name: str, folder: Path) -> PublicSet:
    lists, truth = write_lists(HEAVY[name], folder, seed=SEED)
    return PublicSet("heavy", (lists,), truth, "")


def _read(path: Path, *columns: str) -> pa.Table:
    if path.suffix == ".parquet":
        return pq.read_table(path, columns=list(columns))
    text = {name: pa.string() for name in columns}
    options = pa_csv.ConvertOptions(include_columns=list(columns), column_types=text)
    return pa_csv.read_csv(path, convert_options=options)


def _scored(chosen: PublicSet, pairs: Path, truth: pa.Table) -> Scored:
    if chosen.mode == "dedupe":
        return Scored(pairs, truth, ())
    ids = [_read(table, chosen.row_id)[chosen.row_id] for table in chosen.tables]
    return Scored(pairs, truth, ids)


def _semesta(chosen: PublicSet, folder: Path, *more: str) -> dict[str, Any]:
    pairs, clusters = folder / "ours-pairs.parquet", folder / "ours.parquet"
    inputs = [part for table in chosen.tables for part in ("--input", table)]
    asked = semesta(
        "link", *inputs, "--mode", chosen.mode, "--columns", chosen.columns, "--json",
        *more,
    )  # fmt: skip
    plain = timed([*asked, "--out", str(pairs), "--clusters", str(clusters)])
    quality = timed([*asked, "--truth", str(chosen.truth)])["result"]["quality"]
    tried = [
        (at["threshold"], _quality(at["quality"])) for at in quality["by_threshold"]
    ]
    return _result(plain, tried, quality["shipped"]["threshold"])


def _quality(found: dict[str, Any]) -> Quality:
    whole = {**found, "pairs": Score(**found["pairs"])}
    return Quality(**{**whole, "clusters": Score(**found["clusters"])})


def _splink(chosen: PublicSet, truth: pa.Table, folder: Path) -> dict[str, Any]:
    pairs, clusters = folder / "theirs-pairs.parquet", folder / "theirs.parquet"
    asked = python("-m", "bench.splink_peer", chosen.name, pairs, clusters)
    plain = timed([*asked, *map(str, chosen.tables)])
    scored = _scored(chosen, pairs, truth)
    thresholds = [NATURAL_WEIGHT + apart for apart in APART]
    tried = scored.components([at for at in thresholds if at >= LEAST_WEIGHT])
    found = _result(plain, tried, NATURAL_WEIGHT)
    # What its users measure: pairs as scored, before any are made into people.
    f1, at = max((scored.pairs(at).f1, at) for at, _ in tried)
    return {**found, "best_as_scored": {"threshold": round(at, 2), "f1": round(f1, 4)}}


def _result(
    plain: dict[str, Any],
    tried: list[tuple[float, Quality]],
    own: float,
) -> dict[str, Any]:
    by_pairs = max(tried, key=lambda at: (at[1].pairs.f1, at[0] == own))
    by_people = max(tried, key=lambda at: (at[1].clusters.f1, at[0] == own))
    natural = next(at for at in tried if at[0] == own)
    return {
        "seconds": plain["seconds"],
        "peak_mib": plain["peak_mib"],
        "scored_pairs": plain["result"]["scored_pairs"],
        "own_threshold": _short(*natural),
        "best_by_pairs": _short(*by_pairs),
        "best_by_people": _short(*by_people),
    }


def _short(threshold: float, quality: Quality) -> dict[str, Any]:
    """Precision, recall, f1: two rows in one cluster; whole_clusters_f1: a person counts
    only with exactly that person's rows."""
    pairs = {name: round(value, 4) for name, value in asdict(quality.pairs).items()}
    return {
        "threshold": round(threshold, 2),
        **pairs,
        "whole_clusters_f1": round(quality.clusters.f1, 4),
        "largest": quality.largest,
    }
