"""Numbers, money, days and sizes as Indonesian readers write them. Pure text."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from semesta.kernel import Month, Rupiah
from semesta.kernel.month import NAMES

NOTHING = "–"
SHORT = tuple("Agt" if name == "Agustus" else name[:3] for name in NAMES)


def number(value: int | float | None) -> str:
    """`15386` → `15.386`; None → a dash. Fractions are rounded to whole numbers."""
    if value is None:
        return NOTHING
    return f"{round(value):,}".replace(",", ".")


def decimal(value: float | None, places: int = 1) -> str:
    """`78.284` → `78,3`; None → a dash. Halves are rounded up, as on paper."""
    if value is None:
        return NOTHING
    step = Decimal(1).scaleb(-places)
    text = f"{Decimal(str(value)).quantize(step, ROUND_HALF_UP):,}"
    return text.translate(str.maketrans(",.", ".,"))


def percent(value: float | None, places: int = 1) -> str:
    """`78.284` → `78,3 %` (no line break before the sign); None → a dash."""
    return NOTHING if value is None else f"{decimal(value, places)}\u00a0%"


def rupiah(value: int | None) -> str:
    """`1457000000` → `Rp1.457.000.000`; None → a dash."""
    return NOTHING if value is None else str(Rupiah(int(value)))


def short_rupiah(value: int | None) -> str:
    """`1457000000` → `Rp1,46 miliar`: for headlines, next to the exact amount."""
    if value is None:
        return NOTHING
    for size, word in ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta")):
        if abs(value) >= size:
            return f"Rp{decimal(value / size, 2).removesuffix(',00')} {word}"
    return rupiah(value)


def day(value: date | datetime | None) -> str:
    """`2026-01-31` → `31 Januari 2026`; None → a dash."""
    if value is None:
        return NOTHING
    return f"{value.day} {NAMES[value.month - 1]} {value.year}"


def short_day(value: date | datetime | None) -> str:
    """`2026-01-31` → `31 Jan 2026`: for tables."""
    if value is None:
        return NOTHING
    return f"{value.day} {SHORT[value.month - 1]} {value.year}"


def month(value: date | Month | None) -> str:
    """`2026-01-01` → `Januari 2026`; None → a dash."""
    if value is None:
        return NOTHING
    return f"{NAMES[value.month - 1]} {value.year}"


def month_range(start: date, until: date) -> str:
    """A half-open range as people say it: `Januari–Juni 2026`, `Mei 2026`."""
    first, last = Month.of(start), Month.of(until) + -1
    if first == last:
        return first.in_words()
    if first.year == last.year:
        return f"{NAMES[first.month - 1]}–{last.in_words()}"
    return f"{first.in_words()} – {last.in_words()}"


def file_size(octets: int) -> str:
    """`1536000` → `1,5 MB`."""
    if octets >= 1_000_000:
        return f"{decimal(octets / 1_000_000)} MB"
    if octets >= 1_000:
        return f"{number(octets / 1_000)} KB"
    return f"{octets} byte"
