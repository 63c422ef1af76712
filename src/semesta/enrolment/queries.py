"""Readers of uploads, tasks and answers.

Lists for pages are limited to the user's area; a person outside it is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import pyarrow.parquet as pq
from django.db.models import Q, QuerySet

from semesta.access.area import in_area
from semesta.access.models import User
from semesta.decrees.models import Decree, DecreeEntry
from semesta.decrees.queries import gone, listed_people
from semesta.enrolment.mending.queries import corrections_of, replaced_entries
from semesta.enrolment.models import (
    DataTask,
    MonthPeriod,
    ReplacementTask,
    UploadFile,
    UploadLine,
)
from semesta.enrolment.monthly.queries import vacating_changes
from semesta.enrolment.upload import Member
from semesta.intake.models import Delivery
from semesta.kernel import Month
from semesta.planning.allocate import replacements
from semesta.planning.candidates import limits_from
from semesta.planning.queries import ranking_file
from semesta.planning.ranking import lines_of
from semesta.registry.queries import HOLDER
from semesta.warehouse.workspace import Workspace

ANSWERS = "insurer_answer"
REJECTED = DecreeEntry.Status.REJECTED
T = TypeVar("T", DataTask, ReplacementTask)


def upload_files(user: User, decree: Decree) -> QuerySet[UploadFile]:
    """The insurer's files of a decree; none for a user with an area.

    A file holds people of every kelurahan, so it is for the whole region only.
    """
    files = UploadFile.objects.filter(decree=decree).order_by("pk")
    return files.none() if user.area else files


def files_written(decree: Decree) -> int:
    """How many files were written for a decree, for anyone to know."""
    return UploadFile.objects.filter(decree=decree).count()


def usual_months(decree: Decree) -> int:
    """BULAN_IURAN of the file written last; without one, of half a year at most."""
    last = UploadFile.objects.filter(decree=decree).order_by("-pk").first()
    if last:
        return last.months
    return min(6, Month.of(decree.until_month) - Month.of(decree.first_month))


def replacement_tasks(
    user: User, decree: Decree | None = None
) -> QuerySet[ReplacementTask]:
    """Open replacements for places in the user's area."""
    found = ReplacementTask.objects.select_related("entry__decree", "candidate")
    return _open_tasks(found, user, decree)


def data_tasks(
    user: User, decree: Decree | None = None, *, blocking: bool = True
) -> QuerySet[DataTask]:
    """Open gaps of the upload file for entries in the user's area.

    By default only those that keep an entry out of the file.
    """
    found = DataTask.objects.select_related("entry__decree")
    return _open_tasks(found.filter(blocks=True) if blocking else found, user, decree)


def _open_tasks(found: QuerySet[T], user: User, decree: Decree | None) -> QuerySet[T]:
    found = in_area(found.filter(closed_at=None), user, "entry__kelurahan")
    if decree:
        found = found.filter(entry__decree=decree)
    return found.order_by("entry__decree_id", "entry__number")


# What this stage's services read; whole, not limited to an area.


def members(decree: Decree) -> list[Member]:
    """What the insurer's file says of each entry that was not rejected.

    Identity is as printed on the decree; a birth date or an occupation that was not
    known then, and the telephone, are as the register has them today.
    """
    corrected = corrections_of(decree)
    rows = decree.entries.filter(~Q(status=REJECTED) | Q(pk__in=corrected.keys()))
    # Who is registered through an earlier decree for the same months is no newcomer.
    rows = rows.exclude(person_id__in=registered_elsewhere(decree))
    values = rows.order_by("number").values_list(
        "pk", "nik", "name", "born_on", "person__born_on", "person__phone",
        "occupation_code", "person__occupation", "person__in_population_register",
        "person__name",
    )  # fmt: skip
    found = []
    for pk, nik, name, born, born_today, phone, job, job_today, known, today in values:
        task = corrected.get(pk)
        found.append(
            Member(
                entry_id=pk,
                nik=(task and task.nik_on_card) or nik,
                name=(task and task.name_on_card) or name,
                born_on=born or born_today,
                phone=phone,
                occupation_code=job or job_today,
                card_name="" if task or not known else today,
            )
        )
    return found


def written_entries(decree: Decree, months: int) -> set[int]:
    """Entries that stand in a file for so many months and need no further one."""
    lines = UploadLine.objects.filter(upload__decree=decree, upload__months=months)
    again = corrections_of(decree).keys()
    return set(lines.values_list("entry_id", flat=True)) - again


