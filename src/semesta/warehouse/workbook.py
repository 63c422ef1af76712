"""Spreadsheets for offices: text stays text, no formulas, same rows same bytes.

A name such as `=1+1` is written as the text it is: cells are typed as strings, and the
ones a spreadsheet might take for a formula also carry its quote mark, so that they stay
text when somebody edits them or saves the sheet as CSV.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

Cell = str | int | None
# The wide ones too: some spreadsheets take them for the narrow ones.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
EXCEL_LONGEST_TEXT = 32_767


@dataclass(frozen=True)
class Column:
    """A heading and the width of its column in characters."""

    title: str
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """One sheet: `notes` stand above the header, then one line per row.

    A cell that is a `str` is written as text, an `int` as a number (use it for counts
    and rupiah only, never for identity numbers), None as an empty cell.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    notes: Sequence[str] = ()
    styled: bool = True


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might compute a text instead of showing it."""
    return len(text) > 1 and (
        text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)
    )


def harmless(text: str) -> str:
    """A text for a CSV that people open in a spreadsheet: one that would be computed
    there gets the apostrophe by which spreadsheets know text."""
    return f"'{text}" if looks_like_formula(text) else text


def write_workbook(sheets: Sequence[Sheet], *, title: str, made_on: date) -> bytes:
    """The workbook as bytes. The same arguments give the same bytes.

    `made_on` stands in the file's properties instead of the clock's time.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    created = datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC)
    book.set_properties({"title": title, "created": created.replace(tzinfo=None)})
    formats = _formats(book)
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return out.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    text = {"num_format": "@"}
    return {
        "text": book.add_format(text),
        "quoted": book.add_format({**text, "quote_prefix": True}),
        "number": book.add_format({"num_format": "#,##0"}),
        "note": book.add_format({**text, "bold": True}),
        "plain_header": book.add_format(text),
        "header": book.add_format(
            {
                **text,
                "bold": True,
                "bg_color": "#E8EEF4",
                "bottom": 1,
                "text_wrap": True,
                "valign": "vcenter",
            }
        ),
    }


def _write_sheet(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    for number, column in enumerate(sheet.columns):
        # The whole column is text, so rows added later by hand keep their zeros.
        page.set_column(number, number, column.width, formats["text"])
    for line, note in enumerate(sheet.notes):
        page.write_string(line, 0, note, formats["note"])
    header_line = len(sheet.notes) + 1 if sheet.notes else 0
    header = formats["header" if sheet.styled else "plain_header"]
    for number, column in enumerate(sheet.columns):
        page.write_string(header_line, number, column.title, header)
    for line, row in enumerate(sheet.rows, start=header_line + 1):
        for number, cell in enumerate(row):
            _write_cell(page, line, number, cell, formats)
    if sheet.styled:
        page.freeze_panes(header_line + 1, 0)
        page.repeat_rows(header_line)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)


def _write_cell(
    page: Any, line: int, number: int, cell: Cell, formats: dict[str, Any]
) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, int):
        page.write_number(line, number, cell, formats["number"])
        return
    style = formats["quoted" if looks_like_formula(cell) else "text"]
    page.write_string(line, number, cell[:EXCEL_LONGEST_TEXT], style)
