"""Long lists of invented people written as badly as offices of different quality write.

People, families and addresses are those of the invented city; every list is somebody
else's and damages its rows its own way. Rates follow what was met in real lists: one row
in six without NIK, wrong and exchanged digits, the head of household's number, numbers
damaged by a spreadsheet, dummies; dates by the year only; titles, other spellings,
dropped, merged and misspelt words.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from semesta.demo.identifiers import NumberRegister
from semesta.demo.misspelling import dropped, typo, variant
from semesta.demo.places import kelurahan
from semesta.demo.population import Progress, Slice, populate
from semesta.demo.scale import CityScale

TODAY = date(2026, 1, 31)
CITY = 74
PEOPLE_PER_ROW = 356 / 1_000
TITLES = ("H. ", "Hj. ", "BPK ", "IBU ", "ALM. ", "DRS. ")
DUMMIES = ("1374000000000000", "1234567890123456", "9999999999999999")
Rng = random.Random
COLUMNS = (
    "row_id", "source", "nik", "family_card", "name", "sex", "born_on", "born_at",
    "mother_name", "address", "rt", "rw", "kelurahan", "phone",
)  # fmt: skip


def write_lists(rows: int, folder: Path, *, seed: int) -> tuple[Path, Path]:
    """About `rows` rows in one Parquet file, and the truth (row_id, person_id)."""
    people = max(100, round(rows * PEOPLE_PER_ROW))
    table: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    owners: list[int] = []
    for person, row in _rows(people, seed):
        for name in COLUMNS:
            table[name].append(row[name])
        owners.append(person)
    lists, truth = folder / f"lists-{rows}.parquet", folder / f"truth-{rows}.parquet"
    schema = pa.schema(
        [(n, pa.date32() if n == "born_on" else pa.string()) for n in COLUMNS]
    )
    pq.write_table(pa.table(table, schema=schema), lists)
    known = {"row_id": table["row_id"], "person_id": [str(p) for p in owners]}
    pq.write_table(pa.table(known), truth)
    return lists, truth


def _rows(people: int, seed: int) -> Iterator[tuple[int, dict[str, Any]]]:
    scale, so_far = CityScale(people), Progress(NumberRegister())
    codes = [place.code for place in kelurahan()]
    for chunk in scale:
        part = populate(scale=scale, seed=seed, chunk=chunk, today=TODAY, so_far=so_far)
        rng = random.Random(seed * 1_000 + chunk)
        for place in range(len(part)):
            whole = _moved(_whole(part, place, codes), city=CITY - chunk)
            person = int(part.person[place])
            for copy in range(rng.choice((1, 2, 2, 3, 3, 3, 3, 4, 4))):
                row = _written(rng, whole)
                row["row_id"] = f"{person}-{copy}"
                row["source"] = f"kantor{rng.randrange(6)}"
                yield person, row


def _whole(part: Slice, place: int, codes: list[str]) -> dict[str, Any]:
    """What is true of one person."""
    home = int(part.home[place])
    return {
        "name": str(part.names.name[place]),
        "mother_name": str(part.names.mother[place]),
        "nik": str(part.nik[place]),
        "head_nik": str(part.nik[int(part.members.household.searchsorted(home))]),
        "family_card": str(part.card[home]),
        "sex": "LP"[int(part.members.sex[place])],
        "born_on": part.members.born[place].astype("datetime64[D]").astype(object),
        "born_at": str(part.birthplace[place]),
        "address": str(part.homes.address[home]),
        "rt": f"{int(part.homes.rt[home]):03d}",
        "rw": f"{int(part.homes.rw[home]):03d}",
        "kelurahan": codes[int(part.kelurahan[place])],
        "phone": str(part.phone[place]),
    }


def _moved(whole: dict[str, Any], *, city: int) -> dict[str, Any]:
    """A person of another city of the province: each slice of people is one city."""
    for name in ("nik", "head_nik", "family_card"):
        if whole[name].startswith(f"13{CITY}"):
            whole[name] = f"13{city:02d}{whole[name][4:]}"
    whole["kelurahan"] = f"13.{city:02d}{whole['kelurahan'][5:]}"
    return whole


def _written(rng: Rng, whole: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = dict(whole)
    row["nik"] = _number(rng, whole)
    row["name"] = _name(rng, whole["name"])
    row["born_on"] = _day(rng, whole["born_on"])
    if rng.random() < 0.5:
        row["mother_name"] = None
    elif rng.random() < 0.2:
        row["mother_name"] = variant(whole["mother_name"], rng.randrange(10**6))
    for column, missing in (
        ("family_card", 0.35), ("sex", 0.15), ("born_at", 0.4), ("address", 0.3),
        ("rt", 0.35), ("kelurahan", 0.1), ("phone", 0.7),
    ):  # fmt: skip
        if rng.random() < missing:
            row[column] = None
    if row["kelurahan"] and rng.random() < 0.03:
        row["kelurahan"] = row["kelurahan"][:5] + rng.choice(kelurahan()).code[5:]
    return row


def _number(rng: Rng, whole: dict[str, Any]) -> str | None:
    draw, nik = rng.random(), whole["nik"]
    if draw < 0.17:
        return None
    if draw < 0.21:
        place = rng.randrange(16)
        return (
            nik[:place]
            + str((int(nik[place]) + rng.randrange(1, 9)) % 10)
            + nik[place + 1 :]
        )
    if draw < 0.235:
        place = rng.randrange(6, 15)
        return nik[:place] + nik[place + 1] + nik[place] + nik[place + 2 :]
    if draw < 0.26:
        return str(whole["head_nik"])
    if draw < 0.275:
        return nik[:15] + "0"
    return rng.choice(DUMMIES) if draw < 0.28 else str(nik)


def _name(rng: Rng, name: str) -> str:
    changes: list[tuple[float, Callable[[str], str]]] = [
        (0.18, lambda n: variant(n, rng.randrange(10**6))),
        (0.08, lambda n: typo(n, rng.randrange(10**6))),
        (0.06, lambda n: dropped(n, rng.randrange(10**6))),
        (0.03, lambda n: n.replace(" ", "", 1)),
        (0.05, lambda n: " ".join(reversed(n.split(" ")))),
        (0.08, lambda n: rng.choice(TITLES) + n),
    ]
    for chance, change in changes:
        if rng.random() < chance:
            name = change(name)
    return name.title() if rng.random() < 0.4 else name


def _day(rng: Rng, born: date) -> date | None:
    draw = rng.random()
    if draw < 0.1:
        return None
    if draw < 0.15:
        return date(born.year, 1, 1)
    if draw < 0.17 and born.day <= 12:
        return date(born.year, born.day, born.month)
    if draw < 0.2:
        return date(born.year, born.month, rng.randrange(1, 28))
    return born
