"""The list of the tenure guard: figures first, then people, dearest loss first."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from semesta.access.area import sees_place
from semesta.audit.services import record
from semesta.kernel import UserError
from semesta.ledger.tenure.figures import DAYS_AHEAD
from semesta.ledger.tenure.guard import RIGHTS
from semesta.ledger.tenure.queries import (
    GuardList,
    Listed,
    Wanted,
    guard_figures,
    newest_guard,
)
from semesta.registry.queries import search_people
from semesta.web.clock import actor
from semesta.web.gate import needs, user_of
from semesta.web.guard.pictures import lapse_chart, reach_chart
from semesta.web.paging import chosen

PER_PAGE = 15
# What a list without a choice shows: what is still to be mended in time.
FIRST_DAYS = 90


@needs("see_people")
def guard(request: HttpRequest) -> HttpResponse:
    """Who loses what next. Names travel by POST, so none lands in an address."""
    user, workspace = user_of(request), settings.WORKSPACE
    run = newest_guard(workspace)
    if run is None:
        return render(request, "guard/none.html")
    context: dict[str, Any] = {"text": request.POST.get("text", ""), "run": run}
    days = chosen(request, "hari", [*map(str, DAYS_AHEAD), "semua"])
    within = 0 if days == "semua" else int(days or FIRST_DAYS)
    places = [
        place for place in workspace.region.places if sees_place(user, place.code)
    ]
    kelurahan = chosen(request, "kelurahan", [place.code for place in places])
    wanted = Wanted(within=within, kelurahan=kelurahan)
    if request.method == "POST":
        wanted = _searched(request, context)
    found = GuardList(user, run, wanted, workspace)
    figures = guard_figures(user, run, workspace)
    context |= {
        "figures": figures,
        "days": [(n, figures["next_loss"][str(n)]) for n in DAYS_AHEAD],
        "within": within,
        "places": places,
        "kelurahan": kelurahan,
        "found": found,
        "rights": RIGHTS,
        "page": _page(request, found),
        "reach": reach_chart(figures["months"], workspace),
        "lapse": lapse_chart(figures["months"], workspace),
    }
    return render(request, "guard/list.html", context)


def _searched(request: HttpRequest, context: dict[str, Any]) -> Wanted:
    """The people a search finds, at whatever day they lose something."""
    try:
        found = search_people(user_of(request), request.POST.get("text", ""))
    except UserError as error:
        context["error"] = error
        return Wanted(people=[])
    people = [person.pk for person in found.people]
    record(action="person.searched", by=actor(request), detail={"found": len(people)})
    context["searched"] = True
    return Wanted(people=people)


def _page(request: HttpRequest, found: GuardList) -> Page:
    # The paginator asks for no more than a length and slices.
    pages: Paginator[Listed] = Paginator(found, PER_PAGE)  # type: ignore[arg-type]
    return pages.get_page(request.GET.get("halaman"))
