"""The first page after signing in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from semesta.access.models import Role
from semesta.coverage.queries import by_area, by_segment
from semesta.warehouse.workspace import Workspace
from semesta.web.coverage.pictures import coverage_map
from semesta.web.coverage.views import FIRST
from semesta.web.gate import SIGNED_IN, needs, user_of
from semesta.web.home.board import board_for


def whole_city(workspace: Workspace) -> dict[str, object]:
    """What a leader sees beside the headline: shares by segment and by kelurahan."""
    places = by_area(FIRST)
    if not places:
        return {}
    return {"segments": by_segment(FIRST), "map": coverage_map(places, workspace)}


@needs(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """Key figures and next tasks of the user's role and area."""
    user = user_of(request)
    context: dict[str, object] = {"board": board_for(user)}
    if user.role == Role.LEADER:
        context |= whole_city(settings.WORKSPACE)
    return render(request, "home/home.html", context)
