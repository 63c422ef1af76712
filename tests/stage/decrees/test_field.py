"""Whoever the field refused is left out of a proposal, and the next in rank steps in."""

from __future__ import annotations

import pytest
from tests.support.field import a_round, an_account, answer, people
from tests.support.proposals import ON

from semesta.decrees.proposals.queries import composition
from semesta.decrees.queries import field_refusals
from semesta.kernel import Actor
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db


def test_a_refusal_leaves_and_is_replaced(workspace: Workspace, officer: Actor) -> None:
    first, second, waiting = people(3)
    round_ = a_round(workspace, officer, [first, second, waiting], places=2)
    task = round_.tasks.get(person=first)
    answer(
        an_account("lurah"), task, workspace, officer, verdict="refuse",
        reason="menolak",
    )  # fmt: skip
    assert field_refusals(round_.plan) == {first.pk: "Tidak bersedia ikut"}
    names = composition(round_.plan, workspace, on=ON)
    assert [one.person_id for one in names.left_out] == [first.pk]
    assert [one.person_id for one in names.stepped_in] == [waiting.pk]


def test_a_confirmed_person_stays(workspace: Workspace, officer: Actor) -> None:
    first, second = people(2)
    round_ = a_round(workspace, officer, [first, second])
    answer(an_account("lurah"), round_.tasks.get(person=first), workspace, officer)
    assert not composition(round_.plan, workspace, on=ON).differs
