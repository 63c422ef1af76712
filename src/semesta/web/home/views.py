"""The first page after signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from semesta.access.models import Role
from semesta.web.gate import SIGNED_IN, needs, user_of
from semesta.web.home.board import board_for


@needs(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """Key figures and next tasks of the user's role and area."""
    user = user_of(request)
    context = {"board": board_for(user), "is_leader": user.role == Role.LEADER}
    return render(request, "home/home.html", context)
