"""The invented insurer answers uploads and confirms payments."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from semesta.demo import insurer
from semesta.kernel.month import Month

pytestmark = pytest.mark.once

ON = date(2026, 1, 20)
PEOPLE = (
    # id, nik, name, born, died, registered_pu, paid_months, kpj
    ("1", "1374010101809001", "ASRIL", "1980-01-01", "", "0", "0", ""),
    (
        "2",
        "1374010101809002",
        "DEWI SARTIKA",
        "1980-01-01",
        "",
        "0",
        "3",
        "99000000002",
    ),
    ("3", "1374010101809003", "BUDI", "1980-01-01", "", "1", "0", "99000000003"),
    ("4", "1374010101809004", "CAHYA", "1980-01-01", "2026-01-20", "0", "9", ""),
    ("5", "1374010101809005", "NURMI", "1980-01-01", "2026-01-21", "0", "9", ""),
    ("6", "1374012001619006", "DARWIS", "1961-01-20", "", "0", "0", ""),
    ("7", "1374012101619007", "RUSDI", "1961-01-21", "", "0", "0", ""),
    ("8", "1374010101509008", "SALMAH", "1950-01-01", "", "0", "12", ""),
    ("9", "1374010101809009", "ERNAWATI", "1980-01-01", "", "0", "0", ""),
)
UPLOADED = (
    ("1374010101809001", "ASRIL ST. MUDO"),
    ("1374010101809002", "DEWI SARTIKO"),
    ("1374010101809003", "BUDI"),
    ("1374010101809004", "CAHYA"),
    ("1374010101809005", "NURMI"),
    ("1374012001619006", "DARWIS"),
    ("1374012101619007", "RUSDI"),
    ("1374010101509008", "SALMAH"),
    ("1374010101809009", "HENDRI YONO"),
    ("1374010101809999", "TIDAK ADA"),
    ("1374010101809001", "ASRIL"),
)


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    columns = ("person_id", "nik", "name", "born_on", "died_on", "registered_pu",
               "paid_months", "kpj")  # fmt: skip
    with (tmp_path / "people.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(PEOPLE)
    return tmp_path


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    path = tmp_path / "Unggah_BPU.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ("NOMOR_IDENTITAS", "NAMA_LENGKAP", "TGL_LAHIR"))
    for line, cells in enumerate(UPLOADED, 1):
        sheet.write_row(line, 0, cells)
    book.close()
    return path


@pytest.fixture
def answered(upload: Path, truth: Path, tmp_path: Path) -> Path:
    return insurer.answer(
        upload_file=upload,
        truth=truth,
        out=tmp_path / "bpjs",
        decree_number="12/WAKO-PP/2026",
        on=ON,
    )


def rows(path: Path) -> list[list]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def test_each_row_is_answered_with_its_reason(answered: Path) -> None:
    header, *answers = rows(answered)
    assert tuple(header) == insurer.ANSWER_HEADER
    assert answered.name == "Jawaban_SK_12-WAKO-PP-2026.xlsx"
    given = [(row[1], row[4], row[5]) for row in answers]
    assert given == [
        ("1374010101809001", "DITERIMA", ""),
        ("1374010101809002", "DITERIMA", ""),
        ("1374010101809003", "DITOLAK", "R03"),
        ("1374010101809004", "DITOLAK", "R04"),
        ("1374010101809005", "DITERIMA", ""),  # dies the day after
        ("1374012001619006", "DITOLAK", "R02"),  # 65 on this very day
        ("1374012101619007", "DITERIMA", ""),  # 65 tomorrow
        ("1374010101509008", "DITERIMA", ""),  # 76, but paid before
        ("1374010101809009", "DITOLAK", "R05"),
        ("1374010101809999", "DITOLAK", "R01"),
        ("1374010101809001", "DITOLAK", "R06"),
    ]


def test_the_accepted_get_a_participant_number(answered: Path) -> None:
    numbers = {row[1]: row[3] for row in rows(answered)[1:] if row[4] == "DITERIMA"}
    assert numbers["1374010101809002"] == "99000000002"
    assert numbers["1374010101809005"] == "99000000005"
    assert all(len(number) == 11 for number in numbers.values())


def test_the_same_upload_gets_the_same_bytes(
    answered: Path, upload: Path, truth: Path, tmp_path: Path
) -> None:
    again = insurer.answer(
        upload_file=upload,
        truth=truth,
        out=tmp_path / "lagi",
        decree_number="12/WAKO-PP/2026",
        on=ON,
    )
    assert again.read_bytes() == answered.read_bytes()


def test_a_payment_has_one_line_per_accepted_person(
    answered: Path, tmp_path: Path
) -> None:
    path = insurer.confirm_payment(
        answer_file=answered,
        out=tmp_path / "bpjs",
        month_from=Month(2026, 1),
        month_until=Month(2026, 7),
        paid_on=ON,
    )
    assert path.name == "Bukti_Iuran_2026-01.csv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    assert len(lines) == 5
    assert len({line["KODE_IURAN"] for line in lines}) == 5
    assert lines[0]["BLTH_AWAL"] == "01/2026"
    assert lines[0]["BLTH_AKHIR"] == "06/2026"
    assert lines[0]["JML_IURAN"] == "100800"
    assert lines[0]["NOMOR_SK"] == "12/WAKO-PP/2026"


def test_a_payment_for_no_month_is_refused(answered: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one month"):
        insurer.confirm_payment(
            answer_file=answered,
            out=tmp_path,
            month_from=Month(2026, 1),
            month_until=Month(2026, 1),
            paid_on=ON,
        )


def test_a_file_that_is_no_upload_is_refused(answered: Path, truth: Path) -> None:
    book = xlsxwriter.Workbook(str(truth / "lain.xlsx"))
    book.add_worksheet().write(0, 0, "bukan berkas unggah")
    book.close()
    with pytest.raises(ValueError, match="no sheet"):
        insurer.answer(
            upload_file=truth / "lain.xlsx",
            truth=truth,
            out=truth,
            decree_number="1",
            on=ON,
        )
