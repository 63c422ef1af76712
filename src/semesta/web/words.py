"""Codes of the stages in words that people use; unknown codes show as they are."""

from __future__ import annotations

from semesta.access.models import Role
from semesta.intake.maps import supplier_maps
from semesta.intake.words import occupations
from semesta.ledger.payers import payer_label

FATES = {
    "accepted": "diterima",
    "corrected": "diperbaiki",
    "held": "ditahan",
    "refused": "ditolak",
    "superseded": "digantikan",
}
FATE_TONES = {
    "accepted": "good",
    "corrected": "info",
    "held": "wait",
    "refused": "bad",
    "superseded": "plain",
}
BREACHES = {
    "PWBD": "Belum mendaftar",
    "PDS-TK": "Sebagian pekerja",
    "TUNGGAKAN": "Menunggak",
}
RELATIONS = {
    "kepala": "Kepala keluarga",
    "orang-tua": "Orang tua",
    "famili": "Famili lain",
}


def supplier(code: str) -> str:
    """`dtsen_family` → `DTSEN keluarga`."""
    known = supplier_maps().get(code)
    return known.title if known else code.replace("_", " ").capitalize()


def breach(code: str) -> str:
    """A kind of finding in a word or two, for tables."""
    return BREACHES.get(code, code)


def payer(code: str) -> str:
    """Who paid."""
    return payer_label(code)


def occupation(code: str) -> str:
    """`tukang-bangunan` → `Tukang bangunan`."""
    return occupations().get(code, code)


def relation(code: str) -> str:
    """The place in the family."""
    return RELATIONS.get(code, plain(code))


def plain(code: str) -> str:
    """`belum-kawin` → `Belum kawin`."""
    return code.replace("-", " ").replace("_", " ").capitalize()


def sex(code: str) -> str:
    """`L` → `Laki-laki`."""
    return {"L": "Laki-laki", "P": "Perempuan"}.get(code, "")


def role(code: str) -> str:
    """A role's label."""
    return str(Role(code).label) if code in Role.values else code
