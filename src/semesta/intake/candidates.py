"""Whose NIK a held row may have lost: people of other lists with its name and birth date.

A hint for whoever asks the sender, never a value: two people can share both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from semesta.warehouse.engines import file_list

# Codes of a NIK that was there and can no longer be read whole.
LOST = frozenset(
    ("nik.numeric_cell", "nik.scientific", "nik.rounded", "nik.length", "nik.missing")
)
MOST = 3


class Candidate(NamedTuple):
    """A NIK under which another list has such a person; `source`: that supplier."""

    nik: str
    source: str


def candidates(
    con: Any, paths: Sequence[Path], people: Iterable[tuple[str, date]]
) -> dict[tuple[str, date], list[Candidate]]:
    """(name, birth date) → up to four different NIK of rows of these files, whoever has
    them in most files first. More than `MOST` tell that the two say too little."""
    wanted = ", ".join(
        f"('{name.replace(chr(39), chr(39) * 2)}', DATE '{born_on.isoformat()}')"
        for name, born_on in sorted(set(people))
    )
    if not wanted or not paths:
        return {}
    rows = con.execute(
        "SELECT name, born_on, nik, min(source) "
        f"FROM read_parquet({file_list(paths)}, union_by_name=true) "
        "WHERE nik IS NOT NULL AND fate IN ('accepted', 'corrected') "
        f"AND (name, born_on) IN ({wanted}) "
        "GROUP BY ALL ORDER BY count(*) DESC, nik"
    ).fetchall()
    found: dict[tuple[str, date], list[Candidate]] = {}
    for name, born_on, nik, source in rows:
        those = found.setdefault((name, born_on), [])
        if len(those) <= MOST:
            those.append(Candidate(nik, source))
    return found
