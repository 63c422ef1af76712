"""A closed round tells the registry what the field saw, once."""

from __future__ import annotations

import pytest
from tests.support.field import OPENED, a_round, an_account, an_officer, answer, people

from semesta.intake.models import Delivery
from semesta.kernel import Actor, NotAllowed, NotPossible
from semesta.verification import queries
from semesta.verification.closing.services import close_round
from semesta.verification.returning.queries import answer_rows
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db


def test_a_closed_round_becomes_one_delivery_and_takes_no_more_answers(
    workspace: Workspace, officer: Actor
) -> None:
    lurah, boss = an_account("ganting"), an_officer()
    round_ = a_round(workspace, officer, people(3))
    gone, here, unseen = round_.tasks.order_by("pk")
    answer(lurah, gone, workspace, officer, verdict="refuse", reason="pindah")
    answer(lurah, here, workspace, officer)

    for _ in range(2):
        round_ = close_round(
            user=boss, round_=round_, workspace=workspace, by=officer, on=OPENED
        )

    delivery = Delivery.objects.get(supplier="field_verification")
    rows = {row["nik"]: row for row in answer_rows(workspace, delivery)}
    assert round_.delivery == delivery.name
    assert rows[gone.person.nik]["lives_here"] is False
    assert unseen.person.nik not in rows
    with pytest.raises(NotPossible, match=r"field\.closed"):
        answer(lurah, unseen, workspace, officer)
    said = queries.results(round_.plan)
    assert said[gone.person_id].reason == "pindah"
    assert said[unseen.person_id].voices == 0


def test_only_the_officer_closes(workspace: Workspace, officer: Actor) -> None:
    round_ = a_round(workspace, officer, people(1))

    with pytest.raises(NotAllowed):
        close_round(
            user=an_account("ganting"),
            round_=round_,
            workspace=workspace,
            by=officer,
            on=OPENED,
        )
