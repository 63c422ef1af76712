"""Invented candidates, and the way they reach a plan, a decree and an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from semesta.enrolment.allocate import Candidate

TABLE = pa.schema(
    [
        ("person_id", pa.int64()),
        ("nik", pa.string()),
        ("household", pa.int64()),
        ("kelurahan", pa.string()),
        ("decile", pa.int64()),
        ("tenure_months", pa.int64()),
    ]
)


def a_nik(number: int) -> str:
    """The NIK of an invented person: serial 9001 to 9999, on further birth dates."""
    day, serial = divmod(number, 999)
    month, day = divmod(day, 28)
    return f"137401{day + 1:02d}{month % 12 + 1:02d}90{9001 + serial}"


def candidates_table(*changes: dict[str, Any]) -> pa.Table:
    """One row per dictionary of what differs from an ordinary candidate."""
    rows = [
        {
            "person_id": n,
            "nik": a_nik(n),
            "household": n,
            "kelurahan": "13.74.01.1001",
            "decile": 1,
            "tenure_months": 0,
            **change,
        }
        for n, change in enumerate(changes, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=TABLE)


def ranked(count: int, **changes: Sequence[Any]) -> list[Candidate]:
    """Candidates 1 … count in ranked order; `changes` gives a field for all of them."""
    return [
        Candidate(
            person_id=n,
            nik=changes["nik"][n - 1] if "nik" in changes else a_nik(n),
            household=changes["household"][n - 1] if "household" in changes else n,
            kelurahan=changes["kelurahan"][n - 1]
            if "kelurahan" in changes
            else "13.74.01.1001",
        )
        for n in range(1, count + 1)
    ]
