"""Money and counts: whole rupiah from `Rp 1.500.000`, `1,5 jt`, `1500000.0`."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import pyarrow as pa
import pyarrow.compute as pc

from semesta.intake.cells import NUMBER, bare, mark_of, plain
from semesta.intake.cleaning import BLANK, Cleaned, Reader

LARGEST = 10**15
_WORDS = {
    "ribu": 10**3, "rb": 10**3, "k": 10**3,
    "juta": 10**6, "jt": 10**6, "jta": 10**6,
    "miliar": 10**9, "milyar": 10**9, "m": 10**9,
    "triliun": 10**12, "t": 10**12,
}  # fmt: skip
_CURRENCY = re.compile(r"^(?:rp|idr)\.?\s*", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:[,.]-+|,--|\s*(?:rupiah|/\s*(?:bln|bulan|org|orang)|per\s*bulan))\s*$",
    re.IGNORECASE,
)
_UNITS = {
    word: number
    for number, word in enumerate(
        "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh".split(), start=1
    )
}
_SAID = "|".join((*_UNITS, "setengah"))
_TIMES = "|".join(sorted(_WORDS, key=len, reverse=True))
_WITH_WORD = re.compile(
    rf"([\d.,]+|(?:{_SAID})(?:\s+setengah)?)\s*({_TIMES})\b\.?", re.IGNORECASE
)
_O_FOR_ZERO = re.compile(r"(?<=[\d.,oO])[oO](?=[oO.,]|$)")
_COUNT = re.compile(
    r"(\d{1,9})(?:[.,]0+)?\s*(?:orang|org|bulan|bln|tahun|th|thn)?\.?", re.I
)


def clean_rupiah(cell: str) -> Cleaned:
    """Whole rupiah, or None (`money.unreadable`) when no amount can be read."""
    text = plain(cell)
    if not text:
        return BLANK
    if mark_of(cell) == NUMBER:
        return _checked(_decimal(bare(cell)), ())
    text = _TAIL.sub("", _CURRENCY.sub("", text.lstrip("±~ "))).strip()
    text = _O_FOR_ZERO.sub("0", text)
    if not re.search("[A-Za-z]", text):
        return _checked(_grouped(text), ())
    return _checked(_said(text.lower()), ("money.words",))


def _said(text: str) -> Decimal | None:
    """`1,5 jt`, `1 jt 500 rb`, `sejuta`, `dua juta`, `satu setengah juta`: each part a
    number and its unit, the larger unit first. None when a part is neither."""
    text = re.sub(r"\bse(?=juta|ribu)", "1 ", text)
    parts = _WITH_WORD.findall(text)
    if not parts or _WITH_WORD.sub("", text).strip(" ,"):
        return None
    total, smallest = Decimal(0), 10**13
    for said, word in parts:
        times = _WORDS.get(word, 0)
        number = _spoken(said.strip(), times)
        if number is None or not 0 < times < smallest:
            return None
        total, smallest = total + number * times, times
    return total


def _checked(amount: Decimal | None, codes: tuple[str, ...]) -> Cleaned:
    if amount is None or not 0 <= amount < LARGEST:
        return Cleaned(None, ("money.unreadable",))
    return Cleaned(int(amount.to_integral_value(ROUND_HALF_UP)), codes)


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _grouped(text: str) -> Decimal | None:
    """`1.500.000`, `1,500,000.00`, `1500000.0`: the mark that groups threes is dropped."""
    text = text.replace(" ", "")
    if not re.fullmatch(r"\d[\d.,]*", text):
        return None
    for group, point in ((".", ","), (",", ".")):
        pattern = rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{point}\d{{1,2}})?"
        if re.fullmatch(pattern, text):
            return _decimal(text.replace(group, "").replace(point, "."))
    # `1.5` is no rupiah and a half: millions were meant, or nothing is known.
    if re.fullmatch(r"\d{3,}(?:[.,]\d{1,2})?|\d+(?:[.,]0{1,2})?", text):
        return _decimal(text.replace(",", "."))
    return None


def _spoken(text: str, times: int) -> Decimal | None:
    """The number before `jt` or `ribu`: there a single mark is the decimal point, but
    for `1.500 rb`, which is one and a half million."""
    first, _, half = text.partition(" ")
    if first == "setengah":
        return Decimal("0.5")
    if first in _UNITS:
        return Decimal(_UNITS[first]) + (Decimal("0.5") if half else 0)
    if times == 10**3 and re.fullmatch(r"\d{1,3}\.\d{3}", text):
        return _grouped(text)
    if re.fullmatch(r"\d+(?:[.,]\d{1,3})?", text):
        return _decimal(text.replace(",", "."))
    return _grouped(text)


def clean_count(cell: str) -> Cleaned:
    """A whole number of people or months, or None (`count.unreadable`)."""
    text = plain(cell)
    if not text:
        return BLANK
    match = _COUNT.fullmatch(text)
    return Cleaned(int(match[1])) if match else Cleaned(None, ("count.unreadable",))


def clean_decile(cell: str) -> Cleaned:
    """A welfare decile 1–10; `Desil 3` and `3.0` are 3; 0 and `-` are blank."""
    text = re.sub(r"(?i)^desil\s*", "", plain(cell))
    if text in ("", "0", "0.0"):
        return BLANK
    match = re.fullmatch(r"(\d{1,2})(?:\.0+)?\+?", text)
    if not match or not 1 <= int(match[1]) <= 10:
        return Cleaned(None, ("decile.unreadable",))
    return Cleaned(int(match[1]))


def _fast_whole(distinct: pa.Array) -> pa.Array:
    return pc.match_substring_regex(distinct, r"^\d{1,9}$")


RUPIAH = Reader(clean_rupiah, (pa.int64(),), _fast_whole)
COUNT = Reader(clean_count, (pa.int64(),), _fast_whole)
DECILE = Reader(clean_decile, (pa.int64(),))
