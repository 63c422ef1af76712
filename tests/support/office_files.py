"""Office files made by hand: workbooks and text tables as a clerk would send them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import xlsxwriter
from tests.support.clerk import AS_OF

from semesta.intake.reading import Reading, Received, read_file
from semesta.warehouse.workspace import load_region

REGION = load_region("13.74")
HEADER = ["NO", "NIK", "NAMA", "TGL LAHIR", "ALAMAT", "PEKERJAAN"]


def nik(serial: int, *, day: int = 1, month: int = 1, year: int = 80) -> str:
    """An invented man's NIK of Padang Panjang; `serial` 1–999 becomes 9001–9999."""
    return f"137401{day:02d}{month:02d}{year:02d}{9000 + serial}"


def person(number: int) -> list[object]:
    """An invented person's line of a list (see HEADER)."""
    return [
        number,
        nik(number),
        f"{_NAMES[number % len(_NAMES)]} {_HOUSES[number // len(_NAMES) % len(_HOUSES)]}",
        "01-01-1980",
        f"JL. SUDIRMAN NO. {number} RT 001 RW 002",
        "Ojek",
    ]


_NAMES = (
    "SYAFRIL YUSNIAR BUSTAMI ROSMAINI HENDRI DARNIS ZULKIFLI NURBAITI MARLIS ERNAWATI"
).split()
_HOUSES = "KOTO PILIANG TANJUNG JAMBAK GUCI MELAYU".split()


def workbook(*sheets: Sequence[Sequence[object]], names: Sequence[str] = ()) -> bytes:
    """A workbook with these rows; text stays text, numbers become numeric cells."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    for place, rows in enumerate(sheets):
        sheet = book.add_worksheet(names[place] if names else None)
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, column, value)
                elif value is not None:
                    sheet.write(line, column, value)
    book.close()
    return content.getvalue()


def with_formula(rows: Sequence[Sequence[object]], cell: str, formula: str) -> bytes:
    """A workbook in which one formula has never been computed."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.active[cell] = formula
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive of these members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()


def zipped_zeros(path: Path, size: int, name: str = "xl/worksheets/sheet1.xml") -> Path:
    """A zip of `size` zeros, written in blocks: small outside, huge inside."""
    block = bytes(1 << 20)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open(name, "w", force_zip64=True) as member:
            for _ in range(size // len(block)):
                member.write(block)
    return path


def read(
    content: bytes | Path,
    supplier: str = "proposal",
    filename: str = "Usulan.xlsx",
    area: str = "",
) -> Reading:
    """Read a file as intake does, without a database."""
    return read_file(
        Received(content, "0123456789abcdef", filename, AS_OF, supplier, area), REGION
    )


def rows(reading: Reading) -> list[dict]:
    return reading.rows.to_pylist()


def codes(reading: Reading) -> set[str]:
    return set(reading.problems["code"].to_pylist())
