"""A proposal from draft to decree: who may, what is refused, and what stands meanwhile."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.support.enrolment import a_decree, a_person, a_plan
from tests.support.proposals import (
    LEADER,
    MAKER,
    ON,
    REVIEWER,
    a_draft,
    approved,
    issued,
    step,
    to_leader,
)

from semesta.audit.models import Event
from semesta.audit.queries import verify_chain
from semesta.decrees.issuing.services import issue_proposal
from semesta.decrees.models import Decree, Proposal
from semesta.decrees.proposals import queries
from semesta.decrees.proposals.freezing.services import freeze, lift
from semesta.decrees.proposals.services import (
    draft_proposal,
    recompose,
    remark,
    take_step,
)
from semesta.decrees.proposals.stale import StaleForm
from semesta.decrees.queries import decree_is_whole
from semesta.kernel import Actor, NotAllowed, NotPossible, UserError
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


def kinds(proposal: Proposal) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for entry in proposal.entries.order_by("rank"):
        found.setdefault(entry.kind, []).append(entry.person_id)
    return found


class TestDraft:
    def test_is_the_plans_choice(
        self, workspace: Workspace, plan: Plan, people: list[Person]
    ) -> None:
        proposal = a_draft(plan, workspace)
        assert kinds(proposal) == {"listed": [p.pk for p in people[:4]]}
        assert (proposal.state, proposal.version, proposal.people) == ("draft", 1, 4)

    def test_twice_is_once(self, workspace: Workspace, plan: Plan) -> None:
        first = a_draft(plan, workspace)
        events = Event.objects.count()
        assert a_draft(plan, workspace) == first
        assert Event.objects.count() == events

    def test_who_cannot_be_listed_is_left_out_and_the_next_steps_in(
        self, workspace: Workspace, plan: Plan, people: list[Person]
    ) -> None:
        Person.objects.filter(pk=people[1].pk).update(alive=False)
        Person.objects.filter(pk=people[2].pk).update(nik="")
        # The first who waits has died as well, so the second comes in, and no third.
        Person.objects.filter(pk=people[4].pk).update(alive=False)
        proposal = a_draft(plan, workspace)
        assert kinds(proposal) == {
            "listed": [people[0].pk, people[3].pk],
            "left_out": [people[1].pk, people[2].pk],
            "stepped_in": [people[5].pk],
        }
        left = proposal.entries.get(person=people[1])
        assert left.reason == "sudah meninggal"
        assert proposal.entries.get(kind="stepped_in").instead_of == people[1].pk

    def test_nothing_is_left_out_that_was_not_shown(
        self, workspace: Workspace, plan: Plan, people: list[Person]
    ) -> None:
        Person.objects.filter(pk=people[1].pk).update(alive=False)
        shown = queries.composition(plan, workspace, on=ON).fingerprint()
        Person.objects.filter(pk=people[0].pk).update(alive=False)
        with pytest.raises(UserError) as error:
            draft_proposal(
                plan=plan, workspace=workspace, by=MAKER, on=ON, confirmed=shown
            )
        assert error.value.code == "decree.difference"
        assert not Proposal.objects.exists()

    def test_a_plan_that_is_decreed_has_no_second_proposal(
        self, workspace: Workspace, plan: Plan
    ) -> None:
        a_decree(plan, workspace, MAKER)
        with pytest.raises(NotPossible) as error:
            a_draft(plan, workspace)
        assert error.value.code == "decree.exists"

    def test_a_plan_replaced_after_a_newer_judgement(
        self, workspace: Workspace, plan: Plan, people: list[Person]
    ) -> None:
        draft = a_draft(plan, workspace)
        a_plan(workspace, MAKER, people, places=5)
        with pytest.raises(NotPossible) as error:
            step(draft, "submit", MAKER)
        assert error.value.code == "decree.plan_replaced"
        assert step(draft, "withdraw", MAKER, note="rencana baru").state == "withdrawn"


class TestSteps:
    def test_to_a_decree(self, workspace: Workspace, plan: Plan) -> None:
        proposal = a_draft(plan, workspace)
        decree = issued(proposal)
        proposal.refresh_from_db()
        assert (proposal.state, proposal.decree) == ("issued", decree)
        assert (proposal.reviewed_by, proposal.approved_by) == ("penelaah", "pimpinan")
        assert decree.entries.count() == decree.entries_count == 4
        assert decree.issued_by == "pimpinan"
        assert decree_is_whole(decree)
        done = Event.objects.filter(action__startswith="proposal.").order_by("seq")
        assert [e.action.removeprefix("proposal.") for e in done] == [
            "draft", "submit", "endorse", "approve", "issue",
        ]  # fmt: skip
        assert verify_chain() == []

    @pytest.mark.parametrize("action", ["endorse", "return"])
    def test_nobody_reviews_their_own(
        self, workspace: Workspace, plan: Plan, action: str
    ) -> None:
        proposal = a_draft(plan, workspace)
        step(proposal, "submit", MAKER)
        with pytest.raises(NotAllowed) as error:
            step(proposal, action, MAKER, note="x")
        assert error.value.code == "decree.own"

    def test_nobody_approves_or_numbers_what_they_changed(
        self, workspace: Workspace, plan: Plan, people: list[Person]
    ) -> None:
        proposal = a_draft(plan, workspace)
        leave = {people[0].pk: "Sudah tidak bekerja"}
        shown = queries.composition(plan, workspace, on=ON, by_hand=leave)
        recompose(
            proposal=proposal, version=1, workspace=workspace, by=LEADER, on=ON,
            confirmed=shown.fingerprint(), leave_out=leave,
        )  # fmt: skip
        to_leader(proposal)
        with pytest.raises(NotAllowed):
            step(proposal, "approve", LEADER)
        other = Actor("sekda", LEADER.at)
        held = step(proposal, "approve", other)
        with pytest.raises(NotAllowed):
            issue_proposal(
                proposal=held, version=held.version, number="400/1/2026",
                issued_on=ON, by=LEADER, on=ON,
            )  # fmt: skip
        assert not Decree.objects.exists()

    def test_returned_with_remarks_changed_and_proposed_again(
        self, workspace: Workspace, plan: Plan, people: list[Person]
    ) -> None:
        proposal = a_draft(plan, workspace)
        step(proposal, "submit", MAKER)
        with pytest.raises(UserError) as error:
            step(proposal, "return", REVIEWER)
        assert error.value.code == "decree.reason"
        held = remark(
            proposal=proposal, version=2, person_id=people[3].pk, text=" Pindah? ",
            by=REVIEWER, on=ON,
        )  # fmt: skip
        returned = step(held, "return", REVIEWER)
        assert (returned.state, returned.reviewed_by) == ("returned", "")
        leave = {people[3].pk: "Pindah ke Bukittinggi"}
        shown = queries.composition(plan, workspace, on=ON, by_hand=leave)
        changed = recompose(
            proposal=proposal, version=returned.version, workspace=workspace, by=MAKER,
            on=ON, confirmed=shown.fingerprint(), leave_out=leave,
        )  # fmt: skip
        entry = changed.entries.get(person=people[3])
        assert (entry.kind, entry.code) == ("left_out", "by_hand")
        assert (entry.remark, entry.remark_by) == ("Pindah?", "penelaah")
        assert issued(changed).entries.filter(person=people[4]).exists()

    def test_rejected_is_the_end(self, workspace: Workspace, plan: Plan) -> None:
        proposal = to_leader(a_draft(plan, workspace))
        assert step(proposal, "reject", LEADER, note="Anggaran").state == "rejected"
        with pytest.raises(NotPossible):
            step(proposal, "submit", MAKER)
        # The plan may be proposed again.
        assert a_draft(plan, workspace).pk != proposal.pk

    def test_sent_twice_is_done_once(self, workspace: Workspace, plan: Plan) -> None:
        proposal = a_draft(plan, workspace)
        step(proposal, "submit", MAKER)
        again = step(proposal, "submit", MAKER, version=1)
        assert (again.version, again.state) == (2, "proposed")


class TestTogether:
    def test_the_later_one_is_told_what_happened_and_by_whom(
        self, workspace: Workspace, plan: Plan
    ) -> None:
        proposal = a_draft(plan, workspace)
        step(proposal, "submit", MAKER)
        step(proposal, "return", REVIEWER, version=2, note="Lengkapi dulu")
        events = Event.objects.count()
        with pytest.raises(StaleForm) as error:
            step(proposal, "endorse", LEADER, version=2)
        assert (
            error.value.since[0].sentence() == "penelaah mengembalikan: Lengkapi dulu"
        )
        assert (error.value.mine, error.value.now) == (2, 3)
        proposal.refresh_from_db()
        assert (proposal.state, proposal.version) == ("returned", 3)
        assert Event.objects.count() == events


class TestIssue:
    def test_a_death_between_approval_and_number(
        self, workspace: Workspace, plan: Plan, people: list[Person]
    ) -> None:
        held = approved(a_draft(plan, workspace))
        Person.objects.filter(pk=people[0].pk).update(alive=False)
        with pytest.raises(UserError) as error:
            number(held)
        assert error.value.code == "decree.people"
        assert str(people[0].pk) in error.value.why
        held.refresh_from_db()
        assert held.state == "approved"
        assert not Decree.objects.exists()
        # The way on: back to its makers, composed anew, approved again.
        step(held, "return", LEADER, note="Ada yang meninggal")
        shown = queries.composition(plan, workspace, on=ON).fingerprint()
        held.refresh_from_db()
        recompose(
            proposal=held, version=held.version, workspace=workspace, by=MAKER, on=ON,
            confirmed=shown,
        )  # fmt: skip
        assert issued(held).entries_count == 4

    def test_listed_elsewhere_since(
        self, workspace: Workspace, plan: Plan, people: list[Person]
    ) -> None:
        held = approved(a_draft(plan, workspace))
        other = a_plan(workspace, MAKER, people[:1])
        Decree.objects.filter(plan=other).delete()
        a_decree(other, workspace, MAKER, number="400/7/2026")
        with pytest.raises(UserError) as error:
            number(held)
        assert "SK lain" in error.value.why

    def test_a_number_is_taken_whatever_its_letters(
        self, workspace: Workspace, plan: Plan, people: list[Person]
    ) -> None:
        a_decree(a_plan(workspace, MAKER, [a_person(9)]), workspace, MAKER,
                 number="400/sk/2026")  # fmt: skip
        with pytest.raises(UserError) as error:
            number(approved(a_draft(plan, workspace)), "400/SK/2026")
        assert error.value.code in ("decree.number_taken", "decree.plan_replaced")

    @pytest.mark.parametrize("days", [-4, 1])
    def test_a_date_before_the_judgement_or_to_come(
        self, workspace: Workspace, plan: Plan, days: int
    ) -> None:
        held = approved(a_draft(plan, workspace))
        with pytest.raises(UserError) as error:
            number(held, issued_on=ON + timedelta(days=days))
        assert error.value.code == "decree.date"

    def test_approved_and_issued_in_one_or_not_at_all(
        self, workspace: Workspace, plan: Plan
    ) -> None:
        proposal = a_draft(plan, workspace)
        with pytest.raises(UserError):
            approved(proposal, number="tanpa angka", issued_on=ON)
        proposal.refresh_from_db()
        assert proposal.state == "reviewed"
        done = approved_again(proposal)
        assert (done.state, done.decree.number) == ("issued", "400/5/2026")

    def test_killed_half_way_it_goes_on(
        self, workspace: Workspace, plan: Plan, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        held = approved(a_draft(plan, workspace))

        def killed(*args: object, **kwargs: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("semesta.decrees.issuing.services.move", killed)
        with pytest.raises(KeyboardInterrupt):
            number(held)
        monkeypatch.undo()
        assert not Decree.objects.exists()
        held.refresh_from_db()
        assert number(held).decree.entries.count() == 4


def number(held: Proposal, text: str = "400/1/2026", **more: date) -> Proposal:
    given = {"issued_on": ON, **more}
    return issue_proposal(
        proposal=held, version=held.version, number=text, by=LEADER, on=ON, **given
    )


def approved_again(proposal: Proposal) -> Proposal:
    from semesta.decrees.issuing.services import approve

    return approve(
        proposal=proposal, version=proposal.version, by=LEADER, on=ON,
        number="400/5/2026", issued_on=ON,
    )  # fmt: skip


class TestFreeze:
    def test_nothing_moves_and_the_end_is_told(
        self, workspace: Workspace, plan: Plan
    ) -> None:
        proposal = a_draft(plan, workspace)
        period = freeze(
            first_day=ON,
            last_day=date(2026, 1, 20),
            reason="Pemeriksaan BPK",
            by=LEADER,
        )
        for action in ("submit", "withdraw"):
            with pytest.raises(NotPossible) as error:
                step(proposal, action, MAKER, note="x")
            assert error.value.code == "decree.frozen"
            assert "20 Januari 2026" in error.value.what
        lift(period=period, by=LEADER)
        assert step(proposal, "submit", MAKER).state == "proposed"

    def test_no_decree_is_dated_into_it(self, workspace: Workspace, plan: Plan) -> None:
        held = approved(a_draft(plan, workspace))
        freeze(
            first_day=date(2026, 1, 3), last_day=date(2026, 1, 4), reason="x", by=LEADER
        )
        with pytest.raises(NotPossible) as error:
            number(held, issued_on=date(2026, 1, 4))
        assert error.value.code == "decree.frozen"
        assert number(held).state == "issued"

    def test_it_ends_after_it_begins_and_says_why(self) -> None:
        for last, reason in ((date(2026, 1, 1), "x"), (ON, "  ")):
            with pytest.raises(UserError):
                freeze(first_day=ON, last_day=last, reason=reason, by=LEADER)


def test_take_step_refuses_an_unknown_order(workspace: Workspace, plan: Plan) -> None:
    proposal = a_draft(plan, workspace)
    with pytest.raises(NotPossible):
        take_step(proposal=proposal, action="approve", version=1, by=LEADER, on=ON)
