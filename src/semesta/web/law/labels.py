"""Indonesian names for the folders, columns and codes of the law files. Pure.

A column of a table in `law/parameters` needs a line in `COLUMNS` (a test holds this):
its label and how its values are written. `folder.name:column` wins over `column`.
"""

from __future__ import annotations

from typing import NamedTuple

# Folder of the key → the heading it stands under, in the order of the page.
GROUPS: dict[str, str] = {
    "bpu": "Bekerja sendiri (BPU): kepesertaan dan iuran",
    "jkm": "Santunan kematian bukan karena kerja (JKM)",
    "jkk": "Kecelakaan kerja (JKK)",
    "scholarship": "Beasiswa anak",
    "heirs": "Ahli waris",
    "claim": "Mengurus klaim",
    "pu": "Penerima upah (PU): iuran",
    "jakon": "Jasa konstruksi",
    "pmi": "Pekerja migran Indonesia",
    "employer": "Kewajiban pemberi kerja",
    "coverage": "Cakupan dan target",
}

# What is told of a group before it is opened.
FEATURED: dict[str, tuple[str, ...]] = {
    "bpu": ("bpu.jkm.amount", "bpu.jkk.rate", "bpu.grace_months"),
    "jkm": ("jkm.lump_sum", "jkm.periodic", "jkm.funeral"),
    "jkk": ("jkk.death", "jkk.total_disability", "jkk.time_limit"),
    "scholarship": (
        "scholarship.levels",
        "scholarship.max_children",
        "scholarship.jkm_minimum_months",
    ),
    "heirs": ("heirs.order",),
    "claim": ("claim.documents", "claim.late_compensation"),
    "pu": ("pu.jkk.rate", "pu.jkm.rate", "pu.jp.wage_cap"),
    "jakon": ("jakon.registration_days", "jakon.slices"),
    "pmi": ("pmi.contribution",),
    "employer": ("employer.late_fine", "employer.warning_days", "employer.hiring_days"),
    "coverage": ("coverage.targets", "coverage.denominators"),
}


class Column(NamedTuple):
    """How a column is called and written: `rupiah`, `percent`, `months`, `days`,
    `years`, `age`, `year`, `month`, `count` or `text`."""

    label: str
    kind: str = "text"

    @property
    def is_number(self) -> bool:
        return self.kind != "text"


