"""The personnel board's list of civil servants (ASN: PNS and PPPK)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from semesta.demo import dirt, dirt_rates
from semesta.demo.dates import CELL, write_days
from semesta.demo.identifiers import pension_numbers
from semesta.demo.jobs import job_number
from semesta.demo.offices.office import InboxFile
from semesta.demo.offices.sheets import Workbook, counted
from semesta.demo.places import semicolon_list, words
from semesta.demo.population import Slice
from semesta.demo.truth import Truth
from semesta.demo.work import ASN

FILE = "bkpsdm/Daftar_ASN.xlsx"
HEADER = ("NO", "NIP", "NAMA", "NIK", "TGL LAHIR", "UNIT KERJA", "JABATAN")
_POSTS = (
    "Pelaksana", "Analis", "Pengadministrasi", "Guru Ahli Pertama", "Guru Ahli Muda",
    "Kepala Seksi", "Kepala Subbagian",
)  # fmt: skip


class CivilServants:
    """One row per civil servant, names with degrees."""

    def __init__(self, inbox: Path, truth: Truth) -> None:
        self._book = Workbook(inbox / FILE, author="BKPSDM")
        self._sheet = self._book.sheet("ASN", (6, 22, 38, 20, 14, 34, 24))
        self._sheet.text({0: "DAFTAR APARATUR SIPIL NEGARA"}, self._book.title)
        self._sheet.text({0: "PEMERINTAH KOTA PADANG PANJANG PER 31 DESEMBER 2025"})
        self._sheet.skip()
        self._sheet.row(HEADER, self._book.head)
        self._rows = 0
        self._truth = truth

    def write(self, part: Slice) -> None:
        rng = part.stream(FILE)
        people = np.flatnonzero((part.work.segment == ASN) & part.here)
        names, niks = part.names.name[people], part.nik[people]
        days = part.members.born[people]
        stains = dirt.soil_niks(rng, dirt_rates.STAFF_LIST, niks)
        stains += dirt.soil_names(rng, dirt_rates.STAFF_LIST, names)
        offices = np.array(
            semicolon_list(words("firms")["words"]["office"]), dtype=object
        )
        posts = np.array(_POSTS, dtype=object)[
            rng.integers(0, len(_POSTS), len(people))
        ]
        contract = part.work.job[people] == job_number("PPPK")
        first = self._sheet.block(
            [
                counted(self._rows + 1, len(people)),
                pension_numbers(
                    days, part.members.sex[people], part.today, part.person[people]
                ),
                [
                    ", ".join(
                        word for word in (f"{front} {name}".strip(), degree) if word
                    )
                    for front, name, degree in zip(
                        part.names.haji[people],
                        names,
                        part.names.degree[people],
                        strict=True,
                    )
                ],
                niks,
                write_days(days, CELL),
                offices[rng.integers(0, len(offices), len(people))],
                np.where(contract, "PPPK " + posts, posts),
            ]
        )
        self._rows += len(people)
        self._truth.rows(FILE, self._sheet.name, first, part.person[people])
        self._truth.stains(FILE, self._sheet.name, first, stains)

    def close(self) -> list[InboxFile]:
        self._sheet.skip(2)
        self._sheet.text({5: "Kepala BKPSDM Kota Padang Panjang"})
        self._book.close()
        return [InboxFile(FILE, "civil_servants", date(2025, 12, 30), self._rows)]
