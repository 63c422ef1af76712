"""Any office's file as sheets of rows, opened by its content and not by its name."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyarrow as pa

from semesta.intake.apart import read_apart
from semesta.intake.cells import MARKS, Marked
from semesta.intake.containers import kind_of
from semesta.intake.gridscan import Scan, check_ods, scan_workbook
from semesta.intake.markup.pages import html_grids
from semesta.intake.markup.workbooks import xml_grids
from semesta.intake.pdf.grids import grids_of
from semesta.intake.pdf.pages import read_pages
from semesta.intake.textfiles import TextTable, read_text_table
from semesta.intake.workbooks import all_rows, merged_ranges, workbook, worksheets

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
                    row[column] = Marked(mark)
            yield row


@dataclass
class Book:
    """A file as sheets, in their order. `kind`: xlsx, xls, ods, csv, pdf, html or xml."""

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
    if kind in ("html", "xml"):
        return Book(kind, lambda: _markup_sheets(source, kind))
    if kind == "pdf":
        return Book(kind, lambda: _pdf_sheets(source))
    if kind == "xls":
        return Book(kind, lambda: _old_sheets(source))
    return Book(kind, lambda: _workbook_sheets(source, scans))


def _text_sheet(table: TextTable) -> Sheet:
    return Sheet("", 1, table.rows, open_columns=table.columns)


def _old_sheets(source: Path | bytes) -> Iterator[Sheet]:
    for about in read_apart(source):
        rows = [
            [Marked(cell) if cell[:1] in MARKS else cell for cell in row]
            for row in about["rows"]
        ]
        merged = [((a, b), (c, d)) for a, b, c, d in about["merged"]]
        yield Sheet(
            about["name"],
            about["number"],
            rows.__iter__,
            about["hidden"],
            merged=merged,
        )


def _markup_sheets(source: Path | bytes, kind: str) -> Iterator[Sheet]:
    grids = html_grids(source) if kind == "html" else xml_grids(source)
    for number, grid in enumerate(grids, start=1):
        yield Sheet(
            grid.name, number, grid.rows.__iter__, grid.hidden, merged=grid.merged
        )


def _pdf_sheets(source: Path | bytes) -> Iterator[Sheet]:
    for grid in grids_of(read_pages(source)):
        yield Sheet(f"halaman {grid.page}", grid.page, grid.rows.__iter__)


def _workbook_sheets(source: Path | bytes, scans: dict[str, Scan]) -> Iterator[Sheet]:
    with workbook(source) as opened:
        for number, cells, hidden in worksheets(opened):
            scan = scans.get(cells.name, Scan())
            first = cells.start[1] if cells.start else 0
            yield Sheet(
                name=cells.name,
                number=number,
                open_rows=partial(all_rows, cells),
                hidden=hidden,
                hidden_rows=scan.hidden_rows,
                merged=merged_ranges(cells),
                unread={
                    line: {column - first: mark for column, mark in columns.items()}
                    for line, columns in scan.unread.items()
                },
            )
