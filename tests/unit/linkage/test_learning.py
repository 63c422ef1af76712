"""Weights adjusted to people's decisions: what moves, what stays, and is it better."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from tests.support.messy_people import messy_rows

from semesta.kernel.errors import NotPossible
from semesta.linkage.learning.answers import (
    adjust,
    compare_models,
    label_answers,
    moved,
)
from semesta.linkage.levels import COMPARISONS
from semesta.linkage.matching import Decided, link
from semesta.linkage.rows import PERSON_COLUMNS, select_list
from semesta.linkage.training import FEWEST, Labelled
from semesta.linkage.weighing import Model, load_model
from semesta.warehouse.engines import duck

SHIPPED = load_model()
PRIOR = SHIPPED.prior(SHIPPED.share)


def session(rows: list[dict[str, Any]]) -> Any:
    con = duck()
    table = pa.Table.from_pylist(rows)
    con.register("given", table)
    con.execute(
        "CREATE TEMP TABLE person_rows AS SELECT "
        f"{select_list(table.column_names, PERSON_COLUMNS)} FROM given"
    )
    return con


@pytest.fixture(scope="module")
def decided() -> list[Decided]:
    """What a clerk who knows everybody says about pairs around the threshold."""
    rows = messy_rows(1_500, seed=3)
    whose = {row["row_id"]: row["person_id"] for row in rows}
    pairs = link(session(rows), SHIPPED).pairs.to_pylist()
    return [
        Decided(
            p["row_id_l"], p["row_id_r"], whose[p["row_id_l"]] == whose[p["row_id_r"]]
        )
        for p in pairs
        if p["pass"] != "exact" and abs(p["match_weight"]) < 8
    ]


@pytest.fixture(scope="module")
def labels(decided: list[Decided]) -> Labelled:
    return label_answers(session(messy_rows(1_500, seed=3)), decided)


def test_pairs_get_their_levels(labels: Labelled, decided: list[Decided]) -> None:
    assert len(labels.same) == len(decided) > 2 * FEWEST
    assert labels.same.sum() == sum(pair.same for pair in decided)
    assert labels.several == 1


def test_pairs_of_the_exact_pass_and_rows_that_are_gone_are_left_out() -> None:
    same = {"nik": "1374010101909001", "name": "MUHAMMAD YUSUF", "source": "t"}
    rows = [{**same, "row_id": "1"}, {**same, "row_id": "2"}, {**same, "row_id": "3"}]
    rows[2] |= {"nik": "1374010101809002", "name": "ROSMAINI"}
    answers = [
        Decided("1", "2", True),
        Decided("1", "3", False),
        Decided("1", "9", True),
    ]
    assert label_answers(session(rows), answers).same.tolist() == [0.0]


def test_only_levels_seen_often_move_and_nothing_else(labels: Labelled) -> None:
    learned = Model(adjust(labels, SHIPPED, prior=PRIOR))
    changed = moved(SHIPPED, learned)
    assert changed
    for one in changed:
        assert (labels.levels[one.comparison] == one.level).sum() >= FEWEST
    for key in ("threshold", "doubt", "never_proposed", "prior"):
        assert learned.table[key] == SHIPPED.table[key]
    for comparison in COMPARISONS:
        first, *_, last = comparison.levels
        assert learned.weight(comparison.code, first.code) >= -1e-3
        assert learned.weight(comparison.code, last.code) <= 1e-3


def test_the_version_says_how_many_answers_and_tells_two_files_apart(
    labels: Labelled,
) -> None:
    learned = adjust(labels, SHIPPED, prior=PRIOR)
    assert learned == adjust(labels, SHIPPED, prior=PRIOR)
    assert learned["version"].startswith(f"{SHIPPED.version}+{len(labels.same)}.")
    other = Labelled(labels.levels, 1 - labels.same, labels.lists)
    assert adjust(other, SHIPPED, prior=PRIOR)["version"] != learned["version"]


def test_adjusted_weights_judge_unseen_answers_better(labels: Labelled) -> None:
    before, after = compare_models(labels, SHIPPED, prior=PRIOR)
    assert after.surprise < before.surprise
    assert 0 < after.score.f1 <= 1
    assert before.wrong <= len(labels.same)


def test_answers_without_meaning_are_not_said_to_be_better(labels: Labelled) -> None:
    turned = Labelled(labels.levels, labels.same[::-1].copy(), labels.lists)
    before, after = compare_models(labels, SHIPPED, prior=PRIOR)
    _, confused = compare_models(turned, SHIPPED, prior=PRIOR)
    assert confused.surprise > after.surprise
    assert before.surprise > 0


def test_too_few_of_either_kind_are_refused(labels: Labelled) -> None:
    same = labels.same > 0
    only = Labelled(
        {code: found[same] for code, found in labels.levels.items()},
        labels.same[same],
        labels.lists,
    )
    with pytest.raises(NotPossible, match=r"link\.too_few_labels") as refused:
        adjust(only, SHIPPED, prior=PRIOR)
    assert "0 pasangan berbeda" in refused.value.why
