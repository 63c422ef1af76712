"""The decree's list as a workbook for the office: whole numbers, every cell text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from semesta.decrees.decree import Listed
from semesta.kernel import Region
from semesta.reports.decree_text import DecreeFacts
from semesta.reports.words import long_date
from semesta.warehouse.workbook import Cell, Column, Sheet, write_workbook

COLUMNS = (
    Column("NO", 6),
    Column("NAMA", 34),
    Column("NIK", 19),
    Column("TANGGAL LAHIR", 15),
    Column("ALAMAT", 40),
    Column("KELURAHAN", 22),
    Column("PEKERJAAN", 26),
)


def annex_bytes(facts: DecreeFacts, entries: Sequence[Listed], region: Region) -> bytes:
    """Two sheets: the list in printed order, and the number of people per kelurahan."""
    notes = (
        f"LAMPIRAN SK NOMOR {facts.number}, {long_date(facts.issued_on)}",
        facts.title,
        f"SHA-256 daftar: {facts.sha256}",
    )
    counts = Counter(entry.kelurahan for entry in entries)
    totals: list[list[Cell]] = [
        [region.area_name(code), people] for code, people in sorted(counts.items())
    ]
    return write_workbook(
        [
            Sheet("Daftar", COLUMNS, [_row(entry, region) for entry in entries], notes),
            Sheet(
                "Jumlah",
                (Column("KELURAHAN", 26), Column("ORANG", 10)),
                [*totals, ["Seluruhnya", len(entries)]],
            ),
        ],
        title=f"Lampiran SK {facts.number}",
        made_on=facts.issued_on,
    )


def _row(entry: Listed, region: Region) -> list[str]:
    return [
        str(entry.number),
        entry.name,
        entry.nik,
        entry.born_on.strftime("%d-%m-%Y") if entry.born_on else "",
        entry.address,
        region.area_name(entry.kelurahan),
        entry.occupation,
    ]
