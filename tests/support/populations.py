"""Generated people and paid ranges for holding engines and twins against each other."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from semesta.coverage.services import PEOPLE
from semesta.kernel import Month
from semesta.ledger.ranges import month_at

PLACES = (
    "13.74.01.1001", "13.74.01.1002", "13.74.02.1001", "13.74.02.1008",
    "13.71.01.1001", "",
)  # fmt: skip
OCCUPATIONS = (
    "petani", "ojek", "karyawan-swasta", "guru", "pns", "tni-polri", "pelajar",
    "mengurus-rumah-tangga", "lainnya", "",
)  # fmt: skip
RANGES = pa.schema(
    [
        ("person_id", pa.int64()),
        ("segment", pa.string()),
        ("payer", pa.string()),
        ("paid_from", pa.date32()),
        ("paid_until", pa.date32()),
    ]
)


def some_people(seed: int, number: int) -> list[dict[str, Any]]:
    """People of every kind, with blanks: rows as the coverage stage snapshots them."""
    chance = random.Random(seed)
    return [_person(chance, person_id) for person_id in range(1, number + 1)]


def _person(chance: random.Random, person_id: int) -> dict[str, Any]:
    # Many birthdays lie around both ends of working age.
    born_on = chance.choice(
        [
            date(1940, 1, 1) + timedelta(days=chance.randrange(30_000)),
            date(1961, 1, 25) + timedelta(days=chance.randrange(14)),
            date(2011, 1, 25) + timedelta(days=chance.randrange(14)),
            None,
        ]
    )
    died_on = None
    if chance.random() < 0.15:
        died_on = date(2024, 1, 1) + timedelta(days=chance.randrange(900))
    return {
        "person_id": person_id,
        "kelurahan": chance.choice(PLACES),
        "alive": False if died_on else chance.choice([True, True, None, False]),
        "died_on": died_on,
        "born_on": born_on,
        "works": chance.choice([True, True, False, None]),
        "occupation": chance.choice(OCCUPATIONS),
        "decile": chance.choice([*range(1, 11), None]),
        "is_civil_servant": chance.random() < 0.05,
    }


def some_entries(seed: int, people: int) -> list[dict[str, Any]]:
    """Paid ranges of these people: bursts, overlaps, gaps, long runs, none at all."""
    chance = random.Random(seed + 1_000)
    rows = []
    for person_id in range(1, people + 1):
        for _ in range(chance.choice([0, 0, 1, 1, 2, 3])):
            start = Month(2021, 1).index + chance.randrange(61)
            until = start + chance.choice([1, 2, 3, 6, 12, 40])
            rows.append(
                {
                    "person_id": person_id,
                    "segment": chance.choice(["BPU", "BPU", "PU"]),
                    "payer": chance.choice(["APBD", "SELF"]),
                    "paid_from": month_at(start).first_day,
                    "paid_until": month_at(until).first_day,
                }
            )
    return rows


def people_table(rows: list[dict[str, Any]]) -> pa.Table:
    """The people as the Arrow table of a snapshot."""
    fields = [("person_id", pa.int64()), *((f.name, f.type) for f in list(PEOPLE)[1:])]
    return pa.Table.from_pylist(rows, schema=pa.schema(fields))


def ranges_table(rows: list[dict[str, Any]]) -> pa.Table:
    """The paid ranges as the Arrow table of a snapshot."""
    return pa.Table.from_pylist(rows, schema=RANGES)
