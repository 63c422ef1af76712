"""A past judgement computed again, and what a policy would change."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from tests.stage.eligibility.test_versions import approved, text_with
from tests.support.people import GANTING, SIGANDO, a_person, a_registry_run

from semesta.audit.models import Event
from semesta.eligibility import queries
from semesta.eligibility.models import DecisionRun
from semesta.eligibility.previewing import queries as previewing
from semesta.eligibility.replaying import queries as replaying
from semesta.eligibility.services import judge
from semesta.kernel import Actor, UserError
from semesta.registry.models import Person
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 2)
ONLY_DECILE = [
    {"criterion": "decile_at_most", "clause": "Pasal 7", "with": {"decile": 6}}
]


def by_decile(workspace: Workspace, limit: int = 6, **changes: Any) -> Any:
    """A policy with one criterion, as text."""
    text = text_with(workspace, priority=[], **changes)
    body = {
        **text.policy.model_dump(by_alias=True, exclude_defaults=True),
        "criteria": [{**ONLY_DECILE[0], "with": {"decile": limit}}],
    }
    policy = type(text.policy).model_validate(body)
    return policy


@pytest.fixture
def people(workspace: Workspace) -> list[Person]:
    found = [
        a_person(decile=decile, kelurahan=place)
        for decile, place in ((2, GANTING), (5, GANTING), (5, SIGANDO), (None, SIGANDO))
    ]
    a_registry_run(workspace, {"a": found[0]})
    return found


@pytest.fixture
def run(people: list[Person], workspace: Workspace, officer: Actor) -> DecisionRun:
    policy = by_decile(workspace)
    approved(workspace, criteria=policy.criteria, priority=[])
    return judge(
        policy_slug="13.74/2026-apbd", as_of=DAY, workspace=workspace, by=officer
    )


def causes(found: replaying.Replay) -> dict[str, tuple[bool, int]]:
    return {step.cause: (step.changed, step.people) for step in found.steps}


class TestReplay:
    def test_the_same_and_nothing_is_written(
        self, run: DecisionRun, workspace: Workspace
    ) -> None:
        events, stored = Event.objects.count(), run.decisions_sha256
        found = replaying.replay(run, workspace)
        assert found.same
        assert set(causes(found).values()) == {(False, 0)}
        run.refresh_from_db()
        assert (Event.objects.count(), run.decisions_sha256) == (events, stored)

    def test_a_person_changed(
        self, run: DecisionRun, people: list[Person], workspace: Workspace
    ) -> None:
        Person.objects.filter(pk=people[0].pk).update(decile=9)
        found = replaying.replay(run, workspace)
        assert not found.same
        assert causes(found) == {
            "code": (False, 0), "facts": (True, 1), "policy": (False, 0),
        }  # fmt: skip
        assert "data orang" in found.steps[1].note
        assert found.changes.directions == {("pass", "fail"): 1}
        assert found.changes.criteria == {"decile_at_most": 1}

    def test_the_policy_changed(
        self, run: DecisionRun, people: list[Person], workspace: Workspace
    ) -> None:
        stricter = by_decile(workspace, 4)
        approved(workspace, criteria=stricter.criteria, priority=[], title="Ketat")
        found = replaying.replay(run, workspace)
        assert causes(found)["policy"] == (True, 2)
        assert found.changes.moved["person_id"].to_pylist() == [
            people[1].pk, people[2].pk,
        ]  # fmt: skip

    def test_the_law_changed_shows_the_difference_and_overwrites_nothing(
        self, run: DecisionRun, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = queries.decisions_table(run, workspace)
        monkeypatch.setattr(
            replaying, "law_book", lambda: SimpleNamespace(version="besok")
        )
        found = replaying.replay(run, workspace)
        assert "hukum" in found.steps[1].note
        assert found.steps[1].changed
        assert found.same
        assert queries.decisions_table(run, workspace) == before

    def test_the_code_changed(
        self, run: DecisionRun, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from semesta.eligibility.criteria import catalogue

        monkeypatch.setitem(
            catalogue()["decile_at_most"].__dict__,
            "test",
            lambda facts, params, at: facts.decile < 3,
        )
        found = replaying.replay(run, workspace)
        assert causes(found)["code"] == (True, 2)

    def test_a_file_that_was_touched_is_told(
        self, run: DecisionRun, workspace: Workspace
    ) -> None:
        DecisionRun.objects.filter(pk=run.pk).update(decisions_sha256="0" * 64)
        run.refresh_from_db()
        found = replaying.replay(run, workspace)
        assert not found.whole
        assert not found.same

    def test_names(self, run: DecisionRun) -> None:
        assert replaying.run_named(run.name[:6]) == run
        with pytest.raises(UserError, match=r"run\.unknown") as caught:
            replaying.run_named("tidak-ada")
        assert run.name in caught.value.why


class TestPreview:
    def test_who_would_change_and_why(
        self, run: DecisionRun, people: list[Person], workspace: Workspace
    ) -> None:
        found = previewing.preview(by_decile(workspace, 4), workspace, on=DAY)
        assert found.outcomes == {"pass": 1, "fail": 2, "unknown": 1}
        assert found.before == {"pass": 3, "fail": 0, "unknown": 1}
        assert found.changes is not None
        assert found.changes.directions == {("pass", "fail"): 2}
        assert found.changes.places == {GANTING: (0, 1), SIGANDO: (0, 1)}
        row = previewing.changed_rows(found.changes, SIGANDO).to_pylist()
        assert [each["person_id"] for each in row] == [people[2].pk]
        (reason,) = found.changes.reasons(row[0]["was"], row[0]["now"])
        assert reason.sentence == (
            "Desil kesejahteraan: terpenuhi → tidak terpenuhi · Pasal 7"
        )

    def test_another_list_of_criteria_that_changes_nobody_is_no_change(
        self, run: DecisionRun, workspace: Workspace
    ) -> None:
        policy = by_decile(workspace)
        alive = type(policy.criteria[0])(criterion="alive", clause="Pasal 4")
        wider = policy.model_copy(update={"criteria": [alive, *policy.criteria]})
        found = previewing.preview(wider, workspace, on=DAY)
        assert found.changes is not None
        assert found.changes.rows.num_rows == 0

    def test_facts_of_the_last_run_are_at_hand(
        self, run: DecisionRun, workspace: Workspace
    ) -> None:
        policy = by_decile(workspace)
        day, facts = previewing.last_facts(policy, workspace) or (None, None)
        assert day == DAY
        assert previewing.preview(policy, workspace, on=DAY, facts=facts).people == 4

    def test_facts_of_states_that_have_passed_are_forgotten(
        self, people: list[Person], workspace: Workspace
    ) -> None:
        for day in range(1, 9):
            previewing.facts_on(date(2026, 1, day), "APBD", workspace)
        kept = list((workspace.lake / "previews").glob("*.parquet"))
        assert len(kept) == previewing.KEPT

    def test_without_a_policy_in_force_nobody_changes(
        self, people: list[Person], workspace: Workspace
    ) -> None:
        policy = by_decile(workspace, payer="BAZNAS")
        found = previewing.preview(policy, workspace, on=DAY)
        assert found.standing is None
        assert found.changes is None
