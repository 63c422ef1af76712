"""One list of every supplier as its office sends it: titles, signatures and dirt included.

Headers are those of the real layouts; people, firms and numbers are invented. A cell
`#123` is a number in the workbook, every other cell is text.
"""

from __future__ import annotations

from tests.support.field_lists import FIELD_LISTS
from tests.support.office_files import nik
from tests.support.office_list import (
    GANTING,
    HELD,
    KK,
    MENDED,
    OK,
    OfficeList,
    headed,
    signed,
)


def _farm(kiosk: str, who: str) -> str:
    season = ";PADI;0,25;50;40;0;0"
    return f"HENDRI;1374011001;RT001;{kiosk};;HARAPAN TANI;{who};PANGAN{season * 3}"


def _seasons() -> str:
    names = (
        "Komoditas MT{0};Luas Lahan (Ha) MT{0};Pupuk Urea (Kg) MT{0};Pupuk NPK (Kg) MT{0};"
        "Pupuk NPK Formula (Kg) MT{0};Pupuk Organik (Kg) MT{0}"
    )
    return ";".join(names.format(season) for season in (1, 2, 3))


_DUKCAPIL = (
    "13;74;1;1001;SUMATERA BARAT;KOTA PADANG PANJANG;PADANG PANJANG TIMUR;GANTING"
)
_P3KE = "SUMATERA BARAT;KOTA PADANG PANJANG;PADANG PANJANG TIMUR;GANTING;1374011001"
_UPLOAD = "L;S;01-02-2020;Y;;;ID;#3000000;JL. X;27111;1374;TETAP;01-01-2020;"
LISTS: dict[str, OfficeList] = {
    "dukcapil": OfficeList(
        "Data Penduduk Des 2025.xlsx",
        "NIK;NO_KK;NAMA_LGKP;TMPT_LHR;TGL_LHR;JENIS_KLMIN;AGAMA;GOL_DARAH;STATUS_KAWIN;"
        "STAT_HBKEL;PDDK_AKH;JENIS_PKRJN;NAMA_LGKP_IBU;NAMA_LGKP_AYAH;ALAMAT;NO_RT;NO_RW;"
        "DUSUN;NO_PROP;NO_KAB;NO_KEC;NO_KEL;PROP_NAME;KAB_NAME;KEC_NAME;KEL_NAME;"
        "EKTP_STATUS;STAT_HIDUP;RESPON",
        [
            (f"{nik(1)};{KK};SYAFRIL;PADANG PANJANG;01-01-1980;LAKI-LAKI;ISLAM;-;KAWIN;"
            "KEPALA KELUARGA;SLTA/SEDERAJAT;PETANI/PEKEBUN;NURBAITI;BUSTAMI;JL. X;1;2;-;"
            f"{_DUKCAPIL};REKAM;HIDUP;"),
            (f"{nik(2)}.0;{KK};MARLIS;PADANG PANJANG;1980-01-01;LAKI-LAKI;ISLAM;O;KAWIN;"
            "FAMILI LAIN;SLTP/SEDERAJAT;PEDAGANG;ERNAWATI;ZULKIFLI;JL. X;1;2;-;"
            f"{_DUKCAPIL};REKAM;HIDUP;"),
            (f"#{nik(3)};{KK};HENDRI;BATIPUH;01/01/1980 0:00:00;LAKI-LAKI;ISLAM;A;"
            "BELUM KAWIN;ANAK;SLTA/SEDERAJAT;BURUH HARIAN LEPAS;ROSMAINI;SYAFRIL;JL. X;1;2;"
            f"-;{_DUKCAPIL};REKAM;HIDUP;"),
        ],
        [OK, MENDED, HELD],
        {"nik": nik(1), "family_card": KK, "name": "SYAFRIL", "sex": "L", "alive": True,
         "occupation": "petani", "kelurahan": GANTING, "marital_status": "kawin",
         "rt": "001", "mother_name": "NURBAITI", "relation": "kepala"},
        frozenset(["nik.numeric_cell"]),
    ),
    "dtsen_individual": OfficeList(
        "BAST DTSEN 2026 anggota.xlsx",
        "provinsi;kabupaten_kota;kecamatan;kelurahan_desa;nomor_kartu_keluarga;"
        "nomor_induk_kependudukan;nama;tanggal_lahir;jenis_kelamin;status_hubungan_keluarga;"
        "status_kawin;usia;pbi_nas;pbi_pemda;partisipasi_sekolah;"
        "jenjang_pendidikan_tertinggi;ijazah_tertinggi;status_bekerja;"
        "lapangan_usaha_dari_pekerjaan_utama;status_dalam_pekerjaan_utama;"
        "kepemilikan_usaha;jumlah_usaha;omzet_usaha_utama;penyakit_kronis;rt_ktp;rw_ktp;"
        "alamat_ktp;pekerjaan_ktp;pendidikan_akhir_ktp",
        [
            (f"SUMATERA BARAT;KOTA PADANG PANJANG;PADANG PANJANG TIMUR;GANTING;{KK};{nik(1)};"
            "SYAFRIL;1980-01-01;Laki-laki;Kepala keluarga;Kawin;46;Ya;Tidak;Tidak;SMA;SMA;"
            "Ya;Perdagangan;Berusaha sendiri;Ya;1;500000;Tidak;001;002;JL. X;Pedagang;SLTA"),
            (f"SUMATERA BARAT;KOTA PADANG PANJANG;PADANG PANJANG TIMUR;GUGUK  MALINTANG;{KK};"
            f"{nik(2)};Hendri;31-12-1980;Laki-laki;Anak;Belum kawin;45;Ya;Tidak;Tidak;SMP;"
            "SMP;Tidak;;;Tidak;0;;Tidak;1;2;JL. X;Belum/tidak bekerja;SLTP"),
        ],
        [OK, OK],
        {"nik": nik(1), "family_card": KK, "works": True, "kelurahan": GANTING,
         "work_status": "berusaha-sendiri", "occupation": "pedagang-kecil", "rw": "002"},
        frozenset(["nik.born_on_mismatch"]),
        titles=headed("DATA TUNGGAL SOSIAL EKONOMI NASIONAL"),
    ),
    "dtsen_family": OfficeList(
        "DTSEN keluarga desil 1-4.xlsx",
        "No;Nomor_Kartu_Keluarga;NIK_Kepala_Keluarga;Nama_Kepala_Keluarga;Alamat;"
        "Kelurahan_Desa;Desil_Nasional;Desil_Provinsi;Desil_Kabupaten_Kota;id_pelanggan_pln;"
        "sumber_air_minum",
        [
            f"1;{KK};{nik(1)};SYAFRIL;JL. X;GANTING;2;3;4;5100001;PDAM",
            f"2;1374010101159002;{nik(2)};HENDRI;JL. Y;Koto Katiak;Desil 3;3;4;;Sumur",
            f"3;;{nik(3)};MARLIS;JL. Y;Ngalau;3;3;4;;Sumur",
        ],
        [OK, OK, HELD],
        {"family_card": KK, "decile": 2, "decile_province": 3, "decile_city": 4,
         "kelurahan": GANTING, "name": "SYAFRIL"},
        frozenset(["family_card.missing"]),
        titles=headed("DINAS SOSIAL", "REKAP DESIL KELUARGA"),
        foot=signed("Kepala Dinas Sosial"),
    ),
    "p3ke_individual": OfficeList(
        "P3KE_IND_1374.xlsx",
        "id_keluarga_p3ke;provinsi;kabupaten_kota;kecamatan;desa_kelurahan;kode_kemdagri;"
        "desil_kesejahteraan;alamat;id_individu;nama;nik;padan_dukcapil;jenis_kelamin;"
        "hubungan_dengan_kepala_keluarga;tanggal_lahir;status_kawin;pekerjaan;pendidikan;"
        "usia_dibawah_7_tahun;usia _60_tahun_keatas;penerima _bpnt;penerima_pkh;"
        "resiko_stunting",
        [
            (f"K-1;{_P3KE};1;JL. X;I-1;SYAFRIL;{nik(1)};Ya;Laki-laki;Kepala keluarga;"
            "1980-01-01;Kawin;Pekerja lepas;Tamat SD;Tidak;Tidak;Tidak;Ya;Tidak"),
            (f"K-1;{_P3KE};1;JL. X;I-2;HENDRI;{nik(2)};Tidak;Laki-laki;Anak;"
            "22-SEP-1980;Belum kawin;Pedagang;Tamat SD;Tidak;Tidak;Tidak;Ya;Tidak"),
        ],
        [OK, OK],
        {"nik": nik(1), "nik_matched": True, "decile_p3ke": 1, "kelurahan": GANTING,
         "occupation": "buruh-harian", "relation": "kepala"},
        frozenset(["nik.not_matched"]),
    ),
    "proposal": OfficeList(
        "USULAN PEKERJA RENTAN KEL GANTING.xlsx",
        "No;Nama Lengkap;N I K;No. KK;Tempat/Tgl Lahir;L/P;Alamat;RT/RW;Jenis Pekerjaan;"
        "Penghasilan/bln;No. HP/WA;Ket",
        [
            (f"1;SYAFRIL;{nik(1)};{KK};Padang Panjang, 01-01-1980;L;Jl. X;001/002;Ojek;"
            "1,5 jt;81234567890;"),
            (f"2;BUSTAMI.H;13740101018O9002;{KK};Padang Panjang/01 Januari 1980;L;Jl. X;"
            "RT.01 RW.02;Petani;Rp 900.000,-;-;"),
            f"3;ZULKIFLI;{nik(3)} ;;1980;L;Jl. Y;1/2;Kuli panggul;800rb;;baru",
            "4;NURBAITI;137401;;;P;Jl. Y;1/2;Jualan gorengan;;;",
            "JUMLAH;4 orang;;;;;;;;;;",
        ],
        [MENDED, MENDED, MENDED, OK],
        {"nik": nik(1), "family_card": KK, "occupation": "ojek", "income": 1_500_000,
         "phone": "081234567890", "kelurahan": GANTING, "rt": "001", "rw": "002",
         "born_at": "PADANG PANJANG"},
        frozenset(["nik.length"]),
        titles=headed("KECAMATAN PADANG PANJANG TIMUR", "KELURAHAN GANTING",
                       "DAFTAR USULAN CALON PENERIMA BANTUAN IURAN TAHUN 2026"),
        foot=signed("LURAH GANTING"),
    ),
    "decree": OfficeList(
        "Lampiran SK Wali Kota 2025.xlsx",
        "NO.;NAMA;NIK;TEMPAT, TANGGAL LAHIR;ALAMAT;KELURAHAN;PEKERJAAN;NO. KPJ;KETERANGAN",
        [
            (f"1;SYAFRIL;{nik(1)};PADANG PANJANG, 01-01-1980;JL. X;GANTING;Petani;"
            "99000000001;Lanjutan"),
            f"2;HENDRI DT. MARAJO;{nik(2)};BATIPUH, 01-01-1980;JL. Y;BALAI-BALAI;Ojek;;Baru",
            f"3;MARLIS;{nik(3)};BATIPUH, 01-01-1980;JL. Y;KOTO BARU;Ojek;;Baru",
        ],
        [OK, OK, HELD],
        {"nik": nik(1), "kelurahan": GANTING, "occupation": "petani",
         "kpj": "99000000001", "decree_number": "188.45/101/WAKO-PP/2025"},
        titles=["LAMPIRAN KEPUTUSAN WALI KOTA PADANG PANJANG",
                "NOMOR : 188.45/101/WAKO-PP/2025", "TANGGAL : 5 MARET 2025",
                "TENTANG PENETAPAN PENERIMA BANTUAN IURAN PEKERJA RENTAN", ""],
        foot=signed("WALI KOTA PADANG PANJANG"),
    ),
    "bpu_participants": OfficeList(
        "Data Peserta BPU Padang Panjang.xlsx",
        "NO;NIK;KPJ;NAMA_LENGKAP;TGL_LAHIR;HANDPHONE;JENIS_PEKERJAAN_1;JENIS_PEKERJAAN_2;"
        "LOKASI_PEKERJAAN;UPAH;PEMBAYAR;PROGRAM;BLTH_AWAL;BLTH_AKHIR;JML_BULAN;JML_IURAN",
        [
            (f"1;{nik(1)};99000000001;SYAFRIL;01-01-1980;081234567890;PETANI;;PADANG PANJANG;"
            "#1000000;APBD;JKK,JKM;01/2025;12/2025;12;#201600"),
            (f"2;{nik(2)};99000000002;HENDRI;;;KURIR MOTOR;;PADANG PANJANG;1.000.000;MANDIRI;"
            "JKK+JKM+JHT;202501;2025-06;6;220.800"),
            (f"3;{nik(3)};99000000003;MARLIS;;;PETANI;;PADANG PANJANG;#1000000;APBD;JKK,JKM;"
            ";12/2025;12;#201600"),
        ],
        [OK, OK, HELD],
        {"kpj": "99000000001", "payer": "APBD", "programmes": "JKK+JKM", "months": 12,
         "amount": 201_600},
        frozenset(["value.missing"]),
        titles=["BPJS KETENAGAKERJAAN KANTOR CABANG BUKITTINGGI", "PESERTA BPU DAN IURAN", ""],
    ),
    "pu_participants": OfficeList(
        "data_tk_baru.xlsx",
        "NO_PEGAWAI;NAMA_LENGKAP;GELAR;TELEPON_AREA_RUMAH;TELEPON_RUMAH;TELEPON_AREA_KANTOR;"
        "TELEPON_KANTOR;TELEPON_EXT_KANTOR;HANDPHONE;EMAIL;TEMPAT_LAHIR;TGL_LAHIR;"
        "NAMA_IBU_KANDUNG;JENIS_IDENTITAS;NOMOR_IDENTITAS;MASA_LAKU_IDENTITAS;JENIS_KELAMIN;"
        "SURAT_MENYURAT_KE;TANGGAL_KEPESERTAAN;STATUS_KAWIN;GOLONGAN_DARAH;NPWP;KODE_NEGARA;"
        "UPAH;ALAMAT;KODE_POS;LOKASI_PEKERJAAN;STATUS_PEGAWAI;TGL_AWAL_BEKERJA;"
        "TGL_AKHIR_KONTRAK",
        [
            ("P1;SYAFRIL;S.E.;;;;;;081234567890;;PADANG PANJANG;01-01-1980;NURBAITI;KTP;"
            f"{nik(1)};;{_UPLOAD}"),
            ("P2;HENDRI;;;;;;;;;PADANG PANJANG;01-01-1980;ERNAWATI;PASSPORT;C1234567;;"
            f"{_UPLOAD}"),
        ],
        [OK, HELD],
        {"nik": nik(1), "wage": 3_000_000, "titles": "SE", "marital_status": "kawin",
         "mother_name": "NURBAITI", "payer": "EMPLOYER", "phone": "081234567890"},
        frozenset(["value.missing"]),
        sheet="data_tk_baru",
    ),
    "deactivations": OfficeList(
        "data_tk_na.xlsx",
        "KPJ;NAMA_LENGKAP;TGL_LAHIR;SEBAB_NA;TGL_KEJADIAN;KETERANGAN",
        [
            "99000000001;SYAFRIL;01-01-1980;#2;31-12-2025;Mengundurkan diri",
            "99000000002;HENDRI;01-01-1980;02;akhir tahun;",
        ],
        [OK, HELD],
        {"kpj": "99000000001", "reason_code": "2", "reason_text": "Mengundurkan diri"},
        frozenset(["date.unreadable"]),
        sheet="data_tk_na",
    ),
    "insurer_answer": OfficeList(
        "Jawaban pendaftaran SK 101.xlsx",
        "NO;NOMOR_IDENTITAS;NAMA_LENGKAP;KPJ;STATUS;KODE_ALASAN;ALASAN;NOMOR_SK",
        [
            f"1;{nik(1)};SYAFRIL;99000000001;DITERIMA;;;188.45/101/WAKO-PP/2025",
            f"2;{nik(2)};HENDRI;;DITOLAK;R02;Peserta sudah aktif;188.45/101/WAKO-PP/2025",
            "3;;MARLIS;;DITOLAK;R01;NIK tidak ditemukan;188.45/101/WAKO-PP/2025",
        ],
        [OK, OK, HELD],
        {"status": "DITERIMA", "kpj": "99000000001",
         "decree_number": "188.45/101/WAKO-PP/2025"},
        frozenset(["value.missing"]),
        titles=["BPJS KETENAGAKERJAAN", "HASIL PENDAFTARAN KOLEKTIF BPU", ""],
    ),
    "payments": OfficeList(
        "Bukti Bayar Iuran Jan 2026.xlsx",
        "NO;KODE_IURAN;NIK;KPJ;NAMA;PROGRAM;BLTH_AWAL;BLTH_AKHIR;JML_IURAN;TGL_BAYAR;"
        "PEMBAYAR;NOMOR_SK",
        [
            (f"1;K-1;{nik(1)};99000000001;SYAFRIL;JKK+JKM;01/2026;06/2026;#100800;20-01-2026;"
            "APBD;188.45/101/WAKO-PP/2025"),
            (f"2;K-1;{nik(2)};99000000002;HENDRI;JKK+JKM;2026-01;2026-06;Rp100.800;"
            "20-JAN-2026;APBD;188.45/101/WAKO-PP/2025"),
            "TOTAL;;;;;;;;#201600;;;",
        ],
        [OK, OK],
        {"billing_code": "K-1", "amount": 100_800, "payer": "APBD"},
        titles=["BPJS KETENAGAKERJAAN", "BUKTI PEMBAYARAN IURAN", ""],
    ),
    "oss_projects": OfficeList(
        "proyek OSS RBA Kota Padang Panjang.xlsx",
        "id_proyek;nib;npwp_perusahaan;nama_perusahaan;uraian_status_penanaman_modal;"
        "uraian_jenis_perusahaan;uraian_risiko_proyek;uraian_skala_usaha;alamat_usaha;"
        "kecamatan_usaha;kelurahan_usaha;longitude;latitude;kbli;judul_kbli;"
        "kl_sektor_pembina;nama_user;nomor_identitas_user;email;nomor_telp;jumlah_investasi;"
        "mesin_peralatan;tki;tka;tanggal_terbit_oss;day_of_tanggal_pengajuan_proyek;"
        "nama_proyek",
        [
            ("P-1;9900000000012;;CV CONTOH;PMDN;CV;Rendah;Usaha Kecil;JL. X;"
            "Padang Panjang Timur;Ganting;100,4;-0,4;47111;Toko;Kemendag;SYAFRIL;"
            f"{nik(1)};;081234567890;#5000000;0;4;0;2024-03-01;1 Maret 2024;Toko"),
            ("P-2;;;CV CONTOH;PMDN;CV;Rendah;Usaha Kecil;JL. X;Padang Panjang Timur;Ganting;"
            f"100,4;-0,4;47111;Toko;Kemendag;SYAFRIL;{nik(1)};;;#5000000;0;2;0;2024-03-01;;"),
        ],
        [OK, HELD],
        {"nib": "9900000000012", "workers": 4, "scale": "kecil", "kbli": "47111"},
        frozenset(["value.missing"]),
    ),
    "employers": OfficeList(
        "Daftar NPP Padang Panjang.xlsx",
        "NO;NPP;NAMA_PERUSAHAAN;NPWP;NIB;ALAMAT;NO_TELP;SKALA_USAHA;JML_TK;TGL_KEPESERTAAN;"
        "PROGRAM;IURAN_TERAKHIR;BULAN_TUNGGAKAN;TUNGGAKAN",
        [
            ("1;ZZ000001;CV CONTOH;99.000.001.0-204.000;9900000000012;JL. X;;Usaha Mikro;#3;"
            "01-07-2020;JKK+JKM;11/2025;2;Rp 500.000"),
            "2;;UD MISAL;;;JL. Y;;Mikro;#1;01-07-2020;JKK+JKM;11/2025;2;#500000",
        ],
        [OK, HELD],
        {"npp": "ZZ000001", "scale": "mikro", "workers": 3, "arrears_amount": 500_000},
        frozenset(["value.missing"]),
        titles=["BPJS KETENAGAKERJAAN", "DAFTAR PERUSAHAAN TERDAFTAR (NPP)", ""],
    ),
    "deaths": OfficeList(
        "Laporan kematian 2025.xlsx",
        "No;Nama Almarhum;NIK;Jenis Kelamin;Tempat/Tgl Lahir;Tanggal Meninggal;Alamat;RT/RW;"
        "Kelurahan;Nama Pelapor;No. Akta",
        [
            (f"1;SYAFRIL;{nik(1)};L;Padang Panjang, 01-01-1980;5 Maret 2025;Jl. X;1/2;"
            "Ganting;DARNIS;A-1"),
            f"2;HENDRI;{nik(2)};L;Batipuh, 01-01-1980;;Jl. Y;1/2;Ganting;DARNIS;",
        ],
        [OK, HELD],
        {"nik": nik(1), "alive": False, "kelurahan": GANTING},
        frozenset(["value.missing"]),
        titles=headed("LAPORAN KEMATIAN TAHUN 2025"),
        foot=signed("LURAH GANTING"),
    ),
    "civil_servants": OfficeList(
        "Nominatif ASN Nov 2025.xlsx",
        "No;NIP Baru;Nama;NIK;Tempat Lahir;Tanggal Lahir;Jenis Kelamin;Gol;Jabatan;"
        "Unit Kerja",
        [
            (f"1;198001012005011901;SYAFRIL, S.Pd;{nik(1)};PADANG PANJANG;01-01-1980;L;III/a;"
            "Guru;SDN 99"),
            (f"2;19800101 200501 1 902;Drs. HENDRI, M.M.;{nik(2)};BATIPUH;01/01/1980;L;IV/a;"
            "Kepala;Dinas X"),
        ],
        [OK, OK],
        {"asn_nip": "198001012005011901", "name": "SYAFRIL", "titles": "S.PD",
         "occupation": "pns", "works": True},
        titles=headed("DAFTAR NOMINATIF PEGAWAI NEGERI SIPIL"),
        foot=signed("Kepala BKPSDM"),
    ),
    "erdkk_farmers": OfficeList(
        "eRDKK 2026 Padang Panjang Timur.xlsx",
        "Nama Penyuluh;Kode Desa;Kode Kios Pengecer;Nama Kios Pengecer;Gapoktan;Nama Poktan;"
        "Nama Petani;KTP;Tempat Lahir;Tanggal Lahir;Nama Ibu Kandung;Alamat;Subsektor;"
        + _seasons(),
        [
            _farm("KIOS A", f"SYAFRIL;{nik(1)};PADANG PANJANG;1980-01-01;NURBAITI;JL. X"),
            _farm("KIOS A", f"HENDRI;#{nik(2)};BATIPUH;1980-01-01;ERNAWATI;JL. X"),
        ],
        [OK, HELD],
        {"nik": nik(1), "farmer_group": "HARAPAN TANI", "occupation": "petani",
         "kelurahan": GANTING, "mother_name": "NURBAITI"},
        frozenset(["nik.numeric_cell"]),
    ),
    "field_survey": OfficeList(
        "Pendataan_Pekerja_Rentan_-_all_versions_-_labels_-_2026-01-10.xlsx",
        "start;end;petugas;identitas/nik;identitas/no_kk;identitas/nama_lengkap;"
        "identitas/tgl_lahir;identitas/jenis_kelamin;alamat/kelurahan;alamat/rt;alamat/rw;"
        "kerja/jenis_pekerjaan;kerja/penghasilan_per_bulan;kontak/no_hp;_id;_uuid;"
        "_submission_time;_validation_status;_notes;_status;_submitted_by;__version__;_tags;"
        "_index",
        [
            (f"2026-01-10T08:12:44;2026-01-10T08:20:01;p1;{nik(1)};{KK};Syafril;1980-01-01;"
            "laki_laki;ganting;4;2;tukang_ojek;1500000;081234567890;291;5d1c-1;"
            "2026-01-10T01:21:00;;;submitted_via_web;;v1;;1"),
            (f"2026-01-10T09:12:44;2026-01-10T09:20:01;p1;99;{KK};Hendri;1980-01-01;"
            "laki_laki;ganting;4;2;pedagang;;;292;5d1c-2;2026-01-10T02:21:00;;;"
            "submitted_via_web;;v1;;2"),
        ],
        [OK, OK],
        {"nik": nik(1), "family_card": KK, "occupation": "ojek", "income": 1_500_000,
         "kelurahan": GANTING, "rt": "004", "sex": "L"},
        frozenset(["nik.length"]),
    ),
    "aid_recipients": OfficeList(
        "Penerima bantuan sosial 2025.xlsx",
        "No;Nama KPM;NIK;No KK;Alamat;RT;RW;Kelurahan;Jenis Bantuan",
        [
            f"1;SYAFRIL;{nik(1)};{KK};JL. X;01;02;GANTING;PKH",
            f"2;HENDRI;{nik(2)};{KK};JL. X;01;02;GANTING;Bantuan Pangan Non Tunai",
            f"3;MARLIS;{nik(3)};{KK};JL. X;01;02;GANTING;kursus menjahit",
        ],
        [OK, OK, HELD],
        {"nik": nik(1), "name": "SYAFRIL", "aid": "PKH", "kelurahan": GANTING},
        frozenset(["aid.unknown"]),
        titles=headed("DINAS SOSIAL", "DAFTAR PENERIMA BANTUAN SOSIAL"),
    ),
    "worker_register": OfficeList(
        "Daftar buruh tani tembakau.xlsx",
        "No;Nama;NIK;Alamat;Kelurahan;No HP;Pekerjaan;Nama Perkumpulan",
        [
            f"1;SYAFRIL;{nik(1)};JL. X;GANTING;081234567890;Buruh tani;APTI Ganting",
            f"2;HENDRI;{nik(2)};JL. X;GANTING;;Buruh tani;APTI  Ganting",
        ],
        [OK, OK],
        {"nik": nik(1), "list_name": "APTI GANTING", "occupation": "buruh-tani"},
    ),
    "perisai_registrations": OfficeList(
        "REKAP PENDAFTARAN PERISAI JAN.xlsx",
        "Tanggal;Jam;Nama Pengisi;NIM;Wilayah (KEC-KEL-LINGK);NIK;Nama TK;No Telepon;"
        "Tanggal Pendaftaran",
        [
            (f"02/01/2026;08:10;DARNIS;99001;TIMUR-GANTING-1;{nik(1)};SYAFRIL;081234567890;"
            "31-12-2025"),
            (f"02/01/2026;08:12;DARNIS;99001;TIMUR-GANTING-1;{nik(2)[:8]} {nik(2)[8:]};HENDRI;"
            "-;31/12/2025"),
        ],
        [OK, MENDED],
        {"nik": nik(1), "name": "SYAFRIL", "phone": "081234567890"},
        titles=["KODE PERISAI : PRS-7", ""],
    ),
    **FIELD_LISTS,
}  # fmt: skip
