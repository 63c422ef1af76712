"""A correction workbook that came back: what its sender changed, and what becomes of it.

The list is read again as it was first sent, earlier corrections and the changed cells are
laid over it, and the whole is judged anew: a NIK that two people shared is free as soon
as one of them has another. Only rows that say something new are taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from semesta.intake.cells import ERROR, FORMULA, bare, mark_of, plain
from semesta.intake.choosing import Mapped
from semesta.intake.corrections.lineages import IN_FORCE, Cells, Standing
from semesta.intake.fates import FATES, SEVERITY
from semesta.intake.marks import NUMBER_HEADER, NUMBER_KEY, number_of, shown
from semesta.intake.rows import Met, Standard
from semesta.intake.tables import Table

_UNUSABLE = SEVERITY["refused"]
_WAITS = SEVERITY["held"]
_NOTHING = Standing()


class Line(NamedTuple):
    """One row of a returned file: where it stands, its number, its cells (marked texts
    by header in lower case)."""

    sheet: str
    sheet_number: int
    line: int
    number: str
    cells: Cells

    def row_id(self, name: str) -> str:
        return f"{name}:{self.sheet_number}:{self.line}"


def has_numbers(table: Table) -> bool:
    """Whether a table carries the column of row numbers."""
    return any(NUMBER_KEY in header.keys for header in table.headers)


def lines_of(tables: Iterable[Table]) -> list[Line]:
    """The rows of all tables with numbers, in the order of the file."""
    return [line for table in tables if has_numbers(table) for line in _lines(table)]


def _lines(table: Table) -> list[Line]:
    keys = [header.text.lower() for header in table.headers]
    numbers = next(n for n, h in enumerate(table.headers) if NUMBER_KEY in h.keys)
    columns = [cells.to_pylist() for cells in table.cells]
    return [
        Line(
            table.sheet,
            table.sheet_number,
            line,
            plain(bare(texts[numbers] or "")).lower(),
            {key: text or "" for key, text in zip(keys, texts, strict=True)},
        )
        for line, texts in zip(
            table.lines.tolist(), zip(*columns, strict=True), strict=True
        )
    ]


class Base:
    """The list being corrected: its tables as first sent, with corrections laid over.

    `places`: row id → position among all rows, in the order of the list.
    """

    def __init__(self, mapped: Sequence[Mapped], name: str) -> None:
        self.mapped = list(mapped)
        self.places: dict[str, int] = {}
        for one in self.mapped:
            for line in one.table.lines.tolist():
                row_id = f"{name}:{one.table.sheet_number}:{line}"
                self.places[row_id] = len(self.places)

    def overlaid(self, changes: Mapping[str, Cells]) -> Base:
        """The same list with these cells changed (row id → cells)."""
        found = Base([], "")
        found.places = self.places
        at = {self.places[row]: cells for row, cells in changes.items()}
        start = 0
        for one in self.mapped:
            stop = start + one.table.rows
            own = {p - start: c for p, c in at.items() if start <= p < stop}
            found.mapped.append(
                replace(one, table=_overlaid(one.table, own)) if own else one
            )
            start = stop
        return found

    def rows(self) -> list[Cells]:
        """All rows as cells by header in lower case, in the order of `places`."""
        rows: list[Cells] = []
        for one in self.mapped:
            keys = [header.text.lower() for header in one.table.headers]
            columns = [cells.to_pylist() for cells in one.table.cells]
            rows += [
                dict(zip(keys, texts, strict=True))
                for texts in zip(*columns, strict=True)
            ]
        return rows


def _overlaid(table: Table, changes: Mapping[int, Cells]) -> Table:
    columns = []
    for header, cells in zip(table.headers, table.cells, strict=True):
        key = header.text.lower()
        own = {place: row[key] for place, row in changes.items() if key in row}
        if own:
            texts = cells.to_pylist()
            for place, text in own.items():
                texts[place] = text
            cells = pa.array(texts, pa.string())
        columns.append(cells)
    return replace(table, cells=columns)


@dataclass
class Compared:
    """A returned file against its list. `lines`: row of the list → its line; `changes`:
    the cells changed in it, none for a line sent back as it was; `faults`: lines that
    nobody can place, each with its code."""

    lines: dict[str, Line] = field(default_factory=dict)
    changes: dict[str, Cells] = field(default_factory=dict)
    faults: list[tuple[Line, str]] = field(default_factory=list)


def compare(base: Base, lines: Sequence[Line]) -> Compared:
    """What a returned file changes in its list. A blank cell changes nothing."""
    by_number = {number_of(row_id): row_id for row_id in base.places}
    met = Counter(line.number for line in lines)
    rows = base.rows()
    found = Compared()
    for line in lines:
        row_id = by_number.get(line.number)
        if not line.number:
            found.faults.append((line, "row.number_missing"))
        elif row_id is None:
            found.faults.append((line, "row.number_unknown"))
        elif met[line.number] > 1:
            found.faults.append((line, "row.number_doubled"))
        else:
            found.lines[row_id] = line
            if changed := _changed(rows[base.places[row_id]], line.cells):
                found.changes[row_id] = changed
    return found


def _changed(before: Cells, after: Cells) -> Cells:
    """The cells of `after` that say something, and something else than before."""
    return {
        key: after[key]
        for key, text in before.items()
        if key in after and _says_something(after[key]) and not _same(text, after[key])
    }


def _says_something(cell: str) -> bool:
    # A formula without its result is something: the sender is asked for the value.
    return bool(plain(bare(cell))) or mark_of(cell) in (FORMULA, ERROR)


def _same(before: str, after: str) -> bool:
    """Alike as the sender saw it: how a workbook stores a cell is no answer."""
    return " ".join(shown(before).split()) == " ".join(bare(after).split()) != ""


class Taken(NamedTuple):
    """One row of the correction: its line, and the row of the list it stands for with
    its position there; or the code why nobody can place it."""

    line: Line
    root: str = ""
    place: int | None = None
    code: str = ""


def taken_rows(
    base: Base,
    compared: Compared,
    severity: np.ndarray,
    standing: Mapping[str, Standing],
) -> list[Taken]:
    """The rows a correction brings, in the order of its file.

    Changed ones, and those sent back as they were whose question another answer has
    settled. `severity`: of all rows of the list, judged with the changes laid over it.
    """
    taken = [Taken(line, code=code) for line, code in compared.faults]
    for root, line in compared.lines.items():
        place = base.places[root]
        # Not a refused one: a repeated row is no news once the other was corrected.
        settled = standing.get(root, _NOTHING).held and severity[place] < _WAITS
        if root in compared.changes or settled:
            taken.append(Taken(line, root, place))
    return sorted(taken, key=lambda one: (one.line.sheet_number, one.line.line))


def standard_rows(standard: Standard, taken: Sequence[Taken]) -> Standard:
    """The standard rows of a correction, cut out of its judged list."""
    places = [one.place for one in taken]
    at = {place: new for new, place in enumerate(places) if place is not None}
    indices = pa.array(places, pa.int64())
    severity = [
        _UNUSABLE if place is None else standard.severity[place] for place in places
    ]
    unplaced = [
        Met(one.code, "refused", np.array([new]), NUMBER_HEADER)
        for new, one in enumerate(taken)
        if one.place is None
    ]
    return Standard(
        columns={
            name: values.take(indices) for name, values in standard.columns.items()
        },
        lines=np.array([one.line.line for one in taken], dtype=np.int64),
        sheets=np.array([one.line.sheet_number for one in taken], dtype=np.int64),
        sheet_names=[one.line.sheet for one in taken],
        severity=np.array(severity, dtype=np.int64),
        met=[*unplaced, *(m for one in standard.met if (m := _moved(one, at)))],
    )


def _moved(one: Met, at: Mapping[int, int]) -> Met | None:
    """A code at those of its rows that were taken, counted anew."""
    kept = [n for n, row in enumerate(one.rows.tolist()) if row in at]
    if not kept:
        return None
    rows = np.array([at[int(one.rows[n])] for n in kept], dtype=np.int64)
    facts = tuple(one.facts[n] for n in kept) if one.facts else ()
    return replace(one, rows=rows, facts=facts)


def raw_rows(taken: Sequence[Taken]) -> pa.Table:
    """The rows of a correction as received: sheet, line, then the file's own columns."""
    keys = dict.fromkeys(key for one in taken for key in one.line.cells)
    arrays = {
        "sheet": pa.array([one.line.sheet for one in taken], pa.string()),
        "line": pa.array([one.line.line for one in taken], pa.int64()),
    }
    for key in keys:
        shown = key if key not in arrays else f"{key}_"
        texts = [bare(one.line.cells.get(key, "")) for one in taken]
        arrays[shown] = pa.array(texts, pa.string())
    return pa.table(arrays)


def succession(
    taken: Sequence[Taken],
    severity: np.ndarray,
    standing: Mapping[str, Standing],
    name: str,
) -> dict[str, str]:
    """Row id → the row of the correction `name` that supersedes it.

    What was open always gives way; what was in force only to a row that is accepted.
    """
    by: dict[str, str] = {}
    for one, grave in zip(taken, severity.tolist(), strict=True):
        if not one.root:
            continue
        stands, successor = standing.get(one.root, _NOTHING), one.line.row_id(name)
        if stands.open:
            by[stands.open] = successor
        if stands.in_force and FATES[grave] in IN_FORCE:
            by[stands.in_force] = successor
    return by


def left_out(compared: Compared, taken: Sequence[Taken]) -> int:
    """How many lines came back as they were and were not taken."""
    placed = sum(1 for one in taken if one.root)
    return len(compared.lines) - placed
