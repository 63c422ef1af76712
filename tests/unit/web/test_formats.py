"""Numbers, money and days as Indonesian readers write them."""

from __future__ import annotations

from datetime import date

import pytest

from semesta.web import formats


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (15386, "15.386"), (1_457_000_000, "1.457.000.000"), (None, "–")],
)
def test_number(value: int | None, text: str) -> None:
    assert formats.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(78.284, "78,3"), (0.05, "0,1"), (1234.5, "1.234,5"), (None, "–")],
)
def test_decimal(value: float | None, text: str) -> None:
    assert formats.decimal(value) == text


def test_percent_does_not_part_from_its_sign() -> None:
    assert formats.percent(55.54) == "55,5\u00a0%"
    assert formats.percent(None) == "–"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1_457_000_000, "Rp1,46 miliar"),
        (126_000_000, "Rp126 juta"),
        (2_500_000_000_000, "Rp2,50 triliun"),
        (16_800, "Rp16.800"),
        (None, "–"),
    ],
)
def test_short_rupiah(value: int | None, text: str) -> None:
    assert formats.short_rupiah(value) == text


def test_days_and_months() -> None:
    assert formats.day(date(2026, 1, 31)) == "31 Januari 2026"
    assert formats.short_day(date(2025, 8, 5)) == "5 Agt 2025"
    assert formats.month(date(2026, 2, 1)) == "Februari 2026"
    assert formats.day(None) == formats.short_day(None) == formats.month(None) == "–"


@pytest.mark.parametrize(
    ("start", "until", "text"),
    [
        (date(2026, 5, 1), date(2026, 6, 1), "Mei 2026"),
        (date(2026, 1, 1), date(2026, 7, 1), "Januari–Juni 2026"),
        (date(2025, 11, 1), date(2026, 2, 1), "November 2025 – Januari 2026"),
    ],
)
def test_month_range(start: date, until: date, text: str) -> None:
    assert formats.month_range(start, until) == text


@pytest.mark.parametrize(
    ("octets", "text"), [(999, "999 byte"), (43_000, "43 KB"), (1_536_000, "1,5 MB")]
)
def test_file_size(octets: int, text: str) -> None:
    assert formats.file_size(octets) == text
