"""Dirt comes at the rates stated, and only there."""

from __future__ import annotations

import numpy as np
import pytest

from semesta.demo import dirt, dirt_rates, misspelling
from semesta.demo.dates import (
    CELL,
    DASHES,
    DOTS,
    ENGLISH,
    IN_WORDS,
    ISO,
    SERIAL,
    SHORT_YEAR,
    SLASHES,
    WITH_TIME,
    write_days,
    write_months,
)
from semesta.demo.seeds import stream

COUNT = 60_000


def niks() -> np.ndarray:
    return np.array([f"137401120380{9001 + n % 999}" for n in range(COUNT)], object)


class TestRates:
    def test_a_rate_is_a_part_of_the_rows(self) -> None:
        with pytest.raises(ValueError, match="nik_blank"):
            dirt_rates.DirtRates(nik_blank=1.2)

    def test_clean_changes_nothing(self) -> None:
        column = niks()
        stains = dirt.soil_niks(stream(1, 0, "n"), dirt_rates.CLEAN, column)
        assert column.tolist() == niks().tolist()
        assert sum(len(rows) for rows, _ in stains) == 0

    @pytest.mark.parametrize(
        "rates", [dirt_rates.KELURAHAN, dirt_rates.WELFARE_LIST, dirt_rates.DEATH_LIST]
    )
    def test_niks_are_damaged_as_often_as_stated(
        self, rates: dirt_rates.DirtRates
    ) -> None:
        column = niks()
        stains = dirt.soil_niks(stream(1, 0, "n"), rates, column)
        for rows, kind in stains:
            stated = getattr(rates, kind) * (kind != "nik_husband")
            assert len(rows) / COUNT == pytest.approx(stated, abs=0.002)

    def test_every_change_is_told(self) -> None:
        column, clean = niks(), niks()
        stains = dirt.soil_niks(stream(2, 0, "n"), dirt_rates.KELURAHAN, column)
        told = np.concatenate([rows for rows, kind in stains if kind != "nik_number"])
        assert set(np.flatnonzero(column != clean)) <= set(told)

    def test_names_and_dates_are_damaged_as_often_as_stated(self) -> None:
        rates = dirt_rates.KELURAHAN
        names = np.full(COUNT, "MUHAMMAD SYAFRIZAL PUTRA", dtype=object)
        told = {kind: rows for rows, kind in _names(names)}
        for kind in ("name_variant", "name_dropped", "name_joined"):
            assert len(told[kind]) / COUNT == pytest.approx(
                getattr(rates, kind), abs=0.004
            )
        days = np.full(COUNT, np.datetime64("1980-03-12"))
        for rows, kind in dirt.soil_days(stream(1, 0, "d"), rates, days):
            assert len(rows) / COUNT == pytest.approx(getattr(rates, kind), abs=0.002)
        assert np.isnat(days).mean() == pytest.approx(rates.date_blank, abs=0.002)


def _names(names: np.ndarray) -> list[dirt.Stain]:
    return dirt.soil_names(stream(1, 0, "s"), dirt_rates.KELURAHAN, names)


class TestKinds:
    @pytest.mark.parametrize("draw", range(0, 4_000, 37))
    def test_one_wrong_digit_is_one_wrong_digit(self, draw: int) -> None:
        nik = "1374011203809001"
        wrong = dirt.one_digit(nik, draw)
        assert sum(a != b for a, b in zip(nik, wrong, strict=True)) == 1

    def test_the_husbands_nik_goes_to_rows_with_a_husband(self) -> None:
        column = niks()
        spouse = np.where(np.arange(COUNT) % 2 == 0, "1374010101709001", "")
        rates = dirt_rates.DirtRates(nik_husband=0.5)
        ((rows, _),) = [
            s
            for s in dirt.soil_niks(stream(1, 0, "h"), rates, column, spouse)
            if s[1] == "nik_husband"
        ]
        assert (rows % 2 == 0).all()
        assert set(column[rows]) == {"1374010101709001"}

    def test_day_and_month_are_exchanged_only_where_a_day_remains(self) -> None:
        days = np.array(["1980-03-12", "1980-03-25"], dtype="datetime64[D]")
        rates = dirt_rates.DirtRates(date_swapped=1.0)
        dirt.soil_days(stream(1, 0, "d"), rates, days)
        assert (
            days.tolist()
            == np.array(["1980-12-03", "1980-03-25"], dtype="datetime64[D]").tolist()
        )

    def test_titles_are_glued_in_several_ways(self) -> None:
        assert misspelling.with_haji("ROSNIDA", "Hj.", 0.1) == "ROSNIDA.HJ"
        assert misspelling.with_haji("ROSNIDA", "Hj.", 0.5) == "HJ. ROSNIDA"
        assert misspelling.with_degree("DEDI", "S.Pd", 0.5) == "DEDI, S.Pd"
        assert misspelling.with_gelar("ASRIL", "St. Mudo", 0.9) == "ASRIL ST. MUDO"

    def test_names_never_vanish(self) -> None:
        for damage in misspelling.NAME_DAMAGE.values():
            for draw in range(0, 5_000, 7):
                for name in ("ALI", "SRI DEWI", "MUHAMMAD RIZKI PUTRA"):
                    assert len(damage(name, draw).strip()) >= 2


class TestDates:
    @pytest.mark.parametrize(
        ("style", "written"),
        [
            (DASHES, "05-09-1983"),
            (SLASHES, "05/09/1983"),
            (ISO, "1983-09-05"),
            (WITH_TIME, "05/09/1983 0:00:00"),
            (ENGLISH, "05-SEP-1983"),
            (IN_WORDS, "5 September 1983"),
            (SHORT_YEAR, "05-09-83"),
            (DOTS, "05.09.1983"),
            (SERIAL, 30564),
        ],
    )
    def test_styles(self, style: int, written: str | int) -> None:
        assert write_days(np.array(["1983-09-05"], "datetime64[D]"), style) == [written]

    def test_a_cell_is_a_real_date_and_nothing_is_an_empty_text(self) -> None:
        days = np.array(["1983-09-05", "NaT"], dtype="datetime64[D]")
        cell, empty = write_days(days, CELL)
        assert cell.isoformat() == "1983-09-05"
        assert empty == ""

    def test_months(self) -> None:
        months = np.array(["2026-01", "2025-12"], dtype="datetime64[M]")
        written = write_months(months, np.array([True, False]))
        assert written == ["202601", "12/2025"]
