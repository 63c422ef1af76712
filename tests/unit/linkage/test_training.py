"""Weights learned from labelled pairs: better on other lists, and never absurd."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from tests.support.messy_people import messy_rows

from semesta.kernel.errors import NotPossible
from semesta.linkage.levels import COMPARISONS
from semesta.linkage.matching import link
from semesta.linkage.quality import Quality, measure
from semesta.linkage.rows import PERSON_COLUMNS, select_list
from semesta.linkage.training import Labelled, label_pairs, together, train
from semesta.linkage.weighing import Model, load_model
from semesta.warehouse.engines import duck

SHIPPED = load_model()


def session(rows: list[dict[str, Any]]) -> tuple[Any, pa.Table]:
    con, table = duck(), pa.Table.from_pylist(rows)
    con.register("given", table)
    con.execute(
        "CREATE TEMP TABLE person_rows AS SELECT "
        f"{select_list(table.column_names, PERSON_COLUMNS)} FROM given"
    )
    return con, table.select(["row_id", "person_id"])


@pytest.fixture(scope="module")
def labelled() -> Labelled:
    return label_pairs(session(messy_rows(1_000, seed=1))[0], SHIPPED, _truth(1))


def _truth(seed: int) -> pa.Table:
    return session(messy_rows(1_000, seed=seed))[1]


def quality(model: Model) -> Quality:
    con, truth = session(messy_rows(1_000, seed=2))
    return measure(con, link(con, model).clusters, truth)


def test_learned_weights_find_more_on_another_list(labelled: Labelled) -> None:
    learned = Model(train(labelled, SHIPPED, version="uji", note="daftar rekaan"))

    assert quality(learned).pairs.f1 > quality(SHIPPED).pairs.f1
    assert learned.version == "uji"
    assert "daftar rekaan" in learned.table["fitted_on"]


def test_agreement_never_counts_against_nor_difference_for(labelled: Labelled) -> None:
    learned = Model(train(labelled, SHIPPED, version="uji", note=""))
    for comparison in COMPARISONS:
        first, *_, last = comparison.levels
        assert learned.weight(comparison.code, first.code) >= -1e-3
        assert learned.weight(comparison.code, last.code) <= 1e-3


def test_what_was_never_seen_keeps_its_weight(labelled: Labelled) -> None:
    learned = Model(train(labelled, SHIPPED, version="uji", note=""))
    for level in ("same", "differs"):
        assert learned.m_and_u("kpj", level) == SHIPPED.m_and_u("kpj", level)
        assert learned.m_and_u("other_id", level) == SHIPPED.m_and_u("other_id", level)


def test_the_same_labels_give_the_same_file(labelled: Labelled) -> None:
    again = label_pairs(session(messy_rows(1_000, seed=1))[0], SHIPPED, _truth(1))
    assert train(labelled, SHIPPED, version="a", note="") == train(
        again, SHIPPED, version="a", note=""
    )


def test_several_lists_count_together(labelled: Labelled) -> None:
    both = together([labelled, labelled])
    assert len(both.same) == 2 * len(labelled.same)
    assert labelled.several == 1
    assert both.several == 2
    assert np.bincount(both.lists).tolist() == [len(labelled.same)] * 2


def test_too_few_labels_are_refused() -> None:
    con, truth = session(messy_rows(20))
    with pytest.raises(NotPossible, match=r"link\.too_few_labels"):
        train(label_pairs(con, SHIPPED, truth), SHIPPED, version="uji", note="")
