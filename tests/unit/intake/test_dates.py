"""Dates and months in every layout met in office files."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.clerk import AS_OF

from semesta.intake.cells import DATE, NUMBER
from semesta.intake.dates import (
    clean_age,
    date_reader,
    month_reader,
    place_and_date_reader,
)
from semesta.intake.places import clean_birth_place

BORN = date_reader(as_of=AS_OF, of_birth=True)
DAY = date(1992, 12, 31)


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("31-12-1992", DAY, ()),
        ("31/12/1992", DAY, ()),
        ("31.12.1992", DAY, ()),
        ("31 12 1992", DAY, ()),
        ("1992-12-31", DAY, ()),
        ("1992/12/31", DAY, ()),
        ("31/12/1992 0:00:00", DAY, ()),
        ("1992-12-31T00:00:00", DAY, ()),
        ("22-SEP-2023", date(2023, 9, 22), ()),
        ("31 Desember 1992", DAY, ()),
        ("31 des 1992", DAY, ()),
        ("Kamis, 31 Desember 1992", DAY, ()),
        ("December 31, 1992", DAY, ()),
        ("17 Agt 1985", date(1985, 8, 17), ()),
        ("3 Peb 1970", date(1970, 2, 3), ()),
        ("31121992", DAY, ()),
        ("19921231", DAY, ()),
        (DATE + "1992-12-31", DAY, ()),
        (DATE + "1992-12-31 08:30:00", DAY, ()),
        (NUMBER + "33969", DAY, ("date.serial",)),
        ("33969", DAY, ("date.serial",)),
        ("33969.0", DAY, ("date.serial",)),
        ("31-12-92", DAY, ("date.two_digit_year",)),
        ("31/12/25", date(2025, 12, 31), ("date.two_digit_year",)),
        ("31/12/26", date(1926, 12, 31), ("date.two_digit_year",)),
        ("12/31/1992", DAY, ("date.month_first",)),
        ("31-02-1992", None, ("date.impossible",)),
        ("00-00-1992", None, ("date.year_only",)),
        ("1992", None, ("date.year_only",)),
        (NUMBER + "1992", None, ("date.year_only",)),
        (NUMBER + "45", None, ("date.age",)),
        ("45 tahun", None, ("date.age",)),
        ("45 th", None, ("date.age",)),
        ("01-02-2027", None, ("date.future",)),
        ("01-02-1850", None, ("date.too_old",)),
        ("tidak tahu", None, ("date.unreadable",)),
        ("31-12-19 92", None, ("date.unreadable",)),
        (DATE + "08:30:00", None, ("date.unreadable",)),
        (NUMBER + "33969.5", None, ("date.unreadable",)),
        ("", None, ()),
        ("00-00-0000", None, ()),
        ("-", None, ()),
    ],
)
def test_dates(cell: str, value: date | None, codes: tuple[str, ...]) -> None:
    assert BORN.clean(cell) == (value, codes)


def test_coming_dates_may_lie_ahead() -> None:
    reader = date_reader(as_of=AS_OF, past=False)
    assert reader.clean("31-12-2027").value == date(2027, 12, 31)


def test_an_age_is_not_turned_into_a_birth_date() -> None:
    assert clean_age(NUMBER + "45") == (None, ("date.age",))
    assert clean_age("") == (None, ())


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("01/2026", date(2026, 1, 1)),
        ("1/2026", date(2026, 1, 1)),
        ("202601", date(2026, 1, 1)),
        ("2026-01", date(2026, 1, 1)),
        ("012026", date(2026, 1, 1)),
        (NUMBER + "202601", date(2026, 1, 1)),
        (NUMBER + "12026", date(2026, 1, 1)),
        (DATE + "2026-01-01", date(2026, 1, 1)),
        ("Januari 2026", date(2026, 1, 1)),
        ("Jan-26", date(2026, 1, 1)),
        ("15-01-2026", date(2026, 1, 1)),
        ("2026-01-15", date(2026, 1, 1)),
        ("00/0000", None),
        ("", None),
    ],
)
def test_months(cell: str, value: date | None) -> None:
    assert month_reader().clean(cell) == (value, ())


@pytest.mark.parametrize("cell", ["13/2026", "202613", "entah", "01/1850"])
def test_months_that_are_none(cell: str) -> None:
    assert month_reader().clean(cell) == (None, ("month.unreadable",))


def test_an_inclusive_last_month_becomes_an_open_end() -> None:
    assert month_reader(after=True).clean("12/2025").value == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("Padang Panjang, 31-12-1992", ("PADANG PANJANG", DAY), ()),
        ("Padang Panjang/31-12-1992", ("PADANG PANJANG", DAY), ()),
        ("PADANG PANJANG 31 Desember 1992", ("PADANG PANJANG", DAY), ()),
        ("Bukittinggi", ("BUKITTINGGI", None), ()),
        ("31-12-1992", (None, DAY), ()),
        (DATE + "1992-12-31", (None, DAY), ()),
        ("Padang, 31-12-92", ("PADANG", DAY), ("date.two_digit_year",)),
        ("Padang, 99-99-1992", ("PADANG", None), ("date.impossible",)),
        ("", None, ()),
    ],
)
def test_place_and_date(cell: str, value: tuple | None, codes: tuple[str, ...]) -> None:
    reader = place_and_date_reader(as_of=AS_OF, place=clean_birth_place)
    assert reader.clean(cell) == (value, codes)
