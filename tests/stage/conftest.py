"""The finished city several tests compare with."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.support.commands import demo


@dataclass(frozen=True)
class FinishedCity:
    """A workspace after `semesta demo`, its figures, and the seconds it took."""

    workspace: Path
    figures: dict[str, Any]
    took: float


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> FinishedCity:
    """Built once per test run."""
    workspace = tmp_path_factory.mktemp("cycle") / "kota"
    began = time.monotonic()
    figures = demo(workspace)
    return FinishedCity(workspace, figures, time.monotonic() - began)
