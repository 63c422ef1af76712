"""What a decree says, before it is laid out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

from python_calamine import CalamineWorkbook
from tests.support.enrolment import a_nik

from semesta.decrees.decree import Listed, arrange
from semesta.kernel import Month
from semesta.kernel.identity import mask
from semesta.reports.decree_annex import annex_bytes
from semesta.reports.decree_text import DecreeFacts, decree_data
from semesta.warehouse.workspace import load_region

REGION = load_region("13.74")
FACTS = DecreeFacts(
    number="400/1/2026",
    title="Penetapan Penerima Bantuan Iuran",
    issued_on=date(2026, 1, 2),
    instrument="Perwako (contoh)",
    decided_on=date(2026, 1, 2),
    payer_name="APBD kota/kabupaten",
    first_month=Month(2026, 1),
    until_month=Month(2027, 1),
    price=16_800,
    cost_each=201_600,
    people=7_227,
    sha256="a" * 64,
    code="K7QF2M9XAT",
    check_at="",
)
ENTRIES = arrange(
    Listed(
        person_id=n,
        nik=a_nik(n),
        name=f"ORANG {n}",
        born_on=date(1990, 1, 1) if n > 1 else None,
        address="Jl. Contoh",
        kelurahan="13.74.01.1001" if n < 3 else "13.74.02.1001",
        occupation="Petani",
        occupation_code="petani",
    )
    for n in range(1, 4)
)


def data(**changes):
    masked = changes.pop("masked", True)
    return decree_data(replace(FACTS, **changes), ENTRIES, REGION, masked=masked)


def test_numbers_stand_in_figures_and_words() -> None:
    said = dict(data()["decisions"])
    assert "7.227 (tujuh ribu dua ratus dua puluh tujuh) orang" in said["KESATU"]
    assert "12 (dua belas) bulan" in said["KEDUA"]
    assert "Januari 2026 sampai dengan Desember 2026" in said["KEDUA"]
    assert "Rp16.800 (enam belas ribu delapan ratus rupiah)" in said["KEDUA"]
    assert "Rp1.456.963.200 (satu miliar empat ratus lima puluh enam" in said["KETIGA"]
    assert "APBD kota/kabupaten" in said["KETIGA"]
    assert "tanggal dua bulan Januari" in said["KELIMA"]


def test_a_price_that_changes_is_told_for_all_months() -> None:
    said = dict(data(price=16_800, cost_each=151_200)["decisions"])
    assert "Rp151.200" in said["KEDUA"]
    assert "seluruh bulan" in said["KEDUA"]


def test_it_says_that_it_is_an_example() -> None:
    found = data()
    assert "CONTOH" in found["draft"]
    assert found["laws"][-1] == "Perwako (contoh)."
    assert found["laws"][0].startswith("Undang-Undang Nomor 40 Tahun 2004 tentang")


def test_letterhead_and_place() -> None:
    found = data()
    assert found["head_title"] == "Wali Kota Padang Panjang"
    assert found["place"] == "Padang Panjang"
    bare = replace(REGION, letterhead={}, name="Kabupaten Contoh")
    found = decree_data(FACTS, ENTRIES, bare, masked=True)
    assert found["place"] == "Contoh"
    assert found["government"] == "Kabupaten Contoh"


def test_the_list_by_kelurahan() -> None:
    groups = data()["groups"]
    assert [(g["name"], g["people"]) for g in groups] == [
        ("Ganting", "2"), ("Bukit Surungan", "1"),
    ]  # fmt: skip
    assert groups[0]["rows"][0] == [
        "1", "ORANG 1", mask(a_nik(1)), "Jl. Contoh", "Petani",
    ]  # fmt: skip


def test_whole_numbers_only_when_asked_for() -> None:
    assert a_nik(1) not in str(data())
    assert a_nik(1) in str(data(masked=False))


def test_the_offices_workbook() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(annex_bytes(FACTS, ENTRIES, REGION)))
    assert book.sheet_names == ["Daftar", "Jumlah"]
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[4] == [
        "NO", "NAMA", "NIK", "TANGGAL LAHIR", "ALAMAT", "KELURAHAN", "PEKERJAAN",
    ]  # fmt: skip
    assert rows[5][2:6] == [a_nik(1), "", "Jl. Contoh", "Ganting"]
    assert rows[6][3] == "01-01-1990"
    assert book.get_sheet_by_index(1).to_python()[-1] == ["Seluruhnya", 3.0]
