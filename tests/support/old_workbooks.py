"""Workbooks no library here writes: the old binary .xls, and OpenDocument's .ods."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from html import escape

from tests.support.office_files import zipped

_SECTOR = 512
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def xls(rows: Sequence[Sequence[str | float]], name: str = "Daftar") -> bytes:
    """A BIFF8 workbook of one sheet in an OLE container."""
    return ole("Workbook", _workbook(rows, name))


def ole(stream: str, content: bytes) -> bytes:
    """An OLE container with one stream (padded, so that it needs no small sectors)."""
    content = content.ljust(max(4096, -(-len(content) // _SECTOR) * _SECTOR), b"\0")
    sectors = len(content) // _SECTOR
    chain = [*range(1, sectors), _END, _END, _FAT]
    fat_sector = sectors + 1
    header = struct.pack(
        "<8s16sHHHHH6xLLLLLLLLLL",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, sectors, 0, 4096, _END, 0, _END, 0, fat_sector,
    )  # fmt: skip
    header += struct.pack("<L", _FREE) * 108
    directory = _entry("Root Entry", 5, child=1, start=_END, size=0)
    directory += _entry(stream, 2, child=_FREE, start=0, size=len(content))
    directory = directory.ljust(_SECTOR, b"\0")
    fat = b"".join(struct.pack("<L", place) for place in chain)
    fat = fat.ljust(_SECTOR, b"\xff")
    return header[:_SECTOR] + content + directory + fat


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBLLL", len(text), kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<LQ", start, size)
    )


def _record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def _workbook(rows: Sequence[Sequence[str | float]], name: str) -> bytes:
    begin = _record(0x0809, struct.pack("<HHHHLL", 0x0600, 5, 0, 0, 0, 6))
    title = struct.pack("<BB", len(name), 0) + name.encode("latin-1")
    size = len(begin) + 4 + 6 + len(title) + 4
    sheet_at = _record(0x0085, struct.pack("<LH", size, 0) + title)
    sheet = _record(0x0809, struct.pack("<HHHHLL", 0x0600, 16, 0, 0, 0, 6))
    width = max(map(len, rows))
    sheet += _record(0x0200, struct.pack("<LLHHH", 0, len(rows), 0, width, 0))
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", line, column, 0)
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                sheet += _record(0x0204, place + text)
            else:
                sheet += _record(0x0203, place + struct.pack("<d", value))
    return begin + sheet_at + _record(0x000A) + sheet + _record(0x000A)


def ods(rows: Sequence[Sequence[str | float]], *, encrypted: bool = False) -> bytes:
    """An OpenDocument spreadsheet of one sheet."""
    lines = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="Daftar">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    secret = "<manifest:encryption-data/>" if encrypted else ""
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": (
                '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:'
                f'xmlns:manifest:1.0">{secret}</manifest:manifest>'
            ).encode(),
            "content.xml": content.encode(),
        }
    )


def _ods_cell(value: str | float) -> str:
    if isinstance(value, str):
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{escape(value)}</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}">'
        f"<text:p>{value}</text:p></table:table-cell>"
    )
