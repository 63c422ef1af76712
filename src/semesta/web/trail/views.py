"""The trail: what was done, whether it is whole, and what each run read and wrote."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from semesta.audit import queries
from semesta.web.gate import needs
from semesta.web.paging import page_of
from semesta.web.trail.words import action_in_words, stage_in_words


@needs("see_trail")
def trail(request: HttpRequest) -> HttpResponse:
    """Events, newest first; `?perihal=person:12` for those about one subject."""
    subject = request.GET.get("perihal", "").strip()
    found = queries.events_about(subject) if subject else queries.events()
    page = page_of(request, found)
    events = [(event, action_in_words(event.action)) for event in page]
    context = {"page": page, "events": events, "subject": subject}
    return render(request, "trail/events.html", context)


@needs("see_trail")
def check(request: HttpRequest) -> HttpResponse:
    """Walk the whole chain and say whether it holds."""
    breaks = queries.verify_chain()
    context = {"breaks": breaks, "events": queries.events().count()}
    return render(request, "trail/check.html", context)


@needs("see_trail")
def runs(request: HttpRequest) -> HttpResponse:
    """Finished runs of the stages, newest first."""
    page = page_of(request, queries.runs(), 20)
    listed = [(run, stage_in_words(run.stage)) for run in page]
    return render(request, "trail/runs.html", {"page": page, "runs": listed})
