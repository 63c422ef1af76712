"""Annexes of the mayor's earlier decrees: who was paid for in 2023, 2024 and 2025.

Two sheets: vulnerable workers, and the neighbourhood officers (RT, LPM, kader, imam).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from semesta.demo import dirt, dirt_rates
from semesta.demo.history import BURSTS, OFFICER_YEARS
from semesta.demo.jobs import officer_jobs, say
from semesta.demo.offices.office import InboxFile, extras_of, place_names, spouse_niks
from semesta.demo.offices.sheets import Sheet, Workbook, as_numbers, counted
from semesta.demo.population import Slice
from semesta.demo.truth import Truth

HEADER = ("NO", "NAMA", "NIK", "ALAMAT", "KELURAHAN", "PEKERJAAN", "KETERANGAN")
_WIDTHS = (6, 34, 20, 38, 22, 26, 20)


@dataclass(frozen=True)
class _Decree:
    year: int
    number: str
    signed: date
    burst: str

    @property
    def file(self) -> str:
        return f"sk/Lampiran_SK_{self.year}.xlsx"


_DECREES = (
    _Decree(2023, "44/WAKO-PP/2023", date(2023, 1, 9), "burst_2023"),
    _Decree(2024, "31/WAKO-PP/2024", date(2024, 1, 29), "burst_2024"),
    _Decree(2025, "87/WAKO-PP/2025", date(2025, 4, 30), "burst_2025"),
)


class Decrees:
    """One workbook a year, one row per person decreed."""

    def __init__(self, inbox: Path, truth: Truth) -> None:
        self._annexes = [_Annex(inbox, truth, decree) for decree in _DECREES]

    def write(self, part: Slice) -> None:
        for annex in self._annexes:
            annex.write(part)

    def close(self) -> list[InboxFile]:
        return [annex.close() for annex in self._annexes]


class _Annex:
    def __init__(self, inbox: Path, truth: Truth, decree: _Decree) -> None:
        self.decree = decree
        self._truth = truth
        self._book = Workbook(inbox / decree.file, author="Bagian Hukum")
        self._workers = self._sheet("Pekerja Rentan", "PEKERJA RENTAN")
        self._officers = self._sheet("RT-LPM-Kader-Imam", "RT, LPM, KADER DAN IMAM")
        self._rows = {self._workers.name: 0, self._officers.name: 0}
        self._base = self._workers.name

    def _sheet(self, name: str, whom: str) -> Sheet:
        sheet = self._book.sheet(name, _WIDTHS)
        decree = self.decree
        sheet.text({4: "LAMPIRAN KEPUTUSAN WALI KOTA PADANG PANJANG"})
        sheet.text({4: f"NOMOR   : {decree.number}"})
        sheet.text({4: f"TANGGAL : {decree.signed:%d-%m-%Y}"})
        sheet.skip()
        sheet.text(
            {0: f"DAFTAR PENERIMA IURAN JAMSOSTEK BAGI {whom} TAHUN {decree.year}"},
            self._book.title,
        )
        sheet.skip()
        sheet.row(HEADER, self._book.head)
        return sheet

    def write(self, part: Slice) -> None:
        rng = part.stream(self.decree.file)
        burst = [b.quota for b in BURSTS].index(self.decree.burst)
        people = np.unique(part.paid.person[part.paid.burst == burst])
        people = people[np.argsort(part.kelurahan[people], kind="stable")]
        self._write_sheet(rng, part, people, self._workers, note="")
        assert self.decree.year in OFFICER_YEARS
        yearly = np.isin(part.work.job[part.paid.person], officer_jobs())
        yearly &= part.paid.first == np.datetime64(f"{self.decree.year}-01", "M")
        officers = np.unique(part.paid.person[yearly])
        officers = officers[np.argsort(part.kelurahan[officers], kind="stable")]
        self._write_sheet(rng, part, officers, self._officers, note="Aktif")

    def _write_sheet(
        self,
        rng: np.random.Generator,
        part: Slice,
        people: np.ndarray,
        sheet: Sheet,
        note: str,
    ) -> None:
        if sheet.full:
            sheet = self._next_sheet(sheet)
        rates = dirt_rates.DECREE
        niks, names = part.nik[people], part.names.name[people]
        addresses = part.homes.address[part.home[people]]
        places = place_names(part, people)
        stains = dirt.soil_niks(rng, rates, niks, spouse_niks(part, people))
        numeric = next(rows for rows, kind in stains if kind == "nik_number")
        stains += dirt.soil_names(rng, rates, names, extras_of(part.names, people))
        stains.append(dirt.soil_kelurahan(rng, rates.kelurahan_variant, places))
        stains.append(dirt.blank(rng, rates.address_blank, addresses, "address_blank"))
        count = len(people)
        first = sheet.block(
            [
                counted(self._rows[sheet.name] + 1, count),
                names,
                as_numbers(niks, numeric),
                addresses,
                places,
                say(rng, part.work.job[people]),
                np.where(rng.random(count) < 0.1, "Perubahan", note),
            ]
        )
        self._rows[sheet.name] += count
        self._truth.rows(self.decree.file, sheet.name, first, part.person[people])
        self._truth.stains(self.decree.file, sheet.name, first, stains)

    def _next_sheet(self, full: Sheet) -> Sheet:
        """Go on in a further sheet when one is full (cities of millions only)."""
        name = f"{full.name[:20]} {len(self._rows)}"
        sheet = self._sheet(name, "PEKERJA RENTAN (LANJUTAN)")
        self._rows[name] = 0
        if full is self._workers:
            self._workers = sheet
        else:
            self._officers = sheet
        return sheet

    def close(self) -> InboxFile:
        for sheet in (self._workers, self._officers):
            sheet.skip(2)
            sheet.text({5: "WALI KOTA PADANG PANJANG,"})
            sheet.skip(3)
            sheet.text({5: "dto"})
        self._book.close()
        path = self.decree.file
        return InboxFile(path, "decree", date(2025, 12, 11), sum(self._rows.values()))
