"""A sample drawn from a linkage, decided by people, and figures kept of it."""

from __future__ import annotations

import json
from collections import Counter

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.support.messy_people import messy_rows
from tests.support.rows import deliver

from semesta.access.models import User
from semesta.audit.models import Event, Run
from semesta.audit.queries import verify_chain
from semesta.kernel import Actor
from semesta.kernel.errors import NotAllowed, NotPossible
from semesta.linkage.measuring import queries
from semesta.linkage.measuring.models import QualityPair, QualitySample
from semesta.linkage.measuring.services import answer_pair, draw_sample, record_quality
from semesta.linkage.models import LinkageRun
from semesta.linkage.queries import clusters_file, decided_pairs
from semesta.linkage.services import link_rows
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def whose(workspace: Workspace) -> dict[str, str]:
    """Rows of 150 people taken in: row_id → person."""
    rows = messy_rows(150)
    known: dict[str, str] = {}
    for source in sorted({row["source"] for row in rows}):
        part = [row for row in rows if row["source"] == source]
        lines = [
            {k: v for k, v in row.items() if k not in ("person_id", "row_id", "source")}
            for row in part
        ]
        delivery = deliver(workspace, "proposal", lines, label=source)
        for place, row in enumerate(part):
            known[f"{delivery.name}:1:{place + 2}"] = row["person_id"]
    return known


@pytest.fixture
def run(workspace: Workspace, officer: Actor, whose: dict[str, str]) -> LinkageRun:
    return link_rows(workspace=workspace, by=officer)


@pytest.fixture
def sample(workspace: Workspace, officer: Actor, run: LinkageRun) -> QualitySample:
    return draw_sample(pairs=60, workspace=workspace, by=officer)


def answer_all(sample: QualitySample, whose: dict[str, str], by: Actor) -> None:
    for pair in sample.pairs.filter(answer=""):
        same = whose[pair.row_id_l] == whose[pair.row_id_r]
        answer_pair(pair=pair, answer="same" if same else "different", by=by)


def test_a_sample_holds_pairs_of_every_stratum_in_random_order(
    sample: QualitySample,
) -> None:
    found = queries.sampled(sample)
    assert found.drawn == sample.pairs.count() == 60
    assert all(s.drawn for s in found.strata)
    assert {s.looked.joined for s in found.strata} == {True, False}
    assert found.answered == 0
    assert found.estimate.precision is None
    order = list(sample.pairs.values_list("stratum", flat=True))
    assert order != sorted(order)
    places = Counter(sample.pairs.values_list("area", flat=True))
    assert set(places) <= {"13.74.01.1001", "13.74.01.1002", "13.74.02.1003", ""}
    assert len(places) > 1


def test_twice_is_once(
    workspace: Workspace, officer: Actor, sample: QualitySample
) -> None:
    before = (Run.objects.count(), Event.objects.count(), QualityPair.objects.count())
    assert draw_sample(pairs=60, workspace=workspace, by=officer) == sample
    after = (Run.objects.count(), Event.objects.count(), QualityPair.objects.count())
    assert after == before


def test_decided_pairs_give_precision_and_recall(
    sample: QualitySample, whose: dict[str, str], officer: Actor
) -> None:
    answer_all(sample, whose, officer)
    found = queries.sampled(sample)
    assert found.finished
    precision, recall = found.estimate.precision, found.estimate.recall
    assert precision is not None
    assert recall is not None
    assert precision.low <= precision.value <= precision.high
    assert precision.value > 0.9
    assert recall.value > 0.7
    assert [at.threshold for at in found.by_threshold]
    assert verify_chain() == []


def test_a_larger_sample_keeps_what_was_decided(
    workspace: Workspace, sample: QualitySample, whose: dict[str, str], officer: Actor
) -> None:
    answer_all(sample, whose, officer)
    larger = draw_sample(pairs=90, workspace=workspace, by=officer)
    assert larger.pairs.exclude(answer="").count() == 60
    assert larger.pairs.filter(answer="").count() == 30


