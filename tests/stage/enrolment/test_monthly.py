"""A month: found in the lists, decided, finalised by one and posted by another."""

from __future__ import annotations

from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from tests.support.changes import a_list, empty_registration
from tests.support.enrolment import (
    a_decree,
    a_nik,
    a_person,
    a_plan,
    an_answer_delivery,
)

from semesta.access.models import User
from semesta.audit.models import Event
from semesta.decrees.models import Decree
from semesta.enrolment import queries
from semesta.enrolment.models import ChangeTask, DeactivationFile, ReplacementTask
from semesta.enrolment.monthly.models import MonthPeriod
from semesta.enrolment.monthly.queries import (
    changes,
    changes_by_kind,
    paid_entries,
    period_of,
)
from semesta.enrolment.monthly.services import (
    decide_change,
    find_changes,
    take_back_change,
)
from semesta.enrolment.services import settle_month, take_answers, write_upload
from semesta.intake.models import Delivery
from semesta.kernel import Actor, Month, UserError
from semesta.registry.models import Person
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

CITY = User(username="petugas", role="petugas")
ELSEWHERE = User(username="lain", role="kelurahan", area="13.74.02.1007")
MARCH = Month(2026, 3)


@pytest.fixture
def decree(workspace: Workspace, officer: Actor) -> Decree:
    """Four registered people of a decree, with two more waiting in line."""
    people = [a_person(n, name=f"ORANG {'ABCDEF'[n - 1]}") for n in range(1, 7)]
    decree = a_decree(a_plan(workspace, officer, people, places=4), workspace, officer)
    empty_registration(workspace)
    write_upload(decree=decree, months=6, workspace=workspace, by=officer)
    an_answer_delivery(
        workspace,
        *(
            {"nik": a_nik(n), "status": "DITERIMA", "kpj": f"9900000000{n}"}
            for n in range(1, 5)
        ),
    )
    take_answers(decree=decree, workspace=workspace, by=officer)
    return decree


@pytest.fixture
def march(workspace: Workspace, officer: Actor, decree: Decree) -> MonthPeriod:
    """One dies, one moves, one's month is paid by the province too."""
    a_list(workspace, "deaths", {"nik": a_nik(1), "died_on": date(2026, 3, 9)})
    a_list(workspace, "moves", {"nik": a_nik(2), "occurred_on": date(2026, 3, 2),
                                "reason_text": "KOTA PADANG"})  # fmt: skip
    a_list(workspace, "bpu_participants",
           {"nik": a_nik(3), "payer": "APBD_PROV", "month_from": date(2026, 3, 1),
            "month_until": date(2026, 4, 1)})  # fmt: skip
    find(workspace, officer)
    found = period_of(MARCH)
    assert found is not None
    return found


def find(workspace: Workspace, by: Actor, month: Month = MARCH) -> dict:
    return find_changes(month=month, workspace=workspace, by=by)


def task_of(kind: str) -> ChangeTask:
    return ChangeTask.objects.select_related("period").get(kind=kind)


def decide(kind: str, by: Actor, *, accepted: bool = True, **more: str) -> ChangeTask:
    task = task_of(kind)
    return decide_change(
        task=task, version=task.version, accepted=accepted, by=by, **more
    )


def settle(period: MonthPeriod, step: str, workspace: Workspace, by: Actor) -> str:
    period.refresh_from_db()
    return settle_month(
        period=period, version=period.version, step=step, workspace=workspace, by=by
    )


def decide_all(by: Actor) -> None:
    for kind in ("died", "moved", "double_payer"):
        decide(kind, by)


OTHER = "pimpinan"


