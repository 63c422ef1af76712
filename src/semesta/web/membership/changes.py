"""The changes of a month: found, decided, finalised, posted."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from semesta.access.rights import may
from semesta.audit.services import record
from semesta.benefits.models import BenefitCase
from semesta.enrolment.models import ChangeTask, DeactivationFile, MonthPeriod
from semesta.enrolment.monthly import kinds, queries
from semesta.intake.queries import deliveries_named
from semesta.kernel import Month, NotAllowed, UserError
from semesta.web import clock
from semesta.web.formats import number
from semesta.web.gate import needs, user_of
from semesta.web.membership.month import month_of
from semesta.web.membership.views import told
from semesta.web.paging import chosen, page_of


@needs("see_enrolment")
def changes(request: HttpRequest) -> HttpResponse:
    """A month's changes by kind, with accept and decline, and its state."""
    user, month = user_of(request), month_of(request)
    period = queries.period_of(month)
    context: dict[str, object] = {
        "here": "changes",
        "month": month,
        "before": month + -1,
        "after": month + 1,
        "period": period,
        "unlinked": queries.unlinked_deliveries(),
        "may_work": may(user, "run_programme"),
        "may_post": may(user, "post_month"),
        "sees_lists": may(user, "see_deliveries"),
        "sees_cases": may(user, "see_cases"),
    }
    if period:
        kind = chosen(request, "jenis", kinds.KINDS)
        state = chosen(request, "keadaan", ChangeTask.State.values)
        page = page_of(
            request, queries.changes(user, period, kind=kind, state=state), 25
        )
        tallies = queries.changes_by_kind(user, period)
        context |= {
            "kind": kind,
            "state": state,
            "states": ChangeTask.State.choices,
            "kinds": tallies,
            "waiting": sum(tally.waiting for tally in tallies),
            "page": page,
            "rows": _rows(list(page)),
            "files": queries.deactivation_files(user, period),
        }
    return render(request, "membership/changes.html", context)


def _rows(tasks: list[ChangeTask]) -> list[dict[str, object]]:
    """Each change with its kind, the list that says so, and the claim it opens."""
    lists = deliveries_named(task.delivery for task in tasks if task.delivery)
    dead = [task.entry.person_id for task in tasks if task.kind == kinds.DIED]
    cases = {
        case.person_id: case for case in BenefitCase.objects.filter(person__in=dead)
    }
    return [
        {
            "task": task,
            "kind": kinds.KINDS[task.kind],
            "actions": [(a, kinds.ACTIONS[a]) for a in kinds.KINDS[task.kind].actions],
            "list": lists.get(task.delivery),
            "case": cases.get(task.entry.person_id),
        }
        for task in tasks
    ]


def _back(month: Month) -> HttpResponse:
    return redirect(f"{reverse('membership-changes')}?bulan={month}")


@require_POST
@needs("run_programme")
def find(request: HttpRequest) -> HttpResponse:
    """Look for the month's changes in all lists that came in."""
    # Bulk work pulls in much that the pages never need.
    from semesta.enrolment.monthly.services import find_changes

    month = month_of(request)
    try:
        counts = find_changes(
            month=month, workspace=settings.WORKSPACE, by=clock.actor(request)
        )
    except UserError as error:
        told(request, error)
        return _back(month)
    messages.success(
        request,
        f"{number(counts['found'])} perubahan, {number(counts['new'])} di antaranya "
        f"baru, {number(counts['withdrawn'])} ditarik karena sumbernya berubah.",
    )
    return _back(month)


@require_POST
@needs("run_programme")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or decline one change, or take the decision back."""
    from semesta.enrolment.monthly.services import decide_change, take_back_change

    task = get_object_or_404(queries.every_change(user_of(request)), pk=pk)
    version = _version(request)
    by, answer = clock.actor(request), request.POST.get("answer")
    try:
        if answer == "back":
            take_back_change(task=task, version=version, by=by)
        else:
            decide_change(
                task=task,
                version=version,
                accepted=answer == "accept",
                action=request.POST.get("action", ""),
                note=request.POST.get("note", ""),
                by=by,
            )
    except UserError as error:
        told(request, error)
    return _back(Month.of(task.period.month))


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() else -1


@require_POST
@needs("see_enrolment")
def step(request: HttpRequest, month: str) -> HttpResponse:
    """Finalise, reopen or post a month; write its deactivation file."""
    from semesta.enrolment.services import settle_month

    user = user_of(request)
    wanted = request.POST.get("step", "")
    try:
        first = Month.parse(month).first_day
    except ValueError as error:
        raise Http404 from error
    period = get_object_or_404(MonthPeriod, month=first)
    if not may(user, "post_month" if wanted == "post" else "run_programme"):
        raise _not_yours()
    try:
        done = settle_month(
            period=period,
            version=_version(request),
            step=wanted,
            workspace=settings.WORKSPACE,
            by=clock.actor(request),
        )
        messages.success(request, done)
    except UserError as error:
        told(request, error)
    return _back(Month.of(period.month))


def _not_yours() -> NotAllowed:
    return NotAllowed(
        "month.right",
        "Langkah ini bukan untuk peran Anda.",
        "Petugas memfinalisasi; pimpinan atau petugas lain memposting.",
        "Mintalah kepada yang berwenang.",
    )


@needs("run_programme")
def deactivation(request: HttpRequest, pk: int) -> HttpResponse:
    """A `data_tk_na` file under the name the portal wants; the download is recorded."""
    file = get_object_or_404(DeactivationFile, pk=pk)
    record(
        action="upload.downloaded",
        by=clock.actor(request),
        subject=f"month:{Month.of(file.period.month)}",
        detail={"sha256": file.sha256},
    )
    path = settings.WORKSPACE.publications / file.filename
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)  # type: ignore[return-value]
