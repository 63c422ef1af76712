"""The page for everyone: what this is, and how far the city is."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from semesta.coverage import queries
from semesta.web.coverage.pictures import coverage_map, trend_chart
from semesta.web.coverage.views import FIRST
from semesta.web.gate import open_to_all


@open_to_all
def front(request: HttpRequest) -> HttpResponse:
    """Coverage of the region with all that stands behind it; before the first
    measuring, only what this is."""
    run = queries.newest_measure_run()
    if run is None:
        return render(request, "public/front.html")
    workspace = settings.WORKSPACE
    points = queries.trend("ALL", run=run)
    context = {
        "figure": queries.figure(FIRST, run=run),
        "segments": queries.by_segment(FIRST, run=run),
        "map": coverage_map(queries.by_area(FIRST, run=run), workspace),
        "trend": trend_chart(points, workspace),
        "points": list(reversed(points)),
    }
    return render(request, "public/front.html", context)
