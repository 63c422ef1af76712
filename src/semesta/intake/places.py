"""Places: kelurahan in any spelling or code system, and RT/RW found in an address.

Kemendagri and BPS number the same kelurahan differently and swap the districts, so a
code is looked up in the region's file and never rewritten.
"""

from __future__ import annotations

import difflib
import re

import pyarrow as pa
import pyarrow.compute as pc

from semesta.intake.cells import DATE, NUMBER, bare, mark_of, plain
from semesta.intake.cleaning import BLANK, Cleaned, Reader
from semesta.kernel import Region
from semesta.kernel.region import place_key

LONGEST_ADDRESS = 200
LONGEST_PLACE = 60
_CODE = re.compile(r"[\d.]{8,14}")
_DISTRICT_TAIL = re.compile(r"[,/(]?\s*\b(?:KEC|KECAMATAN)\b.*$", re.IGNORECASE)
_HOW_ALIKE = 0.86
_ABBREVIATIONS = {
    "KP": "KAMPUNG", "KPG": "KAMPUNG", "PS": "PASAR", "PSR": "PASAR", "T": "TANAH",
    "TNH": "TANAH", "TN": "TANAH", "BKT": "BUKIT", "BT": "BUKIT", "KT": "KOTO",
    "S": "SILAING", "SLG": "SILAING", "GG": "GUGUK", "E": "EKOR", "B": "BUKIT",
}  # fmt: skip


def kelurahan_reader(region: Region) -> Reader:
    """A reader that gives the Kemendagri code of a kelurahan; codes `place.*`.

    A code of another region is `place.outside`; a name that is nearly a known one is
    taken and named `place.spelling`; anything else is `place.unknown`.
    """
    keys = {
        place_key(spelling): place.code
        for place in region.places
        for spelling in (place.name, *place.spellings)
    }
    districts = {place_key(name) for name in region.districts.values()}

    def clean(cell: str) -> Cleaned:
        text = plain(cell)
        if not text or set(text) <= {"0"}:
            return BLANK
        digits = bare(cell).strip().removesuffix(".0")
        if _CODE.fullmatch(digits):
            return _by_code(digits, region)
        text = _DISTRICT_TAIL.sub("", text) or text
        if found := region.find_place(text):
            return Cleaned(found.code)
        if code := _by_leading_code(text, region):
            return Cleaned(code)
        key = place_key(text)
        if key in districts or key == place_key(region.name):
            return Cleaned(None, ("place.district_only",))
        if found := region.find_place(_written_out(text)):
            return Cleaned(found.code, ("place.spelling",))
        close = difflib.get_close_matches(key, keys, n=1, cutoff=_HOW_ALIKE)
        if close:
            return Cleaned(keys[close[0]], ("place.spelling",))
        return Cleaned(None, ("place.unknown",))

    return Reader(clean, (pa.string(),))


def _written_out(text: str) -> str:
    """`Kp. Manggis` → `KAMPUNG Manggis`, `balai2` → `balai balai`."""
    text = re.sub(r"([A-Za-z]{3,})\s?2\b", r"\1 \1", text)
    first, _, rest = text.replace(".", " ").strip().partition(" ")
    return f"{_ABBREVIATIONS.get(first.upper(), first)} {rest.strip()}"


def _by_code(digits: str, region: Region) -> Cleaned:
    if found := region.find_place(digits):
        return Cleaned(found.code)
    own = digits.replace(".", "").startswith((region.code.replace(".", ""), region.bps))
    return Cleaned(None, ("place.unknown" if own else "place.outside",))


def _by_leading_code(text: str, region: Region) -> str | None:
    """`1374010007 - BUKIT SURUNGAN`, `[13.74.02.1001] Bukit Surungan`."""
    if not (match := re.match(r"\W*(\d[\d.]{7,13})\b\W*(.*)", text)):
        return None
    found = region.find_place(match[1].rstrip(".")) or region.find_place(match[2])
    return found.code if found else None


def parts_code(cell: str) -> str:
    """`13|74|1|1001` (province, regency, district, kelurahan) → `13.74.01.1001`, or ""."""
    parts = [bare(p).strip().removesuffix(".0") for p in cell.split("|")]
    if len(parts) != 4 or not all(p.isascii() and p.isdigit() for p in parts):
        return ""
    province, regency, district, place = (int(p) for p in parts)
    return f"{province:02d}.{regency:02d}.{district:02d}.{place:04d}"


def parts_reader(region: Region) -> Reader:
    """A reader of a kelurahan's code given in four columns, joined with `|`."""
    codes = {place.code for place in region.places}

    def clean(cell: str) -> Cleaned:
        if not cell.strip("| "):
            return BLANK
        code = parts_code(cell)
        if code in codes:
            return Cleaned(code)
        outside = bool(code) and not code.startswith(f"{region.code}.")
        return Cleaned(None, ("place.outside" if outside else "place.unknown",))

    return Reader(clean, (pa.string(),))


