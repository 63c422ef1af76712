"""Running `semesta` as its user does, on a SQLite workspace of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

CITY_PEOPLE = 800


def environment() -> dict[str, str]:
    """The environment without a database of the test run's."""
    return {k: v for k, v in os.environ.items() if k != "SEMESTA_DATABASE_URL"}


def semesta(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The finished command with its output."""
    return subprocess.run(
        [sys.executable, "-m", "semesta", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=environment(),
    )


def demo_arguments(workspace: Path, *, seed: int = 7) -> list[str]:
    """The small invented city of the tests, without serving it."""
    return [
        "demo", "--no-serve", "--json", "--workspace", str(workspace),
        "--people", str(CITY_PEOPLE), "--seed", str(seed),
    ]  # fmt: skip


def demo(workspace: Path) -> dict[str, Any]:
    """Build the city or bring it up to date; its figures."""
    done = semesta(*demo_arguments(workspace))
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)
