"""Decide, rank and plan for a million people, and ways to spend a budget for 20,000.

The same functions that the services call, from Parquet to Parquet, without a database.
"""

from __future__ import annotations

import time
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from semesta.eligibility.facts import FACTS
from semesta.eligibility.judge import judge_expr, with_grounds
from semesta.eligibility.policy import Policy
from semesta.eligibility.policy_text import read_policy
from semesta.kernel import Month
from semesta.planning.allocate import Limits, allocate
from semesta.planning.candidates import SEXES, join_candidates, with_facts
from semesta.planning.compare import as_line, compare, takeable_orders
from semesta.planning.people import people_of
from semesta.planning.price import price_of
from semesta.planning.proof import prove
from semesta.planning.rank import RankKey, rank
from semesta.planning.ranking import candidates_of, table_of, totals_of
from semesta.planning.scenarios import Board, Payment
from semesta.warehouse.engines import ibis_session
from semesta.warehouse.lake import write_parquet

PEOPLE, COMPARED = 1_000_000, 20_000
AS_OF, FIRST = date(2026, 1, 2), Month(2026, 1)
JOBS = ("petani", "ojek", "pedagang-kecil", "buruh-harian", "sopir", "penjahit")


def run(folder: Path) -> dict[str, Any]:
    """Seconds per step for everyone, and per budget for those compared."""
    policy = _policy()
    facts, persons = _facts(PEOPLE), _persons(PEOPLE)
    write_parquet(facts, folder / "facts.parquet")
    seconds, figures = _plan(folder, policy, persons)
    return {
        "goal": "decide, rank and plan under 60 s for 1,000,000 people; "
        "any budget under 1 s for 20,000 candidates",
        "people": PEOPLE,
        **figures,
        "seconds": seconds,
        "seconds_together": round(sum(seconds.values()), 2),
        "compare": _compare(folder, policy),
    }


def _policy() -> Policy:
    text = (files("semesta") / "policies" / "13.74" / "2026-apbd.yaml").read_text()
    return read_policy(text, "13.74/2026-apbd")


def _facts(count: int) -> pa.Table:
    """Facts of invented people; about two in three pass."""
    rng = np.random.default_rng(1374)
    months = rng.integers(0, 48, count).astype(np.int32)
    never = rng.random(count) < 1 / 3
    runs = rng.random(count) < 2 / 3
    until = np.where(runs, np.datetime64("2026-01-01"), np.datetime64("2025-05-01"))
    paid = pa.array(until, pa.date32(), mask=never)
    standing = np.where(never, "never", np.where(runs, "active", "lapsed"))
    months = np.where(never, 0, np.maximum(months, 1)).astype(np.int32)
    yes, no = np.full(count, True), np.full(count, False)
    columns: dict[str, Any] = {
        "person_id": np.arange(1, count + 1),
        "nik": [f"{1374010101900000 + n}" for n in range(count)],
        "household_id": rng.integers(1, count, count),
        "kelurahan": rng.choice(["13.74.01.1001", "13.74.02.1004"], count),
        "in_population_register": yes,
        "age": rng.integers(18, 70, count).astype(np.int32),
        "alive": yes,
        "works": yes,
        "occupation": rng.choice(JOBS, count),
        "income": rng.integers(300_000, 3_000_000, count),
        "decile": rng.integers(1, 8, count).astype(np.int16),
        "civil_servant": no,
        "wage_earner": no,
        "proposed": yes,
        "on_earlier_decree": no,
        "standing": standing,
        "paid_months": months,
        "spell_months": months,
        "paid_until": paid,
        "own_paid_months": months,
    }
    arrays = [
        pa.array(columns[field.name], field.type)
        if field.name in columns
        else pa.nulls(count, field.type)
        for field in FACTS
    ]
    return pa.Table.from_arrays(arrays, schema=FACTS)


def _persons(count: int) -> pa.Table:
    facts = _facts(count)
    names = {"person_id": "id", "nik": "nik", "household_id": "household_id"}
    kept = facts.select([*names, "kelurahan"])
    return kept.rename_columns([*names.values(), "kelurahan"])


def _plan(
    folder: Path, policy: Policy, persons: pa.Table
) -> tuple[dict[str, float], dict[str, Any]]:
    seconds: dict[str, float] = {}
    began = time.perf_counter()

    def lap(name: str) -> None:
        nonlocal began
        seconds[name] = round(time.perf_counter() - began, 2)
        began = time.perf_counter()

    session = ibis_session()
    told = session.read_parquet(str(folder / "facts.parquet"))
    judged = session.to_pyarrow(judge_expr(told, policy, as_of=AS_OF))
    decisions = with_grounds(judged, policy)
    write_parquet(decisions, folder / "decisions.parquet")
    lap("decide")
    keys = [RankKey(key.column, key.highest_first) for key in policy.priority]
    candidates = join_candidates(folder / "decisions.parquet", persons, keys)
    ranked = rank(candidates, keys, year=policy.year)
    lap("rank")
    cost = int(price_of(FIRST, 12, payer=policy.payer).whole)
    budget, limits = cost * (ranked.num_rows // 2), Limits(household_cap=1)
    costs = [cost] * ranked.num_rows
    lines = allocate(
        candidates_of(ranked), budget=budget, cost_each=costs, limits=limits
    )
    stored = table_of(lines, ranked, [key.column for key in keys], costs)
    write_parquet(stored, folder / "ranking.parquet")
    lap("plan")
    totals = totals_of(lines)
    proof = prove(lines, costs, budget=budget, limits=limits)
    figures = {
        "candidates": totals.candidates,
        "chosen": totals.chosen,
        "proof_holds": proof.holds,
    }
    return seconds, figures


def _compare(folder: Path, policy: Policy) -> dict[str, Any]:
    """The board of 20,000 candidates once, then five budgets as the slider asks them."""
    keys = tuple(RankKey(key.column, key.highest_first) for key in policy.priority)
    persons = _persons(PEOPLE)
    candidates = join_candidates(
        folder / "decisions.parquet", persons, keys, ["occupation"]
    ).slice(0, COMPARED)
    began = time.perf_counter()
    ranked = rank(candidates, keys, year=policy.year)
    ids = ranked["person_id"]
    sexes = pa.Table.from_arrays([ids, pa.array(["L"] * len(ids))], schema=SEXES)
    table = with_facts(ranked, folder / "facts.parquet", sexes)
    people = people_of(table, as_of=AS_OF, first_month=FIRST)
    board = Board(people, tuple(candidates_of(table)), Limits(), keys)
    takeable = takeable_orders(board)
    payment = Payment("CSR", FIRST)
    most = int(board.costs(payment, 12).sum())
    lines = [as_line(o) for o in compare(board, payment, most // 2, takeable)]
    first = round(time.perf_counter() - began, 2)
    laps = []
    for share in (0.1, 0.3, 0.5, 0.7, 0.9):
        began = time.perf_counter()
        compare(board, payment, int(most * share), takeable)
        laps.append(round(time.perf_counter() - began, 2))
    best = lines[-1]
    return {
        "candidates": len(people),
        "seconds_first": first,
        "seconds_per_budget": laps,
        "solver": best["solver"],
        "gap": best["gap"],
        "greedy_gaps": {line["name"]: line["gap"] for line in lines[:-1]},
    }
