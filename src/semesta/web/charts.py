"""Charts as SVG, drawn on the server once per specification and kept in the lake.

Drawn without colours that carry meaning, in two widths, so that the letters stay
readable on a phone; the page shows one of them and the data as a table next to it.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from semesta.warehouse.lake import write_bytes
from semesta.warehouse.workspace import Workspace

# Width of a chart across the page, in half of it, and on a phone; CSS pixels.
FULL, HALF, NARROW = 1080, 510, 330
INK, SOFT, LINE, GREEN = "#18221d", "#4f5b55", "#e4dfd3", "#145740"
INDONESIAN = {
    "decimal": ",",
    "thousands": ".",
    "grouping": [3],
    "currency": ["Rp", ""],
}
# Raising this draws every chart anew, e.g. after a change of style.
STYLE = 3
CONFIG: dict[str, Any] = {
    "font": "Plus Jakarta Sans",
    "background": None,
    "view": {"stroke": None},
    "aria": False,
    "axis": {
        "labelColor": SOFT,
        "titleColor": SOFT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": 500,
        "gridColor": LINE,
        "domainColor": LINE,
        "tickColor": LINE,
        "labelPadding": 6,
    },
    "text": {"color": INK, "fontSize": 12, "fontWeight": 600},
    "bar": {"color": GREEN},
}


@dataclass(frozen=True)
class Chart:
    """A drawing in two widths, with the sentence that says what it shows."""

    alt: str
    wide: SafeString
    narrow: SafeString


def draw(
    spec: Callable[[int], dict[str, Any]], *, alt: str, wide: int, workspace: Workspace
) -> Chart:
    """The chart of `spec(width)`; drawn now, or taken from what was drawn before."""
    drawn = [_svg(spec(width), workspace) for width in (wide, NARROW)]
    return Chart(alt, *drawn)


def _svg(spec: dict[str, Any], workspace: Workspace) -> SafeString:
    text = json.dumps([STYLE, CONFIG, spec], sort_keys=True, ensure_ascii=False)
    name = hashlib.sha256(text.encode()).hexdigest()[:32]
    path = workspace.lake / "charts" / f"{name}.svg"
    if not path.exists():
        write_bytes(_render(spec).encode(), path)
    return mark_safe(path.read_text("utf-8"))


def _render(spec: dict[str, Any]) -> str:
    # The renderer brings a JavaScript engine: seconds to load, so only when needed.
    import vl_convert

    svg = vl_convert.vegalite_to_svg(
        {**spec, "config": CONFIG}, format_locale=INDONESIAN, allowed_base_urls=[]
    )
    # The figure around it carries the description; width and height are the page's.
    svg = re.sub(r' (role|aria-[a-z]+)="[^"]*"', "", svg)
    return re.sub(r'(<svg[^>]*?) width="[^"]*" height="[^"]*"', r"\1", svg, count=1)


def monthly_bars(months: Sequence[tuple[str, int]]) -> Callable[[int], dict[str, Any]]:
    """Paid people per month as bars; `months` are (`2025-05`, people), oldest first."""
    values = [{"m": f"{month}-01", "n": people} for month, people in months]

    def spec(width: int) -> dict[str, Any]:
        return {
            "width": width - 70,
            "height": 260 if width > NARROW else 190,
            "data": {"values": values},
            "mark": {"type": "bar", "binSpacing": 0.5},
            "encoding": {
                "x": {
                    "field": "m",
                    "type": "temporal",
                    "timeUnit": "utcyearmonth",
                    "axis": {
                        "title": None,
                        "format": "%Y" if width > NARROW else "’%y",
                        "tickCount": "year",
                        "grid": False,
                    },
                },
                "y": {
                    "field": "n",
                    "type": "quantitative",
                    "axis": {"title": "Orang", "format": ",d", "tickCount": 4},
                },
            },
        }

    return spec


def share_bars(
    shares: Sequence[tuple[str, float]], *, whole: float | None
) -> Callable[[int], dict[str, Any]]:
    """Shares in per cent as bars with their number, in the given order.

    `whole` is the share of all together, drawn as a line; None draws none.
    """
    values = [
        {"name": name, "v": value, "t": f"{value:.1f}\u00a0%".replace(".", ",")}
        for name, value in shares
    ]
    order = [name for name, _ in shares]
    layers = _share_layers(order, top=max([100.0, *(value for _, value in shares)]))
    if whole is not None:
        layers.append(_line_at(whole))

    def spec(width: int) -> dict[str, Any]:
        return {
            "width": width - 185,
            "height": {"step": 24},
            "data": {"values": values},
            "layer": layers,
        }

    return spec


def _share_layers(order: list[str], *, top: float) -> list[dict[str, Any]]:
    place = {"field": "name", "type": "nominal", "sort": order, "title": None}
    share = {
        "field": "v",
        "type": "quantitative",
        "scale": {"domain": [0, top]},
        "axis": {
            "title": None,
            "labelExpr": "datum.value + ' %'",
            "values": [0, 25, 50, 75, 100],
        },
    }
    return [
        {
            "mark": {"type": "bar", "height": 14, "cornerRadiusEnd": 2},
            "encoding": {"y": place, "x": share},
        },
        {
            # In a column of their own: next to the bars they would lie on the line.
            "mark": {"type": "text", "align": "right", "dx": 52},
            "encoding": {"y": place, "x": {"value": "width"}, "text": {"field": "t"}},
        },
    ]


def _line_at(share: float) -> dict[str, Any]:
    dashes = {"strokeDash": [4, 3], "strokeWidth": 1.5}
    return {
        "data": {"values": [{"w": share}]},
        "mark": {"type": "rule", "color": INK, **dashes},
        "encoding": {"x": {"field": "w", "type": "quantitative"}},
    }


def threshold_lines(
    points: Sequence[tuple[float, dict[str, float]]], *, marked: float
) -> Callable[[int], dict[str, Any]]:
    """Shares (0 … 1) by threshold as lines that their dashes tell apart.

    `points` are (threshold, {name: share}); a vertical line stands at `marked`.
    """
    values = [
        {"t": threshold, "name": name, "v": share}
        for threshold, shares in points
        for name, share in shares.items()
    ]
    lowest = min(share for _, shares in points for share in shares.values())
    # Zoomed in as far as whole steps allow: near 100 % is where decisions are made.
    step = 100 if lowest >= 0.95 else 20
    bottom = max(0.0, math.floor(lowest * step - 1e-9) / step)
    lines = _threshold_marks(list(points[0][1]), [at for at, _ in points], bottom)

    def spec(width: int) -> dict[str, Any]:
        return {
            "width": width - 95,
            "height": 240 if width > NARROW else 200,
            "data": {"values": values},
            "layer": [_mark_at(marked), lines],
        }

    return spec


def _threshold_marks(
    names: list[str], thresholds: list[float], bottom: float
) -> dict[str, Any]:
    share = {
        "field": "v",
        "type": "quantitative",
        "scale": {"domain": [bottom, 1], "zero": False},
        "axis": {
            "title": None,
            "tickCount": 5,
            "labelExpr": "format(datum.value * 100, '.4~g') + ' %'",
        },
    }
    at = {
        "field": "t",
        "type": "quantitative",
        "axis": {"title": "Ambang (bobot)", "grid": False, "values": thresholds},
    }
    dashes = {
        "field": "name",
        "type": "nominal",
        "sort": names,
        "scale": {"domain": names, "range": [[1, 0], [8, 4], [2, 3]]},
        "legend": {
            "title": None,
            "orient": "top",
            "symbolType": "stroke",
            "symbolSize": 500,
            "symbolStrokeWidth": 2,
            "labelFontSize": 12,
            "columnPadding": 18,
        },
    }
    return {
        "mark": {"type": "line", "color": GREEN, "strokeWidth": 2},
        "encoding": {"x": at, "y": share, "strokeDash": dashes},
    }


def _mark_at(threshold: float) -> dict[str, Any]:
    return {
        "data": {"values": [{"t": threshold}]},
        "mark": {"type": "rule", "color": INK, "strokeWidth": 1},
        "encoding": {"x": {"field": "t", "type": "quantitative"}},
    }


def month_counts(counts: Sequence[tuple[str, int]]) -> Callable[[int], dict[str, Any]]:
    """Numbers of people per named month as bars with their number, in the given order."""
    values = [
        {"m": name, "n": people, "t": f"{people:,}".replace(",", ".")}
        for name, people in counts
    ]
    order = [name for name, _ in counts]
    place = {"field": "m", "type": "nominal", "sort": order, "title": None}
    people = {"field": "n", "type": "quantitative", "axis": None}
    layers = [
        {
            "mark": {"type": "bar", "height": 14, "cornerRadiusEnd": 2},
            "encoding": {"y": place, "x": people},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 5},
            "encoding": {"y": place, "x": people, "text": {"field": "t"}},
        },
    ]

    def spec(width: int) -> dict[str, Any]:
        return {
            "width": width - 125,
            "height": {"step": 22},
            "data": {"values": values},
            "layer": layers,
        }

    return spec
