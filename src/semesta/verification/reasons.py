"""Why the field refuses somebody, and which facts a reason states by itself.

Every reason has a code that files and pages name, and a title as the form prints it.
"""

from __future__ import annotations

from typing import NamedTuple


class Reason(NamedTuple):
    """One reason. `says`: the fact that it states to be untrue of the person, if any;
    `needs_text`: nothing is understood without a sentence beside it."""

    code: str
    title: str
    says: str = ""
    needs_text: bool = False


DEAD, MOVED, IDLE = "meninggal", "pindah", "tidak-bekerja"

REASONS: dict[str, Reason] = {
    one.code: one
    for one in (
        Reason(DEAD, "Sudah meninggal", "alive"),
        Reason(MOVED, "Sudah pindah, tidak tinggal di sini", "lives_here"),
        Reason(IDLE, "Tidak bekerja lagi", "works"),
        Reason("penerima-upah", "Karyawan atau penerima upah"),
        Reason("pegawai-negara", "ASN, TNI, atau Polri"),
        Reason("sudah-terlindungi", "Sudah ikut BPJS Ketenagakerjaan"),
        Reason("tidak-dikenal", "Tidak dikenal di alamat ini"),
        Reason("ganda", "Orang yang sama tercatat dua kali"),
        Reason("menolak", "Tidak bersedia ikut"),
        Reason("lainnya", "Alasan lain", needs_text=True),
    )
}


def reason_title(code: str) -> str:
    """A reason as a page says it; a blank code stays blank."""
    return REASONS[code].title if code in REASONS else code
