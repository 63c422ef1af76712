"""What families are owed, and rights that are about to be lost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from semesta.audit.services import record
from semesta.benefits import queries
from semesta.benefits.models import BenefitCase, ProtectionWarning
from semesta.web.clock import actor
from semesta.web.gate import needs, user_of
from semesta.web.paging import chosen, page_of

# What each kind of warning asks of the reader.
ADVICE = {
    "lapses_soon": "Lanjutkan iurannya, atau pindahkan ke pembayar lain.",
    "turns_65": "Pastikan iurannya tidak terputus.",
    "dead_but_paid": "Minta akta kematian, lalu ganti penerimanya.",
    "near_36_months": "Jaga iurannya: beasiswa anak hampir terbuka.",
}


@needs("see_cases")
def cases(request: HttpRequest) -> HttpResponse:
    """Deaths and what each family is owed, newest first; open ones by default."""
    user = user_of(request)
    status = chosen(request, "keadaan", (*BenefitCase.Status.values, "semua"))
    status = status or BenefitCase.Status.FOUND
    found = queries.cases(user, "" if status == "semua" else status)
    context = {
        "totals": queries.case_totals(user),
        "status": status,
        "page": page_of(request, found, 25),
    }
    return render(request, "cases/list.html", context)


@needs("see_cases")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: who, when, what is owed on which grounds, and what to bring."""
    found = get_object_or_404(queries.cases(user_of(request)), pk=pk)
    record(
        action="person.viewed", by=actor(request), subject=f"person:{found.person_id}"
    )
    return render(request, "cases/case.html", {"case": found})


@needs("see_cases")
def warnings(request: HttpRequest) -> HttpResponse:
    """Rights about to be lost or gained, soonest first, by kind."""
    user = user_of(request)
    counts = queries.warning_totals(user)
    kind = chosen(request, "jenis", counts)
    context = {
        "kinds": [
            (code, label, counts[code])
            for code, label in ProtectionWarning.Kind.choices
        ],
        "kind": kind,
        "advice": ADVICE.get(kind, ""),
        "total": sum(counts.values()),
        "page": page_of(request, queries.warnings(user, kind), 25),
    }
    return render(request, "cases/warnings.html", context)