COLUMNS: dict[str, Column] = {
    "above": Column("Bagian nilai kontrak di atas", "rupiah"),
    "added_percent": Column("Tambahan", "percent"),
    "air": Column("Udara", "rupiah"),
    "article": Column("Pasal"),
    "base": Column("Dasar iuran dan santunan", "rupiah"),
    "before": Column("Sebelum berangkat", "rupiah"),
    "below_age": Column("Belum berusia", "age"),
    "besar": Column("Usaha besar"),
    "by": Column("Yang menahan"),
    "capital": Column("Modal paling tinggi", "rupiah"),
    "charge": Column("Ditanggung pemberi kerja"),
    "children": Column("Anak", "count"),
    "class": Column("Tingkat", "count"),
    "contract_months": Column("Lama kontrak", "months"),
    "cover_months": Column("Lama perlindungan", "months"),
    "death": Column("Meninggal, bukan karena kerja"),
    "denominator": Column("Pembagi"),
    "drivers": Column("Selalu termasuk"),
    "during": Column("Selama dan sesudah bekerja", "rupiah"),
    "employer": Column("Pemberi kerja", "percent"),
    "entry_age": Column("Usia masuk TK", "age"),
    "excluded_payers": Column("Tidak mendapat potongan"),
    "fine": Column("Denda paling banyak", "rupiah"),
    "first": Column("Laporan tahap pertama", "days"),
    "from": Column("Penghasilan mulai", "rupiah"),
    "from_jkk": Column("Dari iuran JKK", "percent"),
    "from_jkm": Column("Dari iuran JKM", "percent"),
    "funeral": Column("Biaya pemakaman", "rupiah"),
    "government": Column("Pemerintah", "percent"),
    "helpers": Column("Masih dipertanyakan"),
    "id": Column("Kode"),
    "incomplete": Column("Data tidak lengkap atau tidak benar"),
    "industries": Column("Industri"),
    "injury": Column("Kecelakaan kerja"),
    "inspector": Column("Memeriksa dan menegur"),
    "jht_least": Column("Tabungan hari tua paling sedikit", "rupiah"),
    "jht_most": Column("Tabungan hari tua paling banyak", "rupiah"),
    "jkk": Column("JKK", "percent"),
    "jkm": Column("JKM", "percent"),
    "jobs": Column("Pekerjaan", "count"),
    "kecil": Column("Usaha kecil"),
    "kin": Column("Hubungan"),
    "labour": Column("Mengawasi ketenagakerjaan"),
    "land": Column("Darat", "rupiah"),
    "last": Column("Bila tidak ada seorang pun"),
    "level": Column("Jenjang"),
    "lifted": Column("Dicabut bila"),
    "lump_sum": Column("Santunan sekaligus", "rupiah"),
    "menengah": Column("Usaha menengah"),
    "mikro": Column("Usaha mikro"),
    "months": Column("Bulan", "months"),
    "most": Column("Paling banyak", "rupiah"),
    "name": Column("Nama"),
    "number": Column("Golongan", "count"),
    "numerator": Column("Yang dihitung"),
    "paid_up_to": Column("Iuran lunas sampai", "month"),
    "percent": Column("Persen", "percent"),
    "percent_due": Column("Dibayar dari iuran biasa", "percent"),
    "plan": Column("Dokumen"),
    "programmes": Column("Program"),
    "prosecutor": Column("Menagih atas nama BPJS"),
    "ranks": Column("Urutan"),
    "sales": Column("Penjualan setahun paling tinggi", "rupiah"),
    "scholarship": Column("Beasiswa"),
    "sea": Column("Laut", "rupiah"),
    "second": Column("Laporan tahap kedua", "days"),
    "services": Column("Menahan pelayanan publik"),
    "size": Column("Skala usaha"),
    "starts_in": Column("Tahun ajaran mulai bulan", "month_number"),
    "switched_payers": Column("Bergantung pada pertanyaan terbuka"),
    "total": Column("Jumlah", "rupiah"),
    "unregistered": Column("Belum mendaftar"),
    "used_by": Column("Dipakai oleh"),
    "weather": Column("Bila bergantung cuaca", "months"),
    "who": Column("Siapa"),
    "work_death": Column("Meninggal karena kecelakaan kerja"),
    "worker": Column("Pekerja", "percent"),
    "workers": Column("Pekerja paling sedikit", "count"),
    "year": Column("Tahun", "year"),
    "yearly": Column("Setahun", "rupiah"),
    "years": Column("Paling lama", "years"),
}

# Columns that repeat in a code what another column says in words; an empty column name
# stands for the keys of a mapping.
HIDDEN = {"scholarship.levels:level", "heirs.order:kin", "bpu.payers:"}

# The column whose lowest and highest values tell most about a table.
SPANS: dict[str, str] = {
    "bpu.jkk.bracket": "base",
    "jkk.unable_to_work": "percent",
    "pu.jkk.net_rate": "percent",
    "pu.jkk.rate": "percent",
    "scholarship.levels": "yearly",
}

# What an empty cell means, where it is more than "not known".
BLANKS: dict[str, str] = {
    "coverage.targets:percent": "belum dilihat",
    "employer.size:capital": "tanpa batas",
    "employer.size:sales": "tanpa batas",
    "jkk.unable_to_work:months": "sampai sembuh",
}

# What the rows of a table are, to count them: `33 golongan`.
ROWS: dict[str, str] = {
    "bpu.jkk.bracket": "golongan",
    "bpu.payer_jobs": "pembayar",
    "bpu.payers": "pembayar",
    "bpu.relief.transport_jobs": "kelompok",
    "bpu.wadah_codes": "kode",
    "claim.documents": "peristiwa",
    "coverage.denominators": "pembagi",
    "coverage.targets": "target",
    "coverage.targets_bpu": "target",
    "employer.actors": "pelaku",
    "employer.charges_to_employer": "pelanggaran",
    "employer.programmes": "skala usaha",
    "employer.size": "skala usaha",
    "employer.violations": "pelanggaran",
    "heirs.order": "golongan",
    "jakon.slices": "lapis",
    "jkk.unable_to_work": "langkah",
    "pu.jkk.net_rate": "tingkat risiko",
    "pu.jkk.rate": "tingkat risiko",
    "pu.jkp.condition": "syarat",
    "scholarship.levels": "jenjang",
}

# The list to count where a mapping holds one.
COUNTED: dict[str, str] = {"heirs.order": "ranks"}

# Codes inside tables that are not payers, occupations or open questions.
CODES: dict[str, str] = {
    "advance": "dibayar dahulu, diganti sesudah tunggakan lunas",
    "all": "seluruh hak pekerja",
    "missing": "hak dari program yang tidak diikuti",
    "shortfall": "kekurangannya",
}
