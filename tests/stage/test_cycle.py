"""The whole cycle as its user runs it: once, twice, and after a kill."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.support.state import differences, state_of

PEOPLE = 800
KEYS = {
    "people", "files", "rows", "fates", "persons", "linkage", "decisions", "plan",
    "decree", "ledger", "coverage", "seconds",
}  # fmt: skip

pytestmark = [pytest.mark.slow, pytest.mark.own_workspace]


def command(workspace: Path, seed: int = 7) -> list[str]:
    return [
        sys.executable, "-m", "semesta", "demo", "--no-serve", "--json",
        "--workspace", str(workspace), "--people", str(PEOPLE), "--seed", str(seed),
    ]  # fmt: skip


def run(workspace: Path) -> dict:
    done = subprocess.run(command(workspace), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict, float]:
    """A finished city, its figures, and how long it took."""
    workspace = tmp_path_factory.mktemp("cycle") / "kota"
    began = time.monotonic()
    figures = run(workspace)
    return workspace, figures, time.monotonic() - began


class TestOneRun:
    def test_the_figures_have_the_promised_shape(self, city) -> None:
        _, figures, _ = city
        assert figures.keys() >= KEYS
        assert set(figures["fates"]) == {"accepted", "corrected", "held", "refused"}
        assert sum(figures["fates"].values()) == figures["rows"]
        assert set(figures["linkage"]) == {"precision", "recall", "f1"}

    def test_the_city_comes_out_as_it_is(self, city) -> None:
        _, figures, _ = city
        assert figures["people"] == PEOPLE
        assert abs(figures["persons"] / PEOPLE - 1) < 0.05
        assert figures["linkage"]["precision"] > 0.99
        assert figures["linkage"]["recall"] > 0.95

    def test_the_plan_keeps_its_budget_and_the_decree_its_plan(self, city) -> None:
        _, figures, _ = city
        plan = figures["plan"]
        assert 0 < plan["cost"] <= plan["budget"]
        assert plan["cost"] == plan["people"] * plan["price"] * plan["months"]
        assert figures["decree"]["entries"] == plan["people"]
        assert len(figures["decree"]["sha256"]) == 64

    def test_every_figure_carries_where_it_comes_from(self, city) -> None:
        _, figures, _ = city
        assert figures["coverage"]
        for figure in figures["coverage"]:
            assert {"numerator", "denominator", "definition", "source", "as_of"} <= set(
                figure
            )

    def test_logs_and_database_texts_name_nobody(self, city, capsys) -> None:
        workspace, _, _ = city
        people = (workspace / "truth" / "people.csv").read_text("utf-8").splitlines()
        niks = {line.split(",")[1] for line in people[1:]}
        done = subprocess.run(command(workspace), capture_output=True, text=True)
        assert not [nik for nik in niks if nik in done.stderr]


class TestASecondRun:
    def test_it_changes_nothing(self, city) -> None:
        workspace, first, _ = city
        before = state_of(workspace)
        second = run(workspace)
        assert differences(before, state_of(workspace)) == []
        without = {k: v for k, v in first.items() if k != "seconds"}
        assert {k: v for k, v in second.items() if k != "seconds"} == without


class TestAnotherWorkspace:
    def test_the_same_seed_gives_the_same_city(self, city, tmp_path: Path) -> None:
        workspace, _, _ = city
        run(tmp_path / "kembar")
        assert differences(state_of(workspace), state_of(tmp_path / "kembar")) == []

    def test_another_seed_in_the_same_folder_is_refused(self, city) -> None:
        workspace, _, _ = city
        done = subprocess.run(
            command(workspace, seed=8), capture_output=True, text=True
        )
        assert done.returncode == 2
        assert json.loads(done.stdout)["error"]["code"] == "demo.other_city"


class TestAKill:
    def test_after_kills_at_random_moments_the_state_is_the_same(
        self, city, tmp_path: Path
    ) -> None:
        finished, _, took = city
        seed = int(os.environ.get("SEMESTA_KILL_SEED", time.time_ns() % 10**6))
        print(f"kill seed {seed}")  # noqa: T201
        chance = random.Random(seed)
        workspace = tmp_path / "terputus"
        for _ in range(4):
            process = subprocess.Popen(
                command(workspace), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            time.sleep(chance.uniform(0.15, 0.95) * took)
            process.send_signal(signal.SIGKILL)
            process.wait()
        run(workspace)
        assert differences(state_of(finished), state_of(workspace)) == []
