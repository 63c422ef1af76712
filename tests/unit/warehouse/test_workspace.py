"""A workspace's calendar: it stands still in an invented city, and only goes on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from semesta.kernel import UserError
from semesta.warehouse.workspace import Workspace

BEGAN, LATER = date(2026, 1, 31), date(2026, 2, 28)


@pytest.fixture
def invented(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "kota").create(region="13.74", demo=True, today=BEGAN)


def test_it_stands_still_until_it_is_moved(invented: Workspace) -> None:
    assert invented.today == BEGAN
    invented.move_today(LATER)
    assert invented.today == LATER
    assert Workspace(invented.root).today == LATER


def test_it_never_goes_back(invented: Workspace) -> None:
    invented.move_today(LATER)
    with pytest.raises(UserError) as refused:
        invented.move_today(BEGAN)
    assert refused.value.code == "calendar.back"
    assert invented.today == LATER


def test_a_real_city_lives_today(tmp_path: Path) -> None:
    real = Workspace(tmp_path / "nyata").create(region="13.74")
    assert real.today is None
    with pytest.raises(UserError) as refused:
        real.move_today(LATER)
    assert refused.value.code == "calendar.real"
