"""Each duty on both sides of its boundary."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.support.employers import employers_table

from semesta.compliance.duties import DUTIES, arrears, find_all, partial_workers, pwbd
from semesta.law.book import law_at

LAW = law_at(date(2026, 1, 31))


def kinds(**change: Any) -> list[str]:
    return [found.kind for found in find_all(employers_table(change), LAW)]


def test_a_firm_that_does_its_duties_is_not_found() -> None:
    assert kinds() == []


class TestPwbd:
    def test_licensed_workers_without_a_number_are_found(self) -> None:
        (found,) = pwbd.find(
            employers_table({"npp": "", "licensed_workers": 7, "projects": 2}), LAW
        )
        assert found.workers_exposed == 7
        assert found.observed["projects"] == 2
        assert "7 pekerja" in found.explanation
        assert "Pasal 15" in found.law

    @pytest.mark.parametrize("workers", [0, None])
    def test_an_owner_without_known_workers_is_not(self, workers: int | None) -> None:
        assert kinds(npp="", licensed_workers=workers) == []

    def test_one_worker_is_enough(self) -> None:
        assert kinds(npp="", licensed_workers=1) == ["PWBD"]

    def test_without_a_licence_there_is_nothing_to_compare(self) -> None:
        assert kinds(npp="", nib="") == []


class TestPartialWorkers:
    @pytest.mark.parametrize(
        ("licensed", "registered", "projects", "expected"),
        [
            (20, 19, 1, []),  # exactly the tolerated twentieth
            (20, 18, 1, ["PDS-TK"]),
            (20, 17, 3, []),  # one more for each project after the first
            (20, 16, 3, ["PDS-TK"]),
            (2, 1, 1, ["PDS-TK"]),
            (2, 1, 0, ["PDS-TK"]),
            (10, 12, 1, []),
            (0, 0, 1, []),
            (None, 5, 1, []),
            (5, None, 1, []),
        ],
    )
    def test_gap_beyond_the_tolerance(
        self,
        licensed: int | None,
        registered: int | None,
        projects: int,
        expected: list[str],
    ) -> None:
        found = kinds(
            licensed_workers=licensed, registered_workers=registered, projects=projects
        )
        assert found == expected

    def test_exposes_those_missing(self) -> None:
        (found,) = partial_workers.find(
            employers_table({"licensed_workers": 20, "registered_workers": 5}), LAW
        )
        assert found.workers_exposed == 15
        assert "15 orang tampaknya belum didaftarkan" in found.explanation

    def test_unregistered_firm_is_not_partly_registered(self) -> None:
        assert kinds(npp="", registered_workers=0) == ["PWBD"]

    def test_tolerance_is_a_parameter(self) -> None:
        table = employers_table({"licensed_workers": 20, "registered_workers": 17})
        assert list(partial_workers.find(table, LAW))
        assert not list(partial_workers.find(table, LAW, tolerated_per_cent=15))


class TestArrears:
    @pytest.mark.parametrize(
        ("months", "name"),
        [
            (1, "lancar"),
            (3, "lancar"),
            (4, "kurang lancar"),
            (6, "kurang lancar"),
            (7, "diragukan"),
            (12, "diragukan"),
            (13, "macet"),
        ],
    )
    def test_age_class(self, months: int, name: str) -> None:
        assert arrears.age_class(months) == name

    def test_up_to_three_months_the_insurer_pays(self) -> None:
        (found,) = arrears.find(
            employers_table({"arrears_months": 3, "arrears_amount": 1_500_000}), LAW
        )
        assert "masih membayar" in found.explanation
        assert "Rp1.500.000" in found.explanation
        assert found.workers_exposed == 10

    def test_beyond_three_months_the_employer_pays_first(self) -> None:
        (found,) = arrears.find(
            employers_table(
                {
                    "arrears_months": 4,
                    "arrears_amount": None,
                    "paid_until": date(2025, 9, 1),
                }
            ),
            LAW,
        )
        assert "pemberi kerja membayar lebih dahulu" in found.explanation
        assert found.observed["paid_until"] == "2025-09-01"

    @pytest.mark.parametrize("months", [0, None])
    def test_nothing_known_to_be_owed(self, months: int | None) -> None:
        assert kinds(arrears_months=months) == []


def test_every_duty_fits_its_column_and_cites_its_law() -> None:
    table = employers_table(
        {"npp": "", "licensed_workers": 123_456, "projects": 12_345},
        {"licensed_workers": 123_456, "registered_workers": 1},
        {"arrears_months": 240, "arrears_amount": 999_999_999_999},
    )
    found = find_all(table, LAW)
    assert [one.kind for one in found] == [duty.KIND for duty in DUTIES]
    assert all(len(one.explanation) <= 300 and len(one.law) <= 80 for one in found)
