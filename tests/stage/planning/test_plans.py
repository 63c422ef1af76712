"""Plans in another order, for other payers, made anew, and the comparison behind them."""

from __future__ import annotations

from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.support.enrolment import BY_DECILE, COST_EACH, a_person, a_plan
from tests.support.planning import JANUARY, a_judgement, member

from semesta.kernel import Actor, UserError
from semesta.planning.budgets.services import set_aside
from semesta.planning.models import Plan
from semesta.planning.queries import (
    comparison,
    newest_plan,
    ranking_file,
    ranking_line,
    shared,
)
from semesta.planning.scenarios import CONTINUITY, FEWER, Payment
from semesta.planning.services import make_plan
from semesta.registry.models import Person
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db
ALLOWS = f"""{BY_DECILE}
other_orders: [{{order: continuity, clause: Pasal 9 ayat (2)}}]"""


def of(run, workspace: Workspace, by: Actor, **more: Any) -> Plan:
    given = {"budget": COST_EACH, "first_month": JANUARY, "months": 12}
    return make_plan(decision_run=run, workspace=workspace, by=by, **{**given, **more})


def chosen(plan: Plan, workspace: Workspace) -> list[int]:
    table = pq.read_table(ranking_file(plan, workspace)).to_pylist()
    return [row["person_id"] for row in table if row["outcome"] == "chosen"]


class TestOrders:
    def test_another_order_that_the_policy_allows(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        new, old = a_person(1), a_person(2)
        decided = [(new, {"decile": 1}), (old, member(30, decile=2))]
        run = a_judgement(workspace, decided, policy=ALLOWS)
        own = of(run, workspace, officer)
        other = of(run, workspace, officer, order=CONTINUITY)
        assert chosen(own, workspace) == [new.pk]
        assert chosen(other, workspace) == [old.pk]
        assert other.run.inputs["order"]["clause"] == "Pasal 9 ayat (2)"
        assert of(run, workspace, officer, order=CONTINUITY) == other

    def test_another_order_that_it_does_not(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        run = a_judgement(workspace, [(a_person(1), {})])
        with pytest.raises(UserError) as error:
            of(run, workspace, officer, order=CONTINUITY)
        assert error.value.code == "plan.order_not_allowed"
        assert not Plan.objects.exists()


class TestMadeAnew:
    def test_after_an_undone_merge_the_plan_is_the_newest_again(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        people = [a_person(1), a_person(2), a_person(3)]
        budget = {"places": 1}
        before = a_plan(workspace, officer, people, **budget)
        # Two of them become one, and a plan is made of the two who are left …
        merged = a_plan(workspace, officer, people[:2], **budget)
        assert newest_plan() == merged
        # … and then they come apart: the people look as they did before.
        after = a_plan(workspace, officer, people, **budget)
        assert newest_plan() == after
        assert after.candidates == before.candidates
        assert a_plan(workspace, officer, people, **budget) == after

    def test_other_budgets_in_between_change_nothing(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        people = [a_person(1), a_person(2)]
        first = a_plan(workspace, officer, people, places=1)
        a_plan(workspace, officer, people, places=2)
        assert a_plan(workspace, officer, people, places=1) == first


class TestPaused:
    def test_who_rests_keeps_the_place_and_takes_no_money(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        people = [a_person(1), a_person(2)]
        run = a_judgement(workspace, [(p, {"decile": n}) for n, p in enumerate(people)])
        path = workspace.lake / "decisions" / run.name / "decisions.parquet"
        table = pq.read_table(path)
        pq.write_table(table.append_column("choosable", [[False, True]]), path)
        plan = of(run, workspace, officer)
        assert chosen(plan, workspace) == [people[1].pk]
        line = ranking_line(people[0].pk, workspace, plan)
        assert line is not None
        assert (line.rank, line.outcome, line.reason) == (1, "waiting", "paused")
        assert "dijeda" in line.sentence


class TestComparison:
    def drivers_and_farmers(self, workspace: Workspace) -> list[Person]:
        people = [a_person(n) for n in range(1, 5)]
        jobs = ["ojek", "ojek", "petani", "petani"]
        decided = [
            (person, {"decile": n, "occupation": job})
            for n, (person, job) in enumerate(zip(people, jobs, strict=True))
        ]
        self.run = a_judgement(workspace, decided)
        return people

    def test_the_same_answer_as_the_plan_it_becomes(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        people = self.drivers_and_farmers(workspace)
        found = comparison(self.run, workspace, Payment("APBD", JANUARY))
        outcome = {o.name: o for o in found.at(2 * COST_EACH)}[FEWER]
        plan = of(self.run, workspace, officer, budget=2 * COST_EACH)
        assert outcome.figures.people == plan.people == 2
        assert outcome.figures.cost == plan.cost
        assert chosen(plan, workspace) == [people[0].pk, people[1].pk]
        assert found.own_policy

    def test_a_payer_that_may_not_pay(self, workspace: Workspace) -> None:
        self.drivers_and_farmers(workspace)
        with pytest.raises(UserError) as error:
            comparison(self.run, workspace, Payment("DBH_SAWIT", JANUARY))
        assert error.value.code == "plan.payer_may_not"
        with pytest.raises(UserError) as error:
            comparison(self.run, workspace, Payment("LOTRE", JANUARY))
        assert error.value.code == "plan.payer"

    def test_drivers_are_paid_by_the_donor_in_the_months_of_relief(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        self.drivers_and_farmers(workspace)
        payment = Payment("APBD", JANUARY, months=3)
        given = [("APBD", 2 * 50_400), ("CSR", 2 * 25_200), ("DBH_SAWIT", 1_000_000)]
        lines = [
            set_aside(year=2026, payer=p, name=p, amount=n, instrument="", by=officer)
            for p, n in given
        ]
        found = shared(comparison(self.run, workspace, payment), lines)
        payers = [purse.payer for purse in found.purses]
        paid_by = [payers[n] for n in found.division.payer_of]
        assert paid_by == ["CSR", "CSR", "APBD", "APBD"]
        assert found.division.alone == 3
        assert "sawit" in found.refused["DBH_SAWIT"]
