"""Readers of decrees.

Lists for pages are limited to the user's area; a person outside it is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from semesta.access.area import covers, in_area
from semesta.access.models import User
from semesta.decrees.changes.change import Leaving, change_sha256
from semesta.decrees.decree import (
    Head,
    Listed,
    decree_sha256,
    find_problems,
    printed_address,
)
from semesta.decrees.models import Decree, DecreeEntry
from semesta.intake.words import occupations
from semesta.kernel import Month
from semesta.planning.models import Plan
from semesta.registry.models import Person
from semesta.registry.queries import HOLDER, numbers_of
from semesta.verification.outcome import REFUSED
from semesta.verification.queries import results
from semesta.verification.reasons import reason_title

REJECTED = DecreeEntry.Status.REJECTED
ENTRIES_PER_PAGE = 50


def newest_decree() -> Decree | None:
    """The first decree of a list issued last; its changes are under `changes`."""
    firsts = Decree.objects.filter(amends=None).select_related("plan")
    return firsts.order_by("-pk").first()


def decree_with_code(code: str) -> Decree | None:
    """The decree with the short code printed on it; for everyone, so without names."""
    return Decree.objects.filter(code=code).select_related("amends").first()


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
        cost_each=decree.cost_each,
    )


def listed(decree: Decree) -> list[Listed]:
    """The frozen list, in printed order, whole: for publishing and checking only."""
    fields = [
        "person_id", "nik", "name", "born_on", "address", "kelurahan", "occupation",
        "occupation_code", "number",
    ]  # fmt: skip
    rows = decree.entries.order_by("number").values_list(*fields)
    return [Listed(*row) for row in rows]


def removed(decree: Decree) -> list[Leaving]:
    """The lines a changed decree takes off, whole: for publishing and checking only."""
    rows = decree.removals.select_related("entry__decree").order_by("pk")
    return [
        leaving(row.entry, reason=row.reason, first_month=Month.of(row.from_month))
        for row in rows
    ]


def leaving(entry: DecreeEntry, *, reason: str, first_month: Month) -> Leaving:
    """An entry as a changed decree names it when it leaves."""
    return Leaving(
        decree_number=entry.decree.number,
        number=entry.number,
        nik=entry.nik,
        name=entry.name,
        reason=reason,
        from_month=str(first_month),
    )


def decree_is_whole(decree: Decree) -> bool:
    """Whether head and list still have the hash that was printed on the decree."""
    head, entries = decree_head(decree), listed(decree)
    if decree.amends_id is None:
        return decree_sha256(head, entries) == decree.sha256
    whole = change_sha256(head, entries, removed(decree), decree.previous_sha256)
    return whole == decree.sha256


# What this stage's services read; whole, not limited to an area.


def as_listed(ids: Iterable[int]) -> list[Listed]:
    """People as a decree issued today would print them, in no order."""
    titles = occupations()
    return [
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
        for person in Person.objects.in_bulk(list(ids)).values()
    ]


def problems_among(
    people: Sequence[Listed], plan: Plan, *, on: date
) -> dict[str, list[int]]:
    """Who of these people may not be listed under a plan: problem → person ids.

    Dead are those who had died by `on`, or of whom only that they are dead is known.
    """
    dead, merged = gone((person.person_id for person in people), on=on)
    return find_problems(
        people,
        dead=dead,
        merged=merged,
        listed_elsewhere=listed_people(plan),
        refused=field_refusals(plan),
    )


def field_refusals(plan: Plan) -> dict[int, str]:
    """Person id → why the field refused them: whoever stands here is left out of a
    proposal and cannot be decreed."""
    return {
        person: reason_title(said.reason)
        for person, said in results(plan).items()
        if said.state == REFUSED
    }


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
    those listed there under the number of a double that was merged into them. Those
    taken off before the plan's months, or on a revoked decree, are free again."""
    first = Month.of(plan.first_month)
    others = DecreeEntry.objects.filter(
        decree__payer=plan.payer,
        decree__first_month__lt=(first + plan.months).first_day,
        decree__until_month__gt=plan.first_month,
    )
    elsewhere = (
        others.exclude(decree__plan=plan)
        .exclude(status=REJECTED)
        .exclude(decree__status=Decree.Status.REVOKED)
        .exclude(removal__from_month__lte=plan.first_month)
    )
    return set(elsewhere.values_list(HOLDER, flat=True))
