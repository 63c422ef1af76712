"""Judging everyone from a page: asked for here, done by the worker, shown when done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django_tasks import TaskResult, default_task_backend, task
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from semesta.eligibility.versions.queries import policy_for
from semesta.kernel import UserError
from semesta.web import clock
from semesta.web.clock import actor_named, today
from semesta.web.deliveries.views import STOP_ASKING
from semesta.web.gate import needs, user_of

PATIENCE = timedelta(seconds=30)


@task()
def judge_everyone(slug: str, on: str, username: str) -> dict[str, Any]:
    """Judge everyone under a policy on a day. Returns `{"run": name}`, or `{"error": …}`
    in the one error shape."""
    # The stages pull in much that the pages never need.
    from semesta.eligibility.services import judge

    try:
        run = judge(
            policy_slug=slug,
            as_of=date.fromisoformat(on),
            workspace=settings.WORKSPACE,
            engine=settings.WORKSPACE.engine,
            by=actor_named(username),
        )
    except UserError as error:
        return {"error": error.as_dict()}
    return {"run": run.name}


@require_POST
@needs("run_programme")
def ask(request: HttpRequest) -> HttpResponse:
    """Ask the worker to judge everyone; a wrong day or policy is told at once."""
    slug, on = request.POST.get("slug", ""), request.POST.get("on", "") or str(today())
    try:
        day = date.fromisoformat(on)
    except ValueError as error:
        raise UserError(
            "date.invalid",
            "Tanggalnya tidak terbaca.",
            f"{on} bukan tanggal.",
            "Tulis seperti 2026-01-31.",
        ) from error
    policy_for(slug, settings.WORKSPACE, on=day)
    asked = judge_everyone.enqueue(slug, on, user_of(request).username)
    return redirect("policies-judging", asked.id)


@needs("run_programme")
def judging(request: HttpRequest, task: str) -> HttpResponse:
    """Whether everyone is judged; renews itself until they are."""
    result = _result(task)
    working = result.status in (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    failed = result.status == TaskResultStatus.FAILED
    done = {} if working or failed else result.return_value or {}
    waiting = result.status == TaskResultStatus.READY
    context = {
        "task": task,
        "working": working,
        "failed": failed,
        "nobody": waiting and clock.waited(result.enqueued_at, PATIENCE),
        "error": done.get("error"),
        "run": _run(done.get("run", "")),
    }
    if not request.headers.get("HX-Request"):
        return render(request, "policies/judging.html", context)
    status = 200 if working else STOP_ASKING
    return render(request, "policies/judged.html", context, status=status)


def _result(task_id: str) -> TaskResult:
    try:
        result = default_task_backend.get_result(task_id)
    except TaskResultDoesNotExist as error:
        raise Http404 from error
    if result.task.func is not judge_everyone.func:
        raise Http404
    return result


def _run(name: str) -> Any:
    from semesta.eligibility.replaying.queries import run_named

    return run_named(name) if name else None
