"""People's answers to doubts: second opinions, disputes, and what linkage follows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.stage.linkage.conftest import GANTING, Colleagues
from tests.support.messy_people import messy_rows
from tests.support.rows import deliver, row_id

from semesta.access.models import User
from semesta.audit.models import Event
from semesta.audit.queries import verify_chain
from semesta.intake.corrections.lineages import superseded
from semesta.intake.models import Delivery
from semesta.intake.queries import edition_file
from semesta.kernel import Actor
from semesta.kernel.errors import NotAllowed, NotPossible
from semesta.linkage import queries
from semesta.linkage.models import LinkageRun, ReviewTask
from semesta.linkage.services import answer_task, link_rows, take_back_answer
from semesta.warehouse.lake import write_parquet
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

PASAR_BARU = "13.74.02.1006"


def user(username: str, role: str = "kelurahan", area: str = GANTING) -> User:
    return User(username=username, role=role, area=area)


def sees(task: ReviewTask, viewer: User) -> bool:
    return task in queries.open_tasks(viewer)


@pytest.fixture
def hard(task: ReviewTask) -> ReviewTask:
    """As near the threshold as can be."""
    ReviewTask.objects.filter(pk=task.pk).update(match_weight=0.1)
    task.refresh_from_db()
    return task


@pytest.mark.parametrize(("answer", "people"), [("same", 1), ("different", 2)])
def test_an_answer_is_followed(
    workspace: Workspace, officer: Actor, task: ReviewTask, answer: str, people: int
) -> None:
    answer_task(task=task, answer=answer, by=officer)
    run = link_rows(workspace=workspace, by=officer)
    assert run != task.linkage_run
    assert run.clusters == people
    assert run.tasks.count() == 0
    assert Event.objects.filter(action="linkage.answer").count() == 1
    assert verify_chain() == []


def test_another_answer_of_the_same_person_is_refused(
    task: ReviewTask, officer: Actor
) -> None:
    answer_task(task=task, answer="same", by=officer)
    answer_task(task=task, answer="same", by=officer)
    with pytest.raises(NotPossible, match=r"linkage\.answered"):
        answer_task(task=task, answer="different", by=officer)
    assert Event.objects.filter(action="linkage.answer").count() == 1


def test_a_settled_pair_takes_no_more_answers(
    task: ReviewTask, colleagues: Colleagues
) -> None:
    answer_task(task=task, answer="same", by=colleagues("ani"))
    with pytest.raises(NotPossible, match=r"linkage\.answered"):
        answer_task(task=task, answer="same", by=colleagues("budi"))


def test_who_does_not_know_leaves_it_to_others(
    task: ReviewTask, colleagues: Colleagues
) -> None:
    answer_task(task=task, answer="unsure", by=colleagues("ani"))
    assert not sees(task, user("ani"))
    assert sees(task, user("budi"))
    assert queries.decided_pairs(None) == []  # type: ignore[arg-type]


def test_the_hardest_wait_for_a_second_opinion(
    workspace: Workspace, hard: ReviewTask, colleagues: Colleagues
) -> None:
    answer_task(task=hard, answer="same", by=colleagues("ani"))
    assert queries.decided_pairs(workspace) == []
    assert not sees(hard, user("ani"))
    assert sees(hard, user("budi"))

    answer_task(task=hard, answer="same", by=colleagues("budi"))

    assert not queries.waiting_tasks(user("c")).exists()
    assert [d.same for d in queries.decided_pairs(workspace)] == [True]


def test_where_two_differ_a_third_with_the_right_decides(
    workspace: Workspace, hard: ReviewTask, colleagues: Colleagues
) -> None:
    answer_task(task=hard, answer="same", by=colleagues("ani"))
    answer_task(task=hard, answer="different", by=colleagues("budi"))

    assert list(queries.disputes(user("ani"))) == [hard]
    assert not sees(hard, user("citra"))
    assert not sees(hard, user("budi", "petugas", "")), "has answered already"
    assert sees(hard, user("dewi", "petugas", ""))
    assert queries.decided_pairs(workspace) == []

    answer_task(task=hard, answer="different", by=colleagues("dewi"))

    assert [d.same for d in queries.decided_pairs(workspace)] == [False]
    assert not queries.disputes(user("ani")).exists()


def test_against_strong_evidence_one_answer_is_not_enough(
    workspace: Workspace, task: ReviewTask, colleagues: Colleagues
) -> None:
    ReviewTask.objects.filter(pk=task.pk).update(pair_weight=12.0)
    answer_task(task=task, answer="different", by=colleagues("ani"))
    assert queries.decided_pairs(workspace) == []
    answer_task(task=task, answer="different", by=colleagues("budi"))
    assert [d.same for d in queries.decided_pairs(workspace)] == [False]


def test_a_first_opinion_outlives_a_new_run(
    workspace: Workspace, colleagues: Colleagues, officer: Actor
) -> None:
    """The pair is doubtful in the next run too: its task goes on there."""
    street = [
        {"name": "ROSMAINI", "kelurahan": GANTING, "address": f"JL MELATI NO {n}"}
        for n in (1, 2)
    ]
    deliver(workspace, "dukcapil", street)
    link_rows(workspace=workspace, by=officer)
    doubt = ReviewTask.objects.get()
    ReviewTask.objects.filter(pk=doubt.pk).update(match_weight=0.1)
    answer_task(task=doubt, answer="same", by=colleagues("ani"))
    deliver(workspace, "bpu_participants", [{"name": "BUYUNG", "kpj": "26012345678"}])

    run = link_rows(workspace=workspace, by=officer)

    doubt.refresh_from_db()
    assert doubt.linkage_run == run
    assert doubt.answers.count() == 1


class TestTakingBack:
    def test_ones_last_answer_can_be_taken_back(
        self, workspace: Workspace, task: ReviewTask, colleagues: Colleagues
    ) -> None:
        answer_task(task=task, answer="same", by=colleagues("ani"))
        last = queries.last_answer(user("ani"))
        assert last is not None
        assert last.task == task

        take_back_answer(task=task, by=colleagues("ani"))

        assert queries.last_answer(user("ani")) is None
        assert queries.decided_pairs(workspace) == []
        assert sees(task, user("ani"))
        assert task.answers.count() == 1, "what was said stays on record"
        answer_task(task=task, answer="different", by=colleagues("ani"))
        assert [d.same for d in queries.decided_pairs(workspace)] == [False]

    def test_the_first_of_two_takes_back_a_dispute(
        self, hard: ReviewTask, colleagues: Colleagues
    ) -> None:
        answer_task(task=hard, answer="same", by=colleagues("ani"))
        answer_task(task=hard, answer="different", by=colleagues("budi"))
        take_back_answer(task=hard, by=colleagues("ani"))
        assert not queries.disputes(user("ani")).exists()
        answer_task(task=hard, answer="different", by=colleagues("ani"))
        hard.refresh_from_db()
        assert hard.settled == "different"

    def test_not_an_answer_of_others_nor_one_that_a_run_has_followed(
        self, workspace: Workspace, task: ReviewTask, colleagues: Colleagues
    ) -> None:
        answer_task(task=task, answer="same", by=colleagues("ani"))
        with pytest.raises(NotPossible, match=r"linkage\.no_answer"):
            take_back_answer(task=task, by=colleagues("budi"))
        link_rows(workspace=workspace, by=colleagues("budi"))
        with pytest.raises(NotPossible, match=r"linkage\.no_answer"):
            take_back_answer(task=task, by=colleagues("ani"))


def test_an_answer_follows_a_corrected_row(
    workspace: Workspace, task: ReviewTask, officer: Actor
) -> None:
    answer_task(task=task, answer="different", by=officer)
    successor = _corrected(workspace, task.row_id_r)

    found = queries.decided_pairs(workspace)

    assert [{d.row_id_l, d.row_id_r} for d in found] == [{task.row_id_l, successor}]


def _corrected(workspace: Workspace, replaced: str) -> str:
    """A correction takes the place of a row; returns its successor."""
    newer = deliver(workspace, "proposal", [{"name": "ROSMAINI"}], label="2")
    successor = row_id(newer, 1)
    name = replaced.split(":")[0]
    rows = pq.read_table(queries.rows_file(workspace, name))
    edition = superseded(rows, {replaced: successor})
    write_parquet(edition, edition_file(workspace, name, newer.name))
    Delivery.objects.filter(name=name).update(
        edition=newer.name, accepted=1, superseded=1
    )
    return successor


def test_tasks_are_seen_in_their_area_only(task: ReviewTask) -> None:
    def seen(role: str, area: str = "") -> int:
        return queries.open_tasks(user("u", role, area)).count()

    assert seen("petugas") == 1
    assert seen("kelurahan", GANTING) == 1
    assert seen("kelurahan", PASAR_BARU) == 0
    with pytest.raises(NotAllowed):
        seen("pimpinan")


def test_a_pair_explains_itself(workspace: Workspace, task: ReviewTask) -> None:
    reasons = queries.explain_pair(workspace, (task.row_id_l, task.row_id_r))
    said = {part.comparison: part for part in reasons.parts}
    assert (said["name"].level, said["name"].text) == ("same", "nama sama")
    assert said["name"].weight > 5
    assert said["nik"].level is None
    assert said["nik"].weight == 0
    assert [abs(p.weight) for p in reasons.parts] == sorted(
        (abs(p.weight) for p in reasons.parts), reverse=True
    )


def test_the_parts_add_up_to_what_the_run_found(
    workspace: Workspace, officer: Actor
) -> None:
    deliver(workspace, "dukcapil", map(_typed, messy_rows(40, seed=5)))
    run = link_rows(workspace=workspace, by=officer)
    pairs = pq.read_table(queries.pairs_file(workspace, run)).to_pylist()
    weighed = [p for p in pairs if p["match_weight"] is not None]
    assert len(weighed) > 5
    for pair in weighed[:: max(1, len(weighed) // 5)]:
        reasons = queries.explain_pair(workspace, (pair["row_id_l"], pair["row_id_r"]))
        assert reasons.prior == LinkageRun.objects.get().prior
        assert reasons.weight == pytest.approx(pair["match_weight"], abs=1e-9)


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    born = row.get("born_on")
    text = born if born is None or isinstance(born, date) else date.fromisoformat(born)
    kept = {k: v for k, v in row.items() if k not in ("row_id", "source")}
    return {**kept, "born_on": text}
