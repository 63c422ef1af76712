"""Ten thousand new rows against a million known: time, memory, and how near to scratch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from bench.heavy_lists import write_lists
from bench.machine import semesta, timed
from semesta.linkage.quality import measure
from semesta.warehouse.engines import duck

ROWS = 1_010_000
NEW_IN = 101
SEED = 21


def run(folder: Path) -> dict[str, Any]:
    """Link the known rows, then the new ones onto them, then all of them from scratch."""
    lists, truth = write_lists(ROWS, folder, seed=SEED)
    known, new = (_part(lists, folder, sign) for sign in ("<>", "="))
    state, grown, whole = (
        folder / "state",
        folder / "grown.parquet",
        folder / "all.parquet",
    )
    first = timed(semesta("link", "--input", known, "--state", state, "--json"))
    asked = semesta("link", "--input", new, "--state", state, "--json")
    then = timed([*asked, "--clusters", str(grown)])
    scratch = timed(semesta("link", "--input", lists, "--clusters", whole, "--json"))
    return {
        "goal": "10,000 new rows against 1,000,000 known under 20 s",
        "known_rows": first["result"]["rows"],
        "new_rows": then["result"]["rows"] - first["result"]["rows"],
        "seconds": then["seconds"],
        "peak_mib": then["peak_mib"],
        "seconds_from_scratch": scratch["seconds"],
        "peak_mib_from_scratch": scratch["peak_mib"],
        "seconds_first_with_state": first["seconds"],
        **_apart(grown, whole, truth),
    }


def _part(lists: Path, folder: Path, sign: str) -> Path:
    path = folder / f"{'new' if sign == '=' else 'known'}.parquet"
    duckdb.execute(
        f"COPY (SELECT * FROM '{lists}' WHERE hash(row_id) % {NEW_IN} {sign} 0) TO '{path}'"
    )
    return path


def _apart(grown: Path, whole: Path, truth: Path) -> dict[str, Any]:
    """Agreement of the two answers, as F1 of pairs, and the quality of either."""
    found, expected, known = map(pq.read_table, (grown, whole, truth))
    with duck() as con:
        same = measure(con, found, expected.rename_columns(["row_id", "person_id"]))
        return {
            "same_pairs_as_from_scratch_f1": round(same.pairs.f1, 6),
            "same_people_as_from_scratch_f1": round(same.clusters.f1, 6),
            "f1": round(measure(con, found, known).pairs.f1, 4),
            "f1_from_scratch": round(measure(con, expected, known).pairs.f1, 4),
        }
