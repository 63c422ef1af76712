"""Readers of what comes; area limits are applied here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from semesta.access.area import in_area
from semesta.access.rights import check_may
from semesta.benefits.ahead.models import ComingMonth, LapseAnnouncement
from semesta.benefits.models import ProtectionWarning
from semesta.ledger.queries import in_force
from semesta.registry.queries import HOLDER

if TYPE_CHECKING:
    from semesta.access.models import User


def announcements(
    user: User, *, on: date, threshold: int = 0
) -> QuerySet[LapseAnnouncement]:
    """Lapses announced and still ahead in the user's area, soonest first.

    A lapse that a payment has put off since is not among them.
    """
    check_may(user, "see_people")
    still = ProtectionWarning.objects.filter(
        person=OuterRef("person"),
        kind=ProtectionWarning.Kind.LAPSES_SOON,
        due_on=OuterRef("lapses_on"),
    )
    found = LapseAnnouncement.objects.filter(Exists(still), lapses_on__gt=on)
    found = in_area(found.select_related("person"), user)
    if threshold:
        found = found.filter(threshold=threshold)
    return found.order_by("lapses_on", "pk")


def announced_by_threshold(user: User, *, on: date) -> dict[int, int]:
    """How many standing announcements there are at each threshold."""
    rows = announcements(user, on=on).order_by().values_list("threshold")
    return dict(rows.annotate(Count("pk")))


def coming_months(user: User) -> dict[date, dict[str, int]]:
    """People per coming month and kind in the user's area, soonest first."""
    rows = in_area(ComingMonth.objects.order_by("month"), user)
    found: dict[date, dict[str, int]] = {}
    for month, kind, people in rows.values_list("month", "kind").annotate(
        Sum("people")
    ):
        found.setdefault(month, {})[kind] = people
    return found


def coming_by_area(user: User, month: date) -> list[tuple[str, dict[str, int]]]:
    """One month's people per kelurahan and kind, by code."""
    rows = in_area(ComingMonth.objects.filter(month=month), user)
    found: dict[str, dict[str, int]] = {}
    for place, kind, people in rows.order_by("kelurahan").values_list(
        "kelurahan", "kind", "people"
    ):
        found.setdefault(place, {})[kind] = people
    return list(found.items())


# What this stage's services read; whole, not limited to an area.


def last_payers(person_ids: Iterable[int]) -> dict[int, str]:
    """Who paid a person's last month, by person; doubles count for whom they became."""
    wanted = sorted(set(person_ids))
    found: dict[int, str] = {}
    for start in range(0, len(wanted), 400):
        rows = in_force().annotate(holder=HOLDER)
        rows = rows.filter(holder__in=wanted[start : start + 400])
        for holder, payer in rows.order_by("paid_until", "pk").values_list(
            "holder", "payer"
        ):
            found[holder] = payer
    return found
