"""A paused person keeps the decision they had: not undone, not newly chosen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.support.people import a_person, a_registry_run
from tests.support.rows import deliver, row_id

from semesta.audit.models import Event
from semesta.eligibility import queries
from semesta.eligibility.models import DecisionRun, Pause
from semesta.eligibility.pausing.queries import pause_of, paused_people
from semesta.eligibility.pausing.services import end_pause, pause
from semesta.eligibility.services import judge
from semesta.kernel import Actor, NotPossible, UserError
from semesta.planning.queries import load_candidates, policy_rules
from semesta.registry.models import Person
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db
BY = Actor("petugas", datetime(2026, 1, 2, 3, 0, tzinfo=UTC))
JANUARY = date(2026, 1, 2)


def a_pause(person: Person, **changes: Any) -> Pause:
    given = {"reason": "data", "since": date(2026, 1, 1), "by": BY, **changes}
    return pause(person=person, **given)


@pytest.fixture
def people(workspace: Workspace) -> dict[str, Person]:
    """A member whom the city pays, and someone nobody pays yet; both pass."""
    usual = {"in_population_register": True, "proposed": True}
    found = {"member": a_person(**usual), "newcomer": a_person(**usual)}
    for supplier in ("dukcapil", "civil_servants", "proposal", "pu_participants"):
        deliver(workspace, supplier, [{"name": "SIAPA"}])
    months = {"month_from": date(2025, 5, 1), "month_until": date(2026, 1, 1)}
    paid = deliver(workspace, "bpu_participants", [{**months, "payer": "APBD"}])
    a_registry_run(workspace, {row_id(paid, 1): found["member"]})
    return found


def judged(workspace: Workspace, day: date = JANUARY) -> DecisionRun:
    return judge(policy_slug="13.74/2026-apbd", as_of=day, workspace=workspace, by=BY)


def rows(run: DecisionRun, workspace: Workspace) -> dict[int, dict[str, Any]]:
    table = queries.decisions_table(run, workspace)
    return {row["person_id"]: row for row in table.to_pylist()}


class TestMassRun:
    def test_a_decision_is_not_undone(
        self, people: dict[str, Person], workspace: Workspace
    ) -> None:
        member = people["member"]
        judged(workspace)
        a_pause(member)
        Person.objects.filter(pk=member.pk).update(decile=9)
        run = judged(workspace)
        row = rows(run, workspace)[member.pk]
        assert (row["outcome"], row["paused"], row["choosable"]) == ("pass", True, True)
        assert row["results"].count("f") == 1
        assert (run.passed, run.run.counts["paused"]) == (2, 1)
        decision = queries.decision_of(member.pk, workspace)
        assert decision is not None
        assert decision.paused
        assert "dijeda" in decision.sentence

    def test_nobody_is_newly_chosen(
        self, people: dict[str, Person], workspace: Workspace
    ) -> None:
        judged(workspace)
        a_pause(people["newcomer"])
        run = judged(workspace)
        row = rows(run, workspace)[people["newcomer"].pk]
        assert (row["outcome"], row["choosable"]) == ("pass", False)
        found = load_candidates(run, workspace, policy_rules(run))
        # They keep their place in the order, and the plan passes them over.
        free = {row["person_id"]: row["choosable"] for row in found.to_pylist()}
        assert free == {people["member"].pk: True, people["newcomer"].pk: False}

    def test_before_any_decision_the_outcome_is_unknown(
        self, people: dict[str, Person], workspace: Workspace
    ) -> None:
        a_pause(people["newcomer"])
        run = judged(workspace)
        assert rows(run, workspace)[people["newcomer"].pk]["outcome"] == "unknown"
        assert judged(workspace) == run

    def test_after_its_end_the_criteria_speak_again(
        self, people: dict[str, Person], workspace: Workspace
    ) -> None:
        judged(workspace)
        begun = a_pause(people["member"], until=date(2026, 1, 31))
        Person.objects.filter(pk=people["member"].pk).update(decile=9)
        assert judged(workspace).passed == 2
        assert judged(workspace, date(2026, 2, 1)).passed == 1
        end_pause(pause=begun, on=date(2026, 1, 2), by=BY)
        assert judged(workspace).passed == 1

    def test_a_double_is_paused_as_the_person(
        self, people: dict[str, Person], workspace: Workspace
    ) -> None:
        twin = a_person(merged_into=people["member"])
        a_pause(twin)
        assert paused_people(JANUARY) == [people["member"].pk]
        assert pause_of(people["member"].pk, JANUARY) is not None


class TestWriting:
    def test_days(self, people: dict[str, Person]) -> None:
        a_pause(people["member"], since=date(2026, 1, 2), until=date(2026, 1, 5))
        days = [date(2026, 1, day) for day in (1, 2, 5, 6)]
        assert [bool(paused_people(day)) for day in days] == [False, True, True, False]

    def test_twice_is_once_and_an_ended_pause_stays(
        self, people: dict[str, Person]
    ) -> None:
        first = a_pause(people["member"])
        assert a_pause(people["member"]) == first
        for _ in range(2):
            end_pause(pause=first, on=date(2026, 1, 3), by=BY, note="selesai")
        assert [p.ended_on for p in Pause.objects.all()] == [date(2026, 1, 3)]
        assert Event.objects.filter(action__startswith="pause.").count() == 2

    def test_a_pause_that_has_run_out_makes_room_for_another(
        self, people: dict[str, Person]
    ) -> None:
        a_pause(people["member"], until=date(2026, 1, 5))
        a_pause(people["member"], since=date(2026, 2, 1), reason="objection")
        assert Pause.objects.filter(ended_on=None).count() == 1

    @pytest.mark.parametrize(
        ("changes", "error", "code"),
        [
            ({"reason": "iseng"}, UserError, "pause.reason"),
            ({"until": date(2025, 12, 31)}, UserError, "pause.days"),
            ({"since": date(2026, 1, 9)}, NotPossible, "pause.open"),
        ],
    )
    def test_refusals(
        self, people: dict[str, Person], changes: Any, error: Any, code: str
    ) -> None:
        if code == "pause.open":
            a_pause(people["member"])
        with pytest.raises(error) as caught:
            a_pause(people["member"], **changes)
        assert caught.value.code == code
