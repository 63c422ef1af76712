"""A 100,000-row xlsx through intake: under 15 s; beside it what one would use instead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlsxwriter

from bench.machine import intake, seconds_of

ROWS = 100_000
HEADER = (
    "NO", "NAMA LENGKAP", "NIK", "NO KK", "TGL LAHIR", "JENIS KELAMIN", "ALAMAT",
    "RT", "RW", "KELURAHAN", "PEKERJAAN", "PENGHASILAN", "NO HP",
)  # fmt: skip
NAMES = ("YUSNIDAR", "RISKI PUTRA", "H. SYAFRIL DT. RAJO", "DEWI ANGGRAINI", "M. ILHAM")
PLACES = ("Ganting", "KAMPUNG  MANGGIS", "Balai-Balai", "Koto Katiak")
JOBS = ("Petani", "ojek", "Pedagang kecil", "buruh harian", "Penjahit")


def write_sheet(path: Path) -> None:
    """A proposal as a clerk would send it, only long."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Usulan")
    sheet.write_string(0, 0, "USULAN PEKERJA RENTAN")
    sheet.write_row(2, 0, HEADER)
    for n in range(ROWS):
        day, month, year = n % 28 + 1, n % 12 + 1, 1962 + n % 40
        nik = f"13740{n % 2 + 1}{day:02d}{month:02d}{year % 100:02d}{9001 + n % 999}"
        row = (
            str(n + 1), NAMES[n % 5], nik, f"1374010101{n % 100:02d}{9001 + n % 999}",
            f"{day:02d}-{month:02d}-{year}", "L", f"Jl. Sudirman No. {n % 200}",
            f"{n % 9 + 1:03d}", f"{n % 5 + 1:03d}", PLACES[n % 4], JOBS[n % 5],
            "1,5 jt", f"0812{n:08d}",
        )  # fmt: skip
        sheet.write_row(n + 3, 0, row)
    book.close()


def run(folder: Path) -> dict[str, Any]:
    """Seconds of `semesta intake`, and of openpyxl only reading the same cells."""
    path = folder / "usulan.xlsx"
    write_sheet(path)
    return {
        "goal": "under 15 s",
        **intake(path, folder / "lembar"),
        "openpyxl_reading_only_seconds": seconds_of(_OPENPYXL, path),
    }


_OPENPYXL = (
    "import openpyxl,sys;"
    "b=openpyxl.load_workbook(sys.argv[1],read_only=True);"
    "sum(1 for r in b.worksheets[0].iter_rows(values_only=True))"
)
