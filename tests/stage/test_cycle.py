"""The whole cycle as its user runs it: once, twice, and after a kill."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.stage.conftest import FinishedCity
from tests.support.commands import (
    CITY_PEOPLE,
    demo,
    demo_arguments,
    environment,
    semesta,
)
from tests.support.state import differences, state_of

KEYS = {
    "people", "files", "rows", "fates", "persons", "linkage", "decisions", "plan",
    "decree", "ledger", "coverage", "seconds",
}  # fmt: skip

pytestmark = [pytest.mark.slow, pytest.mark.once]


class TestOneRun:
    def test_the_figures_have_the_promised_shape(self, city: FinishedCity) -> None:
        figures = city.figures
        assert figures.keys() >= KEYS
        assert set(figures["fates"]) == {"accepted", "corrected", "held", "refused"}
        assert sum(figures["fates"].values()) == figures["rows"]
        assert set(figures["linkage"]) == {"precision", "recall", "f1"}

    def test_the_city_comes_out_as_it_is(self, city: FinishedCity) -> None:
        assert city.figures["people"] == CITY_PEOPLE
        assert abs(city.figures["persons"] / CITY_PEOPLE - 1) < 0.05
        assert city.figures["linkage"]["precision"] > 0.99
        assert city.figures["linkage"]["recall"] > 0.95

    def test_the_plan_keeps_its_budget_and_the_decree_its_plan(
        self, city: FinishedCity
    ) -> None:
        plan = city.figures["plan"]
        assert 0 < plan["cost"] <= plan["budget"]
        assert plan["cost"] == plan["people"] * plan["price"] * plan["months"]
        assert city.figures["decree"]["entries"] == plan["people"]
        assert len(city.figures["decree"]["sha256"]) == 64

    def test_every_figure_carries_where_it_comes_from(self, city: FinishedCity) -> None:
        told = {"numerator", "denominator", "definition", "source", "as_of"}
        assert city.figures["coverage"]
        for figure in city.figures["coverage"]:
            assert told <= set(figure)


class TestASecondRun:
    def test_it_changes_nothing(self, city: FinishedCity) -> None:
        before = state_of(city.workspace)
        second = demo(city.workspace)
        assert differences(before, state_of(city.workspace)) == []
        assert {**second, "seconds": 0} == {**city.figures, "seconds": 0}


class TestACitySomebodyWorksIn:
    def test_it_is_shown_as_it_stands(self, city: FinishedCity, tmp_path: Path) -> None:
        lived_in = tmp_path / "kota"
        shutil.copytree(city.workspace, lived_in)
        came = tmp_path / "Usulan_Sigando_tambahan.csv"
        came.write_text(
            "NO;NAMA;NIK;TANGGAL LAHIR;ALAMAT;PEKERJAAN\n"
            "1;CONTOH SATU;1374010101909001;01-01-1990;JL. CONTOH 1;PETANI\n"
        )
        for words in (["intake", came], ["link"], ["register"]):
            assert semesta(*words, "--workspace", lived_in).returncode == 0
        shown = demo(lived_in)
        assert shown["rows"] == city.figures["rows"] + 1
        assert shown["decree"] == city.figures["decree"]


class TestAnotherWorkspace:
    def test_the_same_seed_gives_the_same_city_and_what_it_says_names_nobody(
        self, city: FinishedCity, tmp_path: Path
    ) -> None:
        twin = tmp_path / "kembar"
        asked = [text for text in demo_arguments(twin) if text != "--json"]
        done = semesta(*asked)
        assert done.returncode == 0, done.stderr
        assert differences(state_of(city.workspace), state_of(twin)) == []
        people = (twin / "truth" / "people.csv").read_text("utf-8")
        niks = {line.split(",")[1] for line in people.splitlines()[1:]}
        said = done.stdout + done.stderr
        assert "Membaca berkas kantor" in said
        assert not [nik for nik in niks if nik in said]

    def test_another_seed_in_the_same_folder_is_refused(
        self, city: FinishedCity
    ) -> None:
        done = semesta(*demo_arguments(city.workspace, seed=8))
        assert done.returncode == 2
        assert json.loads(done.stdout)["error"]["code"] == "demo.other_city"


class TestAKill:
    def test_after_kills_at_random_moments_the_state_is_the_same(
        self, city: FinishedCity, tmp_path: Path
    ) -> None:
        seed = int(os.environ.get("SEMESTA_KILL_SEED", time.time_ns() % 10**6))
        print(f"kill seed {seed}")  # noqa: T201
        chance = random.Random(seed)
        workspace = tmp_path / "terputus"
        for _ in range(4):
            process = subprocess.Popen(
                [sys.executable, "-m", "semesta", *demo_arguments(workspace)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment(),
            )
            time.sleep(chance.uniform(0.15, 0.95) * city.took)
            process.send_signal(signal.SIGKILL)
            process.wait()
        demo(workspace)
        assert differences(state_of(city.workspace), state_of(workspace)) == []
