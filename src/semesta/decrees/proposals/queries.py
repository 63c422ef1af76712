"""Readers of proposals; entries are limited to the user's area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow.parquet as pq
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from semesta.access.area import in_area
from semesta.access.models import User
from semesta.access.rights import may
from semesta.decrees.models import (
    Decree,
    FreezePeriod,
    Proposal,
    ProposalEntry,
    ProposalStep,
)
from semesta.decrees.proposals.composing import Composition, compose, reasons_of
from semesta.decrees.proposals.stale import Done
from semesta.decrees.queries import (
    as_listed,
    problems_among,
)
from semesta.decrees.states import (
    APPROVER,
    EDITABLE,
    MAKER,
    OPEN,
    REVIEWER,
    TRANSITIONS,
    WAITS_FOR,
)
from semesta.kernel import Month
from semesta.planning.allocate import CHOSEN, CUT, Line
from semesta.planning.candidates import limits_from
from semesta.planning.models import Plan
from semesta.planning.queries import ranking_file
from semesta.planning.ranking import lines_of
from semesta.warehouse.workspace import Workspace

Kind = ProposalEntry.Kind
IN_LIST = (Kind.LISTED, Kind.STEPPED_IN)
MAKING = ("draft", "compose", "leave_out", "submit")
RIGHT_OF = {
    MAKER: "propose_decree", REVIEWER: "review_decree", APPROVER: "approve_decree",
}  # fmt: skip
ENTRIES_PER_PAGE = 50


def proposals() -> QuerySet[Proposal]:
    """Every proposal, newest first; no names are in it."""
    return Proposal.objects.select_related(
        "plan__decision_run", "amends", "decree"
    ).order_by("-pk")


def open_proposals() -> QuerySet[Proposal]:
    """Proposals on their way, newest first."""
    return proposals().filter(state__in=OPEN)


def makers(proposal: Proposal) -> set[str]:
    """Everyone who made or changed what is proposed; none of them may judge it."""
    steps = proposal.steps.filter(action__in=MAKING)
    return {proposal.made_by, *steps.values_list("by", flat=True)}


def may_do(user: User, proposal: Proposal) -> set[str]:
    """The steps this user could take now. A maker is offered no judgement of their own."""
    own = user.username in makers(proposal)
    return {
        step.action
        for step in TRANSITIONS
        if step.before == proposal.state
        and step.who in RIGHT_OF
        and may(user, RIGHT_OF[step.who])
        and (step.who == MAKER or not own)
    }


def waiting_for(user: User) -> list[Proposal]:
    """Open proposals whose next step is this user's."""
    wanted = [s for s, who in WAITS_FOR.items() if may(user, RIGHT_OF[who])]
    found = proposals().filter(state__in=wanted).prefetch_related("steps")
    return [one for one in found if _is_turn_of(user, one)]


def _is_turn_of(user: User, proposal: Proposal) -> bool:
    makers_ = {s.by for s in proposal.steps.all() if s.action in MAKING}
    return (proposal.state in EDITABLE) or user.username not in makers_


def steps(proposal: Proposal) -> QuerySet[ProposalStep]:
    """What was done to a proposal, oldest first."""
    return proposal.steps.order_by("version")


def done_since(proposal: Proposal, version: int) -> list[Done]:
    """What was done after a version, oldest first."""
    rows = proposal.steps.filter(version__gt=version).order_by("version")
    return [Done(row.by, row.at, row.action, row.note) for row in rows]


def entries(
    user: User,
    proposal: Proposal,
    *,
    kind: str = "",
    kelurahan: str = "",
    search: str = "",
    remarked: bool = False,
    page: int | str = 1,
) -> Page[ProposalEntry]:
    """One page of a proposal's people in the user's area, in order of rank."""
    found = in_area(proposal.entries.select_related("person", "entry"), user)
    if kind:
        found = found.filter(kind=kind)
    if kelurahan:
        found = found.filter(kelurahan=kelurahan)
    if search := " ".join(search.split()):
        found = found.filter(Q(person__name__icontains=search) | Q(person__nik=search))
    if remarked:
        found = found.exclude(remark="")
    return Paginator(found.order_by("rank", "pk"), ENTRIES_PER_PAGE).get_page(page)


