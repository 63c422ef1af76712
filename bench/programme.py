"""`semesta decide` and `semesta plan` for a million people, database and all, under 60 s.

Beside it any budget for 20,000 candidates within a second, also where a cap per family
and quotas make every family a case of its own.
"""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from typing import Any

from bench.machine import python, semesta, timed
from bench.programme_city import ON, POLICY, write_city

PEOPLE = 1_000_000
# Enough people for more than twenty thousand candidates.
SLIDER_PEOPLE = 34_000
FIRST, MONTHS = "2026-01", 12
PRICE = 16_800
# The slider's stops, as shares of what all candidates would cost.
STOPS = (0.05, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9)


def run(folder: Path) -> dict[str, Any]:
    """Seconds of `semesta decide` and `semesta plan`, and of each stop of the slider."""
    large = write_city(folder / "million", PEOPLE)
    decided = timed(
        semesta("decide", "--policy", POLICY, "--on", str(ON), "--json", "-w", large)
    )
    budget = decided["result"]["pass"] * PRICE * MONTHS // 3
    asked = ("--budget", str(budget), "--from", FIRST, "--months", str(MONTHS))
    planned = timed(semesta("plan", *asked, "--json", "-w", large))
    small = write_city(folder / "slider", SLIDER_PEOPLE)
    timed(semesta("decide", "--policy", POLICY, "--on", str(ON), "--json", "-w", small))
    return {
        "goal": "decide + rank + plan for 1,000,000 people under 60 s; a budget slider "
        "for 20,000 candidates within 1 s",
        "people": PEOPLE,
        "candidates": planned["result"]["candidates"],
        "chosen": planned["result"]["people"],
        "seconds_decide": decided["seconds"],
        "seconds_plan": planned["seconds"],
        "seconds_together": round(decided["seconds"] + planned["seconds"], 2),
        "peak_mib_decide": decided["peak_mib"],
        "peak_mib_plan": planned["peak_mib"],
        "slider": timed(python("-m", "bench.programme", small))["result"],
    }


def slider(root: Path) -> dict[str, Any]:
    """Every scenario, the optimum among them, at each stop: with no limit, and with a
    cap per family and a quota for one kelurahan."""
    from dataclasses import replace

    from semesta.cli.workspace import open_workspace

    workspace = open_workspace(root)
    from semesta.eligibility.queries import newest_decision_run
    from semesta.kernel import Month
    from semesta.planning.allocate import Limits
    from semesta.planning.compare import takeable_orders
    from semesta.planning.queries import comparison
    from semesta.planning.scenarios import Payment

    run = newest_decision_run()
    assert run is not None
    began = time.perf_counter()
    free = comparison(run, workspace, Payment("APBD", Month.parse(FIRST), MONTHS))
    first = time.perf_counter() - began
    people = len(free.board.people)
    limits = Limits(household_cap=1, quotas={"13.74.01.1001": people // 50})
    board = replace(free.board, limits=limits)
    bound = replace(free, board=board, takeable=takeable_orders(board))
    return {
        "candidates": people,
        "seconds_first": round(first, 2),
        "without_limits": _stops(free, people),
        "with_cap_and_quota": _stops(bound, people),
    }


def _stops(comparison: Any, people: int) -> dict[str, Any]:
    seconds, gaps = [], []
    for share in STOPS:
        began = time.perf_counter()
        outcomes = comparison.at(int(share * people * PRICE * MONTHS))
        seconds.append(time.perf_counter() - began)
        gaps.append(outcomes[-1].gap or 0.0)
    return {
        "stops": len(STOPS),
        "seconds_median": round(median(seconds), 3),
        "seconds_worst": round(max(seconds), 3),
        "gap_worst": round(max(gaps), 7),
    }


if __name__ == "__main__":
    import json
    import sys

    print(json.dumps(slider(Path(sys.argv[1]))))
