"""A table in markup as a grid: cells that span others leave blanks, bounds are held."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from semesta.intake.containers import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    too_long_markup,
    too_many_cells,
    too_many_columns,
    too_many_rows,
)

_LARGEST = 64 * 2**20  # read in Python, a few megabytes a second
Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class Grid:
    """One table: its rows, and the ranges that were one cell (0-based, inclusive)."""

    name: str = ""
    hidden: bool = False
    rows: list[list] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    _reached: dict[int, int] = field(default_factory=dict)
    _cells: int = 0

    def begin_row(self, place: int | None = None) -> None:
        """Begin the next row, or the one at `place` (0-based) with blank ones before."""
        wanted = len(self.rows) if place is None else max(place, len(self.rows))
        if wanted >= MAX_ROWS:
            raise too_many_rows(MAX_ROWS)
        self.rows.extend([] for _ in range(wanted + 1 - len(self.rows)))
        self._reached = {c: left - 1 for c, left in self._reached.items() if left > 1}

    def add(
        self, value: object, *, across: int = 1, down: int = 1, place: int | None = None
    ) -> None:
        """Put a value in the next free cell of the row, or in the column `place`."""
        if not self.rows:
            self.begin_row()
        row = self.rows[-1]
        column = len(row) if place is None else max(place, len(row))
        while place is None and column in self._reached:
            column += 1
        across = max(1, across)
        if value == "" and across > MAX_COLUMNS:
            across = 1
        if column + across > MAX_COLUMNS:
            raise too_many_columns(column + across)
        row.extend([""] * (column - len(row)))
        row.append(value)
        row.extend([""] * (across - 1))
        self._count(across)
        if across > 1 or down > 1:
            top = len(self.rows) - 1
            last = (top + max(1, down) - 1, column + across - 1)
            self.merged.append(((top, column), last))
            for covered in range(column, column + across):
                self._reached[covered] = min(down, MAX_ROWS)

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > MAX_CELLS:
            raise too_many_cells(self._cells)


def check_length(source: Path | bytes) -> None:
    """UserError `file.too_large` for markup that would take minutes to read."""
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > _LARGEST:
        raise too_long_markup(size, _LARGEST)
