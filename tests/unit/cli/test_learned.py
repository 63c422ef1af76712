"""What `semesta link train` shows of what it learned."""

from __future__ import annotations

from pathlib import Path

import pytest

from semesta.cli.tables import print_learned
from semesta.linkage.learning.answers import Judged
from semesta.linkage.learning.services import Learned
from semesta.linkage.quality import Score
from semesta.linkage.weighing import Model, load_model

SHIPPED = load_model()


def learned(surprise: float) -> Learned:
    comparisons = SHIPPED.table["comparisons"]
    sex = {**comparisons["sex"], "same": {"m": 0.9, "u": 0.1}}
    table = {**SHIPPED.table, "comparisons": {**comparisons, "sex": sex}}
    before = Judged(Score.of_shares(0.9, 0.8), wrong=42, surprise=0.5)
    after = Judged(Score.of_shares(0.9, 0.9), wrong=31, surprise=surprise)
    return Learned(Path("person.json"), Model(table), SHIPPED, 307, before, after)


def test_only_what_moved_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    print_learned(learned(surprise=0.4))
    shown = capsys.readouterr().out
    assert "jenis kelamin sama" in shown
    assert "+3.17" in shown
    assert "nama sama" not in shown
    assert "307 pasangan" in shown
    assert "semesta link use-weights person.json" in shown


def test_weights_that_are_no_better_are_not_recommended(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_learned(learned(surprise=0.6))
    shown = capsys.readouterr().out
    assert "jangan dipakai" in shown
    assert "use-weights" not in shown