class TestFinding:
    def test_one_task_per_person_and_kind_with_its_evidence(
        self, march: MonthPeriod
    ) -> None:
        assert [(t.kind, t.action, t.stop_from) for t in ChangeTask.objects.all()] == [
            ("died", "claim", date(2026, 4, 1)),
            ("double_payer", "refund", date(2026, 3, 1)),
            ("moved", "replace", date(2026, 4, 1)),
        ]
        moved = task_of("moved")
        assert moved.row_id == f"{moved.delivery}:1:2"
        assert moved.detail == "Pindah ke KOTA PADANG pada 2 Maret 2026."
        assert [(one.kind.code, one.waiting) for one in changes_by_kind(CITY, march)] == [
            ("died", 1), ("moved", 1), ("double_payer", 1),
        ]  # fmt: skip
        assert changes(CITY, march).count() == 3
        assert not changes(ELSEWHERE, march).exists()

    def test_again_changes_nothing(
        self, workspace: Workspace, officer: Actor, march: MonthPeriod
    ) -> None:
        events = Event.objects.count()
        counts = find(workspace, officer)
        assert (counts["new"], counts["changed"], counts["withdrawn"]) == (0, 0, 0)
        assert counts["found"] == 3
        assert Event.objects.count() == events

    def test_what_is_not_decided_is_not_found_twice_next_month(
        self, workspace: Workspace, officer: Actor, march: MonthPeriod
    ) -> None:
        counts = find(workspace, officer, MARCH + 1)
        assert (counts["new"], counts["found"]) == (0, 0)
        assert ChangeTask.objects.get(kind="died").period == march
        assert find(workspace, officer)["changed"] == 0

    def test_what_was_kept_is_found_anew_when_another_month_says_it(
        self, workspace: Workspace, officer: Actor, march: MonthPeriod
    ) -> None:
        decide_all(officer)
        task = task_of("double_payer")
        take_back_change(task=task, version=task.version, by=officer)
        decide("double_payer", officer, action="keep")
        settle(march, "final", workspace, officer)
        settle(march, "post", workspace, Actor(OTHER, officer.at, ""))
        assert find(workspace, officer, MARCH + 1)["new"] == 0
        a_list(workspace, "bpu_participants",
               {"nik": a_nik(3), "payer": "APBD_PROV", "month_from": date(2026, 4, 1),
                "month_until": date(2026, 5, 1)})  # fmt: skip
        assert find(workspace, officer, MARCH + 1)["by_kind"] == {"double_payer": 1}
        task.refresh_from_db()
        assert (task.state, task.action) == ("accepted", "keep")

    def test_a_change_the_lists_no_longer_tell_is_withdrawn(
        self, workspace: Workspace, officer: Actor, march: MonthPeriod
    ) -> None:
        decide("moved", officer)
        for path in (workspace.lake / "rows").glob("*.parquet"):
            if path.stem in (task_of("died").delivery, task_of("moved").delivery):
                path.unlink()
        wrong = [task_of("died").delivery, task_of("moved").delivery]
        Delivery.objects.filter(name__in=wrong).update(status="refused")
        assert find(workspace, officer)["withdrawn"] == 1
        assert task_of("died").state == "withdrawn"
        assert task_of("moved").state == "accepted"

    def test_a_declined_change_comes_back_with_other_evidence_only(
        self, workspace: Workspace, officer: Actor, march: MonthPeriod
    ) -> None:
        decide("moved", officer, accepted=False, note="RT: masih tinggal di sini")
        assert find(workspace, officer)["changed"] == 0
        a_list(workspace, "moves", {"nik": a_nik(2), "occurred_on": date(2026, 3, 20)})
        assert find(workspace, officer)["changed"] == 1
        assert task_of("moved").state == "found"

    def test_who_was_stopped_is_not_paid_for_in_later_months(
        self, workspace: Workspace, officer: Actor, march: MonthPeriod
    ) -> None:
        decide("moved", officer)
        assert paid_entries(MARCH).count() == 4
        assert paid_entries(MARCH + 1).count() == 3


class TestDeciding:
    def test_declining_needs_a_reason(self, officer: Actor, march: MonthPeriod) -> None:
        with pytest.raises(UserError) as error:
            decide("moved", officer, accepted=False)
        assert error.value.code == "change.note"

    def test_an_action_of_another_kind_is_refused(
        self, officer: Actor, march: MonthPeriod
    ) -> None:
        with pytest.raises(UserError) as error:
            decide("died", officer, action="keep")
        assert error.value.code == "change.action"

    def test_two_people_at_once_one_is_told(
        self, officer: Actor, march: MonthPeriod
    ) -> None:
        seen = task_of("moved")
        decide("moved", officer)
        with pytest.raises(UserError) as error:
            take_back_change(task=seen, version=seen.version, by=officer)
        assert error.value.code == "enrolment.stale"

    def test_a_decision_can_be_taken_back_while_the_month_is_a_draft(
        self, workspace: Workspace, officer: Actor, march: MonthPeriod
    ) -> None:
        decide_all(officer)
        settle(march, "final", workspace, officer)
        task = task_of("moved")
        with pytest.raises(UserError) as error:
            take_back_change(task=task, version=task.version, by=officer)
        assert error.value.code == "month.final"
        settle(march, "reopen", workspace, officer)
        take_back_change(task=task, version=task.version, by=officer)
        assert task_of("moved").state == "found"

    def test_kept_people_leave_no_place(
        self, workspace: Workspace, officer: Actor, march: MonthPeriod, decree: Decree
    ) -> None:
        decide("moved", officer, action="keep")
        assert task_of("moved").stop_from is None
        assert queries.vacancies(decree) == {}


