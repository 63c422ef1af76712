"""Dates and contribution months in every layout offices use.

`31-12-1992`, `31/12/1992 0:00:00`, `1992-12-31`, `22-SEP-2023`, `5 Januari 1980`, date
cells, Excel's serial numbers, two-digit years; months as `01/2026`, `202601`, `2026-01`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pyarrow as pa

from semesta.intake.cells import DATE, NUMBER, mark_of, plain
from semesta.intake.cleaning import BLANK, Cleaned, Reader
from semesta.kernel import Month

OLDEST_AGE = 120
_AHEAD = 20  # years; contracts end this far ahead at most
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(3_000, 80_000)  # 1908 to 2119; below lie ages and years
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january", "feb februari february peb pebruari", "mar maret march mrt",
            "apr april", "mei may mey", "jun juni june", "jul juli july",
            "agu agustus august aug agt ags agus agst agts", "sep september sept",
            "okt oktober october oct",
            "nov november nop nopember nov", "des desember december dec",
        ),
        start=1,
    )
    for name in names.split()
} | {
    name: number
    for number, name in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), start=1)
}  # fmt: skip
_TIME = re.compile(
    r"[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?\s*(?:[AP]M|WIB|Z)?$", re.I
)
_WEEKDAY = re.compile(
    r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad),?\s*", re.I
)
_PARTS = re.compile(
    r"(\d{1,4})[-/. ]+(\d{1,2}(?=[-/., ])|[A-Za-z]{1,10})[-/., ]*(\d{2,4})"
)
_NAME_FIRST = re.compile(r"([A-Za-z]{3,10})[ .-]+(\d{1,2}),?[ -]+(\d{4})")
_AROUND = re.compile(r"^(?:tgl|tanggal|lahir)\b[.:\s]*|^['’`]|[.,;\s]+$", re.I)
_LETTERS_FOR_DIGITS = str.maketrans("OoIl", "0011")
_AGE = re.compile(r"(?:umur|usia)?\s*(\d{1,3})\s*(?:tahun|thn?|th)\b\.?", re.I)


def date_reader(*, as_of: date, of_birth: bool = False, past: bool = True) -> Reader:
    """A reader of dates; codes `date.*`.

    `as_of` decides the century of two-digit years. `past`: later days than `as_of` are
    dropped (`date.future`). `of_birth`: an age instead of a date is named as such, and
    people older than 120 are doubted (`date.too_old`).
    """

    latest = as_of if past else date(as_of.year + _AHEAD, 12, 31)

    def clean(cell: str) -> Cleaned:
        text = plain(cell)
        if not text or re.fullmatch(r"[0\-/. :]+", text):
            return BLANK
        day, codes = _read(text, mark_of(cell), latest)
        if day is None:
            return Cleaned(None, codes)
        if past and day > as_of:
            return Cleaned(None, ("date.future",))
        oldest = as_of.year - OLDEST_AGE if of_birth else 1900
        if day.year < oldest:
            return Cleaned(None, ("date.too_old",))
        return Cleaned(day, codes)

    return Reader(clean, (pa.date32(),))


Read = tuple[date | None, tuple[str, ...]]
UNREADABLE: Read = (None, ("date.unreadable",))


def _read(text: str, mark: str, latest: date) -> Read:
    if mark == DATE:
        try:
            return date.fromisoformat(text[:10]), ()
        except ValueError:
            return UNREADABLE
    text = _WEEKDAY.sub("", _AROUND.sub("", _TIME.sub("", text))).strip()
    if (digits := text.translate(_LETTERS_FOR_DIGITS)) != text and not re.search(
        "[A-Za-z]", digits
    ):
        text = digits
    if mark == NUMBER or text.replace(".", "", 1).isdigit():
        text = text.removesuffix(".0")
        if text.isascii() and text.isdigit():
            return _from_digits(text)
    if match := _PARTS.fullmatch(text):
        return _from_parts(match[1], match[2], match[3], latest)
    if match := _NAME_FIRST.fullmatch(text):
        return _from_parts(match[2], match[1], match[3], latest)
    if match := _AGE.fullmatch(text):
        return None, ("date.age",)
    return UNREADABLE


def _from_digits(text: str) -> Read:
    number = int(text)
    if len(text) == 8:
        for year, month, day in (
            (text[:4], text[4:6], text[6:]),
            (text[4:], text[2:4], text[:2]),
        ):
            if 1900 <= int(year) <= 2100 and (found := _day(year, month, day)):
                return found, ()
        return UNREADABLE
    if len(text) == 4 and 1900 <= number <= 2100:
        return None, ("date.year_only",)
    if number in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=number), ("date.serial",)
    if number <= OLDEST_AGE:
        return None, ("date.age",)
    return UNREADABLE


def _from_parts(first: str, middle: str, last: str, latest: date) -> Read:
    month_text = str(_MONTHS.get(middle.lower(), 0)) if middle.isalpha() else middle
    if len(first) == 4 and len(last) <= 2:
        return _known(first, month_text, last, ())
    if len(first) > 2 or len(last) == 3:
        return UNREADABLE
    day_text = first
    codes: tuple[str, ...] = ()
    if not middle.isalpha() and int(month_text) > 12 and 1 <= int(first) <= 12:
        day_text, month_text, codes = month_text, first, ("date.month_first",)
    if len(last) == 4:
        return _known(last, month_text, day_text, codes)
    return _two_digit_year(int(last), month_text, day_text, codes, latest)


def _two_digit_year(
    ending: int, month: str, day: str, codes: tuple[str, ...], latest: date
) -> Read:
    """The latest day with such a year that is not after `latest`."""
    year = latest.year // 100 * 100 + ending
    found, noticed = _known(str(year), month, day, (*codes, "date.two_digit_year"))
    if year > latest.year or (found and found > latest):
        return _known(str(year - 100), month, day, (*codes, "date.two_digit_year"))
    return found, noticed


def _known(year: str, month: str, day: str, codes: tuple[str, ...]) -> Read:
    if int(day) == 0 or int(month) == 0:
        return (None, ("date.year_only",)) if int(year) else UNREADABLE
    found = _day(year, month, day)
    return (found, codes) if found else (None, ("date.impossible",))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def clean_age(cell: str) -> Cleaned:
    """An age is no birth date: the year would be guessed. It is only pointed out."""
    return Cleaned(None, ("date.age",)) if plain(cell) else BLANK


def month_reader(*, after: bool = False) -> Reader:
    """A reader of months as their first day; `after` gives the month that follows,
    so that an inclusive last month becomes the open end of a range."""

    def clean(cell: str) -> Cleaned:
        text = plain(cell)
        if not text or set(text) <= set("0-/"):
            return BLANK
        month = _month(text.removesuffix(".0"), mark_of(cell))
        if month is None or not 1977 <= month.year <= 2100:
            return Cleaned(None, ("month.unreadable",))
        return Cleaned((month + 1 if after else month).first_day)

    return Reader(clean, (pa.date32(),))


def _month(text: str, mark: str) -> Month | None:
    if mark == DATE:
        return _as_month(text[:4], text[5:7])
    if match := re.fullmatch(r"(\d{4})[-/. ]?(\d{2})", text):
        if 1 <= int(match[2]) <= 12 and match[1][:2] in ("19", "20"):
            return _as_month(match[1], match[2])
    if match := re.fullmatch(r"(\d{1,2})[-/. ]?(\d{4})", text):
        return _as_month(match[2], match[1])
    if match := re.fullmatch(r"([A-Za-z]{3,10})[-/.' ]*(\d{4}|\d{2})", text):
        number = _MONTHS.get(match[1].lower(), 0)
        year = match[2] if len(match[2]) == 4 else f"20{match[2]}"
        return _as_month(year, str(number))
    if match := re.fullmatch(r"\d{1,2}[-/.](\d{1,2})[-/.](\d{4})", text):
        return _as_month(match[2], match[1])
    if match := re.fullmatch(r"(\d{4})-(\d{2})-\d{2}(?: .*)?", text):
        return _as_month(match[1], match[2])
    return None


def _as_month(year: str, month: str) -> Month | None:
    return Month(int(year), int(month)) if 1 <= int(month) <= 12 else None


_PLACE_AND_DATE = re.compile(r"(.*?[A-Za-z).])\s*[,/.;\-]?\s*(\d.*)", re.DOTALL)


def place_and_date_reader(*, as_of: date, place: Callable[[str], Cleaned]) -> Reader:
    """A reader of `Padang Panjang, 12-05-1980`: (birth place, birth date)."""
    day_reader = date_reader(as_of=as_of, of_birth=True)

    def clean(cell: str) -> Cleaned:
        text = plain(cell)
        if not text:
            return BLANK
        if mark_of(cell) or not (match := _PLACE_AND_DATE.fullmatch(text)):
            if mark_of(cell) or text[0].isdigit():
                day = day_reader.clean(cell if mark_of(cell) else text)
                return Cleaned((None, day.value), day.codes)
            # A place alone: the date is blank, not unreadable.
            codes = ("date.unreadable",) if any(map(str.isdigit, text)) else ()
            return Cleaned((place(text).value, None), codes)
        day = day_reader.clean(match[2])
        return Cleaned((place(match[1]).value, day.value), day.codes)

    return Reader(clean, (pa.string(), pa.date32()))
