"""What the steps of the work are called, where people watch them go."""

from __future__ import annotations

TITLES = {
    "city": "Menyusun kota rekaan",
    "intake": "Membaca berkas kantor",
    "link": "Mencari siapa sama dengan siapa",
    "register": "Mencatat orang dan keluarga",
    "decide": "Menilai kelayakan",
    "plan": "Menyusun rencana",
    "decree": "Menetapkan SK",
    "enrol": "Mendaftarkan ke BPJS Ketenagakerjaan",
    "post": "Membukukan iuran",
    "watch": "Mencari hak yang terancam",
    "measure": "Menghitung cakupan",
    "comply": "Memeriksa pemberi kerja",
}
