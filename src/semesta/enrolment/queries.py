"""Readers of uploads, tasks and answers.

Lists for pages are limited to the user's area; a person outside it is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

import pyarrow.parquet as pq
from django.db.models import QuerySet

from semesta.access.area import in_area
from semesta.access.models import User
from semesta.decrees.models import Decree, DecreeEntry
from semesta.decrees.queries import gone, listed_people
from semesta.enrolment.models import DataTask, ReplacementTask, UploadFile
from semesta.enrolment.upload import Member
from semesta.intake.models import Delivery
from semesta.planning.allocate import replacements
from semesta.planning.candidates import limits_from
from semesta.planning.queries import ranking_file
from semesta.planning.ranking import lines_of
from semesta.registry.queries import HOLDER
from semesta.warehouse.workspace import Workspace

ANSWERS = "insurer_answer"
T = TypeVar("T", DataTask, ReplacementTask)


def upload_files(user: User, decree: Decree) -> QuerySet[UploadFile]:
    """The insurer's files of a decree; none for a user with an area.

    A file holds people of every kelurahan, so it is for the whole region only.
    """
    files = UploadFile.objects.filter(decree=decree).order_by("pk")
    return files.none() if user.area else files


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
    rows = decree.entries.exclude(status=DecreeEntry.Status.REJECTED)
    values = rows.order_by("number").values_list(
        "pk", "nik", "name", "born_on", "person__born_on", "person__phone",
        "occupation_code", "person__occupation",
    )  # fmt: skip
    return [
        Member(pk, nik, name, born or born_today, phone, job or job_today)
        for pk, nik, name, born, born_today, phone, job, job_today in values
    ]


def answer_deliveries() -> list[str]:
    """Lake names of all readable answers of the insurer, in order of arrival."""
    read = Delivery.objects.filter(supplier=ANSWERS, status=Delivery.Status.READ)
    return list(read.order_by("pk").values_list("name", flat=True))


def next_in_line(
    decree: Decree,
    workspace: Workspace,
    rejected: Iterable[int],
    offered: Mapping[int, int | None],
) -> dict[int, int | None]:
    """Who takes the place of each rejected person that was not offered on yet.

    Places are filled in the order in which they were ranked.
    """
    lines = lines_of(pq.read_table(ranking_file(decree.plan, workspace)))
    ranks = {line.candidate.person_id: line.rank for line in lines}
    dead, merged = gone(ranks, on=date.max)
    # Who stands on this decree already may do so under the number of a double.
    here = set(decree.entries.values_list(HOLDER, flat=True))
    return replacements(
        lines,
        sorted(rejected, key=lambda person: ranks.get(person, len(ranks))),
        offered=offered,
        unavailable=listed_people(decree.plan) | dead | merged | here,
        limits=limits_from(decree.plan.run.inputs["rules"]),
    )
