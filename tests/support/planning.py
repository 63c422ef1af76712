"""Invented candidates with paid months, as columns and as a judged workspace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from tests.support.enrolment import a_decision_run, a_nik

from semesta.eligibility.models import DecisionRun
from semesta.kernel import Month
from semesta.planning.allocate import Candidate, Limits
from semesta.planning.people import People, people_of
from semesta.planning.rank import RankKey
from semesta.planning.scenarios import Board
from semesta.registry.models import Person
from semesta.warehouse.lake import write_parquet
from semesta.warehouse.workspace import Workspace

JANUARY = Month(2026, 1)
AS_OF = date(2026, 1, 2)
USUAL: dict[str, Any] = {
    "age": 40,
    "decile": 1,
    "income": 900_000,
    "occupation": "petani",
    "standing": "never",
    "paid_months": 0,
    "spell_months": 0,
    "paid_until": None,
    "kelurahan": "13.74.01.1001",
    "sex": "L",
    "running_months": 0,
}
TYPES = pa.schema(
    [
        ("person_id", pa.int64()), ("rank", pa.int32()), ("age", pa.int32()),
        ("decile", pa.int16()), ("income", pa.int64()), ("occupation", pa.string()),
        ("standing", pa.string()), ("paid_months", pa.int32()),
        ("spell_months", pa.int32()), ("paid_until", pa.date32()),
        ("kelurahan", pa.string()), ("sex", pa.string()),
        ("running_months", pa.int32()),
    ]
)  # fmt: skip


def member(
    months: int, *, until: date = date(2026, 1, 1), **more: Any
) -> dict[str, Any]:
    """Someone who paid `months` months in a row up to, not including, `until`."""
    return {
        "standing": "active", "paid_months": months, "spell_months": months,
        "running_months": months, "paid_until": until, **more,
    }  # fmt: skip


def lapsed(months: int, **more: Any) -> dict[str, Any]:
    """Someone whose months ended half a year ago."""
    gone = member(months, until=date(2025, 7, 1), **more)
    return {**gone, "standing": "lapsed", "running_months": 0}


def stranger(**more: Any) -> dict[str, Any]:
    """Someone of whose months nobody knows."""
    nothing = dict.fromkeys(
        ("standing", "paid_months", "spell_months", "running_months")
    )
    return {**nothing, **more}


def a_people(*rows: dict[str, Any]) -> People:
    """Candidates in the policy's order, each with what differs from a newcomer."""
    told = [
        {**USUAL, "person_id": n, "rank": n, **row}
        for n, row in enumerate(rows, start=1)
    ]
    table = pa.Table.from_pylist(told, schema=TYPES)
    return people_of(table, as_of=AS_OF, first_month=JANUARY)


def a_board(
    *rows: dict[str, Any],
    households: Sequence[int | None] = (),
    limits: Limits | None = None,
    **more: Any,
) -> Board:
    """A board of these candidates, everyone in a family of their own by default."""
    people = a_people(*rows)
    candidates = tuple(
        Candidate(
            person_id=n,
            nik=a_nik(n),
            household=households[n - 1] if households else n,
            kelurahan=str(people.kelurahan[n - 1]),
        )
        for n in range(1, len(people) + 1)
    )
    keys = (RankKey("decile"),)
    return Board(people, candidates, limits or Limits(), keys, **more)


def write_facts(folder: Path, decided: Sequence[tuple[Person, dict[str, Any]]]) -> None:
    """The facts file of a judgement, beside its decisions."""
    rows = [{**USUAL, "person_id": person.pk, **facts} for person, facts in decided]
    names = [n for n in TYPES.names if n not in ("rank", "sex", "running_months")]
    schema = pa.schema([TYPES.field(name) for name in names])
    table = pa.Table.from_pylist(rows, schema=schema)
    write_parquet(table, folder / "facts.parquet")


def a_judgement(
    workspace: Workspace,
    decided: Sequence[tuple[Person, dict[str, Any]]],
    **more: Any,
) -> DecisionRun:
    """A judgement that lets everyone pass, with the facts it was made of."""
    ranked = [(person, {"decile": f.get("decile", 1)}) for person, f in decided]
    run = a_decision_run(workspace, ranked, **more)
    write_facts(workspace.lake / "decisions" / run.name, decided)
    return run
