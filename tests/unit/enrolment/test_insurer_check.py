"""The insurer's own rules: each one refuses what breaks it, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.support.enrolment import a_nik

from semesta.enrolment.insurer_check import (
    BPU_HEADER,
    LEAVING_HEADER,
    Finding,
    Known,
    check_bpu_file,
    check_leaving_file,
    refuse_unless_it_passes,
    rows_in,
)
from semesta.enrolment.monthly import deactivation
from semesta.enrolment.monthly.deactivation import Leaver
from semesta.enrolment.upload import Member, Terms, file_bytes
from semesta.kernel import NotPossible
from semesta.warehouse.workbook import Column, Sheet, write_workbook

ON = date(2026, 1, 12)
KNOWN = Known(
    jobs={"PETANI"},
    places={"KOTA PADANG PANJANG"},
    wages={1_000_000},
    leave={"04"},
    on=ON,
)
GOOD = {
    "NOMOR_IDENTITAS": a_nik(1), "NAMA_LENGKAP": "SITI CONTOH",
    "TGL_LAHIR": "07-03-1990", "HANDPHONE": "081234567890", "EMAIL": "",
    "JENIS_PEKERJAAN_1": "PETANI", "JENIS_PEKERJAAN_2": "",
    "LOKASI_PEKERJAAN": "KOTA PADANG PANJANG", "UPAH": "1000000", "KODE_PAKET": "T",
    "BULAN_IURAN": "6",
}  # fmt: skip


def a_file(*rows: dict, header: tuple[str, ...] = BPU_HEADER) -> bytes:
    columns = [Column(title) for title in header]
    cells = [[row[title] for title in BPU_HEADER] for row in rows]
    sheet = Sheet(name="BPU", columns=columns, rows=cells, styled=False)
    return write_workbook([sheet], title="BPU", made_on=ON)


def found(*rows: dict, name: str = "BPU_400_6-bulan_1a2b3c4d.xlsx") -> list[Finding]:
    return check_bpu_file(a_file(*rows), name, KNOWN)


def test_a_good_row_passes() -> None:
    assert found(GOOD) == []
    assert rows_in(a_file(GOOD, GOOD)) == 2


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("NOMOR_IDENTITAS", "137401"),
        ("NAMA_LENGKAP", "siti contoh"),
        ("NAMA_LENGKAP", "SITI  CONTOH"),
        ("NAMA_LENGKAP", "S1TI"),
        ("NAMA_LENGKAP", ""),
        ("TGL_LAHIR", "1990-03-07"),
        ("TGL_LAHIR", "31-02-1990"),
        ("TGL_LAHIR", "13-01-2026"),
        ("HANDPHONE", "+6281234567890"),
        ("EMAIL", "siti"),
        ("JENIS_PEKERJAAN_1", "OJEK"),
        ("JENIS_PEKERJAAN_2", "OJEK"),
        ("LOKASI_PEKERJAAN", "PADANG PANJANG"),
        ("UPAH", "1234567"),
        ("KODE_PAKET", "TX"),
        ("BULAN_IURAN", "13"),
        ("BULAN_IURAN", "0"),
    ],
)
def test_each_rule_of_a_field(column: str, value: str) -> None:
    assert [(one.line, one.column) for one in found(GOOD, {**GOOD,
        "NOMOR_IDENTITAS": a_nik(2), column: value})] == [(3, column)]  # fmt: skip


def test_one_number_stands_once() -> None:
    assert [one.line for one in found(GOOD, GOOD)] == [3]


def test_every_cell_is_text() -> None:
    (finding,) = found({**GOOD, "UPAH": 1_000_000})
    assert "teks" in finding.message


@pytest.mark.parametrize(
    "name", ["BPU (1).xlsx", "BPU_1.xlsx", "Salinan BPU.xlsx", "BPU.csv"]
)
def test_a_changed_name_is_refused(name: str) -> None:
    assert found(GOOD, name=name)


def test_header_and_number_of_rows() -> None:
    wrong = (*BPU_HEADER[:-1], "BULAN")
    assert check_bpu_file(a_file(GOOD, header=wrong), "b.xlsx", KNOWN)
    assert check_bpu_file(a_file(), "b.xlsx", KNOWN)


def test_a_written_file_passes_and_a_finding_stops_it() -> None:
    member = Member(1, a_nik(1), "Siti Contoh", date(1990, 3, 7), "0812-3456-7890", "p")
    terms = Terms("KOTA PADANG PANJANG", 1_000_000, 6, {"p": "PETANI"}, ON)
    content = file_bytes([member], terms, made_on=ON)
    refuse_unless_it_passes(check_bpu_file(content, "BPU_a.xlsx", KNOWN))
    stranger = replace(KNOWN, jobs={"OJEK"})
    with pytest.raises(NotPossible) as error:
        refuse_unless_it_passes(check_bpu_file(content, "BPU_a.xlsx", stranger))
    assert "Baris 2, JENIS_PEKERJAAN_1" in error.value.why


LEAVER = Leaver(
    "99000000001", "SITI CONTOH", date(1990, 3, 7), "04", date(2026, 1, 3), "Pindah"
)


def leaving(leaver: Leaver, name: str = "data_tk_na.xlsx") -> list[str]:
    content = deactivation.file_bytes([leaver], made_on=ON)
    return [one.column for one in check_leaving_file(content, name, KNOWN)]


def test_the_deactivation_file() -> None:
    assert [title for title, _ in deactivation.COLUMNS] == list(LEAVING_HEADER)
    assert leaving(LEAVER) == []
    assert leaving(LEAVER, "data_tk_na_2.xlsx") == ["", ""]
    assert leaving(LEAVER._replace(kpj="99")) == ["KPJ"]
    assert leaving(LEAVER._replace(reason="")) == ["SEBAB_NA"]
    assert leaving(LEAVER._replace(remark="Meninggal")) == ["SEBAB_NA"]
    assert leaving(LEAVER._replace(occurred_on=date(2026, 1, 13))) == ["TGL_KEJADIAN"]
    assert len(deactivation.parts([LEAVER] * 10_001)) == 2
