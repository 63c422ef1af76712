"""`Perbarui`: what came in, one button, and how far the work is."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from semesta.audit.stages import TITLES
from semesta.kernel import Month
from semesta.web import clock
from semesta.web.deliveries.views import STOP_ASKING
from semesta.web.formats import day
from semesta.web.gate import needs, user_of
from semesta.web.reading import HowFar, how_far
from semesta.web.update.news import news
from semesta.web.update.tasks import (
    UNDER_WAY,
    bring_up_to_date,
    told_file,
    under_way,
    updating,
)

PATIENCE = timedelta(seconds=30)


@needs("run_programme")
def update(request: HttpRequest) -> HttpResponse:
    """What would be worked in; POST asks the worker to do it, once at a time."""
    if request.method == "POST":
        running = under_way()
        task = running or bring_up_to_date.enqueue(user_of(request).username).id
        return redirect("update-progress", task)
    context = {"news": news(), "task": under_way(), "next_day": next_day()}
    return render(request, "update/update.html", context)


def next_day() -> date | None:
    """The last day of the month to which an invented city's calendar may go next."""
    today = settings.WORKSPACE.today
    if today is None:
        return None
    month = Month.of(today)
    ends = (month + 1).first_day - timedelta(days=1)
    return ends if ends > today else (month + 2).first_day - timedelta(days=1)


@require_POST
@needs("run_programme")
def move_calendar(request: HttpRequest) -> HttpResponse:
    """Let the invented city's calendar go on to the next month's end."""
    to = next_day()
    if to is None:
        raise Http404
    settings.WORKSPACE.move_today(to)
    messages.success(request, f"Kalender maju ke {day(to)}.")
    return redirect("update")


@needs("run_programme")
def progress(request: HttpRequest, task: str) -> HttpResponse:
    """How far the work is; renews itself until it is done."""
    try:
        result = updating(task)
    except TaskResultDoesNotExist:
        result = None
    if result is None:
        raise Http404
    waiting = result.status == TaskResultStatus.READY
    working = result.status in UNDER_WAY
    failed = result.status == TaskResultStatus.FAILED
    done = {} if working or failed else result.return_value or {}
    far = how_far(told_file()) if working else None
    context = {
        "task": task,
        "working": working,
        "nobody": waiting and clock.waited(result.enqueued_at, PATIENCE),
        "far": far,
        "steps": steps(far, finished="seconds" in done),
        "error": done.get("error"),
        "failed": failed,
    }
    if not request.headers.get("HX-Request"):
        return render(request, "update/progress.html", context)
    status = 200 if working else STOP_ASKING
    return render(request, "update/working.html", context, status=status)


def steps(far: HowFar | None, *, finished: bool) -> list[tuple[str, str]]:
    """Each step with its state: `done`, `now` or `later`."""
    # The cycle pulls in much that the pages never need.
    from semesta.cycle import FOLLOWS

    at = FOLLOWS.index(far.step) if far and far.step in FOLLOWS else -1
    return [
        (
            TITLES[name],
            "done" if finished or place < at else "now" if place == at else "later",
        )
        for place, name in enumerate(FOLLOWS)
    ]
