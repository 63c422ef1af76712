"""Identity numbers: NIK, family card, NIP, and the numbers of insurer and licences.

Text always. A numeric cell with 16 digits has lost its last digit (spreadsheets keep 15),
so such a NIK is never repaired. NIK: PP 40/2019 art. 31; family card: UU 23/2006 art. 61.
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from semesta.intake.cells import NUMBER, bare, mark_of, plain
from semesta.intake.cleaning import BLANK, Cleaned, Reader

# Numbers people type to get past a required field; compared after tidying.
PLACEHOLDERS = tuple(
    [digit * 16 for digit in "0123456789"]
    + ["1234567890123456", "1234567812345678", "0123456789012345", "1234567890987654"]
)
# The sample number of countless forms: 1 January 1990, serial 0001 or 0000.
_SAMPLE = r"^\d{6}(?:0101900001|\d{6}0000)$|0{8}"
_POSSIBLE = (
    r"^(?:0[1-9]|[1-9]\d)\d{4}(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d{6}$"
)
_PLACEHOLDER = re.compile(_SAMPLE)
_POSSIBLE_NIK = re.compile(_POSSIBLE)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?\s*[eE]\s*\+?\s*\d{1,2}")
_DECIMAL_TAIL = re.compile(r"(\d{15,})[.,]0+")
_SEPARATORS = re.compile(r"[\s.,'’`´\"_\-–/]+")
_LETTERS_FOR_DIGITS = str.maketrans("OoQIlL", "000111")
_SAYS_NIK = re.compile(r"^(?:no\.?|nomor)?\s*(?:nik|ktp|kk)?\s*[:.]?\s*(?=\d)", re.I)
_SEVERAL = re.compile(r"(?<!\d)\d{16}(?!\d)")


def clean_nik(cell: str) -> Cleaned:
    """Sixteen digits or None. Codes `nik.*` tell what was wrong or mended."""
    return _sixteen(cell, "nik")


def clean_family_card(cell: str) -> Cleaned:
    """Sixteen digits or None, with codes `family_card.*`."""
    return _sixteen(cell, "family_card")


def _sixteen(cell: str, prefix: str) -> Cleaned:
    text = plain(cell)
    if not text:
        return BLANK
    if mark_of(cell) == NUMBER:
        return _from_number(text, prefix)
    if _SCIENTIFIC.fullmatch(text):
        return Cleaned(None, (f"{prefix}.scientific",))
    if len(_SEVERAL.findall(text)) > 1:
        return Cleaned(None, (f"{prefix}.several",))
    digits, codes = _tidy(text, prefix)
    if not digits.isascii() or not digits.isdigit() or len(digits) != 16:
        return Cleaned(None, (f"{prefix}.length",))
    if digits in PLACEHOLDERS or _PLACEHOLDER.search(digits):
        return Cleaned(None, (f"{prefix}.placeholder",))
    if prefix == "nik" and not _POSSIBLE_NIK.match(digits):
        codes.append("nik.impossible")
    return Cleaned(digits, tuple(codes))


def _from_number(text: str, prefix: str) -> Cleaned:
    if text.isdigit() and len(text) in (15, 16, 17) and set(text) != {"0"}:
        return Cleaned(None, (f"{prefix}.numeric_cell",))
    if "e" in text.lower():
        return Cleaned(None, (f"{prefix}.scientific",))
    if set(text) <= {"0", "."}:
        return BLANK
    return Cleaned(None, (f"{prefix}.length",))


def _tidy(text: str, prefix: str) -> tuple[str, list[str]]:
    """Digits only, and which damage had to be mended to get there."""
    codes = []
    if match := _DECIMAL_TAIL.fullmatch(text):
        text = match[1]
        codes.append(f"{prefix}.decimal_tail")
    if text[0] in "'’`":
        text = text[1:]
        codes.append(f"{prefix}.apostrophe")
    bare_text = _SEPARATORS.sub("", _SAYS_NIK.sub("", text))
    if bare_text != text:
        text = bare_text
        codes.append(f"{prefix}.separators")
    digits = text.translate(_LETTERS_FOR_DIGITS)
    letters = [letter for letter in text if letter.isalpha()]
    # Many l or I may be anything; O stands for 0 however often.
    few = len(letters) <= 4 or set(letters) <= {"O", "o"}
    if digits != text and digits.isdigit() and few:
        text = digits
        codes.append(f"{prefix}.letter_for_digit")
    return text, codes


def _fast_nik(distinct: pa.Array) -> pa.Array:
    return _fast_sixteen(distinct, _POSSIBLE)


def _fast_family_card(distinct: pa.Array) -> pa.Array:
    return _fast_sixteen(distinct, r"^\d{16}$")


def _fast_sixteen(distinct: pa.Array, pattern: str) -> pa.Array:
    good = pc.match_substring_regex(distinct, pattern)
    dummy = pc.or_(
        pc.match_substring_regex(distinct, _SAMPLE),
        pc.is_in(distinct, value_set=pa.array(PLACEHOLDERS)),
    )
    return pc.and_(good, pc.invert(dummy))


NIK = Reader(clean_nik, (pa.string(),), _fast_nik)
FAMILY_CARD = Reader(clean_family_card, (pa.string(),), _fast_family_card)


def clean_nip(cell: str) -> Cleaned:
    """A civil servant's 18-digit NIP; a numeric cell has lost its last three digits."""
    text = plain(cell)
    if not text:
        return BLANK
    if mark_of(cell) == NUMBER or _SCIENTIFIC.fullmatch(text):
        return Cleaned(None, ("nip.numeric_cell",))
    digits = _SEPARATORS.sub("", text)
    if not digits.isascii() or not digits.isdigit() or len(digits) != 18:
        return Cleaned(None, ("nip.length",))
    return Cleaned(digits)


NIP = Reader(clean_nip, (pa.string(),))


def number_reader(*, length: int = 0, keep_letters: bool = False) -> Reader:
    """A reader of KPJ, NPP, NIB, NPWP and the like: text without separators.

    `length`: digits such a number has; a numeric cell that lost leading zeros gets
    them back (`number.leading_zero`). A number of 16 digits or more in a numeric cell
    is dropped (`number.numeric_cell`).
    """

    def clean(cell: str) -> Cleaned:
        text = plain(cell)
        if not text:
            return BLANK
        codes: tuple[str, ...] = ()
        if mark_of(cell) == NUMBER:
            text = bare(cell)
            if not text.isdigit() or len(text) > 15:
                return Cleaned(None, ("number.numeric_cell",))
            if length and len(text) < length:
                text, codes = text.zfill(length), ("number.leading_zero",)
        elif _SCIENTIFIC.fullmatch(text):
            return Cleaned(None, ("number.numeric_cell",))
        text = _tidy_number(text, keep_letters)
        if not text:
            return Cleaned(None, ("number.unreadable",))
        if len(text) > 40:
            return Cleaned(None, ("text.too_long",))
        return Cleaned(text, codes)

    return Reader(clean, (pa.string(),), None if keep_letters else _fast_digits)


def _fast_digits(distinct: pa.Array) -> pa.Array:
    return pc.match_substring_regex(distinct, r"^\d{6,16}$")


def _tidy_number(text: str, keep_letters: bool) -> str:
    if keep_letters:
        return text.upper() if any(map(str.isalnum, text)) else ""
    if match := _DECIMAL_TAIL.fullmatch(text):
        text = match[1]
    digits = _SEPARATORS.sub("", text).upper()
    return digits if digits.isascii() and digits.isalnum() else ""
