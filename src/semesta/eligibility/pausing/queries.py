"""Readers of pauses."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from semesta.access.area import in_area
from semesta.access.models import User
from semesta.eligibility.models import Pause


def in_effect(on: date) -> QuerySet[Pause]:
    """The pauses that hold on a day."""
    return Pause.objects.filter(
        Q(until=None) | Q(until__gte=on),
        Q(ended_on=None) | Q(ended_on__gt=on),
        since__lte=on,
    )


def paused_people(on: date) -> list[int]:
    """Ids of the people whose decision stands still on a day, ascending.

    Someone paused under the number of a double counts as the person it was merged into.
    """
    holder = Coalesce(F("person__merged_into_id"), F("person_id"))
    return sorted(set(in_effect(on).values_list(holder, flat=True)))


def pause_of(person_id: int, on: date) -> Pause | None:
    """The pause that holds for a person on a day."""
    # One query: pauses are few, so the join costs nothing.
    theirs = Q(person=person_id) | Q(person__merged_into=person_id)
    return in_effect(on).filter(theirs).last()


def pauses(user: User, on: date) -> QuerySet[Pause]:
    """Pauses in effect in the user's area, oldest first."""
    found = in_effect(on).select_related("person").order_by("since", "pk")
    return in_area(found, user, "person__kelurahan")
