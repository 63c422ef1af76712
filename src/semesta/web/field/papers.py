"""What goes to the field on paper or as a form for telephones, and what comes back."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from semesta.access.models import User
from semesta.audit.services import record
from semesta.intake.words import occupations
from semesta.kernel import NotPossible
from semesta.reports.field_form import Visit, form_data
from semesta.verification import queries
from semesta.verification.models import VerificationRound
from semesta.verification.outcome import OPEN
from semesta.verification.reasons import REASONS
from semesta.web.clock import actor, today
from semesta.web.formats import number
from semesta.web.gate import needs, user_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("see_evidence")
def form_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The printed form for those not answered yet in the user's area; recorded."""
    user = user_of(request)
    found = get_object_or_404(queries.rounds(user), pk=pk)
    # Typesetting pulls in much that the pages never need.
    from semesta.reports.typeset import pdf

    data = form_data(
        _visits(user, found),
        settings.WORKSPACE.region,
        due_on=found.due_on,
        reasons=[reason.title for reason in REASONS.values()],
    )
    content = pdf("field_form", data, made_on=found.opened_on)
    return _sent(request, found, content, "application/pdf", "formulir", "pdf")


@needs("see_evidence")
def xlsform(request: HttpRequest, pk: int) -> HttpResponse:
    """The round as a form for ODK and Kobo; it names nobody."""
    found = get_object_or_404(queries.rounds(user_of(request)), pk=pk)
    from semesta.reports.xlsform import xlsform as written

    content = written(
        title=f"Verifikasi lapangan {settings.WORKSPACE.region.name}",
        form_id=f"verifikasi_{found.name}",
        occupations=occupations(),
        reasons={code: reason.title for code, reason in REASONS.items()},
        made_on=found.opened_on,
    )
    return _sent(request, found, content, XLSX, "formulir", "xlsx")


@needs("see_evidence")
def form_people(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of that form in the user's area, as the CSV it reads; recorded."""
    user = user_of(request)
    found = get_object_or_404(queries.rounds(user), pk=pk)
    from semesta.reports.xlsform import tasks_csv

    content = tasks_csv(_visits(user, found)).encode()
    return _sent(request, found, content, "text/csv; charset=utf-8", "tugas", "csv")


@require_POST
@needs("run_verification")
def take(request: HttpRequest) -> HttpResponse:
    """Make answers of the typed-off forms and form submissions that have come in."""
    from semesta.verification.returning.services import take_returned

    taken = take_returned(
        user=user_of(request),
        workspace=settings.WORKSPACE,
        by=actor(request),
        on=today(),
    )
    messages.success(
        request,
        f"{number(taken.stored)} jawaban baru disimpan, {number(taken.known)} sudah ada, "
        f"{number(taken.asked.total())} perlu ditanyakan.",
    )
    return redirect("field")


def _visits(user: User, found: VerificationRound) -> list[Visit]:
    """Those without an answer yet, page by page. NotPossible when nobody is left."""
    titles = occupations()
    rows = queries.tasks_in_view(user, found).filter(earlier=None, state=OPEN)
    visits = [
        Visit(
            page_code=task.page_code,
            line=task.line,
            name=task.person.name,
            address=task.address,
            kelurahan=task.kelurahan,
            rw=task.rw,
            rt=task.rt,
            occupation=titles.get(task.person.occupation, ""),
        )
        for task in rows.order_by("kelurahan", "rw", "rt", "page_code", "line")
    ]
    if visits:
        return visits
    raise NotPossible(
        "field.nobody_left",
        "Tidak ada orang yang masih harus diperiksa.",
        "Semua orang pada putaran ini sudah dijawab, atau tidak ada di wilayah Anda.",
        "Formulir hanya memuat yang belum dijawab.",
    )


def _sent(
    request: HttpRequest,
    found: VerificationRound,
    content: bytes,
    kind: str,
    name: str,
    ending: str,
) -> HttpResponse:
    record(
        action="verification.form_downloaded",
        by=actor(request),
        subject=f"round:{found.pk}",
        detail={"file": f"{name}.{ending}"},
    )
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
