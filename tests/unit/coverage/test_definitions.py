"""Measures as data, published denominators, and the page made from them."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from semesta.coverage.definitions import definitions
from semesta.coverage.published import newest, read_published
from semesta.coverage.reference import measures_markdown
from semesta.coverage.tally import Cell, column_names, roll_up, years_before
from semesta.coverage.work import PUBLIC_SERVICE, wage_occupations
from semesta.kernel import UserError

SHIPPED = files("semesta.coverage") / "published"


def file_with(*numbers: tuple[int, str]) -> str:
    """A file with these (value, source) pairs for one segment and day."""
    entries = ", ".join(
        f"{{segment: ALL, as_of: 2024-12-31, value: {value}, source: {source}}}"
        for value, source in numbers
    )
    return f"{{region: '13.74', denominators: [{entries}]}}"


class TestDefinitions:
    def test_each_says_what_is_counted_against_what_and_by_which_law(self) -> None:
        for each in definitions():
            assert each.title
            assert each.numerator.text
            assert each.citation
            assert all(each.denominator.text(segment) for segment in each.segments)
            assert all(each.unit_of(segment) for segment in each.segments)

    def test_they_have_their_own_place_and_name(self) -> None:
        names = [each.id for each in definitions()]
        assert names == [
            "active",
            "protected",
            "beyond_3_months",
            "beyond_36_months",
            "vulnerable",
            "active_vs_published",
        ]
        assert len({each.order for each in definitions()}) == len(names)

    def test_texts_speak_of_the_numbers_they_count_by(self) -> None:
        by_id = {each.id: each for each in definitions()}
        assert "36 bulan" in " ".join(by_id["beyond_36_months"].numerator.text.split())
        assert by_id["beyond_36_months"].numerator.months == 36
        vulnerable = by_id["vulnerable"].denominator
        assert f"desil 1 sampai {vulnerable.max_decile}" in vulnerable.text("BPU")

    def test_wage_work_leaves_out_public_service(self) -> None:
        assert "karyawan-swasta" in wage_occupations()
        assert not set(wage_occupations()) & set(PUBLIC_SERVICE)

    def test_the_page_lists_all_of_them(self) -> None:
        page = measures_markdown()
        for each in definitions():
            assert f"## {each.title}" in page
            assert each.citation in page
        assert "`karyawan-honorer`" in page
        assert "{" not in page


class TestPublished:
    def test_those_shipped_are_valid(self) -> None:
        for file in SHIPPED.iterdir():
            if file.name.endswith(".yaml"):
                text = file.read_text("utf-8")
                assert read_published(text, file.name.removesuffix(".yaml"))

    def test_the_newest_that_is_not_later_than_the_day(self) -> None:
        found = read_published((SHIPPED / "13.74.yaml").read_text("utf-8"), "13.74")
        values = [
            getattr(newest(found, "ALL", day), "value", None)
            for day in (date(2022, 12, 1), date(2023, 6, 1), date(2026, 1, 31))
        ]
        assert values == [None, 19_042, 19_654]
        assert newest(found, "PU", date(2026, 1, 31)) is None

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("[", "tidak dapat dibaca"),
            ("region: '13.74'", "tidak dapat dibaca"),
            ("{region: '13.71', denominators: []}", "untuk wilayah 13.71"),
            (file_with((0, "x")), "tidak dapat dibaca"),
            (file_with((1, "x"), (2, "y")), "dua angka segmen ALL untuk 2024-12-31"),
        ],
    )
    def test_a_file_that_cannot_be_used_says_why(self, text: str, why: str) -> None:
        with pytest.raises(UserError) as caught:
            read_published(text, "13.74")
        assert caught.value.code == "coverage.published"
        assert why in caught.value.why


class TestRollUp:
    def test_kelurahan_sum_to_kecamatan_and_region_and_others_are_left_out(
        self,
    ) -> None:
        active = next(each for each in definitions() if each.id == "active")
        names = [
            name
            for segment in ("ALL", "PU", "BPU")
            for name in column_names(active, segment)
        ]
        rows = [
            {"kelurahan": place} | dict.fromkeys(names, number)
            for place, number in (
                ("13.74.01.1001", 1),
                ("13.74.01.1002", 2),
                ("13.74.02.1001", 4),
                ("13.71.01.1001", 8),
                ("", 16),
                (None, 32),
            )
        ]
        cells = roll_up(rows, [active], "13.74")
        totals = {cell.area: cell for cell in cells if cell.segment == "PU"}
        assert totals["13.74"] == Cell("active", "PU", "13.74", 7, 7)
        assert totals["13.74.01"].numerator == 3
        assert set(totals) == {
            "13.74",
            "13.74.01",
            "13.74.02",
            "13.74.01.1001",
            "13.74.01.1002",
            "13.74.02.1001",
        }

    def test_an_empty_registry_still_has_its_region(self) -> None:
        assert {(c.area, c.numerator) for c in roll_up([], definitions(), "13.74")} == {
            ("13.74", 0)
        }


def test_years_before_a_leap_day() -> None:
    assert years_before(date(2024, 2, 29), 15) == date(2009, 3, 1)
    assert years_before(date(2026, 1, 31), 65) == date(1961, 1, 31)
