"""Employers and what was found about them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from semesta.compliance import queries
from semesta.compliance.models import Finding
from semesta.registry.queries import employers as employers_in_view
from semesta.web.gate import needs, user_of
from semesta.web.paging import chosen, page_of


@needs("see_employers")
def employers(request: HttpRequest) -> HttpResponse:
    """Findings, most exposed workers first; by kind and by a part of the name."""
    user = user_of(request)
    kind = chosen(request, "jenis", Finding.Kind.values)
    search = request.GET.get("cari", "")
    context = {
        "totals": queries.finding_totals(user),
        "exposed": queries.exposed_workers(user),
        "employers_known": employers_in_view(user).count(),
        "kind": kind,
        "search": search,
        "page": page_of(request, queries.findings(user, kind, search), 25),
    }
    return render(request, "employers/list.html", context)


@needs("see_employers")
def employer(request: HttpRequest, pk: int) -> HttpResponse:
    """One employer: what it says, what was found, on which grounds."""
    user = user_of(request)
    found = get_object_or_404(employers_in_view(user), pk=pk)
    findings = queries.findings(user).filter(employer=found)
    context = {"employer": found, "findings": findings}
    return render(request, "employers/employer.html", context)
