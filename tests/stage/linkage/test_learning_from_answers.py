"""Weights learned in a workspace, and the choice of which weights it uses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support.rows import deliver, row_id

from semesta.audit.models import Event, Run
from semesta.kernel import Actor, UserError
from semesta.kernel.errors import NotPossible
from semesta.linkage.learning.queries import newest_choice, weights_in_use
from semesta.linkage.learning.services import learn_from_answers, use_weights
from semesta.linkage.models import LinkageRun, ReviewTask
from semesta.linkage.queries import decided_pairs, newest_run
from semesta.linkage.services import link_rows
from semesta.linkage.weighing import load_model
from semesta.registry.queries import newest_run as newest_registration
from semesta.registry.services import register
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

COUPLES = 40


@pytest.fixture
def run(workspace: Workspace, officer: Actor) -> LinkageRun:
    """Couples of rows with one name each; in this city the mother tells them apart."""
    rows = []
    for n in range(COUPLES):
        name = f"{chr(65 + n % 20) * 2}INA SYAFRIZAL{chr(65 + n // 20)}"
        mothers = ("ROSMAINI", "ROSMAINI" if n % 2 else "YUSNIAR")
        for mother in mothers:
            rows.append(
                {"name": name, "mother_name": mother, "kelurahan": "13.74.01.1001"}
            )
    delivery = deliver(workspace, "proposal", rows)
    found = link_rows(workspace=workspace, by=officer)
    ReviewTask.objects.all().delete()
    for n in range(COUPLES):
        ReviewTask.objects.create(
            linkage_run=found,
            row_id_l=row_id(delivery, 2 * n + 1),
            row_id_r=row_id(delivery, 2 * n + 2),
            match_weight=0.0,
        )
    return found


def answer(by: Actor, odd: str = "same", even: str = "different") -> None:
    for n, task in enumerate(ReviewTask.objects.order_by("pk")):
        task.settled, task.settled_at = odd if n % 2 else even, by.at
        task.save()


def test_too_few_answers_are_refused_in_plain_words(
    workspace: Workspace, officer: Actor, run: LinkageRun
) -> None:
    answer(officer)
    with pytest.raises(NotPossible, match=r"link\.too_few_labels") as refused:
        learn_from_answers(workspace=workspace, by=officer)
    assert refused.value.why == "Ada 20 pasangan sama dan 20 pasangan berbeda."
    assert not (workspace.root / "weights").exists()


def test_without_a_linkage_there_is_nothing_to_learn(
    workspace: Workspace, officer: Actor
) -> None:
    with pytest.raises(NotPossible, match=r"link\.no_linkage"):
        learn_from_answers(workspace=workspace, by=officer)


@pytest.fixture
def enough(
    monkeypatch: pytest.MonkeyPatch, run: LinkageRun, officer: Actor
) -> LinkageRun:
    """Ten of either kind are enough here, so that the lists stay short."""
    monkeypatch.setattr("semesta.linkage.training.FEWEST", 10)
    answer(officer)
    return run


def test_answers_move_the_weights_that_matter(
    workspace: Workspace, officer: Actor, enough: LinkageRun
) -> None:
    learned = learn_from_answers(workspace=workspace, by=officer)

    before, after = learned.start, learned.model
    assert learned.answers == len(decided_pairs(workspace)) == COUPLES
    assert after.weight("mother", "same") >= before.weight("mother", "same")
    assert after.weight("mother", "differs") < before.weight("mother", "differs")
    assert after.weight("nik", "same") == before.weight("nik", "same")
    assert learned.after.surprise < learned.before.surprise
    assert learned.path == workspace.root / "weights" / "person.json"
    assert json.loads(learned.path.read_text()) == after.table


def test_the_same_answers_give_the_same_file_and_one_record(
    workspace: Workspace, officer: Actor, enough: LinkageRun, tmp_path: Path
) -> None:
    first = learn_from_answers(workspace=workspace, by=officer)
    runs = Run.objects.count()
    again = learn_from_answers(
        workspace=workspace, by=officer, path=tmp_path / "b.json"
    )
    assert first.path.read_bytes() == again.path.read_bytes()
    assert Run.objects.count() == runs
    assert Run.objects.filter(stage="weights").get().outputs == {
        "weights": first.model.sha256
    }


def test_learned_weights_wait_until_they_are_chosen(
    workspace: Workspace, officer: Actor, enough: LinkageRun
) -> None:
    learned = learn_from_answers(workspace=workspace, by=officer)
    assert weights_in_use().sha256 == load_model().sha256
    shipped = link_rows(workspace=workspace, by=officer)

    use_weights(weights=str(learned.path), by=officer)
    use_weights(weights=str(learned.path), by=officer)
    learned.path.unlink()
    own = link_rows(workspace=workspace, by=officer)

    assert Event.objects.filter(action="linkage.weights_chosen").count() == 1
    assert weights_in_use().sha256 == learned.model.sha256
    assert shipped.run.outputs["weights"] == load_model().version
    assert own.run.outputs["weights"] == learned.model.version
    assert own.run.inputs["model"] == learned.model.sha256


def test_back_to_the_shipped_weights(
    workspace: Workspace, officer: Actor, enough: LinkageRun
) -> None:
    learned = learn_from_answers(workspace=workspace, by=officer)
    use_weights(weights="person", by=officer)
    assert newest_choice() is None
    use_weights(weights=str(learned.path), by=officer)
    use_weights(weights="person", by=officer)
    assert weights_in_use().sha256 == load_model().sha256
    # What is shipped tomorrow counts tomorrow: nothing of it is kept.
    assert newest_choice().content == ""


def test_weights_taken_back_are_followed_by_the_registry(
    workspace: Workspace, officer: Actor, enough: LinkageRun
) -> None:
    do = {"workspace": workspace, "by": officer}
    learned = learn_from_answers(**do)
    first = link_rows(**do)
    registered = register(linkage_run=first, **do)
    use_weights(weights=str(learned.path), by=officer)
    register(linkage_run=link_rows(**do), **do)

    use_weights(weights="person", by=officer)
    again = link_rows(**do)
    back = register(linkage_run=again, **do)

    assert again == newest_run()
    assert again.clusters_sha256 == first.clusters_sha256
    assert back == newest_registration()
    assert back.pk > registered.pk
    assert link_rows(**do) == again


@pytest.mark.parametrize("missing", ["threshold", "doubt", "version", "prior"])
def test_a_file_that_is_no_model_is_not_chosen(
    officer: Actor, tmp_path: Path, missing: str
) -> None:
    table = {k: v for k, v in load_model().table.items() if k != missing}
    file = tmp_path / "bobot.json"
    file.write_text(json.dumps(table))
    with pytest.raises(UserError, match=r"link\.model"):
        use_weights(weights=str(file), by=officer)
    assert newest_choice() is None
