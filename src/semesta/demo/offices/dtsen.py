"""The welfare register DTSEN: individuals and families.

Some addresses are old, some NIK are missing, some households were never listed.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from semesta.demo import dirt, dirt_rates
from semesta.demo.dates import ISO, write_days
from semesta.demo.jobs import column
from semesta.demo.offices.office import InboxFile, two_digits
from semesta.demo.offices.sheets import CsvFile
from semesta.demo.places import Homes, kelurahan, settle
from semesta.demo.population import Slice
from semesta.demo.schooling import LEVELS
from semesta.demo.truth import RELATIONS, Truth
from semesta.demo.work import BPU, NONE

INDIVIDUALS = "dtsen/DTSEN_individu_1374.csv"
FAMILIES = "dtsen/DTSEN_keluarga_1374.csv"
LISTED_HOUSEHOLDS = 0.972
OLD_ADDRESSES = 0.055
INDIVIDUAL_HEADER = (
    "nomor_induk_kependudukan,nomor_kartu_keluarga,nama,tanggal_lahir,jenis_kelamin,"
    "status_hubungan_keluarga,status_kawin,usia,pbi_nas,pbi_pemda,partisipasi_sekolah,"
    "jenjang_tertinggi,kelas_tertinggi,ijazah_tertinggi,status_bekerja,"
    "lapangan_usaha_dari_pekerjaan_utama,status_dalam_pekerjaan_utama,kepemilikan_usaha,"
    "jumlah_usaha,omzet_usaha_utama,jumlah_pekerja_dibayar,jumlah_pekerja_tidak_dibayar,"
    "disabilitas_fisik,disabilitas_mental,penyakit_kronis,provinsi,kabupaten_kota,kecamatan,"
    "kelurahan_desa,rt_ktp,rw_ktp,alamat_ktp,pekerjaan_ktp,pendidikan_akhir_ktp"
).split(",")
FAMILY_HEADER = (
    "nomor_kartu_keluarga,kepala_keluarga,nik_kepala_keluarga,jumlah_anggota,alamat,rt,rw,"
    "provinsi,kabupaten_kota,kecamatan,kelurahan_desa,desil_nasional,desil_provinsi,"
    "desil_kabupaten_kota,status_kepemilikan_rumah,luas_lantai,jenis_lantai_terluas,"
    "jenis_dinding_terluas,jenis_atap_terluas,sumber_air_minum,sumber_penerangan,"
    "id_pelanggan_pln,daya_terpasang,sepeda_motor,mobil,jumlah_ternak_sapi"
).split(",")
_FIELDS = (  # of the main work, by how the occupation begins
    ("PETANI", "Pertanian"), ("BURUH_TANI", "Pertanian"), ("PETERNAK", "Peternakan"),
    ("PEDAGANG", "Perdagangan"), ("ASONGAN", "Perdagangan"), ("OJEK", "Transportasi"),
    ("SOPIR", "Transportasi"), ("TUKANG", "Konstruksi"), ("PEKERJA_KAPUR", "Industri"),
    ("PENJAHIT", "Industri"), ("PENGRAJIN", "Industri"),
    ("PNS", "Administrasi Pemerintahan"), ("PPPK", "Administrasi Pemerintahan"),
)  # fmt: skip


class WelfareRegister:
    """One row per person and one per family of the listed households."""

    def __init__(self, inbox: Path, truth: Truth) -> None:
        style = {"delimiter": ",", "encoding": "utf-8-sig"}
        self._people = CsvFile(inbox / INDIVIDUALS, INDIVIDUAL_HEADER, **style)
        self._families = CsvFile(inbox / FAMILIES, FAMILY_HEADER, **style)
        self._truth = truth

    def write(self, part: Slice) -> None:
        rng = part.stream(INDIVIDUALS)
        listed = rng.random(part.members.households) < LISTED_HOUSEHOLDS
        old = rng.random(part.members.households) < OLD_ADDRESSES
        homes = settle(rng, part.members.households)
        for field in ("kelurahan", "rw", "rt", "address"):
            setattr(
                homes,
                field,
                np.where(old, getattr(homes, field), getattr(part.homes, field)),
            )
        place = _Places(homes)
        # The last survey was in the middle of 2024: who was dead then, or not born, is
        # not in it.
        survey = np.datetime64("2024-06-30")
        present = listed[part.home] & (part.members.born < survey)
        present &= ~(part.lives.died < survey)
        self._write_people(rng, part, np.flatnonzero(present), place)
        self._write_families(rng, part, np.flatnonzero(listed), place)

    def _write_people(
        self, rng: np.random.Generator, part: Slice, rows: np.ndarray, place: _Places
    ) -> None:
        rates = dirt_rates.WELFARE_LIST
        niks, names = part.nik[rows], part.names.name[rows]
        cards, days = part.card[part.home[rows]], part.members.born[rows]
        stains = dirt.soil_niks(rng, rates, niks)
        stains += dirt.soil_names(rng, rates, names)
        stains += dirt.soil_days(rng, rates, days)
        stains += dirt.soil_cards(rng, rates, cards)
        sex = part.members.sex[rows] ^ (rng.random(len(rows)) < rates.sex_wrong)
        home = part.home[rows]
        columns = [
            niks,
            cards,
            names,
            write_days(days, ISO),
            np.array(["Laki-laki", "Perempuan"], dtype=object)[sex],
            np.array([r.capitalize() for r in RELATIONS], dtype=object)[
                part.members.relation[rows]
            ],
            np.array(
                ["Belum kawin", "Kawin", "Cerai hidup", "Cerai mati"], dtype=object
            )[part.members.marital[rows]],
            np.maximum(part.age[rows].astype(int), 0).tolist(),
            _yes(part.decile[rows] <= 4),
            _yes((part.decile[rows] == 5) & (rng.random(len(rows)) < 0.5)),
            *_school_columns(part, rows),
            *_work_columns(rng, part, rows),
            *(_yes(rng.random(len(rows)) < rate) for rate in (0.011, 0.004, 0.05)),
            *place.codes(home),
            two_digits(place.homes.rt[home]),
            two_digits(place.homes.rw[home]),
            place.homes.address[home],
            column("registry")[part.work.job[rows]],
            np.array(LEVELS, dtype=object)[part.schooling[rows]],
        ]
        first = self._people.write(columns)
        self._truth.rows(INDIVIDUALS, "", first, part.person[rows])
        self._truth.stains(INDIVIDUALS, "", first, stains)

    def _write_families(
        self, rng: np.random.Generator, part: Slice, rows: np.ndarray, place: _Places
    ) -> None:
        rates = dirt_rates.WELFARE_LIST
        head = np.flatnonzero(part.members.relation == 0)[rows]
        cards, niks, names = part.card[rows], part.nik[head], part.names.name[head]
        stains = dirt.soil_niks(rng, rates, niks)
        stains += dirt.soil_names(rng, rates, names)
        stains += dirt.soil_cards(rng, rates, cards)
        welfare = part.welfare
        columns = [
            cards,
            names,
            niks,
            welfare.members[rows].tolist(),
            place.homes.address[rows],
            two_digits(place.homes.rt[rows]),
            two_digits(place.homes.rw[rows]),
            *place.codes(rows),
            welfare.national[rows].tolist(),
            welfare.provincial[rows].tolist(),
            welfare.city[rows].tolist(),
            *_housing(rng, welfare.national[rows]),
        ]
        first = self._families.write(columns)
        household = part.first_household + rows
        self._truth.rows(FAMILIES, "", first, household, subject="household")
        self._truth.stains(FAMILIES, "", first, stains)

    def close(self) -> list[InboxFile]:
        self._people.close()
        self._families.close()
        day = date(2025, 12, 29)
        return [
            InboxFile(INDIVIDUALS, "dtsen_individual", day, self._people.line - 2),
            InboxFile(FAMILIES, "dtsen_family", day, self._families.line - 2),
        ]


class _Places:
    """Addresses as the welfare register has them, with BPS codes per household."""

    def __init__(self, homes: Homes) -> None:
        self.homes = homes
        self._bps = np.array([k.place.bps for k in kelurahan()], dtype=object)
        self._district = np.array([k.place.bps[:7] for k in kelurahan()], dtype=object)

    def codes(self, households: np.ndarray) -> list:
        where = self.homes.kelurahan[households]
        count = len(households)
        return [
            ["13"] * count,
            ["1374"] * count,
            self._district[where],
            self._bps[where],
        ]


def _yes(column: np.ndarray) -> np.ndarray:
    return np.where(column, "Ya", "Tidak")


def _school_columns(part: Slice, rows: np.ndarray) -> list:
    age, level = part.age[rows], part.schooling[rows]
    stages = np.array(
        ["", "SD", "SD", "SMP", "SMA", "D1/D2", "D3", "D4/S1", "S2", "S3"], dtype=object
    )[level]
    attends = (age >= 6) & (age < 18) | (age < 23) & (level >= 4) & (
        part.work.segment[rows] == NONE
    )
    return [
        np.where(
            attends,
            "Masih sekolah",
            np.where(level == 0, "Belum sekolah", "Tidak sekolah"),
        ),
        stages,
        np.where(level > 1, "tamat", ""),
        np.where(level > 1, stages, ""),
    ]


def _work_columns(rng: np.random.Generator, part: Slice, rows: np.ndarray) -> list:
    segment, job = part.work.segment[rows], part.work.job[rows]
    works = segment != NONE
    fields = np.array([_field(code) for code in column("code")], dtype=object)
    status = np.where(works, "Buruh/karyawan/pegawai dibayar", "")
    status = np.where(segment == BPU, "Berusaha sendiri", status)
    trades = (segment == BPU) & (rng.random(len(rows)) < 0.45)
    turnover = np.where(
        trades, (part.work.income[rows] * 2.4).round(-5).astype(np.int64), 0
    )
    return [
        _yes(works),
        np.where(works, fields[job], ""),
        status,
        _yes(trades),
        trades.astype(int).tolist(),
        turnover.tolist(),
        [0] * len(rows),
        (trades & (rng.random(len(rows)) < 0.3)).astype(int).tolist(),
    ]


def _field(code: str) -> str:
    return next(
        (field for start, field in _FIELDS if code.startswith(start)), "Jasa lainnya"
    )


def _housing(rng: np.random.Generator, decile: np.ndarray) -> list:
    """Housing items of DTSEN, poorer where the decile is lower."""
    count = len(decile)
    good = rng.random(count) * 10 < decile + 1.5

    def either(better: str, worse: str) -> np.ndarray:
        return np.where(good ^ (rng.random(count) < 0.15), better, worse)

    power = np.where(good, 1300, np.where(rng.random(count) < 0.6, 450, 900))
    return [
        either("Milik sendiri", "Kontrak/sewa"),
        (18 + decile * 6 + rng.integers(0, 30, count)).tolist(),
        either("Keramik", "Semen"),
        either("Tembok", "Kayu/papan"),
        np.full(count, "Seng"),
        either("Leding", "Mata air"),
        np.full(count, "Listrik PLN"),
        np.char.mod("99%010d", rng.integers(0, 10**10, count)),
        power.tolist(),
        rng.integers(0, 3, count).tolist(),
        (good & (rng.random(count) < 0.18)).astype(int).tolist(),
        np.where(rng.random(count) < 0.05, rng.integers(1, 5, count), 0).tolist(),
    ]
