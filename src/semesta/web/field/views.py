"""The first page of the field, and the pictures that came from it."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from semesta.access.rights import may
from semesta.audit.services import record
from semesta.verification import queries
from semesta.web.clock import actor
from semesta.web.gate import needs, user_of
from semesta.web.paging import page_of

PER_PAGE = 40


@needs("see_verification")
def field(request: HttpRequest) -> HttpResponse:
    """The walk of those who verify; the rounds for those who watch over it."""
    user = user_of(request)
    if may(user, "verify_in_field"):
        return _walk(request)
    found = queries.rounds(user)
    lines = [(one, queries.whole_of(queries.progress(user, one))) for one in found[:20]]
    may_run = may(user, "run_verification")
    context = {
        "rounds": lines,
        "may_run": may_run,
        "problems": queries.problems(user)[:PER_PAGE] if may_run else [],
    }
    return render(request, "field/rounds.html", context)


def _walk(request: HttpRequest) -> HttpResponse:
    """Who is left, RW by RW and RT by RT. The search is posted: names stay out of
    addresses and logs."""
    user = user_of(request)
    search = request.POST.get("text", "")
    open_rounds = queries.rounds(user).filter(closed_at=None)
    tasks = queries.my_tasks(user, search)
    context = {
        "rounds": [
            (one, queries.whole_of(queries.progress(user, one))) for one in open_rounds
        ],
        "page": page_of(request, tasks, PER_PAGE),
        "search": search,
        "answers": queries.my_answers(user)[:10],
    }
    return render(request, "field/walk.html", context)


@needs("see_evidence")
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of an answer, in the user's area; every look is written down."""
    found = queries.evidence_for(user_of(request), pk)
    if found is None:
        raise Http404
    answer, evidence = found
    record(
        action="verification.photo_seen",
        by=actor(request),
        subject=f"person:{answer.task.person_id}",
    )
    path = queries.evidence_file(settings.WORKSPACE, evidence.sha256, evidence.ending)
    return HttpResponse(path.read_bytes(), content_type=evidence.kind)
