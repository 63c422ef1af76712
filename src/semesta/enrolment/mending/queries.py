"""Readers of rejections; lists for pages are limited to the user's area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from semesta.access.area import in_area
from semesta.access.models import User
from semesta.decrees.models import Decree
from semesta.enrolment.mending.models import RejectionTask
from semesta.enrolment.mending.remedies import REMEDIES, Remedy

DONE = (RejectionTask.State.REPLACED, RejectionTask.State.CLOSED)


def rejection_tasks(
    user: User, decree: Decree | None = None, *, state: str = "", kind: str = ""
) -> QuerySet[RejectionTask]:
    """Rejections in the user's area, soonest due first; by default those not done."""
    found = every_rejection(user)
    if decree:
        found = found.filter(entry__decree=decree)
    if kind:
        found = found.filter(kind=kind)
    found = found.filter(state=state) if state else found.exclude(state__in=DONE)
    return found.order_by("due_on", "entry__decree_id", "entry__number")


def every_rejection(user: User) -> QuerySet[RejectionTask]:
    """All rejections in the user's area, those that are done among them."""
    found = RejectionTask.objects.select_related("entry__decree", "entry__person")
    return in_area(found, user, "entry__kelurahan")


@dataclass(frozen=True)
class KindCount:
    """Rejections of one kind: all, those not done, and of these those past their day."""

    remedy: Remedy
    total: int
    waiting: int
    late: int


def rejections_by_kind(
    user: User, decree: Decree | None, *, on: date
) -> list[KindCount]:
    """Rejections in the user's area by what is wrong, most frequent first."""
    found = in_area(RejectionTask.objects.order_by(), user, "entry__kelurahan")
    if decree:
        found = found.filter(entry__decree=decree)
    rows = found.values_list("kind", "state", "due_on").annotate(Count("pk"))
    totals: dict[str, list[int]] = {}
    for kind, state, due_on, number in rows:
        counts = totals.setdefault(kind, [0, 0, 0])
        counts[0] += number
        if state not in DONE:
            counts[1] += number
            counts[2] += number if due_on < on else 0
    ordered = sorted(totals.items(), key=lambda item: (-item[1][0], item[0]))
    return [KindCount(REMEDIES[kind], *counts) for kind, counts in ordered]


def states_of(user: User, decree: Decree | None = None) -> dict[str, int]:
    """How many rejections in the user's area are in each state; every state is named."""
    found = in_area(RejectionTask.objects.order_by(), user, "entry__kelurahan")
    if decree:
        found = found.filter(entry__decree=decree)
    counted = dict(found.values_list("state").annotate(Count("pk")))
    return {state: counted.get(state, 0) for state in RejectionTask.State.values}


# What this stage's services read; whole, not limited to an area.


def corrections_of(decree: Decree) -> dict[int, RejectionTask]:
    """Rejected entries that may go into a further file: entry id → their task."""
    ready = RejectionTask.objects.filter(
        entry__decree=decree, state=RejectionTask.State.READY
    )
    return {task.entry_id: task for task in ready}


def replaced_entries(decree: Decree) -> dict[int, RejectionTask]:
    """Entries whose place a person gave away after a rejection, with the task."""
    replaced = RejectionTask.objects.filter(
        entry__decree=decree, state=RejectionTask.State.REPLACED
    )
    return {task.entry_id: task for task in replaced.select_related("entry")}
