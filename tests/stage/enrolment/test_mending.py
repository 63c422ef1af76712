"""A rejection is a task: worked off, sent again, or given away; never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.support.enrolment import (
    a_decree,
    a_nik,
    a_person,
    a_plan,
    an_answer_delivery,
)

from semesta.access.models import User
from semesta.audit.models import Event
from semesta.decrees.models import Decree
from semesta.enrolment import queries
from semesta.enrolment.answering.queries import answer_files, unmatched_answers
from semesta.enrolment.mending.queries import (
    rejection_tasks,
    rejections_by_kind,
    states_of,
)
from semesta.enrolment.mending.services import replace_hopeless, work_on_rejection
from semesta.enrolment.models import RejectionTask, UploadLine
from semesta.enrolment.services import take_answers, write_upload
from semesta.kernel import Actor, UserError
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

CITY = User(username="petugas", role="petugas")
ELSEWHERE = User(username="lain", role="kelurahan", area="13.74.02.1007")


@pytest.fixture
def decree(workspace: Workspace, officer: Actor) -> Decree:
    """Three people of five; the first is refused for the name, the second for age."""
    people = [a_person(n, name=f"ORANG {'ABCDE'[n - 1]}") for n in range(1, 6)]
    decree = a_decree(a_plan(workspace, officer, people, places=3), workspace, officer)
    write_upload(decree=decree, months=6, workspace=workspace, by=officer)
    an_answer_delivery(
        workspace,
        {"nik": a_nik(1), "status": "DITOLAK", "reason_code": "R05"},
        {"nik": a_nik(2), "status": "DITOLAK", "reason_code": "R02"},
        {"nik": a_nik(3), "status": "DITERIMA"},
    )
    take_answers(decree=decree, workspace=workspace, by=officer)
    return decree


def task_of(nik: int) -> RejectionTask:
    return RejectionTask.objects.get(entry__nik=a_nik(nik))


def work(task: RejectionTask, state: str, by: Actor, **more: str) -> RejectionTask:
    return work_on_rejection(
        task=task, version=task.version, state=state, by=by, **more
    )


def test_each_rejection_is_a_task_with_its_day(decree: Decree, officer: Actor) -> None:
    name, age = task_of(1), task_of(2)
    assert (name.kind, age.kind) == ("name", "age")
    assert (name.state, name.rounds) == ("open", 1)
    assert name.due_on == officer.at.date() + timedelta(days=7)
    assert RejectionTask.objects.count() == 2
    assert rejection_tasks(CITY).count() == 2
    assert not rejection_tasks(ELSEWHERE).exists()
    after = name.due_on + timedelta(days=1)
    kinds = rejections_by_kind(CITY, decree, on=after)
    assert [(one.remedy.kind, one.waiting, one.late) for one in kinds] == [
        ("age", 1, 1), ("name", 1, 1),
    ]  # fmt: skip
    assert states_of(CITY)["open"] == 2


def test_the_same_answers_again_reopen_nothing(
    workspace: Workspace, officer: Actor, decree: Decree
) -> None:
    work(task_of(1), "mending", officer)
    an_answer_delivery(workspace, {"nik": a_nik(3), "status": "DITERIMA"})
    take_answers(decree=decree, workspace=workspace, by=officer)
    assert task_of(1).state == "mending"


def test_a_corrected_row_goes_into_a_further_file_and_its_answer_comes_home(
    workspace: Workspace, officer: Actor, decree: Decree
) -> None:
    other = a_nik(60)
    work(task_of(1), "ready", officer, name_on_card="orang  aa", nik_on_card=other)
    files = write_upload(decree=decree, months=6, workspace=workspace, by=officer)
    assert [file.rows for file in files] == [3, 1]
    assert task_of(1).state == "resent"
    assert UploadLine.objects.get(upload=files[1]).nik == other
    again = write_upload(decree=decree, months=6, workspace=workspace, by=officer)
    assert len(again) == 2
    an_answer_delivery(
        workspace, {"nik": other, "status": "DITERIMA", "kpj": "99000000001"}
    )
    counts = take_answers(decree=decree, workspace=workspace, by=officer)
    assert (counts["registered"], counts["rejected"]) == (2, 1)
    assert task_of(1).state == "closed"
    # The place of who came in after all is no longer offered on.
    assert queries.replacement_tasks(CITY, decree).count() == 1


def test_rejected_again_opens_the_task_again(
    workspace: Workspace, officer: Actor, decree: Decree
) -> None:
    work(task_of(1), "ready", officer)
    write_upload(decree=decree, months=6, workspace=workspace, by=officer)
    later = replace(officer, at=officer.at + timedelta(days=9))
    an_answer_delivery(
        workspace, {"nik": a_nik(1), "status": "DITOLAK", "reason_code": "R01"}
    )
    take_answers(decree=decree, workspace=workspace, by=later)
    task = task_of(1)
    assert (task.state, task.rounds, task.kind) == ("open", 2, "not_found")
    assert task.due_on == later.at.date() + timedelta(days=14)


def test_two_people_at_once_one_is_told(decree: Decree, officer: Actor) -> None:
    task = task_of(1)
    work(task_of(1), "mending", officer)
    events = Event.objects.count()
    with pytest.raises(UserError) as error:
        work(task, "replaced", officer)
    assert error.value.code == "enrolment.stale"
    assert task_of(1).state == "mending"
    assert Event.objects.count() == events


@pytest.mark.parametrize(
    ("state", "more", "code"),
    [
        ("resent", {}, "rejection.move"),
        ("nonsense", {}, "rejection.move"),
        ("ready", {"nik_on_card": "1374"}, "rejection.nik"),
        ("ready", {"name_on_card": "=1+1"}, "rejection.name"),
    ],
)
def test_what_cannot_be(
    decree: Decree, officer: Actor, state: str, more: dict, code: str
) -> None:
    with pytest.raises(UserError) as error:
        work(task_of(1), state, officer, **more)
    assert error.value.code == code
    assert task_of(1).state == "open"


def test_only_the_hopeless_are_given_away_together(
    decree: Decree, officer: Actor
) -> None:
    assert replace_hopeless(tasks=rejection_tasks(CITY), by=officer) == 1
    assert (task_of(1).state, task_of(2).state) == ("open", "replaced")
    found = queries.proposed_changes(decree)
    assert [place.entry.nik for place in found.removals] == [a_nik(2)]
    assert [one.instead_of for one in found.additions] == [
        decree.entries.get(nik=a_nik(2)).person_id
    ]
    assert found.unfilled == []


def test_answers_for_another_decree_are_held_and_said(
    workspace: Workspace, officer: Actor, decree: Decree
) -> None:
    an_answer_delivery(
        workspace, {"nik": a_nik(3), "status": "DITOLAK"}, number="400/77/2025"
    )
    an_answer_delivery(
        workspace,
        {"nik": a_nik(1), "status": "DITERIMA"},
        {"nik": a_nik(1), "status": "DITOLAK"},
    )
    assert unmatched_answers(decree) == 2
    take_answers(decree=decree, workspace=workspace, by=officer)
    assert unmatched_answers(decree) == 0
    torn, foreign, first = answer_files(decree)
    assert foreign.is_for_another
    assert foreign.other_numbers == {"400/77/2025": 1}
    assert torn.held == {"conflicting": [2, 3]}
    assert not torn.is_for_another
    assert (first.applied, first.held) == (3, {})
    assert decree.entries.get(nik=a_nik(3)).status == "registered"
    assert decree.entries.get(nik=a_nik(1)).status == "rejected"
