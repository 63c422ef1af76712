"""The invented insurer: checks an upload of BPU participants and confirms payments.

It knows the truth of the city, as the real one knows the civil register, and answers in
files.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from python_calamine import CalamineWorkbook

from semesta.demo.offices.sheets import Workbook
from semesta.kernel.month import Month

ANSWER_HEADER = (
    "NO", "NOMOR_IDENTITAS", "NAMA_LENGKAP", "KPJ", "STATUS", "KODE_ALASAN", "ALASAN",
    "NOMOR_SK",
)  # fmt: skip
PAYMENT_HEADER = (
    "KODE_IURAN;NIK;KPJ;NAMA;PROGRAM;BLTH_AWAL;BLTH_AKHIR;JML_IURAN;TGL_BAYAR;PEMBAYAR;NOMOR_SK"
).split(";")
ACCEPTED, REFUSED = "DITERIMA", "DITOLAK"
REASONS = {
    "R01": "NIK tidak ditemukan",
    "R02": "Usia melebihi 65 tahun",
    "R03": "Sudah aktif sebagai peserta PU",
    "R04": "Sudah meninggal",
    "R05": "Nama tidak sesuai",
    "R06": "NIK ganda dalam berkas",
}
MOST_AGE = 65
LIKE_ENOUGH = 0.72


@dataclass(frozen=True)
class _Known:
    """What the insurer knows of one NIK."""

    person: int
    name: str
    born: date
    died: date | None
    works_as_pu: bool
    has_paid: bool
    kpj: str


def answer(
    *, upload_file: Path, truth: Path, out: Path, decree_number: str, on: date
) -> Path:
    """Check each row of a BPU upload and write `Jawaban_SK_<number>.xlsx`.

    Reads the first sheet with NOMOR_IDENTITAS and NAMA_LENGKAP in its header. One row
    per row uploaded, accepted with a KPJ or refused with a code of REASONS. Returns the
    path.
    """
    rows = _uploaded(upload_file)
    known = _look_up(truth / "people.csv", {nik for nik, _ in rows})
    slug = re.sub(r"[^0-9A-Za-z]+", "-", decree_number).strip("-")
    book = Workbook(out / f"Jawaban_SK_{slug}.xlsx", author="BPJS Ketenagakerjaan")
    sheet = book.sheet("Hasil Verifikasi", (6, 20, 34, 14, 12, 12, 34, 22))
    sheet.row(ANSWER_HEADER, book.head)
    lines = []
    seen: set[str] = set()
    for number, (nik, name) in enumerate(rows, 1):
        person = known.get(nik)
        code = "R06" if nik in seen else _reason(person, name, on)
        seen.add(nik)
        kpj = "" if code or person is None else person.kpj
        status = REFUSED if code else ACCEPTED
        lines.append(
            (
                str(number),
                nik,
                name,
                kpj,
                status,
                code,
                REASONS.get(code, ""),
                decree_number,
            )
        )
    if lines:
        sheet.block(list(zip(*lines, strict=True)))
    book.close()
    return book.path


def _uploaded(path: Path) -> list[tuple[str, str]]:
    """NIK and name of each row of the upload."""
    book = CalamineWorkbook.from_path(path)
    for sheet_name in book.sheet_names:
        rows = book.get_sheet_by_name(sheet_name).to_python()
        for start, row in enumerate(rows):
            if "NOMOR_IDENTITAS" in row and "NAMA_LENGKAP" in row:
                nik, name = row.index("NOMOR_IDENTITAS"), row.index("NAMA_LENGKAP")
                return [
                    (str(r[nik]).strip(), str(r[name]).strip())
                    for r in rows[start + 1 :]
                    if r[nik]
                ]
    raise ValueError(f"no sheet of {path.name} has NOMOR_IDENTITAS and NAMA_LENGKAP")


def _look_up(people: Path, wanted: set[str]) -> dict[str, _Known]:
    """The people with these NIK; the file is read through once, row by row."""
    found = {}
    with people.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["nik"] in wanted:
                person = int(row["person_id"])
                found[row["nik"]] = _Known(
                    person=person,
                    name=row["name"],
                    born=date.fromisoformat(row["born_on"]),
                    died=date.fromisoformat(row["died_on"]) if row["died_on"] else None,
                    works_as_pu=row["registered_pu"] == "1",
                    has_paid=int(row["paid_months"]) > 0,
                    kpj=row["kpj"] or f"99{person:09d}",
                )
    return found


def _reason(person: _Known | None, name: str, on: date) -> str:
    """Why a row is refused, '' = accepted."""
    if person is None:
        return "R01"
    if person.died and person.died <= on:
        return "R04"
    if person.works_as_pu:
        return "R03"
    if not _same_name(name, person.name):
        return "R05"
    years = (
        on.year
        - person.born.year
        - ((on.month, on.day) < (person.born.month, person.born.day))
    )
    if years >= MOST_AGE and not person.has_paid:
        return "R02"
    return ""


def _same_name(given: str, known: str) -> bool:
    """The same name but for titles, spelling and order of a few letters."""
    given, known = (
        re.sub(r"[^A-Z ]", "", text.upper()).strip() for text in (given, known)
    )
    if given and (given.startswith(known) or known.startswith(given)):
        return True
    return SequenceMatcher(None, given, known, autojunk=False).ratio() >= LIKE_ENOUGH


def confirm_payment(
    *,
    answer_file: Path,
    out: Path,
    month_from: Month,
    month_until: Month,
    paid_on: date,
    price: int = 16_800,
    payer: str = "PEMKO PADANG PANJANG",
    programmes: str = "JKK,JKM",
) -> Path:
    """Write `Bukti_Iuran_<month>.csv` into the folder `out`: the payment of one bill.

    One line per accepted row of the answer, for the months [month_from, month_until),
    `price` rupiah a month. BLTH are included months, as the insurer writes them.
    Returns the path.
    """
    months = month_until - month_from
    if months < 1:
        raise ValueError("a payment covers at least one month")
    first, last = _blth(month_from), _blth(month_until + -1)
    lines = (
        (
            f"99{paid_on:%y%m%d}{number:06d}",
            *(row["NOMOR_IDENTITAS"], row["KPJ"], row["NAMA_LENGKAP"]),
            *(programmes, first, last, months * price),
            *(f"{paid_on:%d-%m-%Y}", payer, row["NOMOR_SK"]),
        )
        for number, row in enumerate(_accepted(answer_file), 1)
    )
    path = out / f"Bukti_Iuran_{month_from}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(PAYMENT_HEADER)
        writer.writerows(lines)
    return path


def _accepted(answer_file: Path) -> Iterable[dict[str, str]]:
    book = CalamineWorkbook.from_path(answer_file)
    rows = book.get_sheet_by_index(0).to_python()
    for row in rows[1:]:
        cells = {str(k): str(v) for k, v in zip(rows[0], row, strict=True)}
        if cells["STATUS"] == ACCEPTED:
            yield cells


def _blth(month: Month) -> str:
    return f"{month.month:02d}/{month.year}"
