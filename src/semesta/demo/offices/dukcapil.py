"""The civil register's extract: nearly clean, semicolons, Windows-1252.

People who moved away are no longer in it; it shows 85 % of the deaths.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from semesta.demo import dirt, dirt_rates
from semesta.demo.dates import DASHES, write_days
from semesta.demo.jobs import column, job_number
from semesta.demo.offices.office import InboxFile, extras_of, two_digits
from semesta.demo.offices.sheets import CsvFile
from semesta.demo.places import kelurahan
from semesta.demo.population import Slice
from semesta.demo.schooling import LEVELS
from semesta.demo.truth import RELATIONS, Truth

FILE = "dukcapil/Ekstrak_Dukcapil_13.74_2025-12.csv"
HEADER = (
    "NIK;NO_KK;NAMA_LGKP;TMPT_LHR;TGL_LHR;JENIS_KLMIN;AGAMA;GOL_DARAH;STAT_KWN;STAT_HBKEL;"
    "PDDK_AKH;JENIS_PKRJN;NAMA_LGKP_IBU;NAMA_LGKP_AYAH;ALAMAT;NO_RT;NO_RW;NO_PROP;NO_KAB;"
    "NO_KEC;NO_KEL;KEC_NAME;KEL_NAME;EKTP_STATUS;STAT_HIDUP"
).split(";")
MARITAL = ("BELUM KAWIN", "KAWIN", "CERAI HIDUP", "CERAI MATI")
# The card keeps the occupation of the day it was made.
OLD_OCCUPATION = 0.22


class CivilRegister:
    """One row per person who has not moved away."""

    def __init__(self, inbox: Path, truth: Truth) -> None:
        self._file = CsvFile(inbox / FILE, HEADER, delimiter=";", encoding="cp1252")
        self._truth = truth

    def write(self, part: Slice) -> None:
        rng = part.stream(FILE)
        rows = np.flatnonzero(np.isnat(part.lives.moved))
        rows = rows[np.argsort(part.kelurahan[rows], kind="stable")]
        names, mothers = part.names.name[rows], part.names.mother[rows]
        days = part.members.born[rows]
        stains = dirt.soil_names(
            rng, dirt_rates.REGISTER, names, extras_of(part.names, rows)
        )
        stains += dirt.soil_days(rng, dirt_rates.REGISTER, days)
        stains.append(
            dirt.blank(rng, dirt_rates.REGISTER.mother_blank, mothers, "mother_blank")
        )
        columns = [
            part.nik[rows],
            part.card[part.home[rows]],
            _curled(names),
            part.birthplace[rows],
            write_days(days, DASHES),
            np.array(["LAKI-LAKI", "PEREMPUAN"], dtype=object)[part.members.sex[rows]],
            np.where(rng.random(len(rows)) < 0.985, "ISLAM", "KRISTEN"),
            rng.choice(
                np.array(["TIDAK TAHU", "O", "A", "B", "AB"]), len(rows), p=_BLOOD
            ),
            np.array(MARITAL, dtype=object)[part.members.marital[rows]],
            _relations(part, rows),
            np.array(LEVELS, dtype=object)[part.schooling[rows]],
            _occupations(rng, part, rows),
            _curled(mothers),
            _curled(part.names.father[rows]),
            *_place_columns(part, rows),
            np.where(part.age[rows] >= 17, "SUDAH REKAM", "BELUM REKAM"),
            np.where(part.lives.register_knows[rows], "MENINGGAL", "HIDUP"),
        ]
        first = self._file.write(columns)
        self._truth.rows(FILE, "", first, part.person[rows])
        self._truth.stains(FILE, "", first, stains)

    def close(self) -> list[InboxFile]:
        self._file.close()
        return [InboxFile(FILE, "dukcapil", date(2025, 12, 29), self._file.line - 2)]


_BLOOD = [0.7, 0.12, 0.08, 0.08, 0.02]


def _curled(names: np.ndarray) -> list[str]:
    """Curly apostrophes, byte 0x92 in Windows-1252, as old programs write."""
    return [name.replace("'", "\u2019") for name in names.tolist()]


def _relations(part: Slice, rows: np.ndarray) -> np.ndarray:
    words = np.array(RELATIONS, dtype=object)[part.members.relation[rows]]
    husband = (words == "ISTRI") & (part.members.sex[rows] == 0)
    words[husband] = "SUAMI"
    return words


def _occupations(rng: np.random.Generator, part: Slice, rows: np.ndarray) -> np.ndarray:
    jobs = part.work.job[rows].copy()
    stale = (rng.random(len(rows)) < OLD_OCCUPATION) & (part.work.segment[rows] > 2)
    others = np.array(
        [job_number(code) for code in ("BELUM_BEKERJA", "PELAJAR", "KARYAWAN")]
    )
    jobs[stale] = rng.choice(others, int(stale.sum()))
    return column("registry")[jobs]


def _place_columns(part: Slice, rows: np.ndarray) -> list:
    home = part.home[rows]
    where = part.kelurahan[rows]
    codes = [k.code.split(".") for k in kelurahan()]

    def by_place(values: list[str]) -> np.ndarray:
        return np.array(values, dtype=object)[where]

    return [
        part.homes.address[home],
        two_digits(part.homes.rt[home]),
        two_digits(part.homes.rw[home]),
        by_place([c[0] for c in codes]),
        by_place([c[1] for c in codes]),
        by_place([str(int(c[2])) for c in codes]),
        by_place([c[3] for c in codes]),
        by_place([k.kecamatan.upper() for k in kelurahan()]),
        by_place([k.name.upper() for k in kelurahan()]),
    ]
