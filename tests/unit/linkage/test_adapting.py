"""Weights fitted to the lists themselves: for lists unlike those the shipped ones know."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.messy_people import messy_rows

from semesta.linkage.matching import Linked, link
from semesta.linkage.quality import measure
from semesta.linkage.weighing import Model, load_model

SHIPPED = load_model()


def foreign(seed: int) -> list[dict[str, Any]]:
    """Rows with seven-digit numbers in place of NIK, and nothing of a family card."""
    rows = messy_rows(800, seed=seed)
    numbers = {row["person_id"]: f"{7_000_000 + i}" for i, row in enumerate(rows)}
    return [
        row | {"nik": numbers[row["person_id"]], "family_card": None} for row in rows
    ]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return foreign(5)


def linked(load: Any, rows: list[dict[str, Any]], model: Model, adapting: bool) -> Any:
    con = load(*rows)
    found: Linked = link(con, model, adapting=adapting)
    truth = con.execute("SELECT row_id, person_id FROM given").to_arrow_table()
    return found, measure(con, found.clusters, truth)


def test_a_model_that_knows_nothing_learns_from_the_lists(
    load: Any, rows: list[dict[str, Any]]
) -> None:
    flat = {
        code: {level: {"m": 0.5, "u": 0.5} for level in levels}
        for code, levels in SHIPPED.table["comparisons"].items()
    }
    ignorant = Model({**SHIPPED.table, "comparisons": flat})

    before, poor = linked(load, rows, ignorant, False)
    after, good = linked(load, rows, ignorant, True)

    assert poor.pairs.f1 < 0.5
    assert good.pairs.f1 > 0.95
    assert before.model.version == SHIPPED.version
    assert after.model.version == f"{SHIPPED.version}+lists"


def test_the_same_rows_give_the_same_weights(
    load: Any, rows: list[dict[str, Any]]
) -> None:
    one, _ = linked(load, rows, SHIPPED, True)
    other, _ = linked(load, rows[::-1], SHIPPED, True)
    assert one.model.table == other.model.table
    assert one.clusters == other.clusters


def test_nothing_to_compare_leaves_the_weights(load: Any) -> None:
    found, _ = linked(
        load, [{"name": "DARWIS", "person_id": "1"}], SHIPPED, adapting=True
    )
    assert found.model == SHIPPED
