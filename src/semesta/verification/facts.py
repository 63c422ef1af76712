"""What a closed round says of people, as the rows of a delivery to the registry.

Only what the field asserts stands in a row; who a person is, is copied from the register
so that the row is known as theirs. That somebody is alive is said only to take back an
earlier round's word that they were dead: a death known to the register in the meantime
must not be undone by a visit before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from semesta.verification.reasons import reason_title
from semesta.verification.said import REFUSE, Said
from semesta.warehouse.workbook import Cell, Column, Sheet, write_workbook

COLUMNS = (
    Column("NIK", 19), Column("NOMOR KK", 19), Column("NAMA", 34),
    Column("JENIS KELAMIN", 8), Column("TANGGAL LAHIR", 13), Column("ALAMAT", 36),
    Column("RT", 6), Column("RW", 6), Column("KODE KELURAHAN", 15), Column("NO HP", 16),
    Column("STATUS HIDUP", 12), Column("TANGGAL MENINGGAL", 13),
    Column("TINGGAL DI SINI", 12), Column("STATUS BEKERJA", 12),
    Column("PEKERJAAN", 24), Column("PENGHASILAN", 14),
    Column("HASIL PEMERIKSAAN", 16), Column("ALASAN DITOLAK", 28),
    Column("KETERANGAN", 40),
)  # fmt: skip
_VERDICTS = {"confirm": "benar", "correct": "berubah", "refuse": "ditolak"}


@dataclass(frozen=True)
class Whose:
    """Who a person is in the register, and whether an earlier round called them dead."""

    nik: str
    family_card: str
    name: str
    sex: str
    born_on: date | None
    kelurahan: str
    said_dead: bool = False


def tells_something(said: Said) -> bool:
    """Whether an answer states a fact that the registry keeps."""
    return said.verdict != REFUSE or any(
        value is False for value in (said.alive, said.lives_here, said.works)
    )


def facts_bytes(people: Iterable[tuple[Whose, Said]], *, made_on: date) -> bytes:
    """The delivery as a workbook; the same answers on the same day give the same bytes."""
    rows = [_row(whose, said) for whose, said in people]
    return write_workbook(
        [Sheet("Hasil", COLUMNS, rows)],
        title="Hasil verifikasi lapangan",
        made_on=made_on,
    )


def _row(whose: Whose, said: Said) -> list[Cell]:
    stays = said.lives_here is True
    return [
        whose.nik,
        whose.family_card,
        whose.name,
        whose.sex,
        _day(whose.born_on),
        said.address,
        said.rt,
        said.rw,
        whose.kelurahan if stays else "",
        said.phone,
        _alive(whose, said),
        _day(said.died_on),
        _yes_no(said.lives_here),
        _yes_no(said.works),
        said.occupation,
        None if said.income is None else str(said.income),
        _VERDICTS[said.verdict],
        said.reason,
        said.reason_text or reason_title(said.reason),
    ]


def _alive(whose: Whose, said: Said) -> str:
    if said.alive is False:
        return "MENINGGAL"
    return "HIDUP" if said.alive and whose.said_dead else ""


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "YA" if value else "TIDAK"


def _day(day: date | None) -> str:
    return day.strftime("%d-%m-%Y") if day else ""
