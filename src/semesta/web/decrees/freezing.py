"""Freeze periods: days on which no proposal moves."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from semesta.access.rights import check_may, may
from semesta.decrees.models import FreezePeriod
from semesta.decrees.proposals.freezing.services import freeze, lift
from semesta.decrees.proposals.queries import freeze_on, freeze_periods
from semesta.kernel import UserError
from semesta.web.clock import actor, today
from semesta.web.gate import needs, user_of


@needs("see_proposal")
def freezes(request: HttpRequest) -> HttpResponse:
    """Every freeze period; a leader sets one, or ends one before its last day."""
    problem: UserError | None = None
    if request.method == "POST":
        check_may(user_of(request), "freeze_decrees")
        try:
            messages.success(request, _act(request))
            return redirect("decrees-freezes")
        except UserError as error:
            problem = error
    context = {
        "periods": freeze_periods(),
        "now": freeze_on(today()),
        "may_freeze": may(user_of(request), "freeze_decrees"),
        "today": today(),
        "problem": problem,
        "typed": request.POST,
    }
    status = 400 if problem else 200
    return render(request, "decrees/freezes.html", context, status=status)


def _act(request: HttpRequest) -> str:
    if ends := request.POST.get("lift", ""):
        period = get_object_or_404(FreezePeriod, pk=int(ends) if ends.isdigit() else 0)
        lift(period=period, by=actor(request))
        return "Masa beku diakhiri."
    try:
        first, last = (
            date.fromisoformat(request.POST.get(name, ""))
            for name in ("first_day", "last_day")
        )
    except ValueError:
        # Blank or odd dates get the same sentence as turned ones.
        first, last = date.max, date.min
    freeze(
        first_day=first,
        last_day=last,
        reason=request.POST.get("reason", ""),
        by=actor(request),
    )
    return "Masa beku ditetapkan."
