"""The SQL of the stage gives the pairs, weights and rules that Splink gives."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from duckdb import DuckDBPyConnection
from tests.support.messy_people import messy_rows
from tests.support.splink_twin import splink_scores

from semesta.linkage.blocking import make_keys, make_records, propose, rule_codes
from semesta.linkage.exact import exact_pass
from semesta.linkage.normalise import normalise
from semesta.linkage.rows import PERSON_COLUMNS, select_list
from semesta.linkage.scoring import score
from semesta.linkage.weighing import Model, load_model
from semesta.warehouse.engines import duck


def _proposed(rows: list[dict[str, Any]]) -> DuckDBPyConnection:
    """A session that has got as far as the pairs to compare."""
    con = duck()
    con.register("given", pa.Table.from_pylist(rows))
    con.execute(
        "CREATE TEMP TABLE person_rows AS SELECT "
        f"{select_list(list(rows[0]), PERSON_COLUMNS)} FROM given"
    )
    normalise(con)
    exact_pass(con)
    make_records(con)
    make_keys(con)
    propose(con)
    return con


def _scored(rows: list[dict[str, Any]], model: Model) -> list[tuple[int, int, float]]:
    con = _proposed(rows)
    score(con, model)
    return con.execute("SELECT rec_l, rec_r, match_weight FROM scored").fetchall()


@pytest.mark.slow
def test_pairs_weights_and_rules_are_those_of_splink() -> None:
    rows, model = messy_rows(600), load_model()
    con = _proposed(rows)
    # Splink leaves nothing out, so nothing may be hopeless here either.
    everything = Model({**model.table, "never_proposed": -1000.0})

    count, _, prior = score(con, everything)

    expected = splink_scores(con, model, prior=prior)
    found = con.execute(
        "SELECT rec_l, rec_r, match_weight, rule FROM scored"
    ).fetchall()
    assert count == len(found) == len(expected) > 1_000
    for left, right, weight, rule in found:
        twin_weight, twin_rule = expected[left, right]
        assert weight == pytest.approx(twin_weight, abs=1e-6)
        assert rule_codes()[rule] == twin_rule


def test_letting_hopeless_pairs_go_changes_no_other_weight() -> None:
    rows, model = messy_rows(300), load_model()
    everything = Model({**model.table, "never_proposed": -1000.0})
    weights = [
        {
            (left, right): weight
            for left, right, weight in _scored(rows, which)
            if weight > model.never_proposed
        }
        for which in (model, everything)
    ]
    assert len(weights[0]) > 100
    assert weights[0].keys() == weights[1].keys()
    for pair, weight in weights[0].items():
        assert weight == pytest.approx(weights[1][pair], abs=1e-9)
