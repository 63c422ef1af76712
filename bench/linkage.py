"""Long, badly written lists through `semesta link`: time, memory, and what is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.heavy_lists import write_lists
from bench.machine import semesta, timed

ROWS = 100_000
# Another city than the one the weights are fitted on.
SEED = 11


def run(folder: Path) -> dict[str, Any]:
    """Seconds from rows to clusters, and their quality with the shipped weights."""
    lists, truth = write_lists(ROWS, folder, seed=SEED)
    clusters = folder / "clusters.parquet"
    plain = timed(semesta("link", "--input", lists, "--clusters", clusters, "--json"))
    measured = timed(semesta("link", "--input", lists, "--truth", truth, "--json"))
    quality = measured["result"]["quality"]
    return {
        "goal": "under 10 s for 100,000 rows",
        "rows": plain["result"]["rows"],
        "scored_pairs": plain["result"]["scored_pairs"],
        "seconds": plain["seconds"],
        "peak_mib": plain["peak_mib"],
        "shipped_threshold": _short(quality["shipped"]),
        "best_threshold": _short(quality["best"]),
    }


def _short(at: dict[str, Any]) -> dict[str, Any]:
    pairs, clusters = at["quality"]["pairs"], at["quality"]["clusters"]
    rounded = {name: round(value, 4) for name, value in pairs.items()}
    return {
        "threshold": at["threshold"],
        **rounded,
        "whole_clusters_f1": round(clusters["f1"], 4),
        "largest": at["quality"]["largest"],
    }
