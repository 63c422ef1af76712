"""Readers of decrees.

Lists for pages are limited to the user's area; a person outside it is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from semesta.access.area import covers, in_area
from semesta.access.models import User
from semesta.decrees.decree import Head, Listed, decree_sha256, printed_address
from semesta.decrees.models import Decree, DecreeEntry
from semesta.intake.words import occupations
from semesta.kernel import Month
from semesta.planning.allocate import CHOSEN
from semesta.planning.models import Plan
from semesta.planning.queries import ranking_file
from semesta.registry.models import Person
from semesta.registry.queries import HOLDER, numbers_of
from semesta.warehouse.workspace import Workspace

REJECTED = DecreeEntry.Status.REJECTED
ENTRIES_PER_PAGE = 50


def newest_decree() -> Decree | None:
    """The decree issued last."""
    return Decree.objects.select_related("plan").order_by("-pk").first()


def decrees(user: User) -> QuerySet[Decree]:
    """Decrees that list somebody in the user's area, newest first.

    `in_area` is the number of entries that the user may see.
    """
    inside = covers(user.area, "entries__kelurahan") if user.area else Q()
    return (
        Decree.objects.select_related("plan")
        .annotate(in_area=Count("entries", filter=inside))
        .filter(in_area__gt=0)
        .order_by("-issued_on", "-pk")
    )


def entries(
    user: User,
    decree: Decree,
    *,
    search: str = "",
    status: str = "",
    kelurahan: str = "",
    page: int | str = 1,
) -> Page[DecreeEntry]:
    """One page of a decree's list in the user's area, in printed order.

    `search` is a part of the name or the whole NIK. A page past the end is the last.
    """
    found = in_area(decree.entries.all(), user)
    if search := " ".join(search.split()):
        found = found.filter(Q(name__icontains=search) | Q(nik=search))
    if status:
        found = found.filter(status=status)
    if kelurahan:
        found = found.filter(kelurahan=kelurahan)
    return Paginator(found.order_by("number"), ENTRIES_PER_PAGE).get_page(page)


def entries_in_view(user: User, decree: Decree) -> QuerySet[DecreeEntry]:
    """A decree's whole list as far as the user's area goes, in printed order."""
    return in_area(decree.entries.order_by("number"), user)


@dataclass(frozen=True)
class EntryCounts:
    """Entries of a decree in the user's area: in all, by status, by kelurahan code."""

    total: int
    by_status: dict[str, int]
    by_kelurahan: dict[str, int]


def entry_counts(user: User, decree: Decree) -> EntryCounts:
    """How many entries the user may see, by status and by kelurahan."""
    rows = (
        in_area(decree.entries.all(), user)
        .order_by()
        .values_list("kelurahan", "status")
        .annotate(number=Count("pk"))
    )
    by_status = dict.fromkeys(DecreeEntry.Status.values, 0)
    by_kelurahan: dict[str, int] = {}
    for place, status, number in sorted(rows):
        by_status[status] += number
        by_kelurahan[place] = by_kelurahan.get(place, 0) + number
    return EntryCounts(sum(by_status.values()), by_status, by_kelurahan)


def entries_of_person(user: User, person_id: int) -> QuerySet[DecreeEntry]:
    """Every decree that lists a person or a double merged into them, newest first."""
    found = DecreeEntry.objects.filter(person_id__in=numbers_of(person_id))
    found = found.select_related("decree")
    return in_area(found, user).order_by("-decree_id")


def decree_head(decree: Decree) -> Head:
    """A decree's head as it enters the hash."""
    return Head(
        number=decree.number,
        issued_on=decree.issued_on,
        payer=decree.payer,
        first_month=str(Month.of(decree.first_month)),
        until_month=str(Month.of(decree.until_month)),
        cost_each=decree.plan.cost_each,
    )


def listed(decree: Decree) -> list[Listed]:
    """The frozen list, in printed order, whole: for publishing and checking only."""
    fields = [
        "person_id", "nik", "name", "born_on", "address", "kelurahan", "occupation",
        "occupation_code", "number",
    ]  # fmt: skip
    rows = decree.entries.order_by("number").values_list(*fields)
    return [Listed(*row) for row in rows]


def decree_is_whole(decree: Decree) -> bool:
    """Whether head and list still have the hash that was printed on the decree."""
    return decree_sha256(decree_head(decree), listed(decree)) == decree.sha256


# What this stage's services read; whole, not limited to an area.


@dataclass(frozen=True)
class Chosen:
    """A plan's chosen people, and who of them may not be listed."""

    people: list[Listed]
    dead: set[int]
    merged: set[int]


def chosen_people(plan: Plan, workspace: Workspace, *, on: date) -> Chosen:
    """The people a plan chose, with what a decree issued `on` that day prints.

    Dead are those who had died by then, or of whom only that they are dead is known.
    """
    chosen = pq.read_table(
        ranking_file(plan, workspace),
        columns=["person_id"],
        filters=pc.field("outcome") == CHOSEN,
    )["person_id"].to_pylist()
    titles = occupations()
    people = [
        Listed(
            person_id=person.pk,
            nik=person.nik,
            name=person.name,
            born_on=person.born_on,
            address=printed_address(person.address, person.rt, person.rw),
            kelurahan=person.kelurahan,
            occupation=titles.get(person.occupation, ""),
            occupation_code=person.occupation,
        )
        for person in Person.objects.in_bulk(chosen).values()
    ]
    return Chosen(people, *gone(chosen, on=on))


def gone(ids: Iterable[int], *, on: date) -> tuple[set[int], set[int]]:
    """Who of these people was dead on a day, and whose record was merged away."""
    wanted = set(ids)
    dead = Person.objects.filter(Q(died_on__lte=on) | Q(alive=False, died_on=None))
    merged = Person.objects.exclude(merged_into=None)
    return (
        wanted.intersection(dead.values_list("pk", flat=True)),
        wanted.intersection(merged.values_list("pk", flat=True)),
    )


def listed_people(plan: Plan) -> set[int]:
    """People on another decree of the same payer for any of the plan's months, also
    those listed there under the number of a double that was merged into them."""
    first = Month.of(plan.first_month)
    others = DecreeEntry.objects.filter(
        decree__payer=plan.payer,
        decree__first_month__lt=(first + plan.months).first_day,
        decree__until_month__gt=plan.first_month,
    )
    elsewhere = others.exclude(decree__plan=plan).exclude(status=REJECTED)
    return set(elsewhere.values_list(HOLDER, flat=True))
