"""What pages read of proposals, within the area of who looks."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.enrolment import a_decree, a_person, a_plan
from tests.support.proposals import (
    MAKER,
    REVIEWER,
    a_draft,
    step,
)

from semesta.access.models import User
from semesta.decrees.models import Decree, ProposalEntry
from semesta.decrees.proposals import queries
from semesta.kernel import Actor
from semesta.planning.models import Plan
from semesta.registry.models import Person
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[Person]:
    return [a_person(n) for n in range(1, 7)]


@pytest.fixture
def plan(workspace: Workspace, officer: Actor, people: list[Person]) -> Plan:
    """Four of six are chosen; two wait."""
    return a_plan(workspace, officer, people, places=4)


class TestReaders:
    def test_whose_turn_it_is(self, workspace: Workspace, plan: Plan) -> None:
        officer = User(username="petugas", role="petugas")
        second = User(username="penelaah", role="petugas")
        leader = User(username="pimpinan", role="pimpinan")
        proposal = a_draft(plan, workspace)
        assert queries.waiting_for(officer) == [proposal]
        assert queries.waiting_for(leader) == []
        step(proposal, "submit", MAKER)
        assert queries.waiting_for(officer) == []
        assert queries.waiting_for(second) == [proposal]
        step(proposal, "endorse", REVIEWER)
        assert queries.waiting_for(leader) == [proposal]
        proposal.refresh_from_db()
        assert queries.may_do(leader, proposal) == {"approve", "reject", "return"}
        assert queries.may_do(officer, proposal) == {"withdraw"}

    def test_only_the_users_area(
        self, workspace: Workspace, plan: Plan, people: list[Person]
    ) -> None:
        proposal = a_draft(plan, workspace)
        ProposalEntry.objects.filter(person=people[0]).update(kelurahan="13.74.02.1001")
        lurah = User(username="lurah", role="kelurahan", area="13.74.02.1001")
        assert queries.counts(lurah, proposal).by_kind["listed"] == 1
        assert queries.entries(lurah, proposal).paginator.count == 1

    def test_beside_the_last_decree(
        self, workspace: Workspace, plan: Plan, people: list[Person]
    ) -> None:
        decree = a_decree(plan, workspace, MAKER)
        Decree.objects.filter(pk=decree.pk).update(
            first_month=date(2025, 1, 1), until_month=date(2026, 1, 1)
        )
        later = a_plan(workspace, MAKER, [*people[2:], a_person(20)], places=5)
        found = queries.compared(a_draft(later, workspace))
        assert found is not None
        assert (found.staying, found.new, found.gone) == (2, 3, 2)
