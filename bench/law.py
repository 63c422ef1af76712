"""The law for a million people: under 5 s on two cores; beside it one by one.

Status, contribution, and what the family would get (JKM, JKK) are worked out from
Parquet to Parquet. Beside it the same answers from the law's functions in a loop, on a
sample, as somebody would write it without the expressions.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from semesta.kernel import Month
from semesta.law.benefit.bulk import death_benefit_expr, work_death_expr
from semesta.law.benefit.death import death_benefit
from semesta.law.benefit.work_accident import Accident, accident_benefit
from semesta.law.cases import answer_benefit
from semesta.law.contribution.bpu import bpu_monthly
from semesta.law.contribution.bulk import bpu_contribution_expr
from semesta.law.membership import Paid, standing, standing_expr
from semesta.warehouse.engines import ibis_session

PEOPLE = 1_000_000
SAMPLE = 10_000
ON, MONTH = date(2026, 1, 31), Month(2026, 5)
FIRST = Month(2019, 1)


def write_people(folder: Path) -> None:
    """One to four paid ranges per person since 2019, and what the prices hang on."""
    rng = np.random.default_rng(1374)
    people = np.arange(1, PEOPLE + 1)
    owner = np.repeat(people, rng.integers(1, 5, PEOPLE))
    start = np.datetime64(str(FIRST), "M") + rng.integers(0, 84, len(owner))
    length = rng.choice([1, 2, 3, 6, 9, 12, 24], len(owner))
    ranges = {
        "person_id": owner,
        "paid_from": start.astype("datetime64[D]"),
        "paid_until": (start + length).astype("datetime64[D]"),
    }
    pq.write_table(pa.table(ranges), folder / "ranges.parquet")
    incomes = {
        "person_id": people,
        "monthly_income": rng.integers(0, 6_000_000, PEOPLE),
        "sector": rng.choice(["transport", "other"], PEOPLE),
        "payer": rng.choice(["SELF", "APBD", "BAZNAS"], PEOPLE),
        "jht": rng.random(PEOPLE) < 1 / 10,
    }
    pq.write_table(pa.table(incomes), folder / "people.parquet")


def run(folder: Path) -> dict[str, Any]:
    """Seconds per answer for everyone, of the loop, and of one whole case."""
    write_people(folder)
    seconds = _in_bulk(folder)
    loop = _one_by_one(folder)
    whole = round(sum(seconds.values()), 2)
    return {
        "goal": "under 5 s for 1,000,000 people; one case under 50 ms",
        "people": PEOPLE,
        "ranges": pq.ParquetFile(folder / "ranges.parquet").metadata.num_rows,
        "seconds": seconds,
        "seconds_together": whole,
        "loop_sample": SAMPLE,
        "loop_seconds_for_everyone": round(loop * PEOPLE / SAMPLE, 1),
        "one_case_ms": _one_case(),
    }


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return round(time.perf_counter() - began, 2)


def _in_bulk(folder: Path) -> dict[str, float]:
    session = ibis_session()
    ranges = session.read_parquet(str(folder / "ranges.parquet"))
    people = session.read_parquet(str(folder / "people.parquet"))
    held_file = folder / "standing.parquet"

    def write(table: Any, name: str) -> Callable[[], Any]:
        return lambda: session.to_parquet(table, folder / f"{name}.parquet")

    seconds = {"status": _timed(write(standing_expr(ranges, ON), "standing"))}
    held = session.read_parquet(str(held_file))
    for name, table in (
        ("contribution", lambda: bpu_contribution_expr(people, MONTH)),
        ("jkm", lambda: death_benefit_expr(held, ON)),
        ("jkk_death", lambda: work_death_expr(held, people, ON)),
    ):
        seconds[name] = _timed(lambda table=table, name=name: write(table(), name)())
    return seconds


def _one_by_one(folder: Path) -> float:
    """Seconds of the functions in a loop over the first people."""
    paid: dict[int, list[Paid]] = {}
    for row in pq.read_table(
        folder / "ranges.parquet", filters=[("person_id", "<=", SAMPLE)]
    ).to_pylist():
        span = Paid(Month.of(row["paid_from"]), Month.of(row["paid_until"]))
        paid.setdefault(row["person_id"], []).append(span)
    people = pq.read_table(
        folder / "people.parquet", filters=[("person_id", "<=", SAMPLE)]
    ).to_pylist()

    def loop() -> None:
        for row in people:
            held = standing(paid[row["person_id"]], on=ON)
            bpu_monthly(
                MONTH,
                monthly_income=row["monthly_income"],
                payer=row["payer"],
                sector=row["sector"],
                jht=row["jht"],
            )
            death_benefit(event_on=ON, standing=held)
            accident_benefit(
                Accident("work_death", ON),
                standing=held,
                monthly_income=row["monthly_income"],
            )

    return _timed(loop)


def _one_case() -> float:
    """Milliseconds of one whole benefit case with its variations, in process."""
    case = {
        "event": {"kind": "work_death", "on": "2025-09-20"},
        "member": {
            "monthly_income": 900_000,
            "paid": [{"from": "2022-09", "until": "2025-10", "payer": "APBD"}],
        },
        "children": [
            {"id": "a", "born_on": "2017-05-01", "level": "tk_sd", "year_of_level": 3}
        ],
    }
    answer_benefit(case)
    times = 100
    began = time.perf_counter()
    for _ in range(times):
        answer_benefit(case)
    return round((time.perf_counter() - began) / times * 1000, 2)
