"""The full city, all stages without serving: under 60 s and 4 GB on two cores."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.machine import semesta, timed


def run(folder: Path) -> dict[str, Any]:
    """Wall seconds, peak memory and seconds per stage; leaves the workspace there."""
    workspace = folder / "kota"
    first = timed(semesta("demo", "--no-serve", "--json", "--workspace", workspace))
    second = timed(semesta("demo", "--no-serve", "--json", "--workspace", workspace))
    figures = first["result"]
    return {
        "goal": "under 60 s, under 4,096 MiB",
        "people": figures["people"],
        "rows": figures["rows"],
        "seconds": first["seconds"],
        "peak_mib": first["peak_mib"],
        "second_run_seconds": second["seconds"],
        "stages": figures["seconds"],
        "linkage": figures["linkage"],
    }
