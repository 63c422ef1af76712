"""Invented candidates with paid months, as the columns that scenarios choose from."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from semesta.kernel import Month
from semesta.law.membership import Paid, standing
from semesta.planning.allocate import Candidate, Limits
from semesta.planning.people import People, people_of
from semesta.planning.rank import RankKey
from semesta.planning.scenarios import Board

AS_OF = date(2026, 1, 2)
FIRST = Month(2026, 1)
KELURAHAN = ("13.74.01.1001", "13.74.01.1002", "13.74.02.1001")
JOBS = ("petani", "ojek", "sopir", "buruh-harian")
SCHEMA = pa.schema(
    [
        ("person_id", pa.int64()),
        ("rank", pa.int32()),
        ("sex", pa.string()),
        ("kelurahan", pa.string()),
        ("age", pa.int32()),
        ("decile", pa.int16()),
        ("income", pa.int64()),
        ("occupation", pa.string()),
        ("standing", pa.string()),
        ("paid_months", pa.int32()),
        ("spell_months", pa.int32()),
        ("paid_until", pa.date32()),
        ("running_months", pa.int32()),
    ]
)


@dataclass(frozen=True)
class Drawn:
    """One candidate; `paid` None while the insurer has told nothing of anybody."""

    paid: list[Paid] | None = None
    age: int | None = 40
    decile: int | None = 1
    occupation: str | None = "petani"
    household: int | None = None
    kelurahan: str = KELURAHAN[0]
    nik: str = ""
    paused: bool = False


def _row(number: int, one: Drawn) -> dict[str, object]:
    told: dict[str, object] = {}
    if one.paid is not None:
        held = standing(one.paid, on=AS_OF)
        runs = held.status in ("active", "grace")
        told = {
            "standing": held.status,
            "paid_months": held.paid_months,
            "spell_months": held.spell_months,
            "paid_until": held.paid_until.first_day if held.paid_until else None,
            "running_months": held.spell_months if runs else 0,
        }
    return {
        "person_id": number,
        "rank": number,
        "sex": "LP"[number % 2],
        "kelurahan": one.kelurahan,
        "age": one.age,
        "decile": one.decile,
        "occupation": one.occupation,
        **told,
    }


def people_from(drawn: Sequence[Drawn], first_month: Month = FIRST) -> People:
    """The columns of these candidates, in the order given."""
    rows = [_row(number, one) for number, one in enumerate(drawn, start=1)]
    table = pa.table(pa.Table.from_pylist(rows, schema=SCHEMA))
    return people_of(table, as_of=AS_OF, first_month=first_month)


def board_from(
    drawn: Sequence[Drawn], limits: Limits | None = None, first_month: Month = FIRST
) -> Board:
    """A board on which these candidates stand in the order given."""
    candidates = tuple(
        Candidate(
            number, one.nik or f"n{number}", one.household, one.kelurahan, one.paused
        )
        for number, one in enumerate(drawn, start=1)
    )
    people = people_from(drawn, first_month)
    return Board(people, candidates, limits or Limits(), (RankKey("decile"),))


def some_paid(rng: random.Random) -> list[Paid]:
    """Nothing, or one to three memberships with lapses between them; some paid ahead."""
    paid, at = [], Month(2021, rng.randint(1, 12))
    for _ in range(rng.choice([0, 1, 1, 2, 3])):
        until = at + rng.choice([1, 2, 3, 6, 12, 20, 30])
        if at > Month.of(AS_OF):
            break
        paid.append(Paid(at, min(until, Month(2026, 5))))
        at = until + rng.randint(5, 14)
    return paid


def some_people(count: int, *, seed: int) -> list[Drawn]:
    """Candidates of every kind: members, lapsed, new, of unknown months or age."""
    rng = random.Random(seed)
    return [
        Drawn(
            paid=None if rng.random() < 0.1 else some_paid(rng),
            age=None if rng.random() < 0.1 else rng.randint(16, 68),
            decile=rng.choice([1, 2, 3, None]),
            occupation=rng.choice([*JOBS, None]),
            household=rng.choice([None, *range(1, count // 2 + 2)]),
            kelurahan=rng.choice(KELURAHAN),
        )
        for _ in range(count)
    ]
