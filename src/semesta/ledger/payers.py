"""Who pays, in the words that pages show."""

from __future__ import annotations

# "APBD" is the region's own budget; the others may pay beside it.
PAYERS: dict[str, str] = {
    "APBD": "APBD kabupaten/kota",
    "APBD_PROV": "APBD provinsi",
    "SELF": "Peserta sendiri",
    "EMPLOYER": "Pemberi kerja",
    "CSR": "CSR perusahaan",
    "BAZNAS": "Baznas",
    "DBH_SAWIT": "DBH sawit",
    "DBH_CHT": "DBH tembakau (CHT)",
    "DANA_DESA": "Dana Desa",
    "ASN": "ASN penyumbang",
    "OTHER": "Pembayar lain",
}


def payer_label(payer: str) -> str:
    """The payer's name in Indonesian; an unknown code is shown as it is."""
    return PAYERS.get(payer, payer)
