"""Charts: drawn once, Indonesian numbers, nothing that the security policy forbids."""

from __future__ import annotations

import re

import pytest

from semesta.warehouse.workspace import Workspace
from semesta.web import charts


def drawn(workspace: Workspace) -> charts.Chart:
    bars = charts.monthly_bars(
        [("2025-05", 11_900), ("2025-06", 0), ("2025-07", 8_000)]
    )
    return charts.draw(bars, alt="Contoh", wide=charts.FULL, workspace=workspace)


def test_numbers_are_indonesian_and_no_style_is_inline(workspace: Workspace) -> None:
    chart = drawn(workspace)

    assert "10.000" in chart.wide
    assert "10.000" in chart.narrow
    assert not re.search(
        r"style=|<style|<script|aria-|role=|https?://(?!www.w3.org)", chart.wide
    )
    assert not re.search(r"<svg[^>]* width=", chart.wide)


def test_a_chart_is_drawn_once(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = drawn(workspace)
    monkeypatch.setattr(charts, "_render", lambda spec: pytest.fail("drawn again"))

    assert drawn(workspace) == first


def test_shares_carry_their_number(workspace: Workspace) -> None:
    bars = charts.share_bars([("Ganting", 56.0), ("Sigando", 118.2)], whole=55.5)

    chart = charts.draw(bars, alt="", wide=charts.HALF, workspace=workspace)

    assert "56,0\u00a0%" in chart.wide
    assert "118,2\u00a0%" in chart.wide