def registered_elsewhere(decree: Decree) -> set[int]:
    """People registered through an earlier decree of the same payer for some of the same
    months, also under the number of a double: a changed decree only adds the others."""
    earlier = DecreeEntry.objects.filter(
        decree_id__lt=decree.pk,
        decree__payer=decree.payer,
        decree__first_month__lt=decree.until_month,
        decree__until_month__gt=decree.first_month,
        status=DecreeEntry.Status.REGISTERED,
    )
    return set(earlier.values_list(HOLDER, flat=True))


def decrees_of(period: MonthPeriod) -> list[Decree]:
    """The decrees whose people have changes in a month."""
    ids = period.changes.order_by().values("entry__decree_id").distinct()
    found = Decree.objects.filter(pk__in=ids).select_related("plan__run")
    return list(found.order_by("pk"))


def sent_numbers(decree: Decree) -> dict[str, int]:
    """NIK → entry id, of a decree's list and of what was sent under another number."""
    numbers = dict(decree.entries.values_list("nik", "pk"))
    lines = UploadLine.objects.filter(upload__decree=decree).exclude(nik="")
    return numbers | dict(lines.values_list("nik", "entry_id"))


@dataclass(frozen=True)
class Vacancy:
    """A place on a decree that its person leaves: why, and from when it is free.

    `from_month` None: from the decree's first month, because the person never came in.
    """

    entry: DecreeEntry
    reason: str
    from_month: date | None = None


def vacancies(decree: Decree, *, confirmed: bool = False) -> dict[int, Vacancy]:
    """Places to fill again, by person: rejected, or left by an accepted change.

    `confirmed`: of the rejected only those whose place somebody gave away; the others
    may still be mended and sent again.
    """
    rejected = decree.entries.filter(status=REJECTED).order_by("number")
    if confirmed:
        rejected = rejected.filter(pk__in=replaced_entries(decree).keys())
    found = {
        entry.person_id: Vacancy(
            entry, entry.rejection_reason or entry.get_status_display()
        )
        for entry in rejected
    }
    for change in vacating_changes(decree):
        entry = change.entry
        found.setdefault(
            entry.person_id, Vacancy(entry, change.detail[:120], change.stop_from)
        )
    return found


@dataclass(frozen=True)
class Addition:
    """Who takes a place: the person, in whose stead, and from which month."""

    person_id: int
    instead_of: int
    from_month: date


@dataclass(frozen=True)
class ProposedChanges:
    """What a changed decree would say: who goes, who comes, and which places stay empty
    because nobody waits. Every removal is either filled by one addition or unfilled."""

    removals: list[Vacancy]
    additions: list[Addition]
    unfilled: list[Vacancy]


def proposed_changes(decree: Decree) -> ProposedChanges:
    """Confirmed removals of a decree with their reasons, and who comes in, in rank order.

    A place is paid again from the month after the one its person was last paid for, so
    that no month of a place is paid twice.
    """
    offered = dict(
        ReplacementTask.objects.filter(
            entry__decree=decree, closed_at=None
        ).values_list("entry_id", "candidate_id")
    )
    removals = list(vacancies(decree, confirmed=True).values())
    additions, unfilled = [], []
    for place in removals:
        candidate = offered.get(place.entry.pk)
        if candidate is None:
            unfilled.append(place)
        else:
            start = place.from_month or decree.first_month
            additions.append(Addition(candidate, place.entry.person_id, start))
    return ProposedChanges(removals, additions, unfilled)


def answer_deliveries() -> list[str]:
    """Lake names of all readable answers of the insurer, in order of arrival."""
    read = Delivery.objects.filter(supplier=ANSWERS, status=Delivery.Status.READ)
    return list(read.order_by("pk").values_list("name", flat=True))


def next_in_line(
    decree: Decree,
    workspace: Workspace,
    vacated: Iterable[int],
    offered: Mapping[int, int | None],
) -> dict[int, int | None]:
    """Who takes the place of each person who leaves it that was not offered on yet.

    Places are filled in the order in which they were ranked.
    """
    lines = lines_of(pq.read_table(ranking_file(decree.plan, workspace)))
    ranks = {line.candidate.person_id: line.rank for line in lines}
    dead, merged = gone(ranks, on=date.max)
    # Who stands on this decree already may do so under the number of a double.
    here = set(decree.entries.values_list(HOLDER, flat=True))
    return replacements(
        lines,
        sorted(vacated, key=lambda person: ranks.get(person, len(ranks))),
        offered=offered,
        unavailable=listed_people(decree.plan) | dead | merged | here,
        limits=limits_from(decree.plan.run.inputs["rules"]),
    )
