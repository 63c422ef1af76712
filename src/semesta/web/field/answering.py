"""One person at a time: the page of a task, and what the queue in the browser needs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.staticfiles.finders import find
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from semesta.audit.services import record
from semesta.kernel import UserError
from semesta.kernel.errors import NotAllowed
from semesta.verification import queries
from semesta.verification.models import FieldAnswer, VerificationTask
from semesta.verification.services import answer_task
from semesta.web.clock import actor, today
from semesta.web.field.forms import AnswerForm
from semesta.web.gate import needs, open_to_all, user_of

WORKER = "semesta/field-worker.js"


@needs("verify_in_field")
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Who to look for and what to answer; after saving comes the next person."""
    on = today()
    if request.method != "POST":
        found = queries.task_for(user_of(request), pk)
        form = AnswerForm(on=on, initial={"key": uuid4()})
        record(
            action="person.viewed",
            by=actor(request),
            subject=f"person:{found.person_id}",
        )
        return _page(request, found, form)
    form = AnswerForm(request.POST, request.FILES, on=on)
    queued = "X-Queued" in request.headers
    if form.is_valid():
        try:
            answer = _save(request, pk, form)
        except UserError as error:
            if queued:
                status = 403 if isinstance(error, NotAllowed) else 400
                problem = f"{error.what} {error.why} {error.fix}"
                return JsonResponse({"problem": problem}, status=status)
            if isinstance(error, NotAllowed):
                raise
            form.add_error(None, f"{error.what} {error.fix}")
        else:
            return _saved(request, answer, queued)
    if queued:
        problem = " ".join(str(e) for all_ in form.errors.values() for e in all_)
        return JsonResponse({"problem": problem}, status=400)
    return _page(request, queries.task_for(user_of(request), pk), form, status=400)


def _save(request: HttpRequest, pk: int, form: AnswerForm) -> FieldAnswer:
    photo = form.cleaned_data["photo"]
    given_at: datetime | None = form.cleaned_data["given_at"]
    return answer_task(
        user=user_of(request),
        task_pk=pk,
        key=form.cleaned_data["key"],
        said=form.said(),
        workspace=settings.WORKSPACE,
        by=actor(request),
        on=today(),
        given_at=given_at,
        photo=photo.read() if photo else b"",
    )


def _saved(request: HttpRequest, answer: FieldAnswer, queued: bool) -> HttpResponse:
    following = queries.my_tasks(user_of(request)).first()
    url = reverse("field-task", args=[following.pk]) if following else reverse("field")
    if queued:
        return JsonResponse({"next": url})
    messages.success(request, _("Jawaban disimpan."))
    return redirect(url)


def _page(
    request: HttpRequest, found: VerificationTask, form: AnswerForm, status: int = 200
) -> HttpResponse:
    context = {
        "task": found,
        "form": form,
        "own": queries.own_answer(user_of(request), found),
        "left": queries.my_tasks(user_of(request)).count(),
    }
    return render(request, "field/task.html", context, status=status)


@needs("verify_in_field")
def token(request: HttpRequest) -> JsonResponse:
    """Whose session this is and its token: the queue asks before it sends."""
    user = user_of(request).get_username()
    return JsonResponse({"user": user, "token": get_token(request)})


@open_to_all
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that shows kept pages without a network; here, so that it may."""
    path = find(WORKER)
    text = Path(str(path)).read_text("utf-8")
    return HttpResponse(
        text, content_type="text/javascript", headers={"Cache-Control": "no-cache"}
    )