def test_an_unsure_answer_is_counted_and_says_nothing(
    workspace: Workspace, sample: QualitySample, officer: Actor
) -> None:
    answer_pair(pair=sample.pairs.first(), answer="unsure", by=officer)
    found = queries.sampled(sample)
    assert (found.answered, found.unsure) == (1, 1)
    assert sum(s.looked.decided for s in found.strata) == 0
    assert decided_pairs(workspace) == []


def test_the_same_person_may_change_an_answer_and_nobody_else(
    sample: QualitySample, officer: Actor
) -> None:
    pair = sample.pairs.first()
    other = Actor("lurah", officer.at)
    answer_pair(pair=pair, answer="same", by=officer)
    answer_pair(pair=pair, answer="same", by=officer)
    assert Event.objects.filter(action="linkage.sample_answer").count() == 1
    assert answer_pair(pair=pair, answer="different", by=officer).answer == "different"
    with pytest.raises(NotPossible, match=r"linkage\.sample_answered"):
        answer_pair(pair=pair, answer="same", by=other)


def test_the_next_linkage_follows_the_answers_of_a_sample(
    workspace: Workspace, sample: QualitySample, officer: Actor
) -> None:
    pair = sample.pairs.filter(stratum__startswith="apart").first()
    answer_pair(pair=pair, answer="same", by=officer)
    assert [tuple(each) for each in decided_pairs(workspace)] == [
        (pair.row_id_l, pair.row_id_r, True)
    ]
    run = link_rows(workspace=workspace, by=officer)
    assert run != sample.linkage_run
    table = pq.read_table(clusters_file(workspace, run)).to_pylist()
    cluster = {row["row_id"]: row["cluster_id"] for row in table}
    assert cluster[pair.row_id_l] == cluster[pair.row_id_r]
    assert queries.newest_sample() == sample


def test_pairs_are_seen_in_their_area_only(sample: QualitySample) -> None:
    def seen(role: str, area: str = "") -> set[str]:
        user = User(username="u", role=role, area=area)
        return {pair.area for pair in queries.sample_pairs(user, sample)}

    assert len(seen("petugas")) > 1
    assert seen("kelurahan", "13.74.01.1001") == {"13.74.01.1001"}
    for role in ("pimpinan", "auditor"):
        with pytest.raises(NotAllowed):
            seen(role)


def test_what_somebody_else_decided_is_not_offered_again(
    sample: QualitySample, officer: Actor
) -> None:
    pair = sample.pairs.first()
    answer_pair(pair=pair, answer="same", by=officer)
    mine = queries.sample_pairs(User(username=officer.username, role="petugas"), sample)
    others = queries.sample_pairs(User(username="lain", role="petugas"), sample)
    assert pair in mine
    assert pair not in others


def test_without_a_linkage_and_of_odd_sizes_nothing_is_drawn(
    workspace: Workspace, officer: Actor
) -> None:
    with pytest.raises(NotPossible, match=r"linkage\.nothing_to_sample"):
        draw_sample(pairs=60, workspace=workspace, by=officer)


@pytest.mark.parametrize("pairs", [0, 49, 5_001])
def test_samples_have_a_size_that_makes_sense(
    workspace: Workspace, officer: Actor, run: LinkageRun, pairs: int
) -> None:
    with pytest.raises(NotPossible, match=r"linkage\.sample_size"):
        draw_sample(pairs=pairs, workspace=workspace, by=officer)


def test_figures_against_what_is_known_are_kept_once(
    workspace: Workspace, officer: Actor, run: LinkageRun, whose: dict[str, str]
) -> None:
    assert queries.newest_measured(workspace) is None
    people = pa.table({"row_id": list(whose), "person_id": list(whose.values())})
    asked = {
        "linkage_run": run, "people": people, "known_by": "0" * 64,
        "workspace": workspace, "by": officer,
    }  # fmt: skip
    figures = record_quality(**asked)
    runs = Run.objects.count()
    assert record_quality(**asked) == json.loads(json.dumps(figures))
    assert Run.objects.count() == runs
    kept = queries.newest_measured(workspace)
    assert kept.linkage_run == run
    assert kept.figures["found"]["rows"] == len(whose)
    shipped = kept.figures["shipped"]["quality"]
    assert shipped == kept.figures["found"]
    assert len(kept.figures["by_threshold"]) == 10
