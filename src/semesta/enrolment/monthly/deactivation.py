"""The insurer's `data_tk_na` file: who is no longer paid for, every cell text.

Not for the dead: their families claim instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from semesta.warehouse.workbook import Column, Sheet, write_workbook

COLUMNS = (
    ("KPJ", 14), ("NAMA_LENGKAP", 34), ("TGL_LAHIR", 14), ("SEBAB_NA", 12),
    ("TGL_KEJADIAN", 16), ("KETERANGAN", 40),
)  # fmt: skip
SHEET = "data_tk_na"
# The portal refuses a file with any other name.
FILENAME = "data_tk_na.xlsx"
ROWS_PER_FILE = 10_000


class Leaver(NamedTuple):
    """One member who leaves; `reason` is the insurer's code."""

    kpj: str
    name: str
    born_on: date
    reason: str
    occurred_on: date
    remark: str


def file_bytes(leavers: Sequence[Leaver], *, made_on: date) -> bytes:
    """The file as bytes; the same people give the same bytes."""
    columns = [Column(title, width) for title, width in COLUMNS]
    rows = [
        (
            one.kpj,
            one.name.upper(),
            f"{one.born_on:%d-%m-%Y}",
            one.reason,
            f"{one.occurred_on:%d-%m-%Y}",
            one.remark[:100],
        )
        for one in leavers
    ]
    sheet = Sheet(name=SHEET, columns=columns, rows=rows, styled=False)
    return write_workbook([sheet], title=SHEET, made_on=made_on)


def parts(leavers: Sequence[Leaver]) -> list[Sequence[Leaver]]:
    """The leavers cut into files of at most as many rows as the insurer takes."""
    return [
        leavers[start : start + ROWS_PER_FILE]
        for start in range(0, len(leavers), ROWS_PER_FILE)
    ]
