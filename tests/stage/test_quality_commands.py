"""Quality and weights from the command line, on a city that has been linked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.stage.conftest import FinishedCity
from tests.support.commands import semesta

from semesta.linkage.weighing import load_model

pytestmark = [pytest.mark.slow, pytest.mark.once]


@pytest.fixture(scope="module")
def kota(city: FinishedCity, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("mutu") / "kota"
    shutil.copytree(city.workspace, copy)
    return copy


def told(kota: Path, *arguments: str | Path) -> dict[str, Any]:
    done = semesta("link", *arguments, "--workspace", kota, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_demo_keeps_its_quality_by_threshold_for_the_page(
    city: FinishedCity,
) -> None:
    (file,) = (city.workspace / "lake" / "linkage").glob("*/quality.json")
    kept = json.loads(file.read_text())
    assert len(kept["by_threshold"]) == 10
    for name, kind in (("linkage", "pairs"), ("linkage_clusters", "clusters")):
        for measure, value in city.figures[name].items():
            assert kept["found"][kind][measure] == pytest.approx(value, abs=1e-6)
    assert 0.9 < kept["found"]["b_cubed"]["f1"] <= 1


def test_a_sample_is_drawn_and_shown(kota: Path) -> None:
    drawn = told(kota, "sample", "--pairs", "120")
    assert (drawn["pairs"], drawn["answered"], drawn["precision"]) == (120, 0, None)
    assert sum(stratum["drawn"] for stratum in drawn["strata"]) == 120
    assert told(kota, "quality") == drawn
    for_people = semesta("link", "quality", "--workspace", kota)
    assert "Diperiksa 0 dari 120 pasangan contoh" in for_people.stdout
    assert "belum dapat diperkirakan" in for_people.stdout


def test_without_answers_nothing_is_learned(kota: Path) -> None:
    done = semesta("link", "train", "--workspace", kota)
    assert done.returncode == 3
    assert "Ada 0 pasangan sama dan 0 pasangan berbeda" in done.stderr


def test_a_linkage_names_the_weights_that_were_chosen(
    kota: Path, tmp_path: Path
) -> None:
    own = tmp_path / "bobot.json"
    own.write_text(json.dumps(load_model().table | {"version": "kota kami"}))
    assert told(kota, "use-weights", own)["version"] == "kota kami"
    linked = semesta("link", "--workspace", kota, "--json")
    assert json.loads(linked.stdout)["weights"] == "kota kami"
