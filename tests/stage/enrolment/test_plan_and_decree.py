"""From decisions to a decree: done, refused, and done again."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.enrolment import (
    COST_EACH,
    a_decision_run,
    a_decree,
    a_nik,
    a_person,
    a_plan,
)

from semesta.audit.models import Event, Run
from semesta.decrees.models import Decree, DecreeEntry
from semesta.decrees.queries import decree_is_whole
from semesta.kernel import Actor, Month, NotPossible, UserError
from semesta.planning.models import Plan
from semesta.planning.services import make_plan
from semesta.registry.models import Household
from semesta.warehouse.lake import file_sha256
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db


class TestMakePlan:
    def test_chooses_in_the_policys_order_within_the_budget(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        people = [a_person(n) for n in range(1, 5)]
        plan = a_plan(workspace, officer, people, places=3)
        assert (plan.candidates, plan.people, plan.waiting) == (4, 3, 1)
        assert (plan.price, plan.cost_each) == (16_800, COST_EACH)
        assert plan.cost == 3 * COST_EACH <= plan.budget
        assert plan.run.counts["by_reason"] == {"budget": 1}
        path = workspace.lake / "plans" / plan.name / "ranking.parquet"
        assert file_sha256(path) == plan.ranking_sha256

    def test_only_those_who_pass_are_candidates(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        outcomes = ["pass", "fail", "unknown"]
        decided = [
            (a_person(n), {"outcome": o}) for n, o in enumerate(outcomes, start=1)
        ]
        plan = make_plan(
            decision_run=a_decision_run(workspace, decided),
            budget=10 * COST_EACH,
            first_month=Month(2026, 1),
            months=12,
            workspace=workspace,
            by=officer,
        )
        assert plan.candidates == 1

    def test_the_policys_limits_hold(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        home = Household.objects.create(family_card="1374010101909001")
        people = [a_person(n, household=home) for n in (1, 2)]
        people.append(a_person(3, kelurahan="13.74.01.1002"))
        policy = "household_cap: 1\nquotas: {13.74.01.1002: 0}"
        plan = a_plan(workspace, officer, people, policy=policy)
        assert plan.run.counts["by_reason"] == {"household_cap": 1, "quota": 1}
        assert (plan.people, plan.cut, plan.waiting) == (1, 1, 1)

    @pytest.mark.parametrize("budget", [0, -5, COST_EACH - 1])
    def test_too_small_a_budget_leaves_nothing_behind(
        self, workspace: Workspace, officer: Actor, budget: int
    ) -> None:
        run = a_decision_run(workspace, [(a_person(1), {})])
        before = Run.objects.count()
        with pytest.raises(UserError) as error:
            make_plan(
                decision_run=run,
                budget=budget,
                first_month=Month(2026, 1),
                months=12,
                workspace=workspace,
                by=officer,
            )
        assert (error.value.code, error.value.exit_code) == (
            "plan.budget_too_small", 2,
        )  # fmt: skip
        assert Run.objects.count() == before
        assert not Plan.objects.exists()

    def test_nobody_to_choose_from(self, workspace: Workspace, officer: Actor) -> None:
        with pytest.raises(NotPossible) as error:
            a_plan(workspace, officer, [], places=1)
        assert error.value.code == "plan.nobody"

    def test_a_priority_the_decisions_do_not_have(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        with pytest.raises(UserError) as error:
            a_plan(
                workspace,
                officer,
                [a_person(1)],
                policy="priority: [{by: age, order: lowest}]",
            )
        assert error.value.code == "plan.priority"

    def test_the_same_again_is_the_first_plan(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        people = [a_person(1), a_person(2)]
        first = a_plan(workspace, officer, people)
        events = Event.objects.count()
        # Another judgement with the same result is no reason for another plan.
        assert a_plan(workspace, officer, people) == first
        assert Event.objects.count() == events


class TestIssueDecree:
    def test_freezes_the_list(self, workspace: Workspace, officer: Actor) -> None:
        people = [
            a_person(1, kelurahan="13.74.02.1001"),
            a_person(2, occupation="buruh-tani"),
            a_person(3),
        ]
        plan = a_plan(workspace, officer, people, places=2)
        decree = a_decree(plan, workspace, officer)
        assert decree.entries_count == 2
        assert decree.until_month == date(2027, 1, 1)
        first, second = decree.entries.order_by("number")
        assert (first.person, second.person) == (people[1], people[0])
        assert first.occupation == "Buruh tani"
        assert first.occupation_code == "buruh-tani"
        assert first.address == "Jl. Contoh No. 2 RT 001 RW 002"
        assert decree_is_whole(Decree.objects.get())

    def test_later_changes_do_not_reach_it(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        person = a_person(1)
        decree = a_decree(a_plan(workspace, officer, [person]), workspace, officer)
        person.name = "NAMA LAIN"
        person.save()
        assert decree.entries.get().name != "NAMA LAIN"

    def test_a_tampered_entry_shows(self, workspace: Workspace, officer: Actor) -> None:
        plan = a_plan(workspace, officer, [a_person(1)])
        decree = a_decree(plan, workspace, officer)
        DecreeEntry.objects.update(address="Jl. Lain")
        assert not decree_is_whole(decree)

    def test_the_dead_cannot_enter_and_all_are_named(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        people = [a_person(n) for n in range(1, 5)]
        plan = a_plan(workspace, officer, people)
        people[0].alive = False
        people[0].save()
        people[1].died_on = date(2026, 1, 1)
        people[1].save()
        people[2].nik = a_nik(4)
        people[2].save()
        with pytest.raises(UserError) as error:
            a_decree(plan, workspace, officer)
        assert error.value.code == "decree.people"
        assert error.value.what.startswith("4 orang")
        assert f"{people[0].pk}, {people[1].pk}" in error.value.why
        assert not Decree.objects.exists()

    def test_a_death_after_the_decrees_date_was_not_known_then(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        person = a_person(1, alive=False, died_on=date(2026, 1, 21))
        plan = a_plan(workspace, officer, [person])
        assert a_decree(plan, workspace, officer).entries_count == 1

    def test_nobody_is_on_two_decrees_for_one_month(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        people = [a_person(1), a_person(2)]
        a_decree(a_plan(workspace, officer, people), workspace, officer)
        other = a_plan(workspace, officer, people[:1])
        with pytest.raises(UserError) as error:
            a_decree(other, workspace, officer, number="400/2/2026")
        assert "SK lain" in error.value.why

    def test_the_same_plan_again_is_the_first_decree(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        plan = a_plan(workspace, officer, [a_person(1)])
        first = a_decree(plan, workspace, officer)
        events = Event.objects.count()
        assert a_decree(plan, workspace, officer, number="400/9/2026") == first
        assert Event.objects.count() == events
        assert Decree.objects.count() == 1

    def test_a_new_plan_with_the_same_list_is_the_same_decree(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        people = [a_person(1), a_person(2)]
        first = a_decree(
            a_plan(workspace, officer, people, places=1), workspace, officer
        )
        # One more waiting candidate makes another plan, not another decree.
        more = a_plan(workspace, officer, [*people, a_person(3)], places=1)
        assert a_decree(more, workspace, officer) == first

    def test_a_number_is_used_once(self, workspace: Workspace, officer: Actor) -> None:
        a_decree(a_plan(workspace, officer, [a_person(1)]), workspace, officer)
        other = a_plan(workspace, officer, [a_person(2)])
        with pytest.raises(UserError) as error:
            a_decree(other, workspace, officer)
        assert error.value.code == "decree.number_taken"
