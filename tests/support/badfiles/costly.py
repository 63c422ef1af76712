"""Files that would cost a reader without guards gigabytes or minutes.

Run as a program it reads each in a process of its own under a limit, and prints what
became of it, in how long, with how much memory (one JSON object per line).
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.support.badfiles.containers import ODS_PARTS, SHEET, members, sheet_of
from tests.support.badfiles.formats import text, xlsx
from tests.support.badfiles.grids import people, with_cell
from tests.support.office_files import HEADER, read, zipped

from semesta.kernel import UserError

SECONDS, MEMORY = 30, 2 * 2**30
_LINE = 2**20


def _members_grown(name: str, old: bytes, new: bytes) -> bytes:
    parts = members(xlsx([HEADER, *people()]))
    return zipped(parts | {name: parts[name].replace(old, new)})


def _blank_rows() -> bytes:
    rows = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/><c r="F%d" s="1"/></row>' % (n, n, n)
        for n in range(8, _LINE + 1)
    )
    return _members_grown(SHEET, b"</sheetData>", rows + b"</sheetData>")


def _many_sheets() -> bytes:
    parts = members(xlsx([HEADER]))
    sheet = b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>'
    book = parts["xl/workbook.xml"]
    more = b"".join(sheet % (n, n + 9) for n in range(50_000))
    changed = book.replace(b"</sheets>", more + b"</sheets>")
    return zipped(parts | {"xl/workbook.xml": changed})


COSTLY: dict[str, Callable[[], bytes]] = {
    "a_million_blank_rows": _blank_rows,
    "50000_sheets": _many_sheets,
    "16384_columns": lambda: text([[f"K{n}" for n in range(16_384)], *people()]),
    "16384_blank_columns": lambda: text([[*row, *[""] * 16_384] for row in [HEADER, *people(500)]]),
    "a_cell_of_10_megabytes": lambda: text(with_cell(2, "SYAFRIL " * 1_300_000)),
    "a_shared_string_of_2_megabytes": lambda: _members_grown(
        "xl/sharedStrings.xml", b"JL. SUDIRMAN NO. 1 ", b"JL. " * 500_000
    ),
    "one_line_of_40_megabytes": lambda: b"NIK,NAMA," + b"x" * 40_000_000,
    "10_million_delimiters": lambda: b"NIK,NAMA\n" + b"," * 10_000_000,
    "5_million_blank_lines": lambda: text([HEADER, *people()]) + b"\n" * 5_000_000,
    "3_million_short_lines": lambda: text([HEADER]) + b"1,2\n" * 3_000_000,
    "a_quote_in_every_line": lambda: text([HEADER]) + b'1,"2,3,4,5,6\n' * 60_000,
    "quotes_alone": lambda: text([HEADER]) + b'"' * 10_000_000,
    "a_header_in_every_line": lambda: text([HEADER, HEADER[:3]]) * 20_000,
    "a_column_repeated_in_ods": ODS_PARTS["ods_16384_repeated_values"],
    "rows_repeated_in_ods": ODS_PARTS["ods_a_million_rows_of_values"],
    "spans_in_html": lambda: (
        b"<table><tr><td colspan=500 rowspan=99999999>NIK"
        + b"<tr><td colspan=500>NAMA" * 60_000
    ),
    "tables_in_tables_in_html": lambda: b"<table><tr><td>" * 60_000,
    "deep_xml": lambda: sheet_of(b"<row>" + b"<a>" * 2_000_000)(),
    "one_nik_with_20000_names": lambda: text(
        [HEADER, *[[n, "1374010101809001", f"NAMA {n:05d}", "", "", ""] for n in range(20_000)]]
    ),
}  # fmt: skip


def _became(path: Path) -> str:
    try:
        return "read" if read(path).rows.num_rows >= 0 else ""
    except UserError as error:
        return error.code


def _measured(name: str, path: Path) -> dict[str, object]:
    reading, writing = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY * 2, MEMORY * 2))
        signal.alarm(SECONDS)
        os.write(writing, _became(path).encode())
        os._exit(0)
    os.close(writing)
    _, status, used = os.wait4(child, 0)
    with os.fdopen(reading) as answer:
        became = answer.read()
    return {
        "name": name, "became": became, "status": status,
        "seconds": round(time.monotonic() - began, 2), "peak": used.ru_maxrss * 1024,
    }  # fmt: skip


def _bomb_of_many(path: Path) -> Path:
    """Many members, each harmless alone."""
    block = bytes(2**20)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for n in range(1_700):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", block)
    return path


BOMBS = {"zip_bomb_of_many_members": _bomb_of_many}


def main() -> None:
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Usulan.xlsx"
        for name in COSTLY | BOMBS:
            if wanted and name not in wanted:
                continue
            if name in BOMBS:
                BOMBS[name](path)
            else:
                path.write_bytes(COSTLY[name]())
            sys.stdout.write(json.dumps(_measured(name, path)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
