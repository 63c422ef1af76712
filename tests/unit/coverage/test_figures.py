"""A figure: value, cap, and the sentence that carries all of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from semesta.coverage.definitions import definitions
from semesta.coverage.figures import (
    Figure,
    figure_from,
    level_of,
    number_text,
    percent_text,
)

ACTIVE = next(each for each in definitions() if each.id == "active")


def a_figure(**changes: Any) -> Figure:
    row = {
        "definition": "active",
        "segment": "ALL",
        "area": "13.74",
        "area_name": "Kota Padang Panjang",
        "numerator": 12_345,
        "denominator": 25_678,
        "denominator_source": "Registri",
        "denominator_as_of": date(2026, 1, 31),
        "as_of": date(2026, 1, 31),
    }
    return figure_from({**row, **changes}, ACTIVE.as_words())


def test_the_sentence_says_who_of_whom_where_and_when() -> None:
    assert a_figure().sentence == (
        "12.345 dari 25.678 pekerja di Kota Padang Panjang terlindungi aktif per "
        "31 Januari 2026 (48,1 %)."
    )


def test_more_than_all_stays_visible_and_is_capped_beside() -> None:
    figure = a_figure(numerator=300, denominator=200)
    assert (figure.value, figure.capped, figure.is_over) == (150.0, 100.0, True)
    assert figure.missing == 0
    assert "(150,0 %; pembilang melebihi penyebut, dibatasi 100 %)" in figure.sentence


@pytest.mark.parametrize("denominator", [None, 0])
def test_without_a_denominator_there_is_no_share(denominator: int | None) -> None:
    figure = a_figure(denominator=denominator)
    assert (figure.value, figure.capped, figure.is_over) == (None, None, False)
    assert figure.percent == "–"
    assert "%" not in figure.sentence


def test_nobody_is_zero_per_cent_and_not_unknown() -> None:
    figure = a_figure(numerator=0)
    assert figure.value == 0
    assert figure.percent == "0,0 %"
    assert figure.missing == 25_678


def test_construction_is_unknown() -> None:
    figure = a_figure(segment="JAKON", numerator=None, denominator=None)
    assert figure.value is None
    assert figure.missing is None
    assert figure.sentence == (
        "Belum diketahui di Kota Padang Panjang per 31 Januari 2026: "
        "Belum ada data jasa konstruksi yang diterima."
    )


@pytest.mark.parametrize(
    ("area", "name", "place", "level"),
    [
        ("13.74", "Kota Contoh", "Kota Contoh", "region"),
        ("13.74.01", "Timur", "Kecamatan Timur", "kecamatan"),
        ("13.74.01.1001", "Ganting", "Kelurahan Ganting", "kelurahan"),
        ("13.04.01.2001", "Batipuh", "Desa Batipuh", "kelurahan"),
    ],
)
def test_places_are_named_by_their_kind(
    area: str, name: str, place: str, level: str
) -> None:
    assert a_figure(area=area, area_name=name).place == place
    assert level_of(area) == level


def test_as_json() -> None:
    body = a_figure().as_dict()
    assert body["value"] == 48.08
    assert body["capped"] == 48.08
    assert body["source_as_of"] == body["as_of"] == "2026-01-31"
    assert body["definition"].startswith("Orang yang masih hidup")
    assert body["sentence"] == a_figure().sentence


def test_indonesian_numbers() -> None:
    assert number_text(1_234_567) == "1.234.567"
    assert percent_text(78.284) == "78,3 %"
