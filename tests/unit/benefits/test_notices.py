"""Warnings: what they say and on which day something changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from semesta.benefits import notices
from semesta.benefits.entitlement import Death
from semesta.kernel import Month
from semesta.ledger.ranges import Span
from semesta.ledger.standing import Lapse

ON = date(2026, 1, 31)


def span(first: str, until: str) -> tuple[str, Span]:
    return "BPU", Span(Month.parse(first).index, Month.parse(until).index)


def test_a_lapse_names_the_month_paid_last_and_the_day() -> None:
    notice = notices.lapse_notice(
        Lapse(7, "BPU", date(2026, 3, 17), Month(2025, 12), 34)
    )
    assert (notice.kind, notice.due_on) == ("lapses_soon", date(2026, 3, 17))
    assert "sampai November 2025" in notice.detail
    assert "17 Maret 2026" in notice.detail
    assert "34 bulan" in notice.detail


@pytest.mark.parametrize(
    ("born_on", "day"),
    [
        (date(1961, 1, 31), None),
        (date(1961, 2, 1), date(2026, 2, 1)),
        (date(1961, 4, 1), date(2026, 4, 1)),
        (date(1961, 4, 2), None),
        (date(1960, 2, 29), None),
    ],
)
def test_a_birthday_lies_after_the_day_and_within_sixty(
    born_on: date, day: date | None
) -> None:
    assert notices.birthday_within(born_on, 65, ON, 60) == day


def test_born_on_a_leap_day() -> None:
    assert notices.birthday_within(
        date(1960, 2, 29), 65, date(2025, 2, 28), 60
    ) == date(2025, 3, 1)


def test_the_age_limit_means_something_else_for_members() -> None:
    member = notices.age_notice(1, date(1961, 3, 2), ON, limit=65, is_member=True)
    other = notices.age_notice(1, date(1961, 3, 2), ON, limit=65, is_member=False)
    assert member is not None
    assert other is not None
    assert "Boleh terus dibayar" in member.detail
    assert "tidak dapat lagi didaftarkan" in other.detail


def test_the_age_limit_comes_from_the_law() -> None:
    assert notices.age_limit(ON) == 65
    assert notices.age_limit(date(2020, 1, 1)) is None


class TestPaidAfterDeath:
    def test_only_months_after_that_of_the_death(self) -> None:
        paid = [span("2025-01", "2026-01")]
        notice = notices.paid_after_death(Death(1, date(2025, 10, 4), None), paid, ON)
        assert notice is not None
        assert "2 bulan sesudahnya" in notice.detail
        assert "(November 2025 s.d. Desember 2025)" in notice.detail
        late = Death(1, date(2025, 12, 4), None)
        assert notices.paid_after_death(late, paid, ON) is None

    def test_without_a_day_only_what_is_still_to_come(self) -> None:
        paid = [span("2025-01", "2026-04")]
        notice = notices.paid_after_death(Death(1, None, None), paid, ON)
        assert notice is not None
        assert "2 bulan" in notice.detail


def a_row(**changes: Any) -> dict[str, Any]:
    return {
        "person_id": 1,
        "segment": "BPU",
        "status": "active",
        "tenure_months": 34,
        "paid_until": date(2026, 2, 1),
    } | changes


class TestNearScholarship:
    @pytest.mark.parametrize(("months", "near"), [(30, 0), (31, 1), (35, 1), (36, 0)])
    def test_from_31_to_35_months(self, months: int, near: int) -> None:
        notice = notices.near_scholarship(a_row(tenure_months=months), ON, minimum=36)
        assert bool(notice) == bool(near)

    def test_a_lapsed_member_is_not_near(self) -> None:
        assert not notices.near_scholarship(a_row(status="lapsed"), ON, minimum=36)

    def test_the_month_in_which_it_is_reached(self) -> None:
        notice = notices.near_scholarship(a_row(), ON, minimum=36)
        assert notice is not None
        assert notice.due_on == date(2026, 3, 1)
        assert "tercapai Maret 2026 bila tidak terputus" in notice.detail

    def test_when_those_months_are_paid_already(self) -> None:
        row = a_row(paid_until=date(2026, 7, 1))
        notice = notices.near_scholarship(row, ON, minimum=36)
        assert notice is not None
        assert notice.due_on == date(2026, 3, 1)
        assert "sudah dibayar" in notice.detail

    def test_in_grace_the_count_goes_on_from_the_last_paid_month(self) -> None:
        row = a_row(status="grace", paid_until=date(2025, 12, 1))
        notice = notices.near_scholarship(row, ON, minimum=36)
        assert notice is not None
        assert notice.due_on == date(2026, 1, 1)
        assert "begitu iuran sampai Januari 2026 dilunasi" in notice.detail

    def test_the_minimum_comes_from_the_law(self) -> None:
        assert notices.scholarship_minimum(ON) == 36


def test_details_fit_their_column() -> None:
    found = [
        notices.lapse_notice(Lapse(1, "BPU", date(2026, 9, 17), Month(2026, 9), 134)),
        notices.age_notice(1, date(1961, 3, 2), ON, limit=65, is_member=True),
        notices.paid_after_death(
            Death(1, None, None), [span("2024-01", "2027-01")], ON
        ),
        notices.near_scholarship(a_row(paid_until=date(2026, 7, 1)), ON, minimum=36),
    ]
    assert max(len(notice.detail) for notice in found if notice) <= 200
