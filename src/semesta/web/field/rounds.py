"""The officer's side: open a round, watch it, decide between answers, close it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from semesta.access.rights import may
from semesta.kernel import UserError
from semesta.verification import queries, services
from semesta.verification.closing.services import close_round
from semesta.verification.reasons import reason_title
from semesta.web.clock import actor, today
from semesta.web.field.forms import RoundForm
from semesta.web.gate import needs, user_of


@needs("run_verification")
def draw(request: HttpRequest) -> HttpResponse:
    """Ask the field about the people of a plan."""
    on = today()
    form = RoundForm(request.POST or None, on=on)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.draw_round(
                **form.cleaned_data,
                workspace=settings.WORKSPACE,
                by=actor(request),
                on=on,
            )
        except UserError as error:
            form.add_error(None, f"{error.what} {error.why} {error.fix}")
        else:
            return redirect("field-round", pk=made.pk)
    return render(request, "field/draw.html", {"form": form})


@needs("see_verification")
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a round is, by kelurahan; why people were refused; what differs."""
    user = user_of(request)
    found = get_object_or_404(queries.rounds(user), pk=pk)
    lines = queries.progress(user, found)
    may_run = may(user, "run_verification")
    context = {
        "round": found,
        "lines": lines,
        "together": queries.whole_of(lines),
        "refusals": [(reason_title(c), n) for c, n in queries.refusals(user, found)],
        "disputes": queries.disputed(user, found)[:50] if may_run else [],
        "may_run": may_run,
        "may_print": may(user, "see_evidence"),
        "late": found.is_open and found.due_on < today(),
    }
    return render(request, "field/round.html", context)


@require_POST
@needs("run_verification")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a round; its facts go to the registry with the next update."""
    user = user_of(request)
    found = get_object_or_404(queries.rounds(user), pk=pk)
    close_round(
        user=user,
        round_=found,
        workspace=settings.WORKSPACE,
        by=actor(request),
        on=today(),
    )
    messages.success(request, _("Putaran ditutup. Hasilnya masuk sebagai kiriman."))
    return redirect("field-round", pk=pk)


@needs("run_verification")
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Two answers side by side, and the decision which one counts."""
    user = user_of(request)
    task = queries.dispute_for(user, pk)
    if task is None:
        raise Http404
    error: UserError | None = None
    if request.method == "POST":
        try:
            services.settle(
                user=user,
                task_pk=pk,
                answer_pk=_whole(request.POST.get("answer", "")),
                note=request.POST.get("note", ""),
                by=actor(request),
            )
        except UserError as found:
            error = found
        else:
            messages.success(request, _("Keputusan disimpan."))
            return redirect("field-round", pk=task.round_id)
    voices = [(one, reason_title(one.reason)) for one in queries.voices_of(task)]
    context = {"task": task, "voices": voices, "error": error}
    status = 400 if error else 200
    return render(request, "field/settle.html", context, status=status)


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0
