"""Searching people and telling one person's story. Every look is recorded."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from semesta.access.rights import may
from semesta.audit.services import record
from semesta.eligibility.models import Pause
from semesta.kernel import UserError
from semesta.registry.queries import person_or_denied, search_people
from semesta.web.clock import actor, today
from semesta.web.gate import needs, user_of
from semesta.web.people.identity import oneness_of
from semesta.web.people.story import story_of

# Why a full NIK may be shown; the code goes into the trail.
REASONS = {
    "verify": _("Mencocokkan dengan KTP atau KK di depan saya"),
    "claim": _("Mengurus santunan keluarga"),
    "correct": _("Memperbaiki data yang keliru"),
    "audit": _("Pemeriksaan"),
}


@needs("see_people")
def people(request: HttpRequest) -> HttpResponse:
    """Search by name or NIK. The words travel by POST, so no NIK lands in an address."""
    context: dict[str, object] = {
        "text": request.POST.get("text", ""),
        "sees_quality": may(user_of(request), "see_linkage_quality"),
    }
    if request.method == "POST":
        try:
            found = search_people(user_of(request), request.POST.get("text", ""))
        except UserError as error:
            context["error"] = error
        else:
            record(
                action="person.searched",
                by=actor(request),
                detail={"found": len(found.people)},
            )
            also = found.also
            context["found"] = found
            context["people"] = [(one, also.get(one.pk, [])) for one in found.people]
    return render(request, "people/search.html", context)


@needs("see_people")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's story, with the NIK masked."""
    return _page(request, pk, action="person.viewed", reveal=False)


@require_POST
@needs("see_people")
def nik(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with the full NIK, for a reason that goes into the trail."""
    reason = request.POST.get("reason", "")
    if reason not in REASONS:
        raise UserError(
            "people.reason",
            "NIK tidak dibuka.",
            "Membuka NIK lengkap memerlukan alasan.",
            "Kembali, pilih alasan, lalu coba lagi.",
        )
    return _page(request, pk, action="person.nik_revealed", reveal=True, reason=reason)


def _page(
    request: HttpRequest, pk: int, *, action: str, reveal: bool, reason: str = ""
) -> HttpResponse:
    user = user_of(request)
    found = person_or_denied(user, pk)
    record(
        action=action,
        by=actor(request),
        subject=f"person:{found.pk}",
        detail={"reason": reason} if reason else {},
    )
    story = story_of(found, user=user, on=today(), workspace=settings.WORKSPACE)
    context = {
        "story": story,
        "person": found,
        "reveal": reveal,
        "reasons": REASONS.items(),
        "oneness": oneness_of(found, workspace=settings.WORKSPACE),
        "may_decide": may(user, "review_matches"),
        "may_pause": may(user, "pause_person"),
        "pause_reasons": Pause.Reason.choices,
    }
    return render(request, "people/person.html", context)
