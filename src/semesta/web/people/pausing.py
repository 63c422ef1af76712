"""Letting one person's decision stand still, and letting it move again."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from semesta.eligibility.models import Pause
from semesta.eligibility.pausing import services
from semesta.kernel import UserError
from semesta.registry.models import Person
from semesta.registry.queries import numbers_of, person_or_denied
from semesta.web.clock import actor, today
from semesta.web.gate import needs, user_of


def _back_to(person: Person) -> HttpResponse:
    return redirect(f"{reverse('people-person', args=[person.pk])}#keputusan")


@require_POST
@needs("pause_person")
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause a person's decision, for a reason, from a day to a day or until ended."""
    person = person_or_denied(user_of(request), pk)
    services.pause(
        person=person,
        reason=request.POST.get("reason", ""),
        note=request.POST.get("note", ""),
        since=_day(request.POST.get("since", "")) or today(),
        until=_day(request.POST.get("until", "")),
        by=actor(request),
    )
    messages.success(
        request, _("Dijeda. Penilaian massal tidak mengubah keputusannya.")
    )
    return _back_to(person)


@require_POST
@needs("pause_person")
def end(request: HttpRequest, pk: int, pause_pk: int) -> HttpResponse:
    """End a pause today; it stays in the record."""
    person = person_or_denied(user_of(request), pk)
    found = get_object_or_404(Pause, pk=pause_pk, person_id__in=numbers_of(person.pk))
    services.end_pause(
        pause=found,
        on=today(),
        note=request.POST.get("note", ""),
        by=actor(request),
    )
    messages.success(request, _("Jeda diakhiri. Penilaian berikutnya berlaku lagi."))
    return _back_to(person)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UserError(
            "date.invalid",
            "Tanggalnya tidak terbaca.",
            f"{text} bukan tanggal.",
            "Tulis seperti 2026-01-31.",
        ) from error
