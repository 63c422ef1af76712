"""Numbers and dates in words: terbilang read back by a parser of our own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semesta.kernel import Month
from semesta.reports.words import (
    counted,
    date_in_words,
    in_full,
    in_words,
    long_date,
    months_in_words,
    rupiah_in_words,
)

UNITS = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6,
    "tujuh": 7, "delapan": 8, "sembilan": 9, "sepuluh": 10, "sebelas": 11,
}  # fmt: skip
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def read_back(words: str) -> int:
    """The number that Indonesian number words mean."""
    whole = part = 0
    for word in (
        words.replace("seribu", "satu ribu").replace("seratus", "satu ratus").split()
    ):
        if word in UNITS:
            part += UNITS[word]
        elif word == "belas":
            part += 10
        elif word == "puluh":
            part = part // 100 * 100 + part % 100 * 10
        elif word == "ratus":
            part *= 100
        else:
            whole += part * SCALES[word]
            part = 0
    return whole + part


@given(st.integers(0, 10**15 - 1))
def test_words_mean_the_number(number: int) -> None:
    assert read_back(in_words(number)) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (100, "seratus"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (16_800, "enam belas ribu delapan ratus"),
        (1_457_000_000, "satu miliar empat ratus lima puluh tujuh juta"),
        (-5, "minus lima"),
    ],
)
def test_as_people_say_it(number: int, words: str) -> None:
    assert in_words(number) == words


def test_money_and_counts() -> None:
    assert rupiah_in_words(1_000_000) == "satu juta rupiah"
    assert counted(7_227) == "7.227 (tujuh ribu dua ratus dua puluh tujuh)"


def test_dates() -> None:
    day = date(2026, 1, 2)
    assert long_date(day) == "2 Januari 2026"
    assert date_in_words(day) == (
        "tanggal dua bulan Januari tahun dua ribu dua puluh enam"
    )


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (Month(2026, 7), "Januari 2026 sampai dengan Juni 2026"),
        (Month(2026, 2), "Januari 2026"),
        (Month(2027, 1), "Januari 2026 sampai dengan Desember 2026"),
    ],
)
def test_months(until: Month, words: str) -> None:
    assert months_in_words(Month(2026, 1), until) == words


@pytest.mark.parametrize(
    ("short", "written"),
    [
        ("UU 40/2004", "Undang-Undang Nomor 40 Tahun 2004 tentang X"),
        ("PP 44/2015", "Peraturan Pemerintah Nomor 44 Tahun 2015 tentang X"),
        ("RKP 2026", "RKP 2026 tentang X"),
        ("Kepmen PPN KEP.26A/2025", "Kepmen PPN KEP.26A/2025 tentang X"),
    ],
)
def test_laws_in_full(short: str, written: str) -> None:
    assert in_full(short, "X") == written
