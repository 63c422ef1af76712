"""Coverage: how many are protected out of how many, by whose count, on which day."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from semesta.coverage import queries
from semesta.web.coverage.pictures import coverage_map, kelurahan_chart, trend_chart
from semesta.web.gate import needs
from semesta.web.paging import chosen

# What is shown first, and what people mean when they ask "how far are we?".
FIRST = "active"


@needs("see_coverage")
def coverage(request: HttpRequest) -> HttpResponse:
    """One definition in all its parts; the others side by side to choose from."""
    run = queries.newest_measure_run()
    if run is None:
        return render(request, "coverage/none.html")
    workspace = settings.WORKSPACE
    every = queries.by_definition(run=run)
    codes = [figure.definition for figure in every]
    wanted = chosen(request, "ukuran", codes) or FIRST
    whole = every[codes.index(wanted)]
    places = queries.by_area(wanted, run=run)
    points = queries.trend("ALL", run=run)
    context = {
        "figure": whole,
        "every": every,
        "segments": queries.by_segment(wanted, run=run),
        "places": places,
        "map": coverage_map(places, workspace),
        "chart": kelurahan_chart(places, whole, workspace),
        "trend": trend_chart(points, workspace),
        "points": list(reversed(points)),
    }
    return render(request, "coverage/coverage.html", context)


@needs("see_coverage")
def area(request: HttpRequest, area: str) -> HttpResponse:
    """All definitions for one kelurahan or kecamatan, with that of the whole beside."""
    region = settings.WORKSPACE.region
    if area not in region.districts and all(p.code != area for p in region.places):
        raise Http404
    run = queries.newest_measure_run()
    if run is None:
        return render(request, "coverage/none.html")
    here = queries.by_definition(area=area, run=run)
    whole = {f.definition: f for f in queries.by_definition(run=run)}
    context = {
        "figure": here[0],
        "pairs": [(figure, whole[figure.definition]) for figure in here],
        "segments": queries.by_segment(FIRST, area=area, run=run),
    }
    return render(request, "coverage/area.html", context)
