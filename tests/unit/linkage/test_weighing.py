"""The model file, its prior, and that scores are what the explanation says."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import pytest

from semesta.linkage.explanation import explain
from semesta.linkage.levels import COMPARISONS
from semesta.linkage.matching import link
from semesta.linkage.scoring import Beside, share_of
from semesta.linkage.weighing import Model, load_model, log_odds, probability

MODEL = load_model()


def test_every_level_has_a_weight_and_no_other() -> None:
    levels = {c.code: {level.code for level in c.levels} for c in COMPARISONS}
    given = {c: set(found) for c, found in MODEL.table["comparisons"].items()}
    assert given == levels


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda c: c.code)
def test_agreement_never_counts_against_nor_difference_for(comparison: Any) -> None:
    first, *_, last = comparison.levels
    assert MODEL.weight(comparison.code, first.code) >= -1e-3
    assert MODEL.weight(comparison.code, last.code) <= 1e-3
    assert MODEL.weight(comparison.code, None) == 0


def test_prior_is_the_fitted_one_where_as_many_pairs_are_one_person() -> None:
    assert MODEL.prior(MODEL.share) == pytest.approx(MODEL.table["prior"]["weight"])
    assert MODEL.prior(0.5) > MODEL.prior(0.1) > MODEL.prior(0.001)


@pytest.mark.parametrize("share", [0.001, 0.02, 0.3, 0.7])
def test_the_share_of_true_pairs_is_read_from_their_evidence(share: float) -> None:
    rng = np.random.default_rng(3)
    same = rng.random(60_000) < share
    # Normal with variance s² and mean ± s²/2: a log ratio that is what it says.
    ratio = rng.normal(np.where(same, 18.0, -18.0), 6.0) / math.log(2)
    evidence = ratio + log_odds(MODEL.share) - MODEL.prior(MODEL.share)
    found = share_of(MODEL, evidence, Beside(0, 0.5))
    assert MODEL.prior(found) == pytest.approx(MODEL.prior(share), abs=0.3)


def test_no_pairs_leave_the_prior_as_it_was_fitted() -> None:
    found = share_of(MODEL, np.array([]), Beside(0, 0.5))
    assert found == pytest.approx(MODEL.share)


def test_probability() -> None:
    assert probability(0) == 0.5
    assert probability(10) == pytest.approx(1024 / 1025)
    assert probability(-2000) == 0.0


PAIRS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (
        {
            "name": "MUHAMMAD YUSUF",
            "nik": "1374010101909001",
            "born_on": date(1990, 1, 1),
        },
        {"name": "JUSUF MOH", "nik": "1374010101909011", "born_on": date(1990, 1, 10)},
    ),
    (
        {"name": "ROSMAINI", "born_on": date(1992, 3, 2), "mother_name": "SITI AMINAH"},
        {"name": "ROSMAINY", "born_on": date(1992, 3, 2), "mother_name": "ST. AMINAH"},
    ),
    (
        {
            "name": "RINA WATI",
            "kelurahan": "13.74.01.1001",
            "sex": "P",
            "phone": "0812",
        },
        {
            "name": "RINA WATI",
            "kelurahan": "13.74.01.1001",
            "sex": "L",
            "phone": "0813",
        },
    ),
    (
        {
            "name": "DARWIS",
            "family_card": "1374010101159001",
            "born_on": date(1985, 7, 1),
        },
        {
            "name": "BUYUNG",
            "family_card": "1374010101159001",
            "born_on": date(1985, 7, 1),
        },
    ),
]


@pytest.mark.parametrize("pair", PAIRS)
def test_the_explanation_adds_up_to_the_weight(
    load: Any, pair: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    everything = Model({**MODEL.table, "never_proposed": -100.0})
    linked = link(load(*pair), everything)
    (scored,) = linked.pairs.to_pylist()
    parts = explain(load(*pair), MODEL, ("r01", "r02"))
    total = linked.prior + sum(part.weight for part in parts)
    assert scored["match_weight"] == pytest.approx(total, abs=1e-6)
    assert scored["match_probability"] == pytest.approx(probability(total), abs=1e-9)


def test_only_the_two_rows_asked_for_are_explained(load: Any) -> None:
    with pytest.raises(ValueError, match="no such rows"):
        explain(load({"name": "DARWIS"}), MODEL, ("r01", "r02"))
