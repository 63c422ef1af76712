"""Invented people, families and paid ranges, and their guard asked both ways."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import ibis
import pyarrow as pa

from semesta.kernel import Month
from semesta.ledger.ranges import Span, month_at
from semesta.ledger.tenure.children import CHILD, PARENTS, UNMARRIED, ChildFacts
from semesta.ledger.tenure.columns import PEOPLE, guard_table
from semesta.ledger.tenure.guard import PaidRange, as_row, guard_of
from semesta.warehouse.engines import duck

RANGES = pa.schema(
    [
        ("person_id", pa.int64()),
        ("segment", pa.string()),
        ("payer", pa.string()),
        ("paid_from", pa.date32()),
        ("paid_until", pa.date32()),
    ]
)
JOBS = ("petani", "ojek", "pedagang", "")
FIRST = Month(2021, 6).index


def some_people(chance: random.Random, count: int) -> list[dict[str, Any]]:
    """Parents, children and others, spread over a third as many households."""
    return [
        {
            "id": number,
            "kelurahan": "13.74.01.1001",
            "household_id": chance.choice([None, *range(1, count // 3 + 2)]),
            "relation": chance.choice([*PARENTS, CHILD, CHILD, CHILD, "cucu", ""]),
            "born_on": chance.choice(
                [None, *[date(2000, 1, 1) + timedelta(chance.randrange(9_300))] * 9]
            ),
            "alive": chance.choice([True, True, True, None, False]),
            "died_on": chance.choice([None] * 9 + [date(2026, 1, 5)]),
            "works": chance.choice([True, False, False, False, None]),
            "marital_status": chance.choice(["", UNMARRIED, UNMARRIED, "kawin"]),
            "occupation": chance.choice(JOBS),
        }
        for number in range(1, count + 1)
    ]


def some_paid(chance: random.Random, count: int) -> list[dict[str, Any]]:
    """Zero to five ranges each: gaps, overlaps, prepaid months, two segments."""
    rows = []
    for person in range(1, count + 1):
        for _ in range(chance.randint(0, 5)):
            start = FIRST + chance.randrange(60)
            until = start + chance.choice([1, 2, 3, 6, 12, 30])
            segment = chance.choice(["BPU", "BPU", "BPU", "PU", "JAKON"])
            payer = chance.choice(["APBD", "SELF", "BAZNAS", "TIDAK_ADA"])
            rows.append(
                {
                    "person_id": person, "segment": segment,
                    "payer": "EMPLOYER" if segment == "PU" else payer,
                    "paid_from": month_at(start).first_day,
                    "paid_until": month_at(until).first_day,
                }
            )  # fmt: skip
    return rows


def in_columns(
    people: list[dict[str, Any]], paid: list[dict[str, Any]], on: date, **how: Any
) -> dict[int, dict[str, Any]]:
    """The bulk answer, by person."""
    backend = ibis.duckdb.from_connection(duck())
    ranges = backend.create_table("r", pa.Table.from_pylist(paid, schema=RANGES))
    given = pa.Table.from_pylist(people, schema=PEOPLE)
    table = guard_table(backend, ranges, given, on, **how)
    rows = {row.pop("person_id"): row for row in table.to_pylist()}
    for row in rows.values():
        del row["kelurahan"]
    return rows


def one_by_one(
    people: list[dict[str, Any]], paid: list[dict[str, Any]], on: date, **how: Any
) -> dict[int, dict[str, Any]]:
    """The same, each living person by themselves and by the law's own functions."""
    alive = [p for p in people if _lives(p, on)]
    answers = {}
    for person in alive:
        mine = [
            PaidRange(r["segment"], r["payer"], _span(r))
            for r in paid
            if r["person_id"] == person["id"]
        ]
        guard = guard_of(
            mine,
            on=on,
            occupation=person["occupation"],
            children=_children(person, alive),
            **how,
        )
        if guard is not None:
            answers[person["id"]] = as_row(guard)
    return answers


def _lives(person: dict[str, Any], on: date) -> bool:
    return person["alive"] is not False and not (
        person["died_on"] and person["died_on"] <= on
    )


def _children(
    person: dict[str, Any], alive: list[dict[str, Any]]
) -> list[ChildFacts] | None:
    if person["household_id"] is None or person["relation"] not in PARENTS:
        return None
    return [
        ChildFacts(
            each["born_on"],
            each["marital_status"] != UNMARRIED if each["marital_status"] else None,
            each["works"],
        )
        for each in alive
        if each["household_id"] == person["household_id"] and each["relation"] == CHILD
    ]


def _span(row: dict[str, Any]) -> Span:
    return Span(Month.of(row["paid_from"]).index, Month.of(row["paid_until"]).index)
