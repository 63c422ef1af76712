"""Lists that grow: the same answer as from scratch, without comparing twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.support.messy_people import messy_rows

from semesta.linkage.growth import Memory, recollect
from semesta.linkage.matching import Decided, Growing, Linked, link
from semesta.linkage.weighing import Model, load_model

MODEL = load_model()
ROWS = messy_rows(500, seed=9)


def remembered(
    load: Any, folder: Path, rows: list[dict[str, Any]], **growing: Any
) -> Linked:
    known = recollect(folder, MODEL, across_sources=False)
    memory = Memory.new(folder)
    return link(load(*rows), MODEL, growing=Growing(known, memory=memory, **growing))


def weights(linked: Linked) -> dict[tuple[str, str], float]:
    pairs = linked.pairs.filter(linked.pairs["match_weight"].is_valid()).to_pylist()
    return {(p["row_id_l"], p["row_id_r"]): p["match_weight"] for p in pairs}


@pytest.mark.parametrize("cut", [1, len(ROWS) // 3, len(ROWS) - 20])
def test_growing_gives_what_scratch_gives(load: Any, tmp_path: Path, cut: int) -> None:
    remembered(load, tmp_path, ROWS[:cut])

    grown = remembered(load, tmp_path, ROWS[cut:])

    scratch = link(load(*ROWS), MODEL)
    assert grown.counts["rows"] == len(ROWS)
    assert grown.clusters == scratch.clusters
    found, expected = weights(grown), weights(scratch)
    # Pairs near the floor come and go with the prior, which is read from other pairs.
    shared = found.keys() & expected.keys()
    assert len(shared) > 0.99 * len(expected)
    assert max(abs(found[pair] - expected[pair]) for pair in shared) < 0.2


def test_many_small_deliveries_come_to_the_same(load: Any, tmp_path: Path) -> None:
    for start in range(0, len(ROWS), 150):
        grown = remembered(load, tmp_path, ROWS[start : start + 150])
    assert grown.clusters == link(load(*ROWS), MODEL).clusters
    # Only the newest edition is kept.
    assert len(list(tmp_path.glob("*.parquet"))) == 4


def test_nothing_new_compares_nothing(load: Any, tmp_path: Path) -> None:
    first = remembered(load, tmp_path, ROWS)
    again = remembered(load, tmp_path, ROWS[:1])
    assert again.clusters == first.clusters
    assert again.counts["scored_pairs"] == first.counts["scored_pairs"]


def test_a_row_that_comes_again_takes_the_place_of_the_old(
    load: Any, tmp_path: Path
) -> None:
    remembered(load, tmp_path, ROWS)
    changed = ROWS[0] | {"name": "SAMA SEKALI LAIN", "nik": None, "born_on": None}

    grown = remembered(load, tmp_path, [changed])

    assert grown.clusters == link(load(changed, *ROWS[1:]), MODEL).clusters


def test_rows_of_a_delivery_that_is_gone_are_forgotten(
    load: Any, tmp_path: Path
) -> None:
    named = [row | {"row_id": f"d{i % 3}:1:{i}"} for i, row in enumerate(ROWS)]
    remembered(load, tmp_path, named)

    grown = remembered(load, tmp_path, named[:1], gone=["d1"])

    left = [row for row in named if not row["row_id"].startswith("d1:")]
    assert grown.clusters == link(load(*left), MODEL).clusters


def test_a_number_that_turns_out_to_be_shared_splits_its_groups(
    load: Any, tmp_path: Path
) -> None:
    nik = "1374010101909001"
    one = [
        {"row_id": f"a:1:{i}", "nik": nik, "name": "BUDI", "born_on": day}
        for i, day in enumerate(("1990-01-01", "1971-05-06"))
    ]
    others = [
        {"row_id": f"b:1:{i}", "nik": nik, "name": name, "born_on": day}
        for i, (name, day) in enumerate(
            (
                ("SITI AMINAH", "1980-02-02"),
                ("JONI", "1999-09-09"),
                ("RATNA", "1988-08-08"),
            )
        )
    ]
    first = remembered(load, tmp_path, one)
    assert len(set(first.clusters["cluster_id"].to_pylist())) == 1

    grown = remembered(load, tmp_path, others)

    assert grown.clusters == link(load(*one, *others), MODEL).clusters
    assert len(set(grown.clusters["cluster_id"].to_pylist())) == 5


def test_answers_outweigh_what_is_remembered(load: Any, tmp_path: Path) -> None:
    first = remembered(load, tmp_path, ROWS)
    pair = max(weights(first), key=lambda pair: weights(first)[pair])
    known = recollect(tmp_path, MODEL, across_sources=False)

    grown = link(
        load(ROWS[0]), MODEL, [Decided(*pair, same=False)], growing=Growing(known)
    )

    label = dict(zip(*grown.clusters.to_pydict().values(), strict=True))
    assert label[pair[0]] != label[pair[1]]


def test_other_weights_or_a_broken_index_start_from_scratch(
    load: Any, tmp_path: Path
) -> None:
    remembered(load, tmp_path, ROWS[:50])
    other = Model({**MODEL.table, "threshold": 1.0})
    assert recollect(tmp_path, MODEL, across_sources=False) is not None
    assert recollect(tmp_path, MODEL, across_sources=True) is None
    assert recollect(tmp_path, other, across_sources=False) is None
    (tmp_path / "known.json").write_text("{", "utf-8")
    assert recollect(tmp_path, MODEL, across_sources=False) is None
