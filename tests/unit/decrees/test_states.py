"""The one table of states: nothing unreachable, nothing unnamed."""

from __future__ import annotations

import pytest

from semesta.decrees.models import Decree
from semesta.decrees.states import (
    ACTIONS,
    LABELS,
    OPEN,
    TRANSITIONS,
    WAITS_FOR,
    after,
    may_become,
    states_markdown,
)
from semesta.kernel import NotPossible


def test_every_state_is_reached_from_the_draft_and_named() -> None:
    reached, before = {"draft"}, set()
    while reached != before:
        before = set(reached)
        reached |= {step.after for step in TRANSITIONS if step.before in reached}
    assert reached == set(LABELS)
    assert {step.action for step in TRANSITIONS} <= set(ACTIONS)
    assert set(Decree.Status.values) <= set(LABELS)


def test_every_open_state_waits_for_somebody_who_can_act() -> None:
    for state in OPEN:
        assert WAITS_FOR[state] in {s.who for s in TRANSITIONS if s.before == state}


def test_an_open_proposal_can_always_be_withdrawn_and_a_closed_one_never() -> None:
    assert all(may_become(state, "withdrawn") for state in OPEN)
    assert not any(may_become(s, "withdrawn") for s in set(LABELS) - set(OPEN))


def test_a_step_that_does_not_fit_is_told() -> None:
    with pytest.raises(NotPossible) as error:
        after("approve", "draft")
    assert error.value.code == "decree.state"
    assert LABELS["draft"] in error.value.why


def test_the_reference_draws_every_step() -> None:
    page = states_markdown()
    assert page.count(" --> ") == len(TRANSITIONS) + 1
    assert "reviewed --> approved: approve" in page
