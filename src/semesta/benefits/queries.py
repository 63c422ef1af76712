"""The only readers of cases and warnings; area limits are applied here."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, QuerySet, Sum

from semesta.access.area import in_area
from semesta.access.rights import check_may
from semesta.benefits.models import BenefitCase, ProtectionWarning
from semesta.registry.models import Person
from semesta.registry.queries import numbers_of

if TYPE_CHECKING:
    from semesta.access.models import User


class CaseTotals(TypedDict):
    """Cases by status, and what the open ones come to in whole rupiah."""

    deaths: int
    found: int
    not_protected: int
    unknown: int
    expected_total: int
    payable_now: int


def cases(user: User, status: str = "") -> QuerySet[BenefitCase]:
    """Cases in the user's area, newest event first; of one status when given."""
    check_may(user, "see_cases")
    found = in_area(BenefitCase.objects.select_related("person"), user)
    return found.filter(status=status) if status else found


def case_totals(user: User) -> CaseTotals:
    """How many cases of each status in the user's area, and what they come to."""
    rows = (
        in_area(BenefitCase.objects.order_by(), user)
        .values_list("status")
        .annotate(Count("pk"), Sum("expected_total"), Sum("payable_now"))
    )
    counted = {status: count for status, count, _, _ in rows}
    return CaseTotals(
        deaths=sum(counted.values()),
        found=counted.get(BenefitCase.Status.FOUND, 0),
        not_protected=counted.get(BenefitCase.Status.NOT_PROTECTED, 0),
        unknown=counted.get(BenefitCase.Status.UNKNOWN, 0),
        expected_total=sum(expected for _, _, expected, _ in rows),
        payable_now=sum(now for _, _, _, now in rows),
    )


def cases_of(person: Person) -> QuerySet[BenefitCase]:
    """The cases of a person whom the caller has checked the user may see, also those
    found under the number of a double merged into them."""
    return BenefitCase.objects.filter(person__in=numbers_of(person.pk))


def warnings(user: User, kind: str = "") -> QuerySet[ProtectionWarning]:
    """Warnings in the user's area, soonest first; of one kind when given."""
    check_may(user, "see_people")
    found = in_area(ProtectionWarning.objects.select_related("person"), user)
    return found.filter(kind=kind) if kind else found


def warning_totals(user: User) -> dict[str, int]:
    """How many warnings of each kind in the user's area; every kind is named."""
    rows = in_area(ProtectionWarning.objects.order_by(), user).values_list("kind")
    counted = dict(rows.annotate(Count("pk")))
    return {kind: counted.get(kind, 0) for kind in ProtectionWarning.Kind.values}


def warnings_of(person: Person) -> QuerySet[ProtectionWarning]:
    """The warnings about a person whom the caller has checked the user may see."""
    return ProtectionWarning.objects.filter(person=person)
