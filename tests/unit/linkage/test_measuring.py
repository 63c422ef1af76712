"""A sample of pairs: its strata, what is drawn, and what it says."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from semesta.linkage.measuring.estimate import (
    LOWEST,
    Estimate,
    Looked,
    by_threshold,
    estimate,
    true_pairs,
)
from semesta.linkage.measuring.strata import (
    Stratum,
    allocate,
    draw,
    make_frame,
    stratum_words,
)
from semesta.warehouse.engines import duck

# a1 a2 a3 are one by their number; b1 b2 too; a and b were joined by weight, c came
# along through b; d is like a, but stayed apart; e is hardly like d.
CLUSTERS = dict.fromkeys(("a1", "a2", "a3", "b1", "b2", "c1"), "a1") | {
    "d1": "d1",
    "e1": "e1",
}
PAIRS = [
    ("a1", "a2", None, "exact"),
    ("a1", "a3", None, "exact"),
    ("b1", "b2", None, "exact"),
    ("a2", "b1", 4.0, "born_first_name"),
    ("a3", "b2", 7.5, "name_year"),
    ("b2", "c1", 1.0, "name_year"),
    ("a1", "d1", -2.0, "name_year"),
    ("d1", "e1", -9.0, "name_year"),
]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    left, right, weight, passed = zip(*PAIRS, strict=True)
    pairs = {
        "row_id_l": left, "row_id_r": right, "match_weight": weight, "pass": passed,
    }  # fmt: skip
    pq.write_table(pa.table(pairs), tmp_path / "pairs.parquet")
    clusters = {"row_id": list(CLUSTERS), "cluster_id": list(CLUSTERS.values())}
    pq.write_table(pa.table(clusters), tmp_path / "clusters.parquet")
    return {name: tmp_path / f"{name}.parquet" for name in ("pairs", "clusters")}


def test_every_joined_pair_of_rows_stands_in_one_stratum(
    files: dict[str, Path],
) -> None:
    with duck() as con:
        strata = make_frame(con, **files, threshold=0.0)
    assert strata == [
        Stratum("exact", True, None, 3 + 1),
        Stratum("joined+6", True, 6.0, 3 * 2),
        Stratum("joined+0", True, 0.0, 2),
        Stratum("chained", True, None, 3),
        Stratum("apart-3", False, -3.0, 3),
        Stratum("apart", False, LOWEST, 1),
    ]
    rows = [row for row, cluster in CLUSTERS.items() if cluster == "a1"]
    assert sum(s.pairs for s in strata if s.joined) == len(list(combinations(rows, 2)))


def test_bands_move_with_the_threshold(files: dict[str, Path]) -> None:
    with duck() as con:
        strata = make_frame(con, **files, threshold=2.0)
    assert "joined+3" in {s.code for s in strata}
    assert "apart-6" in {s.code for s in strata}


def test_pairs_are_drawn_once_and_the_smaller_sample_is_part_of_the_larger(
    files: dict[str, Path],
) -> None:
    with duck() as con:
        strata = make_frame(con, **files, threshold=0.0)
        small = draw(con, allocate(strata, 8), seed="kota")
        large = draw(con, allocate(strata, 19), seed="kota")
        other = draw(con, allocate(strata, 8), seed="lain")
    assert len(large) == len({pair[:2] for pair in large}) == 19
    assert set(small) <= set(large)
    assert set(small) != set(other)
    assert all(pair.row_id_l < pair.row_id_r for pair in large)
    drawn = {pair[:2]: pair for pair in large}
    assert drawn["a1", "b1"].match_weight == 7.5
    assert drawn["a2", "c1"].stratum == "chained"


def test_every_stratum_has_words() -> None:
    assert stratum_words("joined+6") == "Digabung: sangat mirip"
    assert stratum_words("apart") == "Dipisah: hampir tidak mirip"
    assert stratum_words("apart-3") == "Dipisah: di bawah ambang"
    assert stratum_words("chained").startswith("Digabung")


def looked(
    joined: bool, pairs: int, decided: int, same: int, low: float = 0.0
) -> Looked:
    return Looked(f"{joined}{low}", joined, low, pairs, decided, same)


def test_strata_count_by_their_size() -> None:
    strata = [
        looked(True, 900, 100, 100, 6),
        looked(True, 100, 50, 25),
        looked(False, 50, 10, 1),
    ]
    found = estimate(strata)
    assert found.precision is not None
    assert found.precision.value == pytest.approx(0.95)
    assert found.recall is not None
    assert found.recall.value == pytest.approx(950 / 955)


def test_no_error_seen_is_not_no_error() -> None:
    found = estimate([looked(True, 10_000, 100, 100)])
    assert found.precision is not None
    assert found.precision.value == found.precision.high == 1
    # Half of (1 - p)^100 is 2.5 % at p = 0.0295.
    assert found.precision.low == pytest.approx(1 - 0.0295, abs=0.0005)


def test_a_stratum_looked_at_in_full_is_known() -> None:
    assert true_pairs(looked(True, 12, 12, 9)) == (9, 9, 9)
    assert true_pairs(looked(True, 10, 0, 0)) == (5, 0, 10)


def test_too_little_says_nothing() -> None:
    few = [looked(True, 100, 4, 4), looked(False, 100, 50, 1)]
    assert estimate(few) == Estimate(None, None)
    enough = looked(True, 100, 5, 5)
    assert estimate([enough, looked(False, 100, 4, 0)]).recall is None
    assert estimate([enough, looked(False, 100, 4, 0)]).precision is not None
    assert estimate([enough, looked(False, 3, 3, 0)]).recall is not None
    assert estimate([]).precision is None


def test_thresholds_lie_at_the_edges_of_the_strata() -> None:
    strata = [
        Looked("exact", True, None, 100, 10, 10),
        looked(True, 50, 10, 9, 3),
        looked(False, 40, 10, 2, -3),
        looked(False, 500, 10, 0, LOWEST),
    ]
    low, high = by_threshold(strata)
    assert (low.threshold, high.threshold) == (-3, 3)
    assert high.precision == pytest.approx(145 / 150)
    assert high.recall == pytest.approx(145 / 153)
    assert low.precision == pytest.approx(153 / 190)
    assert low.recall == 1
    assert by_threshold([*strata, looked(False, 90, 2, 0, 6)]) == []
