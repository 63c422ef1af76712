"""What comes back from the field, and Dukcapil's list of those who moved away."""

from __future__ import annotations

from datetime import date

from tests.support.office_files import nik
from tests.support.office_list import (
    GANTING,
    KK,
    OK,
    OfficeList,
    headed,
)

FIELD_LISTS = {
    "moves": OfficeList(
        "Penduduk Pindah Keluar Januari 2026.xlsx",
        "NO;NIK;NO_KK;NAMA_LGKP;ALAMAT ASAL;RT;RW;KELURAHAN ASAL;TGL PINDAH;DAERAH TUJUAN",
        [
            f"1;{nik(1)};{KK};SYAFRIL;JL. X;01;02;GANTING;03-01-2026;KOTA PADANG",
            f"2;{nik(2)};{KK};HENDRI;JL. X;01;02;GANTING;04-01-2026;KAB. AGAM",
        ],
        [OK, OK],
        {"nik": nik(1), "name": "SYAFRIL", "occurred_on": date(2026, 1, 3),
         "kelurahan": GANTING},
        titles=headed("DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL", "PINDAH KELUAR"),
    ),
    "field_verification": OfficeList(
        "Hasil verifikasi lapangan.xlsx",
        "NIK;NOMOR KK;NAMA;TINGGAL DI SINI;STATUS HIDUP;STATUS BEKERJA;PEKERJAAN;"
        "HASIL PEMERIKSAAN;ALASAN DITOLAK",
        [
            f"{nik(1)};{KK};SYAFRIL;ya;;ya;petani;benar;",
            f"{nik(2)};{KK};HENDRI;tidak;;;;ditolak;pindah",
        ],
        [OK, OK],
        {"nik": nik(1), "lives_here": True, "works": True, "verdict": "confirm"},
    ),
    "field_paper": OfficeList(
        "Jawaban formulir lapangan.xlsx",
        "NOMOR URUT;KODE HALAMAN;NOMOR ORANG;BENAR;BERUBAH;DITOLAK;ALASAN DITOLAK;"
        "PETUGAS LAPANGAN",
        ["1;7K2M-9QXA;1;x;;;;kelurahan", "2;7K2M-9QXA;2;;;x;Sudah pindah;kelurahan"],
        [OK, OK],
        {"page_code": "7K2M-9QXA", "said_confirm": True},
    ),
    "field_form": OfficeList(
        "Verifikasi lapangan - all versions - 2026-02-10.xlsx",
        "start;tanggal_pemeriksaan;petugas_lapangan;kode_tugas;hasil;alasan;no_hp;_id;_uuid;"
        "_submission_time",
        [
            ("2026-02-10T08:12:44;2026-02-10;kelurahan;7K2M-9QXA-1;benar;;;301;7d1c-1;"
            "2026-02-10T01:21:00"),
            ("2026-02-10T08:20:44;2026-02-10;kelurahan;7K2M-9QXA-2;tolak;meninggal;;302;"
            "7d1c-2;2026-02-10T01:29:00"),
        ],
        [OK, OK],
        {"task_code": "7K2M-9QXA-1", "verdict": "confirm", "answer_key": "7d1c-1"},
    ),
}  # fmt: skip
