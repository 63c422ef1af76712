"""Telephone numbers: `+62 812-3456-7890`, `812…`, `0812…` become `081234567890`."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from semesta.intake.cells import NUMBER, bare, mark_of, plain
from semesta.intake.cleaning import BLANK, Cleaned, Reader

_BETWEEN_TWO = re.compile(r"\s*(?:[/;,&]|\batau\b|\bdan\b)\s*", re.IGNORECASE)
# What stands beside a number: whose it is, or what kind.
_WORDS = re.compile(
    r"\((?!\d)[^)]*\)|\b(?:hp|no|telp|tlp|wa|whatsapp|tel)\b\.?|"
    r"\b(?:suami|istri|anak|kakak|adik|tetangga)\b",
    re.IGNORECASE,
)
_NO_PHONE = frozenset(("tidakada", "tdkada", "belumada", "kosong", "takada", "xxx"))
_LETTERS_FOR_DIGITS = str.maketrans("OoIl", "0011")
_SHORTEST, _LONGEST = 9, 14


def clean_phone(cell: str) -> Cleaned:
    """The first number in the cell, from its leading 0 on; None when it is none."""
    text = plain(cell)
    if not text or set(text) <= {"0"}:
        return BLANK
    if re.sub(r"[^a-z]", "", text.lower()) in _NO_PHONE:
        return BLANK
    if mark_of(cell) == NUMBER:
        text = bare(cell)
    text = _WORDS.sub(" ", text)
    found = [n for part in _BETWEEN_TWO.split(text) if (n := _number(part)[0])]
    if not found:
        whole, codes = _number(text)
        return Cleaned(whole, codes) if whole else Cleaned(None, ("phone.unreadable",))
    codes = _number(_BETWEEN_TWO.split(text)[0])[1]
    if len(set(found)) > 1:
        codes = (*codes, "phone.several")
    return Cleaned(found[0], codes)


def _number(text: str) -> tuple[str | None, tuple[str, ...]]:
    text = text.removesuffix(".0")
    digits = re.sub(r"[\s().:\-–'’]", "", text)
    digits = digits.translate(_LETTERS_FOR_DIGITS)
    international = digits.startswith("+62")
    digits = digits.removeprefix("+")
    if not digits.isascii() or not digits.isdigit():
        return None, ()
    codes: tuple[str, ...] = ()
    if international or (digits.startswith("62") and len(digits) >= 11):
        digits = "0" + digits[2:].removeprefix("0")
    elif digits.startswith("8"):
        digits, codes = "0" + digits, ("phone.leading_zero",)
    if not digits.startswith("0") or not _SHORTEST <= len(digits) <= _LONGEST:
        return None, ()
    return digits, codes


def _fast(distinct: pa.Array) -> pa.Array:
    return pc.match_substring_regex(distinct, r"^08\d{8,11}$")


PHONE = Reader(clean_phone, (pa.string(),), _fast)
