"""Two readings of the same rows side by side: what columns meant, what became of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from semesta.intake.choosing import Mapped
from semesta.intake.drafting.chosen import title_of
from semesta.intake.drafting.previewing import Noticed
from semesta.intake.fates import FATES
from semesta.intake.rows import Standard

NO_ROW = ""  # the fate of a line that one of the readings takes for no row


class ColumnMeaning(NamedTuple):
    """A column and what it was and would be taken for, in words (blank: not used)."""

    header: str
    before: str
    after: str

    @property
    def changes(self) -> bool:
        return self.before != self.after


class Move(NamedTuple):
    """How many rows go from one fate to another; `NO_ROW` on one side: no row there."""

    before: str
    after: str
    rows: int


@dataclass(frozen=True)
class Change:
    """What another map would change. `rows` of `of` were looked at; `before` and `after`:
    their fates; `moves`: those that change, most first; `noticed`: under the new map."""

    rows: int
    of: int
    before: dict[str, int]
    after: dict[str, int]
    moves: list[Move]
    columns: list[ColumnMeaning]
    noticed: list[Noticed]


def row_fates(standard: Standard, name: str) -> dict[str, str]:
    """Row id → fate, of rows judged for the delivery called `name`."""
    places = zip(
        standard.sheets.tolist(),
        standard.lines.tolist(),
        standard.severity.tolist(),
        strict=True,
    )
    return {
        f"{name}:{sheet}:{line}": str(FATES[grave]) for sheet, line, grave in places
    }


def fate_counts(fates: Iterable[str]) -> dict[str, int]:
    """Rows by fate, every fate named."""
    counted = Counter(fates)
    return {fate: counted[fate] for fate in FATES}


def moves(before: Mapping[str, str], after: Mapping[str, str]) -> list[Move]:
    """How rows (row id → fate) change between two readings, most first."""
    counted = Counter(
        (before.get(row, NO_ROW), after.get(row, NO_ROW)) for row in {**before, **after}
    )
    found = [Move(was, now, count) for (was, now), count in counted.items()]
    return sorted(
        (one for one in found if one.before != one.after),
        key=lambda one: (-one.rows, one.before, one.after),
    )


def column_meanings(
    told: Sequence[Mapping[str, Any]], mapped: Sequence[Mapped]
) -> list[ColumnMeaning]:
    """The columns of the tables a new map reads, in their order, and what the delivery's
    tables (as stored) say they were read as."""
    known = {
        (table["sheet"], tuple(table["header_lines"])): {
            column["header"]: column["field"] for column in table.get("columns", ())
        }
        for table in told
        if "header_lines" in table
    }
    found: dict[ColumnMeaning, None] = {}
    for one in mapped:
        was = known.get((one.table.sheet, tuple(one.table.header_lines)), {})
        now = {place: field for field, place in one.columns.items()}
        for place, header in enumerate(one.table.headers):
            before, after = was.get(header.text, ""), now.get(place, "")
            if header.text or before or after:
                found[ColumnMeaning(header.text, _title(before), _title(after))] = None
    return list(found)


def _title(field: str) -> str:
    return title_of(field) if field else ""
