"""Lists of offices nobody knows yet, and what a clerk answers about their columns."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from tests.support.clerk import AS_OF
from tests.support.office_files import nik, workbook

from semesta.intake.models import Delivery
from semesta.intake.services import take_in
from semesta.kernel import Actor

BOATS = ["Urut", "Kode A", "Si Pemilik", "Lahirnya", "Nama Kapal"]
BOAT_MEANINGS = ("number", "nik", "name", "born_on", "")
# Two columns without a header, one that says nothing: only their order tells.
NAMELESS = ["Kolom1", "Kolom2", "Kolom3", "Kolom4"]
NAMELESS_MEANINGS = ("number", "name", "nik", "family_card")
_NAMES = "SYAFRIL YUSNIAR BUSTAMI ROSMAINI HENDRI DARNIS ZULKIFLI NURBAITI".split()


def fishermen(count: int = 8, first: int = 1) -> list[list[object]]:
    """Invented owners of boats, one per row of `BOATS`."""
    return [
        [n, nik(n, day=n % 28 + 1), _name(n), f"{n % 28 + 1:02d}-01-1980", "CAHAYA"]
        for n in range(first, first + count)
    ]


def families(count: int = 12, *, swapped: bool = False) -> list[list[object]]:
    """Invented people, three to a family card, one per row of `NAMELESS`; `swapped`: with
    the two numbers in the other order."""
    rows: list[list[object]] = []
    for n in range(1, count + 1):
        numbers = [nik(n, day=n + 40 * (n % 2)), f"137401010815{9001 + n // 3}"]
        rows.append([n, _name(n), *(reversed(numbers) if swapped else numbers)])
    return rows


def _name(n: int) -> str:
    return f"{_NAMES[n % 8]} {_NAMES[(n // 8 + 3) % 8]}"


def boats(*titles: str, count: int = 8, first: int = 1, mark: str = "") -> bytes:
    """A list of boats as a workbook, titles above; `mark` makes its headers another
    office's."""
    headers = [f"{header}{mark}" for header in BOATS]
    return workbook([*([text] for text in titles), headers, *fishermen(count, first)])


def nameless(*, swapped: bool = False, count: int = 12) -> bytes:
    """A list whose headers say nothing."""
    return workbook([NAMELESS, *families(count, swapped=swapped)])


def a_strange_delivery(
    content: bytes = b"", filename: str = "Perahu.xlsx", area: str = ""
) -> Delivery:
    """A list that was taken in and refused, in the workspace of the settings."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / filename
        path.write_bytes(content or boats("DAFTAR PEMILIK PERAHU"))
        return take_in(
            path=path,
            workspace=settings.WORKSPACE,
            by=Actor("petugas", datetime(2026, 1, 5, 3, 0, tzinfo=UTC)),
            as_of=AS_OF,
            area=area,
        )


def answers(
    meanings: Sequence[str] = BOAT_MEANINGS,
    *,
    action: str = "simpan",
    needed: Sequence[int] = (2,),
    **more: str,
) -> dict[str, str]:
    """What a browser posts for these meanings of a new list's columns."""
    posted = {
        "jenis": "baru", "judul": "Pemilik perahu", "kantor": "Dinas Perikanan",
        "baris": "person", "aksi": action,
    }  # fmt: skip
    posted |= {f"arti-{place}": meaning for place, meaning in enumerate(meanings)}
    posted |= {f"wajib-{place}": "on" for place in needed}
    return posted | more
