"""One death, what was paid by then, and what the family is owed."""

from __future__ import annotations

from datetime import date

import pytest

from semesta.benefits.entitlement import Death, Entitlement, entitle
from semesta.kernel import Month
from semesta.ledger.ranges import Span

BORN = date(1970, 3, 3)


def span(first: str, until: str, segment: str = "BPU") -> tuple[str, Span]:
    return segment, Span(Month.parse(first).index, Month.parse(until).index)


def death(day: str | None, *paid: tuple[str, Span]) -> Entitlement:
    died_on = date.fromisoformat(day) if day else None
    return entitle(Death(1, died_on, BORN), paid)


class TestProtected:
    def test_fourteen_paid_months_leave_42_million(self) -> None:
        found = death("2025-11-20", span("2024-10", "2025-12"))
        assert (found.status, found.segment) == ("found", "BPU")
        assert found.expected_total == found.payable_now == 42_000_000
        assert found.tenure_months == 14
        assert [line["code"] for line in found.lines] == [
            "jkm.lump_sum",
            "jkm.periodic",
            "jkm.funeral",
        ]
        assert "Terlindungi saat meninggal pada 20 November 2025" in found.why
        assert "Rp42.000.000" in found.why

    def test_the_second_month_leaves_10_million(self) -> None:
        found = death("2025-09-20", span("2025-08", "2026-01"))
        assert found.expected_total == 10_000_000

    def test_with_two_months_unpaid_only_the_funeral_is_paid_at_once(self) -> None:
        found = death("2025-11-20", span("2024-01", "2025-10"))
        assert (found.status, found.expected_total) == ("found", 42_000_000)
        assert found.payable_now == 10_000_000
        assert "masa tenggang" in found.why

    def test_of_two_memberships_the_one_that_owes_more_counts(self) -> None:
        found = death(
            "2025-09-20", span("2025-08", "2026-01"), span("2024-01", "2026-01", "PU")
        )
        assert (found.segment, found.expected_total) == ("PU", 42_000_000)
        assert "Juga peserta BPU; manfaatnya tidak dijumlahkan." in found.why

    def test_a_wage_worker_before_and_a_member_outside_wage_work_now(self) -> None:
        found = death(
            "2025-09-20", span("2025-01", "2026-01"), span("2020-01", "2021-01", "PU")
        )
        assert (found.status, found.segment) == ("found", "BPU")


class TestNotProtected:
    def test_never_paid_for(self) -> None:
        found = death("2025-11-20")
        assert found.status == "not_protected"
        assert found.lost_on is None
        assert "belum pernah ada iuran" in found.why

    def test_months_paid_only_after_the_death_do_not_count(self) -> None:
        assert death("2025-11-20", span("2025-12", "2026-06")).status == "not_protected"

    def test_lapsed_tells_the_day_on_which_it_was_lost(self) -> None:
        found = death("2025-11-20", span("2024-01", "2025-01"))
        assert found.status == "not_protected"
        assert found.expected_total == 0
        # Paid to December 2024; April 2025, the fourth, fell due on 15 April.
        assert found.lost_on == date(2025, 4, 16)
        assert "iuran terakhir untuk Desember 2024" in found.why
        assert "hilang sejak 16 April 2025" in found.why

    @pytest.mark.parametrize(
        ("day", "status"), [("2025-04-15", "found"), ("2025-04-16", "not_protected")]
    )
    def test_the_last_day_of_protection(self, day: str, status: str) -> None:
        assert death(day, span("2024-01", "2025-01")).status == status


class TestUnknown:
    def test_without_a_day(self) -> None:
        found = death(None, span("2024-01", "2026-01"))
        assert found.status == "unknown"
        assert "tanggalnya belum diketahui" in found.why

    def test_for_someone_never_paid_for_the_day_does_not_matter(self) -> None:
        assert death(None).status == "not_protected"

    def test_a_death_before_the_birth(self) -> None:
        found = death("1969-01-01", span("2024-01", "2026-01"))
        assert found.status == "unknown"
        assert "mendahului tanggal lahir" in found.why

    def test_a_wage_worker_whose_employer_is_long_in_arrears(self) -> None:
        found = death("2025-11-20", span("2020-01", "2025-03", "PU"))
        assert found.status == "unknown"
        assert "Perlu diketahui: apakah masih bekerja" in found.why
        assert found.lost_on == date(2025, 7, 16)

    def test_a_time_without_rules_on_file(self) -> None:
        found = death("2013-05-01", span("2012-01", "2014-01"))
        assert found.status == "unknown"
        assert found.why


def test_sentences_fit_their_column() -> None:
    cases = [
        death(None, span("2019-01", "2019-04")),
        death("1969-01-01", span("2019-01", "2019-04")),
        death(
            "2025-11-20", span("2020-01", "2025-03", "PU"), span("2019-01", "2019-04")
        ),
        death(
            "2025-11-20", span("2024-01", "2025-10"), span("2024-01", "2025-10", "PU")
        ),
    ]
    assert max(len(case.why) for case in cases) <= 400
