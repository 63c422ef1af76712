"""Invented members for the law in bulk, and what its functions answer for each."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
from tests.support.paid_ranges import Ranges

from semesta.kernel import Month
from semesta.law.benefit.death import death_benefit
from semesta.law.benefit.scholarship import scholarship_right
from semesta.law.benefit.work_accident import Accident, accident_benefit
from semesta.law.book import law_book
from semesta.law.contribution.bpu import bpu_monthly
from semesta.law.contribution.pu import Employment, pu_monthly
from semesta.law.membership import standing

BRACKETS = [
    row["from"] for row in law_book().parameters["bpu.jkk.bracket"].values[0].value
]
PAYERS = ("", *law_book().parameters["bpu.payers"].values[0].value)
SECTORS = ("", "transport", "other")
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Payer:
    """What one month's contribution hangs on."""

    person_id: int
    monthly_income: int | None
    sector: str
    payer: str
    jht: bool


def some_payers(count: int, *, seed: int) -> list[Payer]:
    """Incomes on both sides of every bracket, some unknown; every sector and payer."""
    rng = random.Random(seed)
    incomes = [
        None, *(income + step for income in BRACKETS for step in (-1, 0, 1))
    ]  # fmt: skip
    known = [income for income in incomes if income is None or income >= 0]
    return [
        Payer(
            person,
            rng.choice(known),
            rng.choice(SECTORS),
            rng.choice(PAYERS),
            rng.random() < 1 / 3,
        )
        for person in range(1, count + 1)
    ]


def payers_table(payers: list[Payer]) -> pa.Table:
    """One row per member, as `bpu_contribution_expr` asks for it."""
    schema = pa.schema(
        [
            ("person_id", pa.int64()),
            ("monthly_income", pa.int64()),
            ("sector", pa.string()),
            ("payer", pa.string()),
            ("jht", pa.bool_()),
        ]
    )
    return pa.Table.from_pylist([payer.__dict__ for payer in payers], schema=schema)


def contributions(
    payers: list[Payer], month: Month, switches: dict[str, str]
) -> dict[int, Row]:
    """person → jkk, jkm, jht, total from the function; None where it needs a fact."""
    found: dict[int, Row] = {}
    for each in payers:
        answer = bpu_monthly(
            month,
            monthly_income=each.monthly_income,
            payer=each.payer,
            sector=each.sector,
            jht=each.jht,
            switches=switches,
        )
        amounts = {line.code: int(line.amount) for line in answer.lines}
        found[each.person_id] = (
            (None, None, None, None)
            if answer.unknown
            else (
                amounts["contribution.jkk"],
                amounts["contribution.jkm"],
                amounts.get("contribution.jht", 0),
                int(answer.total),
            )
        )
    return found


def deaths(
    ranges: Ranges, on: date, segment: str, switches: dict[str, str]
) -> dict[int, Row]:
    """person → jkm_total, jkm_payable_now, is_short, opens_scholarship."""
    found: dict[int, Row] = {}
    for person, paid in ranges.items():
        held = standing(paid, on=on, segment=segment, switches=switches)
        if held.status == "never":
            continue
        facts = {"event_on": on, "standing": held, "segment": segment}
        answer = death_benefit(**facts, switches=switches)
        right = scholarship_right(**facts, switches=switches)
        codes = [line.code for line in answer.lines]
        found[person] = (
            None if answer.unknown else int(answer.total),
            None if answer.unknown else int(answer.payable_now),
            "jkm.short_membership" in codes,
            None if right.answer == "unknown" else right.answer == "yes",
        )
    return found


def work_deaths(
    ranges: Ranges, payers: list[Payer], on: date, switches: dict[str, str]
) -> dict[int, Row]:
    """person → jkk_total, jkk_payable_now; None where the income is unknown."""
    incomes = {payer.person_id: payer.monthly_income for payer in payers}
    found: dict[int, Row] = {}
    for person, paid in ranges.items():
        held = standing(paid, on=on, switches=switches)
        if held.status == "never":
            continue
        answer = accident_benefit(
            Accident("work_death", on),
            standing=held,
            monthly_income=incomes.get(person),
            switches=switches,
        )
        found[person] = (
            (None, None)
            if answer.unknown
            else (int(answer.total), int(answer.payable_now))
        )
    return found


def wage_earners(count: int, *, seed: int) -> list[Row]:
    """person, monthly wage, JKK class, size, jkp: odd wages, and some around each cap."""
    rng = random.Random(seed)
    around = (400_000, 416_667, 875_000, 5_000_000, 10_547_400, 11_086_300)
    return [
        (
            person,
            rng.choice([rng.randrange(100_000, 30_000_000), rng.choice(around) + 1]),
            rng.randrange(1, 6),
            rng.choice(["", "mikro", "kecil", "menengah", "besar"]),
            rng.random() < 3 / 4,
        )
        for person in range(1, count + 1)
    ]


def wages_table(earners: list[Row]) -> pa.Table:
    """One row per wage earner, as `pu_contribution_expr` asks for it."""
    names = ("person_id", "monthly_wage", "jkk_class", "size", "jkp")
    return pa.table(dict(zip(names, zip(*earners, strict=True), strict=True)))


def wage_contributions(earners: list[Row], month: Month) -> dict[int, Row]:
    """person → employer's, worker's and government's part together, and each line."""
    found: dict[int, Row] = {}
    for person, wage, jkk_class, size, jkp in earners:
        job = Employment(monthly_wage=wage, jkk_class=jkk_class, size=size, jkp=jkp)
        answer = pu_monthly(month, job)
        amounts = {
            (line.code.removeprefix("contribution."), line.paid_by): int(line.amount)
            for line in answer.lines
        }
        found[person] = (
            amounts["jkk", "employer"],
            amounts["jkm", "employer"],
            *(amounts.get((p, who), 0) for p in ("jht", "jp")
              for who in ("employer", "worker")),
            amounts.get(("jkp", "government"), 0),
            int(answer.total),
        )  # fmt: skip
    return found
