"""What the ledger tells about a person, and about everyone."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.people import a_person, paid

from semesta.kernel import Month
from semesta.ledger import queries
from semesta.ledger.standing import lapse_day
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

ON = date(2026, 1, 31)


class TestOnePerson:
    def test_standing_per_segment(self) -> None:
        ani = a_person()
        paid(ani, "2025-05", "2026-07")
        paid(ani, "2023-01", "2023-06", segment="PU")
        standing = queries.standing_of(ani.pk, ON)
        assert standing["BPU"].status == "active"
        assert standing["BPU"].tenure_months == 9
        assert standing["BPU"].paid_until == Month(2026, 7)
        assert standing["PU"].status == "lapsed"

    def test_who_was_never_paid_for_was_never_protected(self) -> None:
        standing = queries.standing_of(a_person().pk, ON)
        assert {each.status for each in standing.values()} == {"never"}

    def test_entries_of_a_merged_double_belong_to_the_one_who_stays(self) -> None:
        ani = a_person()
        double = a_person(merged_into=ani)
        paid(ani, "2025-01", "2025-04")
        paid(double, "2025-06", "2025-08")
        assert queries.timeline_of(ani.pk).paid_months == 5
        assert queries.entries_of(ani).count() == 2
        assert queries.standing_of(ani.pk, ON)["BPU"].paid_months == 5


class TestEveryone:
    def test_the_snapshot_is_named_by_its_content(self, workspace: Workspace) -> None:
        paid(a_person(), "2025-05", "2026-01")
        first = queries.snapshot(workspace)
        written = first.path.stat().st_mtime_ns
        assert queries.snapshot(workspace) == first
        assert first.path.stat().st_mtime_ns == written
        paid(a_person(), "2025-05", "2026-01")
        assert queries.snapshot(workspace).sha256 != first.sha256

    def test_one_row_per_person_and_segment(self, workspace: Workspace) -> None:
        ani, budi = a_person(), a_person()
        paid(ani, "2025-05", "2026-02")
        paid(ani, "2025-05", "2025-12", segment="PU")
        paid(budi, "2023-05", "2023-08")
        rows = queries.standing_table(on=ON, workspace=workspace).to_pylist()
        assert [(r["person_id"], r["segment"], r["status"]) for r in rows] == [
            (ani.pk, "BPU", "active"),
            (ani.pk, "PU", "grace"),
            (budi.pk, "BPU", "lapsed"),
        ]

    def test_an_empty_ledger_has_no_standing(self, workspace: Workspace) -> None:
        table = queries.standing_table(on=ON, workspace=workspace)
        assert table.num_rows == 0
        assert {"person_id", "segment", "status", "tenure_months"} <= set(
            table.column_names
        )

    def test_people_paid_for_by_month(self, workspace: Workspace) -> None:
        ani, budi = a_person(), a_person()
        paid(ani, "2025-11", "2026-01")
        paid(ani, "2025-12", "2026-02", segment="PU")
        paid(budi, "2025-12", "2026-01", payer="SELF")
        paid(budi, "2025-12", "2026-01", payer="BAZNAS")
        table = queries.active_people_by_month(
            first=Month(2025, 11), last=Month(2026, 1), workspace=workspace
        )
        rows = [
            (str(Month.of(r["month"])), r["segment"], r["people"])
            for r in table.to_pylist()
        ]
        assert rows == [
            ("2025-11", "ALL", 1),
            ("2025-11", "BPU", 1),
            ("2025-12", "ALL", 2),
            ("2025-12", "BPU", 2),
            ("2025-12", "PU", 1),
            ("2026-01", "ALL", 1),
            ("2026-01", "PU", 1),
        ]

    def test_totals(self) -> None:
        ani = a_person()
        paid(ani, "2024-11", "2025-02")
        paid(ani, "2025-02", "2026-01")
        budi = a_person()
        paid(budi, "2025-01", "2025-02")
        double = a_person(merged_into=budi)
        paid(double, "2024-12", "2025-01")
        assert queries.totals() == {
            "entries": 4,
            "people": 2,
            "paid_months": 16,
            "amount": 0,
        }

    def test_totals_of_an_empty_ledger(self) -> None:
        assert queries.totals()["paid_months"] == 0


class TestLapses:
    def test_the_day_after_the_fourth_month_could_still_be_paid(self) -> None:
        # Paid to December; January, February and March may be missing; April falls due
        # on Wednesday 15 April 2026.
        assert lapse_day(Month(2026, 1), "BPU") == date(2026, 4, 16)
        # A wage worker's April falls due on Friday 15 May 2026.
        assert lapse_day(Month(2026, 1), "PU") == date(2026, 5, 16)

    def test_no_rule_before_2015(self) -> None:
        assert lapse_day(Month(2014, 1), "BPU") is None

    @pytest.mark.parametrize("until", ["2025-10", "2025-11", "2025-12", "2026-01"])
    def test_the_lapse_day_is_where_the_standing_turns(self, until: str) -> None:
        ani = a_person()
        paid(ani, "2024-01", until)
        day = lapse_day(Month.parse(until), "BPU")
        assert day is not None
        before = date.fromordinal(day.toordinal() - 1)
        assert queries.standing_of(ani.pk, before)["BPU"].status == "grace"
        assert queries.standing_of(ani.pk, day)["BPU"].status == "lapsed"

    def test_soonest_first_and_nobody_who_is_protected_longer_elsewhere(
        self, workspace: Workspace
    ) -> None:
        soon, later, elsewhere, gone = a_person(), a_person(), a_person(), a_person()
        paid(later, "2025-01", "2025-12")
        paid(soon, "2025-01", "2025-11")
        paid(elsewhere, "2025-01", "2025-11")
        paid(elsewhere, "2025-01", "2026-01", segment="PU")
        paid(gone, "2024-01", "2025-01")
        lapses = queries.about_to_lapse(on=ON, days=60, workspace=workspace)
        assert [(each.person_id, each.lapses_on) for each in lapses] == [
            (soon.pk, date(2026, 2, 17)),
            (later.pk, date(2026, 3, 17)),
        ]
