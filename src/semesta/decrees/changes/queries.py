"""Readers of changed decrees: who leaves, who could come in, what is in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from semesta.access.area import in_area
from semesta.access.models import User
from semesta.decrees.models import Decree, DecreeEntry, Proposal, ProposalEntry
from semesta.decrees.proposals.queries import barred, ranked_lines
from semesta.decrees.queries import gone
from semesta.kernel import Month
from semesta.planning.allocate import CHOSEN, CUT, HOUSEHOLD, replacements
from semesta.planning.candidates import limits_from
from semesta.planning.price import price_of
from semesta.registry.queries import HOLDER
from semesta.warehouse.workspace import Workspace

Kind = ProposalEntry.Kind
REJECTED = DecreeEntry.Status.REJECTED
ENTRIES_PER_PAGE = 50


def chain(decree: Decree) -> list[Decree]:
    """The first decree and its changes, in the order in which they were issued."""
    first = decree.amends or decree
    return [first, *first.changes.order_by("pk")]


def newest_in_chain(decree: Decree) -> Decree:
    """The decree a further change is chained to."""
    return chain(decree)[-1]


def in_force(decree: Decree, on: date) -> QuerySet[DecreeEntry]:
    """The list in force on a day: the first list and its changes, without those taken
    off by then; nobody on a revoked decree."""
    first = decree.amends or decree
    return (
        DecreeEntry.objects.filter(Q(decree=first) | Q(decree__amends=first))
        .filter(decree__issued_on__lte=on)
        .exclude(removal__decree__issued_on__lte=on)
        .exclude(decree__revoked_on__lte=on)
    )


def in_force_in_view(user: User, decree: Decree, on: date) -> QuerySet[DecreeEntry]:
    """The same as far as the user's area goes."""
    return in_area(in_force(decree, on), user)


@dataclass(frozen=True)
class Link:
    """One decree of a chain: people it added and took off, and the list after it."""

    decree: Decree
    added: int
    removed: int
    total: int


def history(decree: Decree) -> list[Link]:
    """The chain as a page tells it, in order of issue."""
    links: list[Link] = []
    total = 0
    for one in chain(decree):
        removed = one.removals.count()
        total += one.entries_count - removed
        links.append(Link(one, one.entries_count, removed, total))
    return links


@dataclass(frozen=True)
class MayLeave:
    """Someone in force who should make room, with the reason that is known."""

    entry: DecreeEntry
    reason: str


def should_leave(
    user: User, decree: Decree, *, on: date, page: int | str = 1, search: str = ""
) -> tuple[list[MayLeave], Page[DecreeEntry] | None]:
    """People in force whom the insurer rejected or who died or were merged, with the
    reason; and, for a search, others by name."""
    rows = in_force_in_view(user, decree, on).select_related("person", "decree")
    dead, merged = gone(rows.values_list("person_id", flat=True), on=on)
    wanted = rows.filter(
        Q(status=REJECTED) | Q(person_id__in=[*dead, *merged])
    ).order_by("decree_id", "number")
    known = [MayLeave(entry, _why(entry, dead)) for entry in wanted]
    if not (search := " ".join(search.split())):
        return known, None
    found = rows.filter(Q(name__icontains=search) | Q(nik=search)).order_by("name")
    return known, Paginator(found, ENTRIES_PER_PAGE).get_page(page)


def _why(entry: DecreeEntry, dead: set[int]) -> str:
    if entry.person_id in dead:
        died = entry.person.died_on
        return f"Meninggal dunia {died:%d-%m-%Y}" if died else "Meninggal dunia"
    if entry.status == REJECTED:
        said = entry.rejection_reason or "tanpa keterangan"
        return f"Ditolak BPJS Ketenagakerjaan: {said}"[:300]
    return "Digabung dengan catatan orang lain"


# What this stage's services read; whole, not limited to an area.


def leavers(proposal: Proposal) -> list[ProposalEntry]:
    """Those a proposed change takes off, in order of the list."""
    rows = proposal.entries.filter(kind=Kind.LEAVING).select_related("entry__decree")
    return list(rows.order_by("entry__decree_id", "entry__number"))


def reasons_to_add(proposal: Proposal) -> dict[int, str]:
    """Person id → why a proposed change adds them."""
    rows = proposal.entries.filter(kind=Kind.STEPPED_IN)
    return dict(rows.values_list("person_id", "reason"))


def ranks_of(decree: Decree, workspace: Workspace) -> dict[int, int]:
    """Person id → rank in the plan behind a decree."""
    lines = ranked_lines(decree.plan, workspace)
    return {line.candidate.person_id: line.rank for line in lines}


def successors(
    decree: Decree, leaving: Iterable[int], workspace: Workspace, *, on: date
) -> dict[int, int | None]:
    """Who takes the place of each person who leaves: the next in rank who may be
    listed and never stood on this list; None when the waiting list has ended."""
    lines = ranked_lines(decree.plan, workspace)
    ranks = {line.candidate.person_id: line.rank for line in lines}
    ever = Q(decree=decree) | Q(decree__amends=decree)
    here = set(DecreeEntry.objects.filter(ever).values_list(HOLDER, flat=True))
    here |= set(DecreeEntry.objects.filter(ever).values_list("person_id", flat=True))
    waiting = [
        line.candidate.person_id
        for line in lines
        if line.outcome not in (CHOSEN, CUT) or line.reason == HOUSEHOLD
    ]
    added = set(
        DecreeEntry.objects.filter(decree__amends=decree, removal=None).values_list(
            "person_id", flat=True
        )
    )
    places = sorted(leaving, key=lambda person: ranks.get(person, len(ranks)))
    # Additions of earlier changes hold their households' and kelurahan's places.
    standing = {-n: person for n, person in enumerate(added - set(places), 1)}
    return replacements(
        lines,
        places,
        offered=standing,
        unavailable=here | barred(decree.plan, waiting, on=on),
        limits=limits_from(decree.plan.run.inputs["rules"]),
    )


def spent(decree: Decree) -> int:
    """What a list and its changes cost, less what those who left have freed."""
    total = 0
    for one in chain(decree):
        total += one.entries_count * one.cost_each
        for removal in one.removals.select_related("entry__decree"):
            total -= freed_by(removal.entry, Month.of(removal.from_month))
    return total


def freed_by(entry: DecreeEntry, first: Month) -> int:
    """Rupiah that need not be paid when an entry leaves from a month on; all of it when
    the insurer never took the person."""
    decree = entry.decree
    if entry.status == REJECTED:
        return decree.cost_each
    first = max(first, Month.of(decree.first_month))
    months = Month.of(decree.until_month) - first
    if months < 1:
        return 0
    return int(price_of(first, months, payer=decree.payer).whole)
