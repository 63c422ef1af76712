"""The value types every stage shares."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semesta.kernel import FamilyCard, Month, Nik, Rupiah
from semesta.kernel.identity import mask


class TestNik:
    def test_its_repr_hides_the_middle(self) -> None:
        assert repr(Nik("1374014101909001")) == "Nik(1374********9001)"
        assert repr(FamilyCard("1374010101209001")) == "FamilyCard(1374********9001)"

    @pytest.mark.parametrize(
        ("digits", "sex", "born_on"),
        [
            ("1374016103859001", "P", date(1985, 3, 21)),
            ("1374012103859001", "L", date(1985, 3, 21)),
            ("1374010101249001", "L", date(2024, 1, 1)),
            ("1374010101279001", "L", date(1927, 1, 1)),
            ("1374013002859001", "L", None),
        ],
    )
    def test_it_carries_sex_and_birth_date(
        self, digits: str, sex: str, born_on: date | None
    ) -> None:
        nik = Nik(digits)
        assert nik.sex == sex
        assert nik.born_on(not_after=date(2026, 1, 31)) == born_on

    @pytest.mark.parametrize(
        "digits",
        ["", "137401", "13740121038590011", "1374012103850000", "1374013213859001",
         "1374017203859001", "0074012103859001", "137401210385900O"],
    )  # fmt: skip
    def test_impossible_digits_are_no_nik(self, digits: str) -> None:
        with pytest.raises(ValueError, match=r"number|digits"):
            Nik(digits)

    def test_a_corrected_birth_date_disagrees_but_stays_a_nik(self) -> None:
        nik = Nik("1374012103859001")
        assert nik.agrees_with(date(1985, 3, 21))
        assert not nik.agrees_with(date(1985, 3, 22))

    def test_masking_keeps_ends(self) -> None:
        assert mask("1374012103859001") == "1374********9001"
        assert mask("") == ""


class TestMonth:
    @pytest.mark.parametrize("text", ["2026-01", "202601", "01/2026", "1/2026"])
    def test_every_way_the_insurer_writes_a_month(self, text: str) -> None:
        assert Month.parse(text) == Month(2026, 1)

    @pytest.mark.parametrize("text", ["", "2026", "2026-13", "13/2026", "Januari"])
    def test_other_texts_are_no_month(self, text: str) -> None:
        with pytest.raises(ValueError, match="month"):
            Month.parse(text)

    @given(st.integers(1900, 2100), st.integers(1, 12), st.integers(-500, 500))
    def test_adding_and_subtracting_agree(self, year: int, month: int, n: int) -> None:
        start = Month(year, month)
        assert (start + n) - start == n
        assert Month.parse(str(start)) == start
        assert Month.of(start.first_day) == start

    def test_in_words(self) -> None:
        assert Month(2026, 8).in_words() == "Agustus 2026"


class TestRupiah:
    def test_it_is_written_the_indonesian_way(self) -> None:
        assert str(Rupiah(1_457_000_000)) == "Rp1.457.000.000"
        assert str(Rupiah(-500)) == "-Rp500"

    def test_floats_are_not_money(self) -> None:
        with pytest.raises(TypeError):
            Rupiah(1.5)  # type: ignore[arg-type]
        with pytest.raises(TypeError):
            Rupiah(10) * 0.5  # type: ignore[operator]

    @given(st.integers(0, 10**12), st.integers(1, 50))
    def test_parts_sum_to_the_whole(self, amount: int, parts: int) -> None:
        shares = Rupiah(amount).split(parts)
        assert sum(shares) == amount
        assert max(shares) - min(shares) <= 1
