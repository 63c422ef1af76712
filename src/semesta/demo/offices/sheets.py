"""Writing office files row by row: CSV in any encoding, workbooks in bounded memory."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter

# A sheet holds 1,048,576 rows; what is left stays for the block under the table.
MOST_SHEET_ROWS = 1_000_000
# Fixed, so that the same city has the same bytes; workbooks know no time zone.
CREATED = datetime(2026, 1, 31, 8, 0, 0)  # noqa: DTZ001
Columns = Sequence[Sequence[Any] | np.ndarray]


class CsvFile:
    """A separated text file. `line`: the next to be written, from 1."""

    def __init__(
        self, path: Path, header: Sequence[str], *, delimiter: str, encoding: str
    ) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file = path.open("w", encoding=encoding, newline="", errors="strict")
        self._writer = csv.writer(
            self._file, delimiter=delimiter, lineterminator="\r\n"
        )
        self._writer.writerow(header)
        self.line = 2

    def write(self, columns: Columns) -> int:
        """Append rows given as columns; returns the line of the first."""
        first = self.line
        self._writer.writerows(zip(*lists(columns), strict=True))
        self.line += len(columns[0])
        return first

    def close(self) -> None:
        self._file.close()


class Workbook:
    """An xlsx workbook whose rows go to disk as they are written."""

    def __init__(self, path: Path, *, author: str = "") -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        options = {"constant_memory": True, "strings_to_numbers": False}
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.set_properties({"author": author, "created": CREATED})
        self.bold = self._book.add_format({"bold": True})
        self.title = self._book.add_format({"bold": True, "font_size": 12})
        self.head = self._book.add_format(
            {
                "bold": True,
                "border": 1,
                "align": "center",
                "valign": "vcenter",
                "text_wrap": True,
            }
        )
        self.day = self._book.add_format({"num_format": "dd/mm/yyyy"})
        self.money = self._book.add_format({"num_format": "#,##0"})
        self.whole = self._book.add_format({"num_format": "0"})

    def sheet(self, name: str, widths: Sequence[float] = ()) -> Sheet:
        sheet = self._book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return Sheet(self, sheet, name)

    def close(self) -> None:
        self._book.close()


class Sheet:
    """One sheet, filled downwards. `line`: the next to be written, from 1."""

    def __init__(self, book: Workbook, sheet: Any, name: str) -> None:
        self.book = book
        self.name = name
        self.line = 1
        self._sheet = sheet

    @property
    def full(self) -> bool:
        return self.line > MOST_SHEET_ROWS

    def skip(self, rows: int = 1) -> None:
        """Leave rows empty."""
        self.line += rows

    def text(self, cells: dict[int, Any], style: Any = None) -> None:
        """One row with these cells by column number from 0."""
        for column in sorted(cells):
            self._sheet.write(self.line - 1, column, cells[column], style)
        self.line += 1

    def row(self, cells: Iterable[Any], style: Any = None) -> None:
        """One row; empty texts stay empty cells with the style."""
        self.text(dict(enumerate(cells)), style)

    def merge(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Merge cells already written; (line, column), both included.

        xlsxwriter's own call writes the cells too, and out of order for two lines at
        once, which a workbook in bounded memory cannot take.
        """
        self._sheet.merge.append([first[0] - 1, first[1], last[0] - 1, last[1]])

    def block(self, columns: Columns) -> int:
        """Append rows given as columns; returns the line of the first.

        Text stays text, numbers become numeric cells, dates real dates, '' an empty
        cell.
        """
        first = self.line
        string, number, day = (
            self._sheet.write_string,
            self._sheet.write_number,
            self._sheet.write_datetime,
        )
        line = self.line - 1
        for cells in zip(*lists(columns), strict=True):
            for column, value in enumerate(cells):
                if value.__class__ is str:
                    if value:
                        string(line, column, value)
                elif isinstance(value, date):
                    day(line, column, value, self.book.day)
                elif value is not None:
                    number(line, column, value)
            line += 1
        self.line = line + 1
        return first


def lists(columns: Columns) -> list[list[Any]]:
    """Columns as lists of plain Python values."""
    return [c.tolist() if isinstance(c, np.ndarray) else list(c) for c in columns]


def counted(start: int, count: int) -> list[int]:
    """Running numbers from `start`, the NO column of a list."""
    return list(range(start, start + count))


def as_numbers(texts: np.ndarray, rows: np.ndarray) -> list[Any]:
    """The column with the texts of `rows` as the numbers a spreadsheet makes.

    Fifteen digits survive; the last becomes 0.
    """
    cells = texts.tolist()
    for row in rows.tolist():
        if cells[row].isdigit():
            cells[row] = int(cells[row][:15] + "0")
    return cells
