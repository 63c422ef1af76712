"""Rejections worked off one by one."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from semesta.access.rights import may
from semesta.audit.services import record
from semesta.enrolment.mending import queries
from semesta.enrolment.mending.remedies import MOVES, REMEDIES
from semesta.enrolment.mending.services import replace_hopeless, work_on_rejection
from semesta.enrolment.models import RejectionTask, ReplacementTask
from semesta.kernel import UserError
from semesta.web import clock
from semesta.web.clock import today
from semesta.web.formats import number
from semesta.web.gate import needs, user_of
from semesta.web.membership.views import told
from semesta.web.paging import chosen, page_of

# What a button that leads to a state says.
BUTTONS = {
    "mending": "Mulai diperbaiki",
    "ready": "Simpan, siap dikirim lagi",
    "replaced": "Ganti orang lain",
    "closed": "Selesai tanpa dikirim",
    "open": "Buka lagi",
}


@needs("see_enrolment")
def tasks(request: HttpRequest) -> HttpResponse:
    """Rejections in the user's area, soonest due first, by kind and state."""
    user = user_of(request)
    kind = chosen(request, "jenis", REMEDIES)
    state = chosen(request, "keadaan", RejectionTask.State.values)
    found = queries.rejection_tasks(user, kind=kind, state=state)
    rows = page_of(request, found, 25)
    context = {
        "here": "tasks",
        "page": rows,
        "rows": [(task, REMEDIES[task.kind]) for task in rows],
        "kinds": queries.rejections_by_kind(user, None, on=today()),
        "kind": kind,
        "states": RejectionTask.State.choices,
        "state": state,
        "today": today(),
        "hopeless": _hopeless(request).count(),
        "may_work": may(user, "run_programme"),
    }
    return render(request, "membership/tasks.html", context)


def _hopeless(request: HttpRequest) -> QuerySet[RejectionTask]:
    """Open rejections that cannot be mended."""
    kinds = [code for code, remedy in REMEDIES.items() if not remedy.mendable]
    found = queries.rejection_tasks(user_of(request), state=RejectionTask.State.OPEN)
    return found.filter(kind__in=kinds)


@require_POST
@needs("run_programme")
def replace_all(request: HttpRequest) -> HttpResponse:
    """Give away the places of all who cannot be sent again."""
    given = replace_hopeless(tasks=_hopeless(request), by=clock.actor(request))
    messages.success(request, f"{number(given)} tempat diserahkan ke daftar tunggu.")
    return redirect("membership-tasks")


@needs("see_enrolment")
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One rejection: what is wrong, who can help, and the steps that are open."""
    user = user_of(request)
    found = get_object_or_404(queries.every_rejection(user), pk=pk)
    if request.method == "POST" and may(user, "run_programme"):
        return _worked(request, found)
    entry = found.entry
    place = ReplacementTask.objects.filter(entry=entry, closed_at=None)
    record(
        action="person.viewed",
        by=clock.actor(request),
        subject=f"person:{entry.person_id}",
    )
    context = {
        "here": "tasks",
        "task": found,
        "remedy": REMEDIES[found.kind],
        "moves": _moves(found),
        "place": place.select_related("candidate").first(),
        "late": found.due_on < today(),
        "may_work": may(user, "run_programme"),
    }
    return render(request, "membership/task.html", context)


def _moves(task: RejectionTask) -> list[tuple[str, str]]:
    """The steps the page offers, the likeliest first: who cannot be registered whatever
    is mended is not sent again, but replaced."""
    open_steps = [(s, BUTTONS[s]) for s in BUTTONS if s in MOVES[task.state]]
    if REMEDIES[task.kind].mendable:
        return open_steps
    left = [(state, label) for state, label in open_steps if state != "ready"]
    return sorted(left, key=lambda step: step[0] != "replaced")


def _worked(request: HttpRequest, task: RejectionTask) -> HttpResponse:
    version = request.POST.get("version", "")
    try:
        done = work_on_rejection(
            task=task,
            version=int(version) if version.isdigit() else -1,
            state=request.POST.get("state", ""),
            nik_on_card=request.POST.get("nik", ""),
            name_on_card=request.POST.get("name", ""),
            note=request.POST.get("note", ""),
            by=clock.actor(request),
        )
    except UserError as error:
        told(request, error)
        return redirect("membership-task", task.pk)
    messages.success(request, f"Tersimpan: {done.get_state_display().lower()}.")
    return redirect("membership-task", task.pk)
