"""A changed decree: who leaves the list, why, and from which month."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from semesta.decrees import queries
from semesta.decrees.changes import queries as changes
from semesta.decrees.changes.services import draft_change
from semesta.decrees.models import Decree
from semesta.decrees.proposals.queries import open_proposals
from semesta.kernel import Month, UserError
from semesta.web.clock import actor, today
from semesta.web.gate import needs, user_of

NO_LONGER = "Tidak lagi memenuhi syarat"


@needs("propose_decree")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Those who should make room on a decree, and anybody else by name; POST drafts the
    change with the next in rank for each place."""
    user = user_of(request)
    found = get_object_or_404(queries.decrees(user), pk=pk)
    first = found.amends or found
    problem: UserError | None = None
    if request.method == "POST":
        try:
            made = draft_change(
                decree=first,
                leaving=_leaving(request),
                first_month=_month(request, first),
                workspace=settings.WORKSPACE,
                by=actor(request),
                on=today(),
            )
            return redirect("decrees-proposal", made.pk)
        except UserError as error:
            problem = error
    search = request.GET.get("cari", "")
    known, others = changes.should_leave(user, first, on=today(), search=search)
    context = {
        "decree": first,
        "open": open_proposals().filter(amends=first).first(),
        "known": known,
        "others": others,
        "search": search,
        "months": _months(first),
        "next_month": str(Month.of(today()) + 1),
        "typed": request.POST,
        "problem": problem,
        "no_longer": NO_LONGER,
    }
    status = 400 if problem else 200
    return render(request, "decrees/change.html", context, status=status)


def _leaving(request: HttpRequest) -> dict[int, str]:
    """The entries that were ticked, with the reason beside each."""
    return {
        int(pk): request.POST.get(f"reason-{pk}", "")
        for pk in request.POST.getlist("leaves")
        if pk.isdigit()
    }


def _months(decree: Decree) -> list[Month]:
    first, until = Month.of(decree.first_month), Month.of(decree.until_month)
    return [first + n for n in range(until - first)]


def _month(request: HttpRequest, decree: Decree) -> Month:
    asked = request.POST.get("month", "")
    return next(
        (month for month in _months(decree) if str(month) == asked),
        Month.of(decree.first_month),
    )
