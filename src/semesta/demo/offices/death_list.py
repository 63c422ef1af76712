"""The kelurahan's list of deaths, January 2025 to January 2026."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from semesta.demo import dirt, dirt_rates
from semesta.demo.dates import CELL, DASHES, IN_WORDS, SHORT_YEAR, SLASHES, write_days
from semesta.demo.offices.office import InboxFile, extras_of, place_names
from semesta.demo.offices.sheets import Workbook, as_numbers, counted
from semesta.demo.population import Slice
from semesta.demo.truth import Truth

FILE = "kelurahan/Daftar_Kematian_2025.xlsx"
HEADER = (
    "NO", "NIK", "NAMA", "TGL MENINGGAL", "ALAMAT", "KELURAHAN", "NO AKTA", "PELAPOR",
)  # fmt: skip
SINCE = np.datetime64("2025-01-01")
REPORTED = 0.93
WITH_CERTIFICATE = 0.62
_DATES = {DASHES: 0.4, SLASHES: 0.2, IN_WORDS: 0.15, CELL: 0.2, SHORT_YEAR: 0.05}
_REPORTERS = ("Keluarga", "Ketua RT", "Anak", "Suami/Istri")


class DeathList:
    """One row per reported death."""

    def __init__(self, inbox: Path, truth: Truth) -> None:
        self._book = Workbook(inbox / FILE, author="Bagian Pemerintahan")
        self._sheet = self._book.sheet("KEMATIAN 2025", (6, 20, 32, 18, 34, 20, 26, 18))
        self._sheet.text({0: "PEMERINTAH KOTA PADANG PANJANG"}, self._book.title)
        self._sheet.text(
            {0: "DAFTAR PENDUDUK MENINGGAL DUNIA TAHUN 2025"}, self._book.title
        )
        self._sheet.text({0: "s.d. Januari 2026"})
        self._sheet.skip()
        self._sheet.row(HEADER, self._book.head)
        self._rows = 0
        self._truth = truth

    def write(self, part: Slice) -> None:
        rng = part.stream(FILE)
        died = part.lives.died
        people = np.flatnonzero((died >= SINCE) & (rng.random(len(part)) < REPORTED))
        people = people[np.argsort(died[people], kind="stable")]
        columns, stains = _columns(rng, part, people)
        first = self._sheet.block([counted(self._rows + 1, len(people)), *columns])
        self._rows += len(people)
        self._truth.rows(FILE, self._sheet.name, first, part.person[people])
        self._truth.stains(FILE, self._sheet.name, first, stains)

    def close(self) -> list[InboxFile]:
        self._sheet.skip(2)
        self._sheet.text({2: "JUMLAH", 3: self._rows}, self._book.bold)
        self._sheet.skip()
        self._sheet.text({5: "Padang Panjang, 30 Januari 2026"})
        self._book.close()
        return [InboxFile(FILE, "deaths", date(2026, 1, 30), self._rows)]


def _columns(
    rng: np.random.Generator, part: Slice, people: np.ndarray
) -> tuple[list, list[dirt.Stain]]:
    """The columns after NO, and the damages in them."""
    rates, count = dirt_rates.DEATH_LIST, len(people)
    died = part.lives.died[people]
    niks, names = part.nik[people], part.names.name[people]
    places = place_names(part, people)
    addresses = part.homes.address[part.home[people]]
    stains = dirt.soil_niks(rng, rates, niks)
    numeric = next(rows for rows, kind in stains if kind == "nik_number")
    stains += dirt.soil_names(rng, rates, names, extras_of(part.names, people))
    stains.append(dirt.soil_kelurahan(rng, rates.kelurahan_variant, places))
    stains.append(dirt.blank(rng, rates.address_blank, addresses, "address_blank"))
    late = rng.random(count) < 0.3
    names[late] = [f"ALM. {name}" for name in names[late]]
    styles = rng.choice(list(_DATES), count, p=list(_DATES.values()))
    reporters = np.array(_REPORTERS, dtype=object)[rng.integers(0, 4, count)]
    return [
        as_numbers(niks, numeric),
        names,
        write_days(died, styles),
        addresses,
        places,
        _certificates(rng, died),
        reporters,
    ], stains


def _certificates(rng: np.random.Generator, died: np.ndarray) -> list[str]:
    days = died.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    day = (days - months).astype(int) + 1
    month, year = (
        months.astype(int) % 12 + 1,
        days.astype("datetime64[Y]").astype(int) + 1970,
    )
    serial = rng.integers(1, 9000, len(died))
    return [
        f"1374-KM-{d:02d}{m:02d}{y}-{s:04d}" if has else ""
        for d, m, y, s, has in zip(
            day,
            month,
            year,
            serial,
            rng.random(len(died)) < WITH_CERTIFICATE,
            strict=True,
        )
    ]