_RT_RW = re.compile(
    r"[,;]?\s*\bRT\s*[./\\-]?\s*RW\b[.:\s]*(\d{1,3})\s*[/\\-]\s*(\d{1,3})\b",
    re.IGNORECASE,
)
_RT = re.compile(
    r"[,;]?\s*\bRT\b[.:\s]*0*(\d{1,3})\b"
    r"(?:\s*[/\\,;-]?\s*(?:RW\b[.:\s]*)0*(\d{1,3})\b|\s*/\s*0*(\d{1,3})\b)?",
    re.IGNORECASE,
)
_RW = re.compile(r"[,;]?\s*\bRW\b[.:\s]*0*(\d{1,3})\b", re.IGNORECASE)
_NEIGHBOURHOOD = re.compile(r"\bR[TW](?=[.:\s]*\d)", re.IGNORECASE)


def clean_address(cell: str) -> Cleaned:
    """(address, rt, rw): upper case, RT and RW taken out of the text when they stand in
    it. Too long an address is dropped (`text.too_long`), not cut."""
    text = plain(cell).upper()
    if not text or (mark_of(cell) == NUMBER and not text.strip("0.")):
        return BLANK
    text = _NEIGHBOURHOOD.sub(lambda m: f" {m[0]} ", text)
    rt = rw = None
    if match := _RT_RW.search(text):
        rt, rw = match[1], match[2]
        text = text[: match.start()] + " " + text[match.end() :]
    elif match := _RT.search(text):
        rt, rw = match[1], match[2] or match[3]
        text = text[: match.start()] + " " + text[match.end() :]
    if rw is None and (match := _RW.search(text)):
        rw = match[1]
        text = text[: match.start()] + " " + text[match.end() :]
    text = " ".join(text.split()).strip(" ,;/-")
    if len(text) > LONGEST_ADDRESS:
        return Cleaned((None, _three(rt), _three(rw)), ("text.too_long",))
    return Cleaned((text or None, _three(rt), _three(rw)))


def _three(number: str | None) -> str | None:
    """RT and RW as on the identity card: three digits; 0 is none."""
    if number is None or not int(number):
        return None
    return number.lstrip("0").zfill(3)


def _fast_address(distinct: pa.Array) -> pa.Array:
    shape = pc.match_substring_regex(
        distinct, r"^[A-Z][A-Z0-9.]*(?: [A-Z0-9.]+){1,20}$"
    )
    neighbours = pc.match_substring_regex(distinct, r"R[TW][.: ]*[0-9]|R[TW]")
    short = pc.less_equal(pc.utf8_length(distinct), LONGEST_ADDRESS)
    return pc.and_(pc.and_(shape, short), pc.invert(neighbours))


ADDRESS = Reader(clean_address, (pa.string(), pa.string(), pa.string()), _fast_address)


def clean_neighbourhood(cell: str) -> Cleaned:
    """An RT or RW of its own column: `RT 02`, `2`, `002.0` → `002`."""
    text = re.sub(r"(?i)^(?:rt|rw)[.:\s]*", "", plain(cell)).removesuffix(".0")
    if not text:
        return BLANK
    if not re.fullmatch(r"\d{1,3}", text):
        return Cleaned(None, ("neighbourhood.unreadable",))
    return Cleaned(_three(text))


NEIGHBOURHOOD = Reader(clean_neighbourhood, (pa.string(),))


def clean_rt_rw(cell: str) -> Cleaned:
    """(rt, rw) of a column that holds both: `002/001`, `RT 2 RW 1`.

    A date cell is a spreadsheet's misreading of `2/1` and cannot be trusted.
    """
    text = plain(cell)
    if not text:
        return BLANK
    numbers = re.findall(r"\d{1,3}", text)
    if mark_of(cell) == DATE or not 1 <= len(numbers) <= 2:
        return Cleaned(None, ("neighbourhood.unreadable",))
    rt, rw = (*numbers, None)[:2]
    return Cleaned((_three(rt), _three(rw)))


RT_RW = Reader(clean_rt_rw, (pa.string(), pa.string()))


def clean_birth_place(cell: str) -> Cleaned:
    """A birth place in upper case without `Kota`/`Kab.` marks of its own making."""
    text = plain(cell).upper().strip(" ,.;")
    if not text or mark_of(cell) or text.isdigit():
        return BLANK
    if len(text) > LONGEST_PLACE:
        return Cleaned(None, ("text.too_long",))
    return Cleaned(text)


BIRTH_PLACE = Reader(clean_birth_place, (pa.string(),))
