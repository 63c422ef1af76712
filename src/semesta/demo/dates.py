"""Dates as offices write them: text layouts, real dates, serial numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

DASHES, SLASHES, ISO, WITH_TIME, ENGLISH, IN_WORDS, SHORT_YEAR, DOTS, CELL, SERIAL = (
    range(10)
)
_ENGLISH = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_INDONESIAN = (
    "Januari Februari Maret April Mei Juni Juli Agustus "
    "September Oktober November Desember"
).split()
_SERIAL_ZERO = np.datetime64("1899-12-30")


def write_days(days: np.ndarray, style: int | np.ndarray) -> list[Any]:
    """Each day in its style, '' for NaT: CELL gives a date, SERIAL an int."""
    styles = np.broadcast_to(np.asarray(style), days.shape)
    written = np.full(len(days), "", dtype=object)
    known = ~np.isnat(days)
    for one in np.unique(styles[known]).tolist():
        rows = np.flatnonzero(known & (styles == one))
        written[rows] = _write(days[rows].astype("datetime64[D]"), one)
    return written.tolist()


def _write(days: np.ndarray, style: int) -> list[Any] | np.ndarray:
    if style == CELL:
        return days.astype(object)
    if style == SERIAL:
        return (days - _SERIAL_ZERO).astype(np.int64).astype(object)
    iso = np.datetime_as_string(days, unit="D").tolist()
    if style == ISO:
        return iso
    return [_LAYOUTS[style](text[:4], text[5:7], text[8:]) for text in iso]


_LAYOUTS = {
    DASHES: lambda y, m, d: f"{d}-{m}-{y}",
    SLASHES: lambda y, m, d: f"{d}/{m}/{y}",
    WITH_TIME: lambda y, m, d: f"{d}/{m}/{y} 0:00:00",
    ENGLISH: lambda y, m, d: f"{d}-{_ENGLISH[int(m) - 1]}-{y}",
    IN_WORDS: lambda y, m, d: f"{int(d)} {_INDONESIAN[int(m) - 1]} {y}",
    SHORT_YEAR: lambda y, m, d: f"{d}-{m}-{y[2:]}",
    DOTS: lambda y, m, d: f"{d}.{m}.{y}",
}


def in_words(day: date) -> str:
    """`5 Januari 2026`."""
    return f"{day.day} {_INDONESIAN[day.month - 1]} {day.year}"


def write_months(months: np.ndarray, iso: np.ndarray) -> list[str]:
    """Months as the insurer writes them: `202601` where `iso`, else `01/2026`."""
    texts = np.datetime_as_string(months.astype("datetime64[M]"), unit="M").tolist()
    return [
        f"{t[:4]}{t[5:]}" if plain else f"{t[5:]}/{t[:4]}"
        for t, plain in zip(texts, iso.tolist(), strict=True)
    ]
