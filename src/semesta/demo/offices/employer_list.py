"""The insurer's list of registered employers and what they owe."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from semesta.demo.dates import DASHES, write_days, write_months
from semesta.demo.employers import Firms, last_paid, scale_of
from semesta.demo.offices.office import InboxFile
from semesta.demo.offices.sheets import Workbook
from semesta.demo.places import kelurahan, settle
from semesta.demo.population import Slice
from semesta.demo.truth import Truth

EMPLOYERS = "bpjs/Daftar_Pemberi_Kerja.xlsx"
EMPLOYER_HEADER = (
    "NPP", "NAMA_PERUSAHAAN", "NPWP", "NIB", "ALAMAT", "SKALA_USAHA", "JML_TK",
    "TGL_KEPESERTAAN", "PROGRAM", "IURAN_TERAKHIR", "BULAN_TUNGGAKAN", "TUNGGAKAN",
)  # fmt: skip
NIB_BLANK, NPWP_BLANK = 0.6, 0.25


class EmployerList:
    """One row per registered employer, with the month paid last and what it owes."""

    def __init__(self, inbox: Path, truth: Truth) -> None:
        self._book = Workbook(inbox / EMPLOYERS, author="BPJS Ketenagakerjaan")
        self._sheet = self._book.sheet("Pemberi Kerja", (12, 40, 24, 18, 36, 18))
        self._sheet.text(
            {0: "DAFTAR PEMBERI KERJA KOTA PADANG PANJANG"}, self._book.title
        )
        self._sheet.text({0: "Posisi data: 31 Desember 2025"})
        self._sheet.skip()
        self._sheet.row(EMPLOYER_HEADER, self._book.head)
        self._rows = 0
        self._truth = truth

    def write(self, part: Slice) -> None:
        rng = part.stream(EMPLOYERS)
        firms = part.firms
        rows = np.flatnonzero(firms.registered > 0)
        count = len(rows)
        small = firms.registered[rows] < 10
        programmes = np.where(
            small & (rng.random(count) < 0.5), "JKK,JKM", "JKK,JKM,JHT,JP"
        )
        programmes[small & (rng.random(count) < 0.3)] = "JKK,JKM,JHT"
        first = self._sheet.block(
            [
                firms.npp[rows],
                [_insurer_name(*names) for names in _name_parts(rng, firms, rows)],
                np.where(rng.random(count) < NPWP_BLANK, "", firms.npwp[rows]),
                np.where(rng.random(count) < NIB_BLANK, "", firms.nib[rows]),
                _addresses(rng, firms, rows),
                scale_of(firms.registered[rows]),
                firms.registered[rows].tolist(),
                write_days(firms.since[rows], DASHES),
                programmes,
                write_months(
                    last_paid(firms, part.today)[rows], np.zeros(count, dtype=bool)
                ),
                firms.arrears[rows].tolist(),
                firms.due()[rows].tolist(),
            ]
        )
        self._rows += count
        self._truth.rows(
            EMPLOYERS, self._sheet.name, first, firms.number[rows], "employer"
        )

    def close(self) -> list[InboxFile]:
        self._book.close()
        return [InboxFile(EMPLOYERS, "employers", date(2026, 1, 2), self._rows)]


def _name_parts(rng: np.random.Generator, firms: Firms, rows: np.ndarray) -> zip:
    return zip(
        firms.form[rows], firms.name[rows], rng.random(len(rows)).tolist(), strict=True
    )


def _insurer_name(form: str, name: str, draw: float) -> str:
    """A firm's name as the insurer typed it: form in front, behind, or lost."""
    if form == "Instansi Pemerintah":
        return name.upper()
    if form in ("Perorangan", "Yayasan", "Koperasi"):
        return (
            name.upper()
            if draw < 0.7 and form == "Perorangan"
            else f"{form} {name}".upper()
        )
    if draw < 0.4:
        return f"{form}. {name}".upper()
    if draw < 0.6:
        return f"{name}, {form}".upper()
    return name.upper() if draw < 0.72 else f"{form} {name}".upper()


def _addresses(rng: np.random.Generator, firms: Firms, rows: np.ndarray) -> list[str]:
    streets = settle(rng, len(rows)).address
    names = [k.name for k in kelurahan()]
    return [
        f"{street.title()} Kel. {names[place]}"
        for street, place in zip(streets, firms.kelurahan[rows].tolist(), strict=True)
    ]
