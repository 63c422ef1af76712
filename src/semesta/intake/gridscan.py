"""What the cells of a workbook span, learnt by reading its XML once as a stream.

Two cells far apart would make the reader of cells fill gigabytes with blanks, so the grid
is measured first, in bounded memory. On the way it is noted which formulas hold no value.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.etree import ElementTree as ET

from semesta.intake.cells import ERROR, FORMULA
from semesta.intake.containers import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_SHEETS,
    SMALL,
    UNREADABLE,
    corrupt,
    not_a_table,
    too_many_cells,
    too_many_columns,
    too_many_rows,
)

_LAST_LINE = 2**20
_PIECE = 4 * 2**20
_NEAR = 100_000  # rows below this are not counted one by one: few sheets are so wide


@dataclass
class Scan:
    """What a sheet's XML tells that the reader of cells does not."""

    width: int = 0
    height: int = 0
    hidden_rows: int = 0
    unread: dict[int, dict[int, str]] = field(default_factory=dict)
    """Line (1-based) → column (0-based) → mark of a formula without a value or an error."""

    def add_unread(self, reference: bytes, mark: str) -> None:
        letters = reference.rstrip(b"0123456789")
        line = int(reference[len(letters) :])
        self.unread.setdefault(line, {})[column_number(letters.decode())] = mark


def column_number(letters: str) -> int:
    """`A` → 0, `AA` → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


_COLUMN = re.compile(rb"\sr=[\"']([A-Z]{1,3})\d")
_WIDE_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\sr=[\"']([A-Z]{2,3})\d+[^>]*[^/>]>")
_FAR_ROW = re.compile(rb"\sr=[\"'][A-Z]*(\d{6,7})[\"']")
_NEAR_ROW = re.compile(rb"\sr=[\"'][A-Z]*(\d{5,7})[\"']")
_HIDDEN = re.compile(rb"<(?:\w+:)?row\b[^>]*\shidden=[\"'](?:1|true)")
_ERROR_CELL = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\st=[\"']e[\"'])[^>]*?\sr=[\"']([A-Z]+\d+)[\"']"
)
_EMPTY_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\sr=[\"']([A-Z]+\d+)[\"'][^>]*>\s*"
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*[^/>]>[^<]*</(?:\w+:)?f>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\b[^>]*>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def scan_workbook(file: BinaryIO) -> dict[str, Scan]:
    """Sheet name → its scan, for an xlsx. UserError when its grid is too large."""
    try:
        with zipfile.ZipFile(file) as archive:
            paths = _sheet_paths(archive)
            if len(paths) > MAX_SHEETS:
                raise not_a_table(f"buku kerja dengan {len(paths)} lembar")
            return {
                name: _scan_sheet(archive, path)
                for name, path in paths.items()
                if path in archive.NameToInfo
            }
    except UNREADABLE as error:
        raise corrupt("arsip terpotong") from error
    except ET.ParseError as error:
        raise corrupt("daftar lembar tidak terbaca") from error
    finally:
        file.seek(0)


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → its member in the archive."""
    if "xl/_rels/workbook.xml.rels" not in archive.NameToInfo:
        raise corrupt("daftar lembar hilang")
    targets = {}
    for element in _small_xml(archive, "xl/_rels/workbook.xml.rels").iter():
        target = element.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        targets[element.get("Id", "")] = path
    paths = {}
    for element in _small_xml(archive, "xl/workbook.xml").iter():
        if element.tag.rpartition("}")[2] == "sheet":
            for key, value in element.attrib.items():
                if key.rpartition("}")[2] == "id" and value in targets:
                    paths[element.get("name", "")] = targets[value]
    return paths


def _small_xml(archive: zipfile.ZipFile, path: str) -> ET.Element:
    if archive.getinfo(path).file_size > SMALL:
        raise corrupt("daftar lembar tidak wajar")
    return ET.fromstring(archive.read(path))


def _scan_sheet(archive: zipfile.ZipFile, path: str) -> Scan:
    scan = Scan(height=_NEAR)
    widest = 0
    for piece in _pieces(archive, path, b"<"):
        for letters in set(_COLUMN.findall(piece)):
            widest = max(widest, column_number(letters.decode()) + 1)
        if widest > MAX_COLUMNS:
            _check_wide(piece)
        for row in _FAR_ROW.findall(piece):
            scan.height = max(scan.height, int(row))
        if b"hidden=" in piece:
            scan.hidden_rows += len(_HIDDEN.findall(piece))
        _find_unread(piece, scan)
    scan.width = min(widest, MAX_COLUMNS)
    if scan.height == _NEAR and scan.width * _NEAR > MAX_CELLS:
        scan.height = max(
            (
                int(r)
                for piece in _pieces(archive, path, b"<")
                for r in _NEAR_ROW.findall(piece)
            ),
            default=0,
        )
    if scan.width * scan.height > MAX_CELLS:
        raise too_many_cells(scan.width * scan.height)
    return scan


def _check_wide(piece: bytes) -> None:
    """Formatting far to the right is harmless; cells with something in them are not."""
    for letters in set(_WIDE_CELL.findall(piece)):
        if (columns := column_number(letters.decode()) + 1) > MAX_COLUMNS:
            raise too_many_columns(columns)


def _find_unread(piece: bytes, scan: Scan) -> None:
    if b'"e"' in piece or b"'e'" in piece:
        for reference in _ERROR_CELL.findall(piece):
            scan.add_unread(reference, ERROR)
    if b"<f" in piece or b":f" in piece:
        for reference in _EMPTY_FORMULA.findall(piece):
            scan.add_unread(reference, FORMULA)


def _pieces(archive: zipfile.ZipFile, path: str, cut: bytes) -> Iterator[bytes]:
    """A member in pieces of bounded size, cut where a cell (or tag) begins."""
    rest = b""
    with archive.open(path) as stream:
        while block := stream.read(_PIECE):
            block = rest + block
            place = max(block.rfind(b"<c "), block.rfind(b":c "), block.rfind(b"<row"))
            place = block.rfind(b"<", 0, place + 1) if place > 0 else block.rfind(cut)
            if place <= 0 or len(block) > 8 * _PIECE:
                place = len(block)
            yield block[:place]
            rest = block[place:]
    if rest:
        yield rest


_ODS_TAG = re.compile(rb"<table:(table-row|(?:covered-)?table-cell)\b([^>]*)>")
_ROWS = re.compile(rb"number-rows-repeated=[\"'](\d+)")
_TIMES = re.compile(rb"number-columns-repeated=[\"'](\d+)")


def check_ods(file: BinaryIO) -> None:
    """Refuse an ods whose repeated cells would unfold into too large a grid, or reach
    below the last line a spreadsheet has: no reader gives what stands there."""
    cells = times_row = lines = 0
    try:
        with zipfile.ZipFile(file) as archive:
            for piece in _pieces(archive, "content.xml", b"<"):
                for name, attributes in _ODS_TAG.findall(piece):
                    if name == b"table-row":
                        found = _ROWS.search(attributes)
                        times_row = int(found[1]) if found else 1
                        lines += times_row
                    elif not attributes.rstrip().endswith(b"/"):
                        if lines > _LAST_LINE:
                            raise too_many_rows(_LAST_LINE)
                        found = _TIMES.search(attributes)
                        cells += times_row * (int(found[1]) if found else 1)
                if cells > MAX_CELLS:
                    raise too_many_cells(cells)
    except UNREADABLE as error:
        raise corrupt("arsip terpotong") from error
    finally:
        file.seek(0)
