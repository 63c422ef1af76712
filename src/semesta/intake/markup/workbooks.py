"""Excel's XML of 2003 (SpreadsheetML): one file of plain XML, called .xls or .xml."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.parsers import expat

from semesta.intake.cells import ERROR, FORMULA, Marked
from semesta.intake.containers import corrupt
from semesta.intake.markup.grids import Grid, check_length
from semesta.intake.textfiles import open_source

_EXCEL = "urn:schemas-microsoft-com:office:spreadsheet"


def xml_grids(source: Path | bytes) -> Iterator[Grid]:
    """One grid per worksheet. UserError `file.corrupt` for XML that is broken or names
    entities of its own, `table.*` for a grid that is too large."""
    check_length(source)
    reader = _Workbook()
    try:
        with open_source(source) as file:
            reader.parser.ParseFile(file)
    except expat.ExpatError as error:
        raise corrupt("XML tidak utuh") from error
    yield from reader.grids


class _Workbook:
    """Collects worksheets, rows, cells and their data as the parser meets them."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.EntityDeclHandler = _no_entities
        self.grids: list[Grid] = []
        self._cell: dict[str, str] | None = None
        self._kind = ""
        self._value: object = ""
        self._text: list[str] | None = None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if tag == "Worksheet":
            self.grids.append(Grid(_given(attributes, "Name")))
        elif space != _EXCEL or not self.grids:
            if tag == "Visible" and self.grids:
                self.grids[-1].hidden = True
        elif tag == "Row":
            index = _given(attributes, "Index")
            self.grids[-1].begin_row(int(index) - 1 if index.isdigit() else None)
        elif tag == "Cell":
            self._cell, self._value, self._kind = attributes, "", ""
        elif tag == "Data" and self._cell is not None:
            self._kind, self._text = _given(attributes, "Type"), []

    def _data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "Data" and self._text is not None:
            self._value, self._text = _value("".join(self._text), self._kind), None
        elif tag == "Cell" and self._cell is not None:
            cell, self._cell = self._cell, None
            if self._value == "" and _given(cell, "Formula"):
                self._value = Marked(FORMULA)
            index = _given(cell, "Index")
            self.grids[-1].add(
                self._value,
                across=1 + _whole(_given(cell, "MergeAcross")),
                down=1 + _whole(_given(cell, "MergeDown")),
                place=int(index) - 1 if index.isdigit() else None,
            )


def _no_entities(*declared: Any) -> None:
    raise corrupt("XML dengan singkatan buatan sendiri")


def _given(attributes: dict[str, str], name: str) -> str:
    return attributes.get(f"{_EXCEL} {name}", "")


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _value(text: str, kind: str) -> object:
    """The typed value of a cell; text that is not what it says stays text."""
    try:
        if kind == "Number":
            number = float(text)
            return int(number) if number.is_integer() else number
        if kind == "DateTime":
            return datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        return text
    if kind == "Boolean":
        return text == "1"
    return Marked(ERROR) if kind == "Error" else text
