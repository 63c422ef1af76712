"""Lists of ministries and field forms in their real layouts, with the dirt they have."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.office_files import nik, read, rows, workbook

from semesta.kernel import UserError

pytestmark = pytest.mark.once

GANTING = "13.74.01.1001"
# Stray blanks stand in these headers as they do in the lists themselves.
P3KE_HEADER = (
    "id_keluarga_p3ke;provinsi;kabupaten_kota;kecamatan;desa_kelurahan;kode_kemdagri;"
    "desil_kesejahteraan;alamat;id_individu;nama;nik;padan_dukcapil;jenis_kelamin;"
    "hubungan_dengan_kepala_keluarga;tanggal_lahir;status_kawin;pekerjaan;pendidikan;"
    "usia_dibawah_7_tahun;usia _60_tahun_keatas;penerima _bpnt;penerima_bpum;"
    "penerima_bst;penerima_pkh;penerima_sembako;resiko_stunting"
)
P3KE_ROW = (
    f"K-1;SUMATERA BARAT;KOTA PADANG PANJANG;PADANG PANJANG TIMUR;GANTING;1374011001;"
    f"1;JL. X;I-1;SYAFRIL;{nik(1)};Ya;Laki-laki;Kepala keluarga;1980-01-01;Kawin;"
    f"Pekerja lepas;Tidak/belum sekolah;Tidak;Tidak;Tidak;Tidak;Tidak;Ya;Tidak;Tidak"
)


def _p3ke(*lines: str) -> bytes:
    return "\n".join([P3KE_HEADER, *lines]).encode()


def test_p3ke_of_a_person() -> None:
    reading = read(_p3ke(P3KE_ROW), "auto", "data.csv")
    (row,) = rows(reading)
    assert reading.supplier.name == "p3ke_individual"
    assert (row["nik"], row["name"], row["sex"]) == (nik(1), "SYAFRIL", "L")
    assert (row["nik_matched"], row["born_on"]) == (True, date(1980, 1, 1))
    assert (row["relation"], row["marital_status"]) == ("kepala", "kawin")
    assert (row["kelurahan"], row["occupation"]) == (GANTING, "buruh-harian")
    assert (row["fate"], row["codes"]) == ("accepted", [])


def test_a_p3ke_decile_is_not_a_dtsen_decile() -> None:
    (row,) = rows(read(_p3ke(P3KE_ROW), "auto", "data.csv"))
    assert row["decile_p3ke"] == 1
    assert "decile" not in row


@pytest.mark.parametrize(
    ("written", "born_on", "code"),
    [
        ("01/01/1980 0:00:00", date(1980, 1, 1), None),
        ("01-JAN-1980", date(1980, 1, 1), None),
        ("1980-01-01 00:00:00", date(1980, 1, 1), None),
        ("19800101", date(1980, 1, 1), None),
        ("46 tahun", None, "date.age"),
        ("0000-00-00", None, None),
    ],
)
def test_a_date_that_was_stored_as_text(written: str, born_on, code) -> None:
    line = P3KE_ROW.replace("1980-01-01", written)
    (row,) = rows(read(_p3ke(line), "p3ke_individual", "data.csv"))
    assert row["born_on"] == born_on
    assert (code in row["codes"]) if code else row["fate"] == "accepted"


@pytest.mark.parametrize("written", ["Tidak", "tidak padan", "0"])
def test_words_for_not_matched(written: str) -> None:
    line = P3KE_ROW.replace(";Ya;Laki", f";{written};Laki")
    assert rows(read(_p3ke(line), "auto", "x"))[0]["nik_matched"] is False


def test_a_nik_the_list_itself_doubts_is_pointed_out() -> None:
    (row,) = rows(read(_p3ke(P3KE_ROW.replace(";Ya;Laki", ";Tidak;Laki")), "auto", "x"))
    assert row["nik_matched"] is False
    assert (row["nik"], row["fate"]) == (nik(1), "accepted")
    assert row["codes"] == ["nik.not_matched"]


# ── e-RDKK ────────────────────────────────────────────────────────────────
_SEASON = (
    "Komoditas MT{0}", "Luas Lahan (Ha) MT{0}", "Pupuk Urea (Kg) MT{0}",
    "Pupuk NPK (Kg) MT{0}", "Pupuk NPK Formula (Kg) MT{0}", "Pupuk Organik (Kg) MT{0}",
)  # fmt: skip
ERDKK_HEADER = [
    "Nama Penyuluh", "Kode Desa", "Kode Kios Pengecer", "Nama Kios Pengecer", "Gapoktan",
    "Nama Poktan", "Nama Petani", "KTP", "Tempat Lahir", "Tanggal Lahir",
    "Nama Ibu Kandung", "Alamat", "Subsektor",
    *(text.format(season) for season in (1, 2, 3) for text in _SEASON),
]  # fmt: skip


def _farmer(ktp: object, group: str = "HARAPAN TANI", kiosk: str = "KIOS A") -> list:
    seasons = ["PADI", 0.25, 50, 40, 0, 0] * 3
    who = ["SYAFRIL", ktp, "PADANG PANJANG", "1980-01-01", "NURBAITI", "JL. X RT 01/02"]
    return ["HENDRI", "1374011001", "RT001", kiosk, "", group, *who, "PANGAN", *seasons]


def test_farmers_of_erdkk() -> None:
    reading = read(workbook([ERDKK_HEADER, _farmer(nik(1))]), "auto", "1374.xlsx")
    (row,) = rows(reading)
    assert reading.supplier.name == "erdkk_farmers"
    assert (row["nik"], row["name"], row["mother_name"]) == (
        nik(1), "SYAFRIL", "NURBAITI",
    )  # fmt: skip
    assert (row["kelurahan"], row["farmer_group"]) == (GANTING, "HARAPAN TANI")
    assert (row["occupation"], row["rt"], row["rw"]) == ("petani", "001", "002")
    assert row["fate"] == "accepted"
    assert "works" not in row


def test_a_farmer_at_two_kiosks_is_two_rows_and_no_duplicate() -> None:
    lines = [_farmer(nik(1)), _farmer(nik(1), kiosk="KIOS B"), _farmer(nik(1))]
    reading = read(workbook([ERDKK_HEADER, *lines]), "auto", "x.xlsx")
    assert [row["fate"] for row in rows(reading)] == ["accepted", "accepted", "refused"]
    assert rows(reading)[2]["codes"] == ["row.duplicate"]


def test_a_ktp_number_in_a_numeric_cell_is_not_guessed() -> None:
    content = workbook([ERDKK_HEADER, _farmer(int(nik(1)))])
    (row,) = rows(read(content, "auto", "x.xlsx"))
    assert (row["nik"], row["fate"]) == (None, "held")
    assert row["codes"] == ["nik.numeric_cell"]


# ── the insurer's upload forms ────────────────────────────────────────────
EMPLOYEE_HEADER = (
    "NO_PEGAWAI NAMA_LENGKAP GELAR TELEPON_AREA_RUMAH TELEPON_RUMAH "
    "TELEPON_AREA_KANTOR TELEPON_KANTOR TELEPON_EXT_KANTOR HANDPHONE EMAIL "
    "TEMPAT_LAHIR TGL_LAHIR NAMA_IBU_KANDUNG JENIS_IDENTITAS NOMOR_IDENTITAS "
    "MASA_LAKU_IDENTITAS JENIS_KELAMIN SURAT_MENYURAT_KE TANGGAL_KEPESERTAAN "
    "STATUS_KAWIN GOLONGAN_DARAH NPWP KODE_NEGARA UPAH ALAMAT KODE_POS "
    "LOKASI_PEKERJAAN STATUS_PEGAWAI TGL_AWAL_BEKERJA TGL_AKHIR_KONTRAK"
).split()


def _employee(identity: object = nik(1), kind: str = "KTP") -> list[object]:
    return [
        "P00001", "SYAFRIL", "S.E.", "", "", "", "", "", "081234567890", "",
        "PADANG PANJANG", "01-01-1980", "NURBAITI", kind, identity, "", "L", "S",
        "01-02-2020", "Y", "", "", "ID", "3000000", "JL. X", "27111", "1374", "TETAP",
        "01-01-2020", "",
    ]  # fmt: skip


def _upload(*lines: list[object]) -> bytes:
    rules = [["PETUNJUK PENGISIAN DATA TENAGA KERJA BARU"], ["1", "Semua kolom teks."]]
    places = [["KODE", "LOKASI"], ["1374", "KOTA PADANG PANJANG"]]
    names = ["Petunjuk Pengisian", "Lokasi Pekerjaan", "data_tk_baru"]
    return workbook(rules, places, [EMPLOYEE_HEADER, *lines], names=names)


def test_new_employees_as_the_upload_form_has_them() -> None:
    assert len(EMPLOYEE_HEADER) == 30
    reading = read(_upload(_employee()), "auto", "data_tk_baru.xlsx")
    (row,) = rows(reading)
    assert reading.supplier.name == "pu_participants"
    assert (row["nik"], row["wage"], row["titles"]) == (nik(1), 3_000_000, "SE")
    assert (row["started_on"], row["mother_name"]) == (date(2020, 2, 1), "NURBAITI")
    assert (row["phone"], row["marital_status"]) == ("081234567890", "kawin")
    assert row["fate"] == "accepted"
    read_from = [table["sheet"] for table in reading.tables if table.get("columns")]
    assert read_from == ["data_tk_baru"]
    assert {table["sheet"] for table in reading.tables} == {
        "Petunjuk Pengisian", "Lokasi Pekerjaan", "data_tk_baru",
    }  # fmt: skip


def test_a_passport_is_no_nik() -> None:
    content = _upload(_employee("C1234567", "PASSPORT"))
    (row,) = rows(read(content, "auto", "data_tk_baru.xlsx"))
    assert (row["nik"], row["fate"]) == (None, "held")
    assert "value.missing" in row["codes"]


def test_leavers_with_dirt() -> None:
    header = "KPJ NAMA_LENGKAP TGL_LAHIR SEBAB_NA TGL_KEJADIAN KETERANGAN".split()
    lines: list[list[object]] = [
        [99000000001, "SYAFRIL", "01/01/1980", "2", "31-DEC-2025", "PHK"],
        ["99000000002", "NURBAITI", "01-01-1980", "02", "kemarin", ""],
    ]
    content = workbook([header, *lines], names=["data_tk_na"])
    first, second = rows(read(content, "auto", "kiriman.xlsx"))
    assert (first["kpj"], first["occurred_on"]) == ("99000000001", date(2025, 12, 31))
    assert (first["reason_code"], first["fate"]) == ("2", "accepted")
    assert (second["fate"], second["codes"]) == ("held", ["date.unreadable"])


# ── agents' registrations as sheets (as PDF: test_pdf_lists) ─────────────
def test_registrations_retyped_by_staff() -> None:
    header = [
        "Tanggal", "Jam", "Nama Pengisi", "NIM", "Wilayah (KEC-KEL-LINGK)", "NIK",
        "Nama TK", "No Telepon", "Tanggal Pendaftaran",
    ]  # fmt: skip
    line = [
        "02/01/2026", "08:10", "DARNIS", "99001", "TIMUR-GANTING-1", nik(1), "SYAFRIL",
        "081234567890", "31-12-2025",
    ]  # fmt: skip
    reading = read(workbook([header, line]), "auto", "rekap.xlsx")
    (row,) = rows(reading)
    assert reading.supplier.name == "perisai_registrations"
    assert (row["name"], row["nik"]) == ("SYAFRIL", nik(1))
    assert (row["registered_on"], row["phone"]) == (date(2025, 12, 31), "081234567890")


def test_neighbourhood_heads_who_are_agents() -> None:
    header = (
        "PEMBINA;KECAMATAN;KELURAHAN;LINGK;AKUN PERISAI;NAMA KEPLING;REKENING AKTIF;"
        "BERKAS PENDAFTARAN;NIK;NO KPJ;NO SERTIFIKAT;NO HP;JENJANG PENDIDIKAN;EMAIL ;"
        "NAMA BANK;NOMOR REKENING;ID AKUN PERISAI;TERDAFTAR BPU;PERISAI SUDAH AKTIF"
    )
    line = (
        f"DARNIS;TIMUR;GANTING;1;ADA;SYAFRIL;YA;LENGKAP;{nik(1)};99000000001;;"
        "081234567890; SLTP/SEDERAJAT;;BANK X;990001;PRS-7;YA;YA"
    )
    reading = read(f"{header}\n{line}\n".encode(), "auto", "kepling.csv")
    (row,) = rows(reading)
    assert reading.supplier.name == "perisai_registrations"
    assert (row["name"], row["nik"], row["kpj"]) == ("SYAFRIL", nik(1), "99000000001")
    assert (row["agent_code"], row["kelurahan"]) == ("PRS-7", GANTING)


# ── field forms ───────────────────────────────────────────────────────────
KOBO = [
    ("start", "2026-01-10T08:12:44.101+07:00"), ("end", "2026-01-10T08:20:01.000+07:00"),
    ("petugas", "enum_01"), ("identitas/nik", nik(1)),
    ("identitas/no_kk", "1374010101159001"), ("identitas/nama_lengkap", "Syafril"),
    ("identitas/tgl_lahir", "1980-01-01"), ("identitas/jenis_kelamin", "laki_laki"),
    ("alamat/kelurahan", "guguk_malintang"), ("alamat/rt", "4"), ("alamat/rw", "2"),
    ("kerja/jenis_pekerjaan", "tukang_ojek buruh_tani"),
    ("kerja/jenis_pekerjaan/tukang_ojek", "1"), ("kerja/jenis_pekerjaan/buruh_tani", "1"),
    ("kerja/penghasilan_per_bulan", "1500000"), ("dokumen/kk", "1"), ("dokumen/ktp", "0"),
    ("kontak/no_hp", "081234567890"), ("_id", "291"), ("_uuid", "5d1c0e0a-0001"),
    ("_submission_time", "2026-01-10T01:21:00"), ("_validation_status", ""),
    ("_notes", ""), ("_status", "submitted_via_web"), ("_submitted_by", ""),
    ("__version__", "v1"), ("_tags", ""), ("_index", "1"),
]  # fmt: skip


def _kobo(columns: list[tuple[str, str]], *, delimiter: str = ";") -> bytes:
    lines = zip(*columns, strict=True)
    return "\n".join(
        delimiter.join(f'"{cell}"' for cell in line) for line in lines
    ).encode("utf-8-sig")


def test_a_kobo_export() -> None:
    name = "Pendataan Pekerja Rentan - all versions - False - 2026-01-15-02-11-05.csv"
    reading = read(_kobo(KOBO), "auto", name)
    (row,) = rows(reading)
    assert reading.supplier.name == "field_survey"
    assert (row["nik"], row["family_card"]) == (nik(1), "1374010101159001")
    assert (row["name"], row["sex"], row["born_on"]) == (
        "SYAFRIL", "L", date(1980, 1, 1),
    )  # fmt: skip
    assert (row["kelurahan"], row["rt"]) == ("13.74.01.1005", "004")
    assert (row["occupation"], row["income"]) == ("ojek", 1_500_000)
    assert (row["phone"], row["fate"]) == ("081234567890", "accepted")


def test_a_choice_is_no_field() -> None:
    """Without the real KK column, the tick of *documents held: KK* is not taken for it."""
    columns = [pair for pair in KOBO if pair[0] != "identitas/no_kk"]
    (row,) = rows(read(_kobo(columns), "auto", "x.csv"))
    assert row["family_card"] is None
    assert row["codes"] == []


def test_an_export_with_choices_only() -> None:
    columns = [pair for pair in KOBO if pair[0] != "kerja/jenis_pekerjaan"]
    (row,) = rows(read(_kobo(columns), "auto", "x.csv"))
    assert "occupation" not in row
    assert row["fate"] == "accepted"


def test_an_odk_export() -> None:
    odk = [
        ("SubmissionDate", "2026-01-10T01:21:00Z"), ("identitas-nik", nik(1)),
        ("identitas-nama", "Syafril"), ("alamat-kelurahan", "Ganting"),
        ("kerja-pekerjaan", "ojek"), ("kerja-pekerjaan/ojek", "1"),
        ("meta-instanceID", "uuid:1"), ("KEY", "uuid:1"), ("SubmitterID", "3"),
        ("FormVersion", "1"),
    ]  # fmt: skip
    reading = read(_kobo(odk, delimiter=","), "auto", "pendataan.csv")
    (row,) = rows(reading)
    assert reading.supplier.name == "field_survey"
    assert (row["nik"], row["name"], row["kelurahan"]) == (nik(1), "SYAFRIL", GANTING)
    assert row["occupation"] == "ojek"


def test_members_in_a_repeated_group_are_rows_too() -> None:
    head = [text for text, _ in KOBO]
    member = ["anggota/nik", "anggota/nama", "_index", "_parent_index"]
    member += ["_submission__id", "_submission__uuid"]
    content = workbook(
        [head, [value for _, value in KOBO]],
        [member, [nik(2), "Nurbaiti", "1", "1", "291", "5d1c0e0a-0001"]],
        names=["Pendataan", "anggota"],
    )
    reading = read(content, "auto", "x.xlsx")
    assert [row["name"] for row in rows(reading)] == ["SYAFRIL", "NURBAITI"]


def test_a_slash_in_an_ordinary_list_means_nothing() -> None:
    header = ["NO", "NAMA", "NIK", "ALAMAT/NO HP", "PEKERJAAN/USAHA"]
    reading = read(workbook([header, ["1", "SYAFRIL", nik(1), "JL. X", "Ojek"]]))
    (row,) = rows(reading)
    assert row["phone"] is None
    assert row["address"] == "JL. X"


def test_two_suppliers_that_fit_alike_still_ask() -> None:
    content = workbook([["NAMA", "NIK"], ["SYAFRIL", nik(1)]])
    with pytest.raises(UserError) as raised:
        read(content, "auto", "daftar.xlsx")
    assert raised.value.code == "supplier.unclear"