class TestSettling:
    def test_nothing_undecided_is_finalised(
        self, workspace: Workspace, officer: Actor, march: MonthPeriod
    ) -> None:
        with pytest.raises(UserError) as error:
            settle(march, "final", workspace, officer)
        assert error.value.code == "month.undecided"

    def test_vacated_places_go_to_who_waits_and_the_rest_is_said(
        self, workspace: Workspace, officer: Actor, march: MonthPeriod, decree: Decree
    ) -> None:
        decide_all(officer)
        settle(march, "final", workspace, officer)
        found = queries.proposed_changes(decree)
        assert len(found.removals) == len(found.additions) + len(found.unfilled) == 3
        came = Person.objects.in_bulk([one.person_id for one in found.additions])
        assert [came[one.person_id].nik for one in found.additions] == [
            a_nik(5), a_nik(6),
        ]  # fmt: skip
        starts = {one.instead_of: one.from_month for one in found.additions}
        for place in found.removals:
            assert (
                starts.get(place.entry.person_id, place.from_month) == place.from_month
            )

    def test_taken_back_after_reopening_the_place_is_not_offered_on(
        self, workspace: Workspace, officer: Actor, march: MonthPeriod, decree: Decree
    ) -> None:
        decide_all(officer)
        settle(march, "final", workspace, officer)
        settle(march, "reopen", workspace, officer)
        task = task_of("moved")
        take_back_change(task=task, version=task.version, by=officer)
        decide("moved", officer, accepted=False, note="masih di sini")
        settle(march, "final", workspace, officer)
        assert ReplacementTask.objects.filter(closed_at=None).count() == 2
        assert len(queries.proposed_changes(decree).removals) == 2

    def test_another_person_posts_and_then_nothing_changes(
        self, workspace: Workspace, officer: Actor, march: MonthPeriod
    ) -> None:
        decide_all(officer)
        settle(march, "final", workspace, officer)
        with pytest.raises(UserError) as error:
            settle(march, "post", workspace, officer)
        assert error.value.code == "month.same_person"
        leader = Actor(OTHER, officer.at, "")
        settle(march, "post", workspace, leader)
        for change in (
            lambda: settle(march, "reopen", workspace, officer),
            lambda: find(workspace, officer),
            lambda: decide("moved", officer, accepted=False, note="terlambat"),
        ):
            with pytest.raises(UserError):
                change()
        assert task_of("moved").state == "accepted"

    def test_two_people_at_once_one_is_told(
        self, workspace: Workspace, officer: Actor, march: MonthPeriod
    ) -> None:
        decide_all(officer)
        settle(march, "final", workspace, officer)
        with pytest.raises(UserError) as error:
            settle_month(
                period=march, version=march.version - 1, step="reopen",
                workspace=workspace, by=officer,
            )  # fmt: skip
        assert error.value.code == "enrolment.stale"


class TestDeactivation:
    def test_the_dead_are_not_in_it_and_it_is_written_once(
        self, workspace: Workspace, officer: Actor, march: MonthPeriod
    ) -> None:
        decide_all(officer)
        with pytest.raises(UserError) as error:
            settle(march, "deactivate", workspace, officer)
        assert error.value.code == "month.draft"
        settle(march, "final", workspace, officer)
        settle(march, "deactivate", workspace, officer)
        settle(march, "deactivate", workspace, officer)
        file = DeactivationFile.objects.get()
        path = workspace.publications / file.filename
        assert path.name == "data_tk_na.xlsx"
        rows = CalamineWorkbook.from_path(path).get_sheet_by_name("data_tk_na")
        assert [(row[0], row[4]) for row in rows.to_python()] == [
            ("KPJ", "TGL_KEJADIAN"),
            ("99000000002", "02-03-2026"),
            ("99000000003", "01-03-2026"),
        ]

    def test_who_has_no_number_is_counted(
        self, workspace: Workspace, officer: Actor, march: MonthPeriod, decree: Decree
    ) -> None:
        decree.entries.filter(nik=a_nik(2)).update(kpj="")
        decide_all(officer)
        settle(march, "final", workspace, officer)
        settle(march, "deactivate", workspace, officer)
        file = DeactivationFile.objects.get()
        assert (file.rows, file.left_out) == (1, 1)

    def test_without_leavers_there_is_no_file(
        self, workspace: Workspace, officer: Actor, march: MonthPeriod
    ) -> None:
        decide("died", officer)
        for kind in ("moved", "double_payer"):
            decide(kind, officer, accepted=False, note="keliru")
        settle(march, "final", workspace, officer)
        with pytest.raises(UserError) as error:
            settle(march, "deactivate", workspace, officer)
        assert error.value.code == "month.no_leavers"
        assert not DeactivationFile.objects.exists()
