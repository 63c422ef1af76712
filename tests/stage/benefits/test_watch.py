"""The watch: deaths and rights held against the ledger, case by case."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from tests.support.people import GANTING, PASAR_BARU, a_person, paid

from semesta.access.models import User
from semesta.audit.models import Event, Run
from semesta.benefits import queries, services
from semesta.benefits.models import BenefitCase, ProtectionWarning
from semesta.kernel import Actor
from semesta.kernel.errors import NotAllowed
from semesta.registry.models import Person
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

ON = date(2026, 1, 31)


def a_user(role: str, area: str = "") -> User:
    return get_user_model().objects.create(
        username=f"{role}{area}", role=role, area=area
    )


def dead(day: date | None = date(2025, 11, 20), **changes: object) -> Person:
    return a_person(alive=False, died_on=day, **changes)


def stored() -> list[tuple]:
    return list(
        ProtectionWarning.objects.order_by("kind", "person_id").values_list(
            "kind", "person_id"
        )
    )


class TestCases:
    def test_every_death_gets_a_case_with_what_is_owed_or_why_not(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        protected, lapsed, never, unknown = dead(), dead(), dead(), dead(None)
        a_person()
        paid(protected, "2024-01", "2025-12")
        paid(lapsed, "2023-01", "2024-01")
        paid(unknown, "2023-01", "2024-01")
        counts = services.watch(on=ON, workspace=workspace, by=officer)
        status = dict(BenefitCase.objects.values_list("person_id", "status"))
        assert status == {
            protected.pk: "found",
            lapsed.pk: "not_protected",
            never.pk: "not_protected",
            unknown.pk: "unknown",
        }
        case = BenefitCase.objects.get(person=protected)
        assert (case.expected_total, case.payable_now) == (42_000_000, 42_000_000)
        assert sum(line["amount"] for line in case.lines) == case.expected_total
        assert all(line["law"] for line in case.lines)
        assert (case.segment, case.tenure_months) == ("BPU", 23)
        assert case.kelurahan == GANTING
        assert BenefitCase.objects.get(person=lapsed).lost_on == date(2024, 4, 16)
        assert counts["deaths"] == 4
        assert counts["expected_total"] == 42_000_000
        assert (counts["new"], counts["changed"]) == (4, 0)

    def test_a_death_recorded_for_a_later_day_is_not_yet_one(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        dead(date(2026, 2, 3))
        counts = services.watch(on=ON, workspace=workspace, by=officer)
        assert counts["deaths"] == 0

    def test_watching_again_writes_nothing(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        paid(dead(), "2024-01", "2025-12")
        first = services.watch(on=ON, workspace=workspace, by=officer)
        events = Event.objects.count()
        assert services.watch(on=ON, workspace=workspace, by=officer) == first
        assert Event.objects.count() == events
        assert Run.objects.filter(stage="watch").count() == 1

    def test_only_what_changed_is_written(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        one, two = dead(), dead()
        paid(one, "2025-01", "2025-06")
        services.watch(on=ON, workspace=workspace, by=officer)
        found_at = BenefitCase.objects.get(person=one).found_at
        paid(one, "2025-06", "2025-12")
        later = Actor("lain", officer.at.replace(day=9), "")
        counts = services.watch(on=ON, workspace=workspace, by=later)
        assert (counts["new"], counts["changed"]) == (0, 1)
        case = BenefitCase.objects.get(person=one)
        assert (case.status, case.found_at) == ("found", found_at)
        assert BenefitCase.objects.get(person=two).status == "not_protected"

    def test_a_death_taken_back_asks_to_be_checked(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        one = dead()
        services.watch(on=ON, workspace=workspace, by=officer)
        Person.objects.filter(pk=one.pk).update(alive=True, died_on=None)
        services.watch(on=ON, workspace=workspace, by=officer)
        case = BenefitCase.objects.get(person=one)
        assert case.status == "unknown"
        assert "tidak lagi tercatat" in case.why


class TestWarnings:
    def test_each_kind(self, workspace: Workspace, officer: Actor) -> None:
        soon = a_person()
        paid(soon, "2025-01", "2025-12")
        old = a_person(born_on=date(1961, 3, 2))
        near = a_person()
        paid(near, "2023-04", "2026-07")
        late = dead()
        paid(late, "2025-01", "2026-01")
        fine = a_person()
        paid(fine, "2025-05", "2026-07")
        counts = services.watch(on=ON, workspace=workspace, by=officer)
        assert stored() == [
            ("dead_but_paid", late.pk),
            ("lapses_soon", soon.pk),
            ("near_36_months", near.pk),
            ("turns_65", old.pk),
        ]
        assert counts["warnings"] == {
            "dead_but_paid": 1,
            "lapses_soon": 1,
            "near_36_months": 1,
            "turns_65": 1,
        }

    @pytest.mark.parametrize(
        "changes",
        [
            {"works": False},
            {"is_civil_servant": True},
            {"alive": False},
            {"works": None},
        ],
    )
    def test_the_age_limit_concerns_workers_who_could_be_members(
        self, workspace: Workspace, officer: Actor, changes: dict
    ) -> None:
        a_person(born_on=date(1961, 3, 2), **changes)
        services.watch(on=ON, workspace=workspace, by=officer)
        assert stored() == []

    def test_a_wage_worker_at_65_is_no_matter_of_first_registration(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        paid(a_person(born_on=date(1961, 3, 2)), "2020-01", "2026-01", segment="PU")
        services.watch(on=ON, workspace=workspace, by=officer)
        assert stored() == []

    def test_of_two_memberships_the_nearer_one_is_named(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        both = a_person()
        paid(both, "2023-06", "2026-07")
        paid(both, "2023-04", "2026-02", segment="PU")
        services.watch(on=ON, workspace=workspace, by=officer)
        warning = ProtectionWarning.objects.get(kind="near_36_months")
        assert "peserta PU" in warning.detail

    def test_those_that_stay_keep_their_row_and_carry_the_new_day(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        soon = a_person()
        paid(soon, "2025-01", "2025-12")
        services.watch(on=ON, workspace=workspace, by=officer)
        before = ProtectionWarning.objects.get()
        next_day = date(2026, 2, 1)
        services.watch(on=next_day, workspace=workspace, by=officer)
        after = ProtectionWarning.objects.get()
        assert (after.pk, after.as_of) == (before.pk, next_day)

    def test_those_settled_go(self, workspace: Workspace, officer: Actor) -> None:
        soon = a_person()
        paid(soon, "2025-01", "2025-12")
        services.watch(on=ON, workspace=workspace, by=officer)
        paid(soon, "2025-12", "2026-07")
        services.watch(on=ON, workspace=workspace, by=officer)
        assert stored() == []


class TestAreas:
    @pytest.fixture
    def two_places(self, workspace: Workspace, officer: Actor) -> tuple[Person, Person]:
        here, there = dead(kelurahan=GANTING), dead(kelurahan=PASAR_BARU)
        for person in (here, there):
            paid(person, "2024-01", "2026-01")
        services.watch(on=ON, workspace=workspace, by=officer)
        return here, there

    def test_a_kelurahan_sees_its_own_cases_counts_and_warnings(
        self, two_places: tuple[Person, Person]
    ) -> None:
        here, _ = two_places
        lurah = a_user("kelurahan", GANTING)
        assert [case.person_id for case in queries.cases(lurah)] == [here.pk]
        assert queries.case_totals(lurah)["deaths"] == 1
        assert [each.person_id for each in queries.warnings(lurah)] == [here.pk]
        assert queries.warning_totals(lurah)["dead_but_paid"] == 1

    def test_an_officer_sees_all(self, two_places: tuple[Person, Person]) -> None:
        officer = a_user("petugas")
        assert queries.cases(officer).count() == 2
        assert queries.cases(officer, status="unknown").count() == 0
        assert queries.case_totals(officer) == {
            "deaths": 2,
            "found": 2,
            "not_protected": 0,
            "unknown": 0,
            "expected_total": 84_000_000,
            "payable_now": 84_000_000,
        }
        assert queries.warnings(officer, kind="dead_but_paid").count() == 2
        assert set(queries.warning_totals(officer)) == set(
            ProtectionWarning.Kind.values
        )

    def test_of_one_person(self, two_places: tuple[Person, Person]) -> None:
        here, _ = two_places
        assert queries.cases_of(here).count() == 1
        assert queries.warnings_of(here).count() == 1

    def test_cases_are_not_for_every_role(self) -> None:
        with pytest.raises(NotAllowed):
            queries.cases(a_user("pimpinan"))
