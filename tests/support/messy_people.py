"""Invented rows of a few offices about the same people, written badly."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

FIRST = (
    "Muhammad",
    "Siti",
    "Rahmat",
    "Yusniar",
    "Ismail",
    "Nurhayati",
    "Darwis",
    "Rosmaini",
)
LAST = ("Yusuf", "Aminah", "Syafrizal", "Chaniago", "Effendi", "Wati", "Fauzi", "")
VARIANTS = {
    "Muhammad": ("M.", "Moh", "Mhd."),
    "Yusuf": ("Jusuf", "Yusup"),
    "Siti": ("St.",),
}
PLACES = ("13.74.01.1001", "13.74.01.1002", "13.74.02.1003")


def messy_rows(people: int, *, seed: int = 5) -> list[dict[str, Any]]:
    """One to four rows per person; `person_id` says whose they are."""
    rng = random.Random(seed)
    rows = []
    for person in range(people):
        whole = _person(rng, person)
        for copy in range(rng.choice([1, 1, 2, 3, 4])):
            row = _damaged(rng, whole)
            row |= {"row_id": f"{person}-{copy}", "source": f"kantor{copy}"}
            rows.append(row)
    rng.shuffle(rows)
    return rows


def _person(rng: random.Random, person: int) -> dict[str, Any]:
    born = date(1960, 1, 1) + timedelta(days=rng.randrange(15_000))
    sex = rng.choice("LP")
    day = born.day + (40 if sex == "P" else 0)
    serial = 9001 + person % 999
    return {
        "person_id": str(person),
        "name": f"{rng.choice(FIRST)} {rng.choice(LAST)}".strip(),
        "nik": f"13740{rng.choice('12')}{day:02d}{born:%m%y}{serial}",
        "family_card": f"1374010101{rng.randrange(10, 24)}{9001 + person // 3 % 999}",
        "born_on": born,
        "sex": sex,
        "mother_name": f"{rng.choice(FIRST)} {rng.choice(LAST)}".strip(),
        "kelurahan": rng.choice(PLACES),
        "rt": f"{rng.randrange(1, 6):03d}",
        "address": f"Jl. {rng.choice(LAST) or 'Sudirman'} No. {rng.randrange(90)}",
    }


def _damaged(rng: random.Random, whole: dict[str, Any]) -> dict[str, Any]:
    row = dict(whole)
    words = [
        rng.choice(VARIANTS[w]) if w in VARIANTS and rng.random() < 1 / 3 else w
        for w in row["name"].split()
    ]
    row["name"] = " ".join(words).upper() if rng.random() < 1 / 2 else " ".join(words)
    chance = rng.random()
    if chance < 1 / 6:
        row["nik"] = None
    elif chance < 1 / 3:
        place = rng.randrange(6, 16)
        digit = str((int(row["nik"][place]) + 1) % 10)
        row["nik"] = row["nik"][:place] + digit + row["nik"][place + 1 :]
    for column in ("family_card", "mother_name", "born_on", "rt", "address", "sex"):
        if rng.random() < 1 / 6:
            row[column] = None
    return row
