"""Fixtures for all tests: a workspace of its own, an actor, and the no-skip mode."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from semesta.kernel import Actor
from semesta.warehouse.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace of the demo's region."""
    return Workspace(tmp_path / "kota").create(region="13.74")


@pytest.fixture
def officer() -> Actor:
    """A programme officer at a fixed moment."""
    return Actor("petugas", datetime(2026, 1, 2, 3, 0, tzinfo=UTC), "Perwako contoh")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for folder in ("browser", "spark"):
            if f"/tests/{folder}/" in str(item.path):
                item.add_marker(folder)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """In CI a skipped test is a failed one: everything it needs must be there."""
    report = yield
    if os.environ.get("SEMESTA_NO_SKIPS") == "1" and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, and skips are forbidden here: {report.longrepr}"
    return report
