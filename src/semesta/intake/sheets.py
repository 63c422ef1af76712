"""Any office's file as sheets of rows, opened by its content and not by its name."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from semesta.intake.cells import Unread
from semesta.intake.containers import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_SHEETS,
    corrupt,
    encrypted,
    kind_of,
    not_a_table,
    too_many_cells,
    too_many_columns,
)
from semesta.intake.gridscan import Scan, check_ods, scan_workbook
from semesta.intake.textfiles import TextTable, read_text_table

Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class Sheet:
    """One sheet. `open_rows` gives its rows from line 1 on; cells keep their type.

    `merged`: ranges of merged cells as ((row, column), (row, column)), 0-based,
    inclusive, counted like the rows. `unread`: line → column → mark of cells whose
    value the file does not hold.
    """

    name: str
    number: int
    open_rows: Callable[[], Iterable[list]]
    hidden: bool = False
    hidden_rows: int = 0
    merged: list[Merged] = field(default_factory=list)
    unread: dict[int, dict[int, str]] = field(default_factory=dict)
    open_columns: Callable[[], list[pa.Array] | None] = lambda: None
    """The same lines as whole columns, where the file can be read so."""

    def rows(self) -> Iterator[list]:
        """Rows from the first line on, with marks in place of values not held."""
        if not self.unread:
            yield from self.open_rows()
            return
        for line, row in enumerate(self.open_rows(), start=1):
            for column, mark in self.unread.get(line, {}).items():
                if column < len(row) and row[column] == "":
                    row[column] = Unread(mark)
            yield row


@dataclass
class Book:
    """A file as sheets, in their order. `kind`: xlsx, xls, ods or csv."""

    kind: str
    open_sheets: Callable[[], Iterator[Sheet]]

    def sheets(self) -> Iterator[Sheet]:
        """One sheet at a time, so that only one lies in memory."""
        return self.open_sheets()


def open_book(source: Path | bytes) -> Book:
    """Open a file by its content. UserError (`file.*`, `table.*`) when it cannot be."""
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    stream = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    with stream as file:
        kind = kind_of(file, size)
        scans: dict[str, Scan] = {}
        if kind == "xlsx":
            scans = scan_workbook(file)
        elif kind == "ods":
            check_ods(file)
    if kind == "text":
        table = read_text_table(source)
        return Book("csv", lambda: iter([_text_sheet(table)]))
    return Book(kind, lambda: _workbook_sheets(source, scans))


def _text_sheet(table: TextTable) -> Sheet:
    return Sheet("", 1, table.rows, open_columns=table.columns)


def _workbook_sheets(source: Path | bytes, scans: dict[str, Scan]) -> Iterator[Sheet]:
    opened = io.BytesIO(source) if isinstance(source, bytes) else str(source)
    try:
        workbook = CalamineWorkbook.from_object(opened)
    except PasswordError as error:
        raise encrypted() from error
    except (CalamineError, OSError, ValueError) as error:
        raise corrupt("lembar kerja tidak terbuka") from error
    with workbook:
        if len(workbook.sheets_metadata) > MAX_SHEETS:
            raise not_a_table("buku kerja dengan terlalu banyak lembar")
        for number, about in enumerate(workbook.sheets_metadata, start=1):
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            scan = scans.get(about.name, Scan())
            hidden = about.visible != SheetVisibleEnum.Visible
            yield _sheet(workbook, number, scan, hidden=hidden)


def _sheet(
    workbook: CalamineWorkbook, number: int, scan: Scan, *, hidden: bool
) -> Sheet:
    try:
        cells = workbook.get_sheet_by_index(number - 1)
    except PasswordError as error:
        raise encrypted() from error
    except (CalamineError, OSError, ValueError) as error:
        raise corrupt(f"lembar ke-{number} tidak terbaca") from error
    if cells.width > MAX_COLUMNS:
        raise too_many_columns(cells.width)
    if cells.width * cells.total_height > MAX_CELLS:
        raise too_many_cells(cells.width * cells.total_height)
    first = cells.start[1] if cells.start else 0
    return Sheet(
        name=cells.name,
        number=number,
        open_rows=lambda: cells.iter_rows() if cells.start else iter(()),
        hidden=hidden,
        hidden_rows=scan.hidden_rows,
        merged=_shifted(cells, first),
        unread={
            line: {column - first: mark for column, mark in columns.items()}
            for line, columns in scan.unread.items()
        },
    )


def _shifted(cells: CalamineSheet, first: int) -> list[Merged]:
    """Merged ranges with columns counted from the first one in use."""
    return [
        ((top, left - first), (bottom, right - first))
        for (top, left), (bottom, right) in cells.merged_cell_ranges or []
    ]
