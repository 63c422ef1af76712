"""Readers of findings, limited to the user's area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from semesta.access.area import in_area
from semesta.access.models import User
from semesta.compliance.models import Finding

PLACE = "employer__kelurahan"


@dataclass(frozen=True)
class FindingTotal:
    """Findings of one kind: how many employers, how many workers stand behind them."""

    kind: str
    label: str
    employers: int
    workers_exposed: int
    as_of: date | None


def findings(user: User, kind: str = "", search: str = "") -> QuerySet[Finding]:
    """Findings in the user's area, most exposed workers first; blank `kind` = all.

    `search` is part of the employer's name, or a whole NPP or NIB.
    """
    found = in_area(Finding.objects.select_related("employer"), user, PLACE)
    if kind:
        found = found.filter(kind=kind)
    if search := search.strip():
        found = found.filter(
            Q(employer__name__icontains=search)
            | Q(employer__npp__iexact=search)
            | Q(employer__nib=search)
        )
    return found


def finding_totals(user: User) -> list[FindingTotal]:
    """One line per kind, also for kinds without a finding."""
    rows: dict[str, dict[str, Any]] = {
        str(row["kind"]): dict(row)
        for row in in_area(Finding.objects.all(), user, PLACE)
        .order_by()
        .values("kind")
        .annotate(
            employers=Count("pk"), workers=Sum("workers_exposed"), as_of=Max("as_of")
        )
    }
    return [
        FindingTotal(
            kind=kind,
            label=Finding.Kind(kind).label,
            employers=rows.get(kind, {}).get("employers", 0),
            workers_exposed=rows.get(kind, {}).get("workers") or 0,
            as_of=rows.get(kind, {}).get("as_of"),
        )
        for kind in Finding.Kind.values
    ]


def exposed_workers(user: User) -> int:
    """Workers behind any finding in the user's area, each employer counted once.

    An employer with two findings counts with the larger number of workers.
    """
    per_employer = (
        in_area(Finding.objects.all(), user, PLACE)
        .order_by()
        .values("employer")
        .annotate(most=Max("workers_exposed"))
    )
    return sum(row["most"] or 0 for row in per_employer)