@dataclass(frozen=True)
class Counts:
    """People of a proposal in the user's area, by kind, by kelurahan (those listed),
    and with a remark."""

    by_kind: dict[str, int]
    by_kelurahan: dict[str, int]
    remarks: int


def counts(user: User, proposal: Proposal) -> Counts:
    """How many people of a proposal the user may see."""
    rows = (
        in_area(proposal.entries.all(), user)
        .order_by()
        .values_list("kelurahan", "kind")
        .annotate(number=Count("pk"), asked=Count("pk", filter=~Q(remark="")))
    )
    by_kind = dict.fromkeys(Kind.values, 0)
    places: Counter[str] = Counter()
    remarks = 0
    for place, kind, number, asked in sorted(rows):
        by_kind[kind] += number
        remarks += asked
        if kind in IN_LIST:
            places[place] += number
    return Counts(by_kind, dict(sorted(places.items())), remarks)


@dataclass(frozen=True)
class Compared:
    """A proposal beside the payer's last decree: people who stay, are new, are gone."""

    decree: Decree
    staying: int
    new: int
    gone: int


def compared(proposal: Proposal) -> Compared | None:
    """The proposal beside the decree before it (a change: the list it changes)."""
    if proposal.amends:
        return None
    before = Decree.objects.filter(payer=proposal.plan.payer, amends=None)
    if proposal.decree_id:
        before = before.filter(pk__lt=proposal.decree_id)
    last = before.order_by("-pk").first()
    if last is None:
        return None
    old = set(last.entries.values_list("person_id", flat=True))
    new = set(listed_ids(proposal))
    return Compared(last, len(old & new), len(new - old), len(old - new))


def freeze_on(*days: date) -> FreezePeriod | None:
    """The freeze period that holds on any of these days."""
    for day in days:
        found = FreezePeriod.objects.filter(
            first_day__lte=day, last_day__gte=day, lifted_by=""
        ).first()
        if found:
            return found
    return None


def freeze_periods() -> QuerySet[FreezePeriod]:
    """Every freeze period, newest first."""
    return FreezePeriod.objects.order_by("-first_day", "-pk")


def newer_plan(plan: Plan) -> Plan | None:
    """The plan of the same payer and months that rests on a newer judgement, if any."""
    until = Month.of(plan.first_month) + plan.months
    later = Plan.objects.filter(
        payer=plan.payer,
        pk__gt=plan.pk,
        decision_run_id__gt=plan.decision_run_id,
        first_month__lt=until.first_day,
    ).order_by("-pk")
    for other in later:
        if Month.of(other.first_month) + other.months > Month.of(plan.first_month):
            return other
    return None


# What this stage's services read; whole, not limited to an area.


def listed_ids(proposal: Proposal) -> list[int]:
    """People a proposal would list."""
    found = proposal.entries.filter(kind__in=IN_LIST)
    return list(found.values_list("person_id", flat=True))


def ranked_lines(plan: Plan, workspace: Workspace) -> list[Line]:
    """A plan's ranking."""
    return lines_of(pq.read_table(ranking_file(plan, workspace)))


def composition(
    plan: Plan,
    workspace: Workspace,
    *,
    on: date,
    by_hand: Mapping[int, str] | None = None,
) -> Composition:
    """The names a proposal of this plan has on a day; `by_hand`: whom its makers leave
    out, and why."""
    lines = ranked_lines(plan, workspace)
    chosen = [x.candidate.person_id for x in lines if x.outcome == CHOSEN]
    people = as_listed(chosen)
    reasons = reasons_of(problems_among(people, plan, on=on), by_hand or {})
    unavailable: set[int] = set()
    if reasons:
        waiting = [
            x.candidate.person_id for x in lines if x.outcome not in (CHOSEN, CUT)
        ]
        unavailable = barred(plan, waiting, on=on, beside=chosen)
    limits = limits_from(plan.run.inputs["rules"])
    return compose(lines, reasons, unavailable=unavailable, limits=limits)


def barred(
    plan: Plan, waiting: Iterable[int], *, on: date, beside: Iterable[int] = ()
) -> set[int]:
    """Who of those waiting may take no place; `beside` are those on the list already."""
    people = as_listed([*waiting, *beside])
    problems = problems_among(people, plan, on=on)
    return {person for ids in problems.values() for person in ids}
