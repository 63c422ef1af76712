"""The SQL of the stage gives the pairs, weights and rules that Splink gives."""

from __future__ import annotations

import pyarrow as pa
import pytest
from tests.support.messy_people import messy_rows
from tests.support.splink_twin import splink_scores

from semesta.linkage.blocking import make_keys, make_records
from semesta.linkage.exact import exact_pass
from semesta.linkage.normalise import normalise
from semesta.linkage.rows import PERSON_COLUMNS, select_list
from semesta.linkage.scoring import score
from semesta.linkage.weighing import load_model
from semesta.warehouse.engines import duck


@pytest.mark.slow
def test_pairs_weights_and_rules_are_those_of_splink() -> None:
    rows, model = messy_rows(600), load_model()
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

    count = score(con, model, people=len(rows))

    expected = splink_scores(con, model, people=len(rows))
    found = con.execute(
        "SELECT rec_l, rec_r, match_weight, pass FROM scored"
    ).fetchall()
    assert count == len(found) == len(expected) > 1_000
    for left, right, weight, rule in found:
        twin_weight, twin_rule = expected[left, right]
        assert weight == pytest.approx(twin_weight, abs=1e-6)
        assert rule == twin_rule
