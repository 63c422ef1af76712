"""The insurer's lists: BPU paid ranges, PU participants, deactivations."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from semesta.demo import dirt, dirt_rates
from semesta.demo.dates import DASHES, write_days, write_months
from semesta.demo.employers import LAID_OFF, MINIMUM_WAGE
from semesta.demo.history import PAYERS, WADAH, WITH_SAVINGS
from semesta.demo.jobs import column, job_number
from semesta.demo.offices.office import InboxFile
from semesta.demo.offices.sheets import CsvFile, Sheet, Workbook, lists
from semesta.demo.places import kelurahan
from semesta.demo.population import Slice
from semesta.demo.truth import Truth
from semesta.demo.work import BPU

PARTICIPANTS = "bpjs/Peserta_BPU_iuran.csv"
PARTICIPANT_HEADER = (
    "NIK;KPJ;NAMA_LENGKAP;TGL_LAHIR;JENIS_PEKERJAAN_1;UPAH;KODE_WADAH;PEMBAYAR;PROGRAM;"
    "BLTH_AWAL;BLTH_AKHIR;JML_BULAN;JML_IURAN"
).split(";")
EMPLOYEES = "data_tk_baru.xlsx"
EMPLOYEE_HEADER = (
    "NO_PEGAWAI NAMA_LENGKAP GELAR TELEPON_AREA_RUMAH TELEPON_RUMAH "
    "TELEPON_AREA_KANTOR TELEPON_KANTOR TELEPON_EXT_KANTOR HANDPHONE EMAIL "
    "TEMPAT_LAHIR TGL_LAHIR NAMA_IBU_KANDUNG JENIS_IDENTITAS NOMOR_IDENTITAS "
    "MASA_LAKU_IDENTITAS JENIS_KELAMIN SURAT_MENYURAT_KE TANGGAL_KEPESERTAAN "
    "STATUS_KAWIN GOLONGAN_DARAH NPWP KODE_NEGARA UPAH ALAMAT KODE_POS "
    "LOKASI_PEKERJAAN STATUS_PEGAWAI TGL_AWAL_BEKERJA TGL_AKHIR_KONTRAK KPJ NPP"
).split()
MOST_ROWS = 10_000
DEACTIVATIONS = "bpjs/data_tk_na.xlsx"
DEACTIVATION_HEADER = (
    "KPJ", "NAMA_LENGKAP", "TGL_LAHIR", "SEBAB_NA", "TGL_KEJADIAN", "KETERANGAN",
)  # fmt: skip
RECEIVED = date(2026, 1, 2)
DECLARED_WAGE = "1000000"  # the base income of the lowest BPU band


class Participants:
    """One row per paid range of a BPU participant; both months included."""

    def __init__(self, inbox: Path, truth: Truth) -> None:
        self._file = CsvFile(
            inbox / PARTICIPANTS, PARTICIPANT_HEADER, delimiter=";", encoding="utf-8"
        )
        self._truth = truth

    def write(self, part: Slice) -> None:
        rng = part.stream(PARTICIPANTS)
        people, row = np.unique(part.paid.person, return_inverse=True)
        niks, names = part.nik[people], part.names.name[people]
        days = part.members.born[people]
        # The insurer typed each person once, so all their rows carry the same mistakes.
        rates = dirt_rates.INSURER
        by_person = dirt.soil_niks(rng, rates, niks)
        by_person += dirt.soil_names(rng, rates, names)
        by_person += dirt.soil_days(rng, rates, days)
        order = np.argsort(row, kind="stable")
        paid, row = part.paid, row[order]
        months = paid.months()[order]
        price = paid.price[order]
        plain = rng.random(len(people)) < 0.4
        columns = [
            niks[row],
            part.kpj[people][row],
            names[row],
            np.array(write_days(days, DASHES), dtype=object)[row],
            column("insurer")[_insured_jobs(part, people)][row],
            np.full(len(row), DECLARED_WAGE),
            np.array(WADAH, dtype=object)[paid.payer[order]],
            np.array(PAYERS, dtype=object)[paid.payer[order]],
            np.where(price == WITH_SAVINGS, "JKK,JKM,JHT", "JKK,JKM"),
            write_months(paid.first[order], plain[row]),
            write_months(paid.past[order] - 1, plain[row]),
            months.tolist(),
            (months * price).tolist(),
        ]
        first = self._file.write(columns)
        self._truth.rows(PARTICIPANTS, "", first, part.person[people][row])
        stains = [
            (np.flatnonzero(np.isin(row, rows)), kind) for rows, kind in by_person
        ]
        self._truth.stains(PARTICIPANTS, "", first, stains)

    def close(self) -> list[InboxFile]:
        self._file.close()
        return [
            InboxFile(PARTICIPANTS, "bpu_participants", RECEIVED, self._file.line - 2)
        ]


def _insured_jobs(part: Slice, people: np.ndarray) -> np.ndarray:
    """Occupation as BPU; who has since found employment was a day labourer then."""
    return np.where(
        part.work.segment[people] == BPU,
        part.work.job[people],
        job_number("BURUH_HARIAN"),
    )


class Employees:
    """PU participants in the upload layout; every cell is text.

    The file name may not be changed, so further parts lie in folders of their own.
    """

    def __init__(self, inbox: Path, truth: Truth) -> None:
        self._inbox = inbox
        self._truth = truth
        self._files: list[InboxFile] = []
        self._book: Workbook | None = None
        self._open()

    def _open(self) -> None:
        number = len(self._files) + 1
        folder = "bpjs" if number == 1 else f"bpjs/bagian_{number:02d}"
        self._path = f"{folder}/{EMPLOYEES}"
        self._book = Workbook(self._inbox / self._path, author="BPJS Ketenagakerjaan")
        _instructions(self._book.sheet("Petunjuk Pengisian", (6, 90)))
        codes = self._book.sheet("Lokasi Pekerjaan", (10, 40))
        codes.row(("KODE", "LOKASI"), self._book.head)
        for code, name in _LOCATIONS:
            codes.row((code, name))
        self._sheet = self._book.sheet("data_tk_baru")
        self._sheet.row(EMPLOYEE_HEADER, self._book.head)

    def _finish(self) -> None:
        assert self._book is not None
        self._book.close()
        rows = self._sheet.line - 2
        self._files.append(InboxFile(self._path, "pu_participants", RECEIVED, rows))

    def write(self, part: Slice) -> None:
        rng = part.stream(EMPLOYEES)
        people = np.flatnonzero(part.covered & part.here)
        people = people[np.argsort(part.work.firm[people], kind="stable")]
        columns, stains = _employee_columns(rng, part, people)
        start = 0
        while start < len(people):
            room = MOST_ROWS - (self._sheet.line - 2)
            if room == 0:
                self._finish()
                self._open()
                continue
            stop = min(start + room, len(people))
            first = self._sheet.block([column[start:stop] for column in columns])
            ids = part.person[people[start:stop]]
            self._truth.rows(self._path, self._sheet.name, first, ids)
            here = [(r[(r >= start) & (r < stop)] - start, kind) for r, kind in stains]
            self._truth.stains(self._path, self._sheet.name, first, here)
            start = stop

    def close(self) -> list[InboxFile]:
        self._finish()
        return self._files


_LOCATIONS = (
    ("1371", "KOTA PADANG"),
    ("1374", "KOTA PADANG PANJANG"),
    ("1375", "KOTA BUKITTINGGI"),
    ("1304", "KABUPATEN TANAH DATAR"),
)


def _instructions(sheet: Sheet) -> None:
    lines = (
        "Semua kolom diisi dalam format teks.",
        "Jumlah baris paling banyak 10.000 tenaga kerja per berkas.",
        "Nama berkas tidak boleh diubah.",
        "NAMA_LENGKAP ditulis sama dengan KTP.",
        "TGL_LAHIR, MASA_LAKU_IDENTITAS dan TGL_AWAL_BEKERJA ditulis dd-mm-yyyy.",
    )
    sheet.text({0: "PETUNJUK PENGISIAN DATA TENAGA KERJA BARU"}, sheet.book.title)
    for number, line in enumerate(lines, 1):
        sheet.row((str(number), line))


def _employee_columns(
    rng: np.random.Generator, part: Slice, people: np.ndarray
) -> tuple[list[list], list[dirt.Stain]]:
    rates = dirt_rates.INSURER.without_cells()
    niks, names = part.nik[people], part.names.name[people]
    days, mothers = part.members.born[people], part.names.mother[people]
    phones = part.phone[people]
    stains = dirt.soil_niks(rng, rates, niks)
    stains += dirt.soil_names(rng, rates, names)
    stains += dirt.soil_days(rng, rates, days)
    stains.append(dirt.blank(rng, rates.phone_blank, phones, "phone_blank"))
    stains.append(dirt.blank(rng, rates.mother_blank, mothers, "mother_blank"))
    count = len(people)
    blank = [""] * count
    firm = part.work.firm[people]
    began = np.maximum(
        part.firms.since[firm],
        part.members.born[people] + np.timedelta64(18 * 366, "D"),
    )
    began = began + rng.integers(0, 700, count)
    postcodes = np.array([k.place.postcode for k in kelurahan()], dtype=object)
    status = np.where(rng.random(count) < 0.7, "TETAP", "KONTRAK")
    columns = [
        np.char.mod("P%05d", part.person[people] % 100_000),
        names, part.names.degree[people], blank, blank, blank, blank, blank,
        phones, blank, part.birthplace[people], write_days(days, DASHES), mothers,
        ["KTP"] * count, niks, blank,
        np.array(["L", "P"], dtype=object)[part.members.sex[people]],
        ["S"] * count, write_days(part.firms.since[firm], DASHES),
        np.where(part.members.marital[people] == 1, "Y", "T"),
        blank, blank, ["ID"] * count,
        _reported_wages(part, people).astype(str).astype(object),
        part.homes.address[part.home[people]], postcodes[part.kelurahan[people]],
        ["1374"] * count, status, write_days(np.minimum(began, _LATEST), DASHES),
        np.where(status == "KONTRAK", "31-12-2026", ""),
        part.kpj[people], part.firms.npp[firm],
    ]  # fmt: skip
    return lists(columns), stains


_LATEST = np.datetime64("2025-11-30")


def _reported_wages(part: Slice, people: np.ndarray) -> np.ndarray:
    """Wages as reported; a firm may give the minimum wage for everyone."""
    low = part.firms.underreports[part.work.firm[people]]
    wages = part.work.income[people]
    return np.where(low, np.minimum(wages, MINIMUM_WAGE), wages)


class Deactivations:
    """PU participants who left in 2025.

    182 of these came back and are in the PU list again.
    """

    def __init__(self, inbox: Path, truth: Truth) -> None:
        self._book = Workbook(inbox / DEACTIVATIONS, author="BPJS Ketenagakerjaan")
        self._sheet = self._book.sheet("data_tk_na", (14, 34, 14, 12, 16, 40))
        self._sheet.row(DEACTIVATION_HEADER, self._book.head)
        self._truth = truth

    def write(self, part: Slice) -> None:
        rng = part.stream(DEACTIVATIONS)
        people, day = part.leavers.person, part.leavers.day
        august = day == LAID_OFF
        names = part.names.name[people]
        stains = dirt.soil_names(rng, dirt_rates.INSURER, names)
        reason = np.where(
            august, "02", rng.choice(np.array(["01", "02", "03", "04"]), len(people))
        )
        first = self._sheet.block(
            [
                part.kpj[people],
                names,
                write_days(part.members.born[people], DASHES),
                reason.astype(object),
                write_days(day, DASHES),
                np.array(_REASONS, dtype=object)[reason.astype(int) - 1],
            ]
        )
        self._truth.rows(DEACTIVATIONS, self._sheet.name, first, part.person[people])
        self._truth.stains(DEACTIVATIONS, self._sheet.name, first, stains)

    def close(self) -> list[InboxFile]:
        self._book.close()
        return [
            InboxFile(DEACTIVATIONS, "deactivations", RECEIVED, self._sheet.line - 2)
        ]


_REASONS = (
    "Mengundurkan diri",
    "Diberhentikan",
    "Habis kontrak",
    "Pindah ke luar kota",
)
