"""The insurer's file: exactly its columns, all text, nothing that would come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from tests.support.enrolment import a_nik

from semesta.enrolment import upload
from semesta.enrolment.codes.codelist import shipped_list
from semesta.enrolment.upload import Member, Terms, file_bytes, find_gaps, mobile
from semesta.intake.words import occupations
from semesta.kernel import Rupiah, UserError
from semesta.warehouse.workspace import load_region

TERMS = Terms(
    place="KOTA PADANG PANJANG",
    wage=Rupiah(1_000_000),
    months=6,
    jobs={"petani": "PETANI"},
)
MEMBER = Member(
    entry_id=1,
    nik=a_nik(1),
    name="SITI CONTOH",
    born_on=date(1990, 3, 7),
    phone="081234567890",
    occupation_code="petani",
)
MADE_ON = date(2026, 1, 2)


def read(content: bytes) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.sheet_names == ["BPU"]
    return book.get_sheet_by_index(0).to_python()


class TestFile:
    def test_names_order_and_cells(self) -> None:
        header, row = read(file_bytes([MEMBER], TERMS, made_on=MADE_ON))
        assert header == [
            "NOMOR_IDENTITAS", "NAMA_LENGKAP", "TGL_LAHIR", "HANDPHONE", "EMAIL",
            "JENIS_PEKERJAAN_1", "JENIS_PEKERJAAN_2", "LOKASI_PEKERJAAN", "UPAH",
            "KODE_PAKET", "BULAN_IURAN",
        ]  # fmt: skip
        assert row == [
            a_nik(1), "SITI CONTOH", "07-03-1990", "081234567890", "", "PETANI", "",
            "KOTA PADANG PANJANG", "1000000", "T", "6",
        ]  # fmt: skip

    def test_the_same_people_give_the_same_bytes(self) -> None:
        one, two = (file_bytes([MEMBER], TERMS, made_on=MADE_ON) for _ in range(2))
        assert one == two

    @pytest.mark.parametrize("name", ["=1+1", "+62", "-A", "@SUM(A1)", "\tA"])
    def test_nothing_is_ever_a_formula(self, name: str) -> None:
        content = file_bytes([replace(MEMBER, name=name)], TERMS, made_on=MADE_ON)
        assert read(content)[1][1] == name
        with ZipFile(BytesIO(content)) as parts:
            sheet = ET.fromstring(parts.read("xl/worksheets/sheet1.xml"))
        space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
        cells = list(sheet.iter(f"{space}c"))
        assert {cell.get("t") for cell in cells} == {"s"}
        assert not list(sheet.iter(f"{space}f"))

    def test_at_most_ten_thousand_rows_per_file(self) -> None:
        parts = upload.parts([MEMBER] * 10_001)
        assert [len(part) for part in parts] == [10_000, 1]

    def test_other_content_never_has_the_same_name(self) -> None:
        name = upload.filename("400.9/12 A/2026", 6, "1a2b3c4d5e")
        assert name == "BPU_400.9-12-A-2026_6-bulan_1a2b3c4d.xlsx"


class TestGaps:
    def test_a_complete_entry_has_none(self) -> None:
        assert find_gaps(MEMBER, TERMS) == []

    @pytest.mark.parametrize(
        ("change", "column", "blocks"),
        [
            ({"nik": "137401"}, "NOMOR_IDENTITAS", True),
            ({"name": ""}, "NAMA_LENGKAP", True),
            ({"name": "=1+1"}, "NAMA_LENGKAP", True),
            ({"name": "A" * 101}, "NAMA_LENGKAP", True),
            ({"born_on": None}, "TGL_LAHIR", True),
            ({"phone": ""}, "HANDPHONE", False),
            ({"phone": "0752-82111"}, "HANDPHONE", False),
            ({"occupation_code": ""}, "JENIS_PEKERJAAN_1", True),
            ({"occupation_code": "pns"}, "JENIS_PEKERJAAN_1", True),
        ],
    )
    def test_each_field_rule(self, change: dict, column: str, blocks: bool) -> None:
        (gap,) = find_gaps(replace(MEMBER, **change), TERMS)
        assert (gap.column, gap.blocks) == (column, blocks)

    def test_several_gaps_are_told_together(self) -> None:
        bare = Member(1, "", "", None, "", "")
        assert len(find_gaps(bare, TERMS)) == 5

    def test_an_entry_without_birth_date_has_no_row(self) -> None:
        with pytest.raises(ValueError, match="birth date"):
            upload.row(replace(MEMBER, born_on=None), TERMS)

    @pytest.mark.parametrize(
        "name", ["MUHAMMAD NUR, S.PD", "SYA'BAN", "A. RAHMAN", "NUR-AINI", "ÉMILE"]
    )
    def test_names_as_on_an_identity_card(self, name: str) -> None:
        assert find_gaps(replace(MEMBER, name=name), TERMS) == []


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0812-3456-7890", "081234567890"),
        ("+62 812 3456 7890", "081234567890"),
        ("81234567890", "081234567890"),
        ("075282111", ""),
        ("0812", ""),
        ("", ""),
    ],
)
def test_mobile(written: str, number: str) -> None:
    assert mobile(written) == number


def test_not_more_months_than_the_decree_pays() -> None:
    upload.check_within(6, of=6)
    with pytest.raises(UserError) as error:
        upload.check_within(7, of=6)
    assert error.value.code == "upload.months"


def test_the_insurers_words_are_for_known_occupations() -> None:
    _, codes = shipped_list()
    assert set(codes.used["job"]) <= set(occupations())
    assert set(codes.used["job"].values()) <= set(codes.codes["job"])
    assert codes.place_of(load_region("13.74")) == "KOTA PADANG PANJANG"
