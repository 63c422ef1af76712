"""The layouts of all suppliers, recognised without being told, and their fields read."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.office_files import nik, read, rows, workbook

from semesta.kernel import UserError

pytestmark = pytest.mark.once

LAYOUTS: dict[str, tuple[str, str, list[str], dict]] = {
    "dukcapil": (
        "Ekstrak_Dukcapil_13.74_2025-12.csv",
        ("NIK;NO_KK;NAMA_LGKP;TMPT_LHR;TGL_LHR;JENIS_KLMIN;AGAMA;GOL_DARAH;STAT_KWN;"
        "STAT_HBKEL;PDDK_AKH;JENIS_PKRJN;NAMA_LGKP_IBU;NAMA_LGKP_AYAH;ALAMAT;NO_RT;NO_RW;"
        "NO_PROP;NO_KAB;NO_KEC;NO_KEL;KEC_NAME;KEL_NAME;EKTP_STATUS;STAT_HIDUP"),
        [(f"{nik(1)};1374010101159001;SYAFRIL;PADANG PANJANG;01-01-1980;LAKI-LAKI;ISLAM;O;"
         "KAWIN;KEPALA KELUARGA;SLTA/SEDERAJAT;PETANI/PEKEBUN;NURBAITI;BUSTAMI;JL. X;1;2;"
         "13;74;1;1001;PADANG PANJANG TIMUR;GANTING;REKAM;HIDUP")],
        {"nik": nik(1), "family_card": "1374010101159001", "name": "SYAFRIL", "sex": "L",
         "born_on": date(1980, 1, 1), "marital_status": "kawin", "relation": "kepala",
         "occupation": "petani", "mother_name": "NURBAITI", "rt": "001", "rw": "002",
         "kelurahan": "13.74.01.1001", "alive": True, "born_at": "PADANG PANJANG"},
    ),
    "dtsen_individual": (
        "DTSEN_individu_1374.csv",
        ("nomor_induk_kependudukan,nomor_kartu_keluarga,nama,tanggal_lahir,jenis_kelamin,"
        "status_hubungan_keluarga,status_kawin,usia,pbi_nas,status_bekerja,"
        "status_dalam_pekerjaan_utama,kelurahan_desa,rt_ktp,rw_ktp,alamat_ktp,pekerjaan_ktp"),
        [(f"{nik(1)},1374010101159001,SYAFRIL,1980-01-01,1,1,2,46,1,Ya,Berusaha sendiri,"
         "1374020006,001,002,JL. X,PEDAGANG")],
        {"nik": nik(1), "sex": "L", "works": True, "work_status": "berusaha-sendiri",
         "kelurahan": "13.74.01.1001", "occupation": "pedagang-kecil", "relation": "kepala"},
    ),
    "dtsen_family": (
        "DTSEN_keluarga_1374.csv",
        ("nomor_kartu_keluarga,kepala_keluarga,alamat,kelurahan_desa,desil_nasional,"
        "desil_provinsi,desil_kabupaten_kota,sumber_air_minum"),
        ["1374010101159001,SYAFRIL,JL. X,1374020006,2,3,4,PDAM"],
        {"family_card": "1374010101159001", "name": "SYAFRIL", "decile": 2,
         "decile_province": 3, "decile_city": 4, "kelurahan": "13.74.01.1001"},
    ),
    "proposal": (
        "Usulan_Ganting.csv", "NO;NAMA;NIK;UMUR;ALAMAT;PEKERJAAN;PENGHASILAN;NO HP",
        [f"1;H. SYAFRIL;{nik(1)};46;JL. X RT 001/002;Tukang Ojek;1,5 jt;81234567890"],
        {"name": "SYAFRIL", "titles": "H", "born_on": None, "occupation": "ojek",
         "income": 1_500_000, "phone": "081234567890", "rt": "001", "rw": "002",
         "kelurahan": "13.74.01.1001"},
    ),
    "decree": (
        "Lampiran_SK_2024.csv", "NO;NAMA;NIK;ALAMAT;KELURAHAN;PEKERJAAN;KETERANGAN",
        [f"1;SYAFRIL;{nik(1)};JL. X;GANTING;Petani;Perpanjangan"],
        {"decree_number": "2024", "kelurahan": "13.74.01.1001", "occupation": "petani",
         "reason_text": "Perpanjangan"},
    ),
    "bpu_participants": (
        "Peserta_BPU_iuran.csv",
        ("NIK;KPJ;NAMA_LENGKAP;TGL_LAHIR;JENIS_PEKERJAAN_1;UPAH;KODE_WADAH;PEMBAYAR;PROGRAM;"
        "BLTH_AWAL;BLTH_AKHIR;JML_BULAN;JML_IURAN"),
        [(f"{nik(1)};99000000001;SYAFRIL;01-01-1980;PETANI;1000000;W1;APBD;JKK,JKM;08/2023;"
         "202312;5;84000")],
        {"kpj": "99000000001", "wage": 1_000_000, "payer": "APBD", "programmes": "JKK+JKM",
         "month_from": date(2023, 8, 1), "month_until": date(2024, 1, 1), "months": 5,
         "amount": 84_000},
    ),
    "pu_participants": (
        "data_tk_baru.csv",
        ("NO_PEGAWAI;NAMA_LENGKAP;GELAR;HANDPHONE;EMAIL;TEMPAT_LAHIR;TGL_LAHIR;"
        "NAMA_IBU_KANDUNG;JENIS_IDENTITAS;NOMOR_IDENTITAS;JENIS_KELAMIN;"
        "TANGGAL_KEPESERTAAN;STATUS_KAWIN;NPWP;UPAH;ALAMAT;TGL_AWAL_BEKERJA;"
        "TGL_AKHIR_KONTRAK;KPJ;NPP"),
        [(f"1;SYAFRIL;S.E.;081234567890;;PADANG;01-01-1980;NURBAITI;KTP;{nik(1)};L;"
         "01-02-2020;Y;990000000204000;3000000;JL. X;01-01-2020;31-12-26;99000000001;"
         "ZZ000001")],
        {"titles": "SE", "wage": 3_000_000, "started_on": date(2020, 2, 1),
         "ended_on": date(2026, 12, 31), "kpj": "99000000001", "npp": "ZZ000001",
         "payer": "EMPLOYER", "marital_status": "kawin"},
    ),
    "deactivations": (
        "data_tk_na.csv", "KPJ;NAMA_LENGKAP;TGL_LAHIR;SEBAB_NA;TGL_KEJADIAN;KETERANGAN",
        ["99000000001;SYAFRIL;01-01-1980;02;31-12-2025;PHK"],
        {"reason_code": "02", "occurred_on": date(2025, 12, 31), "reason_text": "PHK"},
    ),
    "employers": (
        "Daftar_Pemberi_Kerja.csv",
        ("NPP;NAMA_PERUSAHAAN;NPWP;NIB;ALAMAT;SKALA_USAHA;JML_TK;TGL_KEPESERTAAN;PROGRAM;"
        "IURAN_TERAKHIR;BULAN_TUNGGAKAN;TUNGGAKAN"),
        [("ZZ000001;CV CONTOH;99.000.001.0-204.000;;JL. X;Usaha Mikro;3;01-07-2020;"
         "JKK+JKM;11/2025;2;Rp 500.000")],
        {"npp": "ZZ000001", "employer_name": "CV CONTOH", "npwp": "990000010204000",
         "nib": None, "scale": "mikro", "workers": 3, "paid_until": date(2025, 12, 1),
         "arrears_months": 2, "arrears_amount": 500_000},
    ),
    "oss_projects": (
        "Proyek_OSS_1374.csv",
        ("id_proyek;nib;npwp_perusahaan;nama_perusahaan;uraian_status_penanaman_modal;"
        "uraian_jenis_perusahaan;uraian_risiko_proyek;uraian_skala_usaha;alamat_usaha;"
        "kecamatan_usaha;kelurahan_usaha;kbli;judul_kbli;nama_user;nomor_identitas_user;"
        "nomor_telp;tki;tka;tanggal_terbit_oss;nama_proyek"),
        [(f"P-1;9900000000012;;CV CONTOH;PMDN;CV;Rendah;Usaha Kecil;JL. X;Timur;Ganting;"
         f"47111;Toko;SYAFRIL;{nik(1)};081234567890;4;0;2024-03-01;Toko")],
        {"project_id": "P-1", "nib": "9900000000012", "workers": 4, "scale": "kecil",
         "kbli": "47111", "nik": nik(1), "started_on": date(2024, 3, 1)},
    ),
    "deaths": (
        "Daftar_Kematian_2025.csv",
        "NO;NIK;NAMA;TGL MENINGGAL;ALAMAT;KELURAHAN;NO AKTA;PELAPOR",
        [f"1;{nik(1)};SYAFRIL;5 Maret 2025;JL. X;Ganting;A-1;DARNIS"],
        {"died_on": date(2025, 3, 5), "alive": False, "kelurahan": "13.74.01.1001"},
    ),
    "civil_servants": (
        "Daftar_ASN.csv", "NO;NIP;NAMA;NIK;TGL LAHIR;UNIT KERJA;JABATAN",
        [f"1;198001012005011901;SYAFRIL, S.Pd;{nik(1)};01-01-1980;Dinas X;Analis"],
        {"asn_nip": "198001012005011901", "titles": "S.PD", "occupation": "pns",
         "works": True, "employer_name": "DINAS X"},
    ),
    "insurer_answer": (
        "Jawaban_SK_100.csv",
        "NO;NOMOR_IDENTITAS;NAMA_LENGKAP;KPJ;STATUS;KODE_ALASAN;ALASAN;NOMOR_SK",
        [f"1;{nik(1)};SYAFRIL;;DITOLAK;R02;Sudah peserta aktif;188/100/2026"],
        {"status": "DITOLAK", "reason_code": "R02", "reason_text": "Sudah peserta aktif",
         "decree_number": "188/100/2026", "kpj": None},
    ),
    "payments": (
        "Bukti_Iuran_2026-01.csv",
        ("KODE_IURAN;NIK;KPJ;NAMA;PROGRAM;BLTH_AWAL;BLTH_AKHIR;JML_IURAN;TGL_BAYAR;PEMBAYAR;"
        "NOMOR_SK"),
        [(f"K-1;{nik(1)};99000000001;SYAFRIL;JKK+JKM;01/2026;06/2026;100800;20-01-2026;APBD;"
         "188/100/2026")],
        {"billing_code": "K-1", "month_from": date(2026, 1, 1),
         "month_until": date(2026, 7, 1), "amount": 100_800, "payer": "APBD",
         "occurred_on": date(2026, 1, 20), "decree_number": "188/100/2026"},
    ),
}  # fmt: skip


def _content(supplier: str) -> tuple[bytes, str]:
    filename, header, lines, _ = LAYOUTS[supplier]
    return "\n".join([header, *lines]).encode("cp1252"), filename


@pytest.mark.parametrize("supplier", LAYOUTS)
@pytest.mark.parametrize("told", [True, False], ids=["told", "auto"])
def test_a_layout(supplier: str, told: bool) -> None:
    content, filename = _content(supplier)
    reading = read(content, supplier if told else "auto", filename)
    (row,) = rows(reading)
    assert reading.supplier.name == row["source"] == supplier
    assert row["subject"] == reading.supplier.subject
    wanted = LAYOUTS[supplier][3]
    assert {name: row[name] for name in wanted} == wanted
    assert row["fate"] in ("accepted", "corrected")


def test_a_map_alone_does_not_make_a_decree_a_proposal() -> None:
    content, _ = _content("decree")
    with pytest.raises(UserError) as raised:
        read(content, "auto", "daftar.csv")
    assert raised.value.code == "supplier.unclear"


def test_the_number_of_a_decree_stands_in_its_title() -> None:
    lines = [
        ["LAMPIRAN KEPUTUSAN WALI KOTA"],
        ["NOMOR : 188.45/99/2024"],
        ["TENTANG PENERIMA"],
        ["NO", "NAMA", "NIK", "ALAMAT", "KELURAHAN", "PEKERJAAN", "KETERANGAN"],
        ["1", "SYAFRIL", nik(1), "JL. X", "GANTING", "Petani", ""],
    ]
    reading = read(workbook(lines), "auto", "daftar.xlsx")
    assert reading.supplier.name == "decree"
    assert rows(reading)[0]["decree_number"] == "188.45/99/2024"


@pytest.mark.parametrize(
    ("supplier", "column", "value", "fate", "code"),
    [
        ("dukcapil", "NIK", "137401", "held", "nik.length"),
        ("dukcapil", "NIK", "", "held", "nik.missing"),
        ("dukcapil", "NAMA_LGKP", "", "held", "name.missing"),
        ("dukcapil", "TGL_LHR", "31-02-1980", "accepted", "date.impossible"),
        (
            "dtsen_individual",
            "nomor_induk_kependudukan",
            "137401",
            "accepted",
            "nik.length",
        ),
        (
            "dtsen_family",
            "nomor_kartu_keluarga",
            "137401",
            "held",
            "family_card.length",
        ),
        ("deaths", "TGL MENINGGAL", "kemarin", "held", "date.unreadable"),
        ("deaths", "TGL MENINGGAL", "", "held", "value.missing"),
        ("bpu_participants", "BLTH_AKHIR", "entah", "held", "month.unreadable"),
        ("bpu_participants", "BLTH_AKHIR", "01/2023", "held", "month.order"),
        ("bpu_participants", "JML_BULAN", "9", "accepted", "months.mismatch"),
        ("bpu_participants", "NIK", "137401", "accepted", "nik.length"),
        ("payments", "JML_IURAN", "banyak", "held", "money.unreadable"),
        ("decree", "KELURAHAN", "Koto Baru", "held", "place.unknown"),
        ("decree", "KELURAHAN", "Gantingg", "corrected", "place.spelling"),
        ("oss_projects", "kelurahan_usaha", "Koto Baru", "accepted", "place.unknown"),
        ("dukcapil", "JENIS_KLMIN", "PEREMPUAN", "accepted", "nik.sex_mismatch"),
        ("dukcapil", "TGL_LHR", "02-01-1980", "accepted", "nik.born_on_mismatch"),
    ],
)
def test_what_a_row_cannot_do_without(
    supplier: str, column: str, value: str, fate: str, code: str
) -> None:
    filename, header, lines, _ = LAYOUTS[supplier]
    delimiter = ";" if ";" in header else ","
    cells = lines[0].split(delimiter)
    cells[header.split(delimiter).index(column)] = value
    content = f"{header}\n{delimiter.join(cells)}\n".encode()
    (row,) = rows(read(content, supplier, filename))
    assert (row["fate"], code in row["codes"]) == (fate, True)


def test_neither_nik_nor_kpj() -> None:
    filename, header, lines, _ = LAYOUTS["payments"]
    content = f"{header}\n{lines[0]}\n".encode()
    content = content.replace(nik(1).encode(), b"").replace(b"99000000001", b"")
    reading = read(content, "payments", filename)
    (row,) = rows(reading)
    assert (row["fate"], row["codes"]) == ("held", ["value.missing"])
    assert "NIK atau KPJ" in reading.problems["message"][0].as_py()


def test_the_code_of_a_place_stands_in_for_its_name() -> None:
    content, filename = _content("dukcapil")
    (row,) = rows(read(content.replace(b";GANTING;", b";GNTG;"), "dukcapil", filename))
    assert (row["kelurahan"], row["codes"]) == ("13.74.01.1001", [])
