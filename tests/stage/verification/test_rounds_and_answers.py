"""A round is drawn once, an answer stored once, and nobody answers elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from tests.support.field import (
    DUE,
    GANTING,
    OPENED,
    SIGANDO,
    a_png,
    a_round,
    an_account,
    an_officer,
    answer,
    people,
)

from semesta.audit.models import Event
from semesta.kernel import Actor, NotAllowed, NotPossible, UserError
from semesta.verification import queries
from semesta.verification.models import FieldAnswer, VerificationRound, VerificationTask
from semesta.verification.services import draw_round, move_due, settle
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db


def redraw(round_: VerificationRound, workspace: Workspace, by: Actor, **terms: Any):
    return draw_round(
        plan=round_.plan, workspace=workspace, by=by, on=OPENED, due_on=DUE, **terms
    )


def test_the_chosen_are_asked_about_and_as_many_of_those_waiting_as_wanted(
    workspace: Workspace, officer: Actor
) -> None:
    asked = people(6)

    round_ = a_round(workspace, officer, asked, places=3, waiting=2)

    assert [t.person_id for t in round_.tasks.order_by("person_id")] == [
        person.pk for person in asked[:5]
    ]
    assert {t.kelurahan for t in round_.tasks.all()} == {GANTING}


def test_the_same_draw_gives_the_first_round_and_adds_nothing(
    workspace: Workspace, officer: Actor
) -> None:
    round_ = a_round(workspace, officer, people(3))

    assert redraw(round_, workspace, officer) == round_
    assert VerificationTask.objects.count() == 3
    with pytest.raises(NotPossible, match=r"field\.nobody_new"):
        redraw(round_, workspace, officer, needed=2)


def test_more_of_the_waiting_list_are_asked_in_a_round_of_their_own(
    workspace: Workspace, officer: Actor
) -> None:
    asked = people(5)
    first = a_round(workspace, officer, asked, places=2)

    more = redraw(first, workspace, officer, waiting=2)

    assert {t.person_id for t in more.tasks.all()} == {asked[2].pk, asked[3].pk}


def test_who_was_checked_a_short_while_ago_is_not_asked_again(
    workspace: Workspace, officer: Actor
) -> None:
    asked, lurah = people(3), an_account("ganting")
    first = a_round(workspace, officer, asked)
    task = first.tasks.get(person=asked[0])
    answer(lurah, task, workspace, officer, verdict="refuse", reason="menolak")
    VerificationRound.objects.update(closed_at=officer.at)

    day = officer.at.date() + timedelta(days=30)
    again = a_round(workspace, officer, asked[::-1], on=day, fresh_days=60)

    assert again.run.counts == {"people": 3, "not_asked_again": 1}
    found = queries.results(again.plan)
    assert found[asked[0].pk].state == "refused"
    assert found[asked[0].pk].reason == "menolak"
    assert found[asked[1].pk].state == "open"
    assert queries.my_tasks(lurah).count() == 2


def test_an_answer_too_old_is_asked_for_again(
    workspace: Workspace, officer: Actor
) -> None:
    asked, lurah = people(1), an_account("ganting")
    first = a_round(workspace, officer, asked)
    answer(lurah, first.tasks.get(), workspace, officer)
    VerificationRound.objects.update(closed_at=officer.at)

    day = officer.at.date() + timedelta(days=61)
    other = people(1)
    again = a_round(
        workspace, officer, [*asked, *other], on=day, due_on=day, fresh_days=60
    )

    assert again.run.counts["not_asked_again"] == 0


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"needed": 3}, "field.needed"),
        ({"fresh_days": -1}, "field.days"),
        ({"on": DUE + timedelta(days=1)}, "field.due"),
    ],
)
def test_bad_terms_of_a_round_are_refused(
    terms: dict[str, Any], code: str, workspace: Workspace, officer: Actor
) -> None:
    with pytest.raises(UserError) as told:
        a_round(workspace, officer, people(1), **terms)
    assert told.value.code == code


def test_an_answer_sent_twice_is_stored_once(
    workspace: Workspace, officer: Actor
) -> None:
    lurah, key = an_account("ganting"), uuid4()
    task = a_round(workspace, officer, people(1)).tasks.get()

    first = answer(lurah, task, workspace, officer, key=key)
    second = answer(lurah, task, workspace, officer, key=key, verdict="refuse")

    assert first == second
    assert FieldAnswer.objects.count() == 1
    task.refresh_from_db()
    assert task.state == "confirmed"


def test_a_key_of_somebody_else_is_refused(
    workspace: Workspace, officer: Actor
) -> None:
    lurah, key = an_account("ganting"), uuid4()
    one, other = a_round(workspace, officer, people(2)).tasks.order_by("pk")
    answer(lurah, one, workspace, officer, key=key)

    with pytest.raises(UserError, match=r"field\.key"):
        answer(lurah, other, workspace, officer, key=key)


def test_a_later_answer_takes_the_place_of_the_earlier_which_stays(
    workspace: Workspace, officer: Actor
) -> None:
    lurah = an_account("ganting")
    task = a_round(workspace, officer, people(1)).tasks.get()
    answer(lurah, task, workspace, officer)
    answer(lurah, task, workspace, officer, verdict="refuse", reason="pindah")

    task.refresh_from_db()
    assert (task.state, task.voices) == ("refused", 1)
    assert task.answers.count() == 2


def test_the_database_refuses_to_edit_an_answer(
    workspace: Workspace, officer: Actor
) -> None:
    lurah = an_account("ganting")
    task = a_round(workspace, officer, people(1)).tasks.get()
    answer(lurah, task, workspace, officer)

    for edit in (
        lambda: FieldAnswer.objects.update(verdict="refuse"),
        lambda: FieldAnswer.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            edit()


def test_outside_ones_area_nothing_is_answered_and_nothing_is_told(
    workspace: Workspace, officer: Actor
) -> None:
    stranger = an_account("sigando", SIGANDO)
    task = a_round(workspace, officer, people(1)).tasks.get()

    with pytest.raises(NotAllowed) as there:
        answer(stranger, task, workspace, officer)
    with pytest.raises(NotAllowed) as nowhere:
        queries.task_for(stranger, 10_000)

    assert there.value.as_dict() == nowhere.value.as_dict()
    assert queries.my_tasks(stranger).count() == 0
    assert list(queries.rounds(stranger)) == []
    assert not FieldAnswer.objects.exists()


def test_only_the_field_answers(workspace: Workspace, officer: Actor) -> None:
    task = a_round(workspace, officer, people(1)).tasks.get()

    with pytest.raises(NotAllowed, match=r"access\.role"):
        answer(an_officer(), task, workspace, officer)


def test_a_closed_round_takes_no_answer(workspace: Workspace, officer: Actor) -> None:
    lurah = an_account("ganting")
    task = a_round(workspace, officer, people(1)).tasks.get()
    VerificationRound.objects.update(closed_at=officer.at)

    with pytest.raises(NotPossible, match=r"field\.closed"):
        answer(lurah, task, workspace, officer)


def test_two_people_are_two_accounts(workspace: Workspace, officer: Actor) -> None:
    lurah, rt = an_account("ganting"), an_account("rt-01")
    task = a_round(workspace, officer, people(1), needed=2).tasks.get()

    answer(lurah, task, workspace, officer)
    answer(lurah, task, workspace, officer)
    task.refresh_from_db()
    assert (task.state, task.voices) == ("open", 1)
    assert not queries.my_tasks(lurah).exists()
    assert queries.my_tasks(rt).get() == task

    answer(rt, task, workspace, officer, phone="0812-9999-0001")
    task.refresh_from_db()
    assert (task.state, task.voices) == ("confirmed", 2)


def test_a_dispute_is_settled_by_the_officer_with_a_reason(
    workspace: Workspace, officer: Actor
) -> None:
    lurah, rt, head = an_account("ganting"), an_account("rt-01"), an_officer()
    round_ = a_round(workspace, officer, people(1), needed=2)
    task = round_.tasks.get()
    answer(lurah, task, workspace, officer)
    said = answer(rt, task, workspace, officer, verdict="refuse", reason="pindah")
    task.refresh_from_db()
    assert task.state == "disputed"
    assert queries.disputed(head, round_).get() == task

    choice = {"task_pk": task.pk, "answer_pk": said.pk, "by": officer}
    with pytest.raises(UserError, match=r"field\.note"):
        settle(user=head, note=" ", **choice)
    with pytest.raises(NotAllowed):
        settle(user=lurah, note="Saya tahu", **choice)
    settle(user=head, note="Rumahnya kosong sejak Desember", **choice)

    task.refresh_from_db()
    assert (task.state, task.voices) == ("refused", 2)
    assert queries.results(round_.plan)[task.person_id].reason == "pindah"
    with pytest.raises(UserError, match=r"field\.no_dispute"):
        settle(user=head, note="Sekali lagi", **choice)


def test_a_photo_is_kept_by_its_hash_and_seen_inside_the_area_only(
    workspace: Workspace, officer: Actor
) -> None:
    lurah, stranger = an_account("ganting"), an_account("sigando", SIGANDO)
    leader = an_account("pimpinan", "", "pimpinan")
    task = a_round(workspace, officer, people(1)).tasks.get()
    given = answer(lurah, task, workspace, officer, photo=a_png())

    found = queries.evidence_for(lurah, given.pk)
    assert found
    kept = queries.evidence_file(workspace, found[1].sha256, found[1].ending)
    assert b"PETUGAS" not in kept.read_bytes()
    for other in (stranger, leader):
        with pytest.raises(NotAllowed):
            queries.evidence_for(other, given.pk)


def test_progress_counts_inside_the_area(workspace: Workspace, officer: Actor) -> None:
    lurah, head = an_account("ganting"), an_officer()
    asked = [*people(3), *people(2, kelurahan=SIGANDO)]
    round_ = a_round(workspace, officer, asked)
    task = round_.tasks.filter(kelurahan=GANTING).first()
    answer(lurah, task, workspace, officer, verdict="refuse", reason="meninggal")

    mine = queries.progress(lurah, round_)
    assert [(p.kelurahan, p.total, p.done) for p in mine] == [(GANTING, 3, 1)]
    whole = queries.whole_of(queries.progress(head, round_))
    assert (whole.total, whole.done, whole.by_state["refused"]) == (5, 1, 1)
    assert queries.refusals(head, round_) == [("meninggal", 1)]
    assert queries.refusals(an_account("sigando", SIGANDO), round_) == []


def test_the_last_day_can_be_moved(workspace: Workspace, officer: Actor) -> None:
    round_ = a_round(workspace, officer, people(1))
    later = DUE + timedelta(days=7)
    count = Event.objects.count()

    move_due(round_=round_, due_on=later, by=officer)
    move_due(round_=round_, due_on=later, by=officer)

    assert VerificationRound.objects.get().due_on == later
    assert Event.objects.count() == count + 1
    with pytest.raises(UserError, match=r"field\.due"):
        move_due(round_=round_, due_on=OPENED - timedelta(days=1), by=officer)
