"""Readers of months and their changes; lists for pages are limited to the user's area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
from django.db.models import Count, F, Q, QuerySet

from semesta.access.area import in_area
from semesta.access.models import User
from semesta.decrees.models import Decree, DecreeEntry
from semesta.enrolment.monthly.detecting import MEMBERS, SUPPLIERS, Lists
from semesta.enrolment.monthly.kinds import KINDS, VACATING, Kind
from semesta.enrolment.monthly.models import ChangeTask, DeactivationFile, MonthPeriod
from semesta.intake.models import Delivery
from semesta.intake.queries import rows_paths
from semesta.kernel import Month
from semesta.registry.models import Person
from semesta.registry.queries import (
    HOLDER,
    newest_run,
    person_rows,
    provenance_file,
)
from semesta.warehouse.workspace import Workspace

State = ChangeTask.State
Slot = tuple[int, str]
REJECTED = DecreeEntry.Status.REJECTED


def period_of(month: Month) -> MonthPeriod | None:
    """The period of a month; None when nobody has looked for its changes yet."""
    return MonthPeriod.objects.filter(month=month.first_day).first()


def every_change(user: User) -> QuerySet[ChangeTask]:
    """All changes in the user's area, of every month."""
    found = ChangeTask.objects.select_related(
        "entry__decree", "entry__person", "period"
    )
    return in_area(found, user, "entry__kelurahan")


def changes(
    user: User, period: MonthPeriod, *, kind: str = "", state: str = ""
) -> QuerySet[ChangeTask]:
    """The changes of a month in the user's area, without those withdrawn by default."""
    found = every_change(user).filter(period=period)
    if kind:
        found = found.filter(kind=kind)
    found = found.filter(state=state) if state else found.exclude(state=State.WITHDRAWN)
    return found.order_by("kind", "entry__decree_id", "entry__number")


@dataclass(frozen=True)
class KindCount:
    """Changes of one kind in a month: found, and still undecided."""

    kind: Kind
    found: int
    waiting: int


def changes_by_kind(user: User, period: MonthPeriod) -> list[KindCount]:
    """A month's changes in the user's area by kind; kinds without any are left out."""
    found = in_area(
        ChangeTask.objects.filter(period=period), user, "entry__kelurahan"
    ).exclude(state=State.WITHDRAWN)
    rows = (
        found.order_by()
        .values_list("kind")
        .annotate(every=Count("pk"), open=Count("pk", filter=Q(state=State.FOUND)))
    )
    counted = {kind: (number, waiting) for kind, number, waiting in rows}
    return [
        KindCount(kind, *counted[code])
        for code, kind in KINDS.items()
        if code in counted
    ]


def deactivation_files(user: User, period: MonthPeriod) -> QuerySet[DeactivationFile]:
    """The `data_tk_na` files of a month; for the whole region only."""
    files = DeactivationFile.objects.filter(period=period).order_by("pk")
    return files.none() if user.area else files


def unlinked_deliveries() -> int:
    """How many lists that may tell of changes came after the newest registration."""
    run = newest_run()
    told = Delivery.objects.filter(supplier__in=SUPPLIERS, status=Delivery.Status.READ)
    told = told.exclude(supplier="payments")
    if run is None:
        return told.count()
    known = [name for name, *_ in run.linkage_run.run.inputs.get("deliveries", [])]
    return told.exclude(name__in=known).count()


# What this stage's services read; whole, not limited to an area.


def tasks_by_slot(
    period: MonthPeriod, entries: set[int]
) -> tuple[dict[Slot, ChangeTask], dict[Slot, ChangeTask]]:
    """Tasks by entry and kind: those of the month itself, and of these entries the newest
    of other months."""
    own = {(task.entry_id, task.kind): task for task in period.changes.all()}
    others = ChangeTask.objects.filter(entry_id__in=entries).exclude(period=period)
    earlier = {
        (task.entry_id, task.kind): task for task in others.order_by("period__month")
    }
    return own, earlier


def paid_entries(month: Month) -> QuerySet[DecreeEntry]:
    """Entries that a payer pays for in a month: not rejected, not stopped before it."""
    stopped = ChangeTask.objects.filter(
        state=State.ACCEPTED,
        action__in=VACATING,
        period__month__lt=month.first_day,
    )
    return (
        DecreeEntry.objects.filter(
            decree__first_month__lte=month.first_day,
            decree__until_month__gt=month.first_day,
        )
        .exclude(status=REJECTED)
        .exclude(pk__in=stopped.values("entry_id"))
    )


def members_of(month: Month) -> pa.Table:
    """Those entries as a table (schema MEMBERS), by entry."""
    rows = (
        paid_entries(month)
        .annotate(holder=HOLDER)
        .order_by("pk")
        .values_list(
            "pk", "holder", "nik", "decree__payer", "born_on", "decree__issued_on",
            "decree__first_month", "status",
        )
    )  # fmt: skip
    entries = list(rows)
    people = _people({holder for _, holder, *_ in entries})
    table = []
    for pk, holder, nik, payer, born_on, issued_on, first, status in entries:
        holder_nik, born_today, alive, died_on, works = people[holder]
        registered = status == DecreeEntry.Status.REGISTERED
        table.append(
            (pk, holder, nik, holder_nik, payer, born_on or born_today, issued_on, first,
             registered, alive, died_on, works)
        )  # fmt: skip
    columns = list(zip(*table, strict=True)) or [()] * len(MEMBERS)
    arrays = [
        pa.array(column, field.type)
        for column, field in zip(columns, MEMBERS, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=MEMBERS)


Known = tuple[str, date | None, bool | None, date | None, bool | None]


def _people(numbers: set[int]) -> dict[int, Known]:
    found: dict[int, Known] = {}
    wanted = sorted(numbers)
    for start in range(0, len(wanted), 900):
        rows = Person.objects.filter(pk__in=wanted[start : start + 900])
        for pk, *rest in rows.values_list(
            "pk", "nik", "born_on", "alive", "died_on", "works"
        ):
            found[pk] = tuple(rest)  # type: ignore[assignment]
    return found


def lists_of(workspace: Workspace) -> Lists:
    """Where the evidence of changes lies."""
    run = newest_run()
    merged = Person.objects.exclude(merged_into=None).annotate(into=F("merged_into_id"))
    return Lists(
        rows=rows_paths(workspace, suppliers=SUPPLIERS),
        person_rows=person_rows(workspace),
        provenance=provenance_file(workspace, run.name) if run else None,
        merged=dict(merged.values_list("pk", "into")),
    )


def vacating_changes(decree: Decree) -> Sequence[ChangeTask]:
    """Accepted changes that free a place of this decree, oldest month first."""
    found = ChangeTask.objects.filter(
        entry__decree=decree, state=State.ACCEPTED, action__in=VACATING
    )
    return list(found.select_related("entry", "period").order_by("period__month", "pk"))
