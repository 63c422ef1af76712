"""A person's rows: why they are one, and how a human being splits or joins them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from semesta.audit.services import record
from semesta.intake.queries import deliveries_named
from semesta.kernel import UserError
from semesta.linkage import queries, services
from semesta.linkage.models import Answer, IdentityDecision
from semesta.registry.models import Person
from semesta.registry.queries import (
    newest_run,
    person_or_denied,
    rows_of,
    search_people,
)
from semesta.warehouse.workspace import Workspace
from semesta.web import words
from semesta.web.clock import actor
from semesta.web.formats import day
from semesta.web.gate import needs, user_of
from semesta.web.people.oneness import Why, why_one
from semesta.web.people.pairs import FIELDS, compare


@dataclass(frozen=True)
class OwnRow:
    """One row of a person as the page lists it: where it stands, what it says, why it is
    theirs."""

    number: int
    row_id: str
    supplier: str
    filename: str
    line: int
    as_of: date
    name: str
    nik: str
    why: Why


@dataclass(frozen=True)
class Act:
    """A split or a merge that concerns this person, in a sentence; `state`: `waits`,
    `holds`, `ends`, `ended`."""

    decision: IdentityDecision
    sentence: str
    state: str


@dataclass(frozen=True)
class Oneness:
    """A person's rows and what people decided about them, newest first."""

    rows: list[OwnRow]
    acts: list[Act]


def oneness_of(person: Person, *, workspace: Workspace) -> Oneness:
    """Why a person's rows are one. The caller has checked that the person may be seen."""
    run = newest_run()
    ids = [row["row_id"] for row in rows_of(person.pk, workspace)]
    if run is None or not ids:
        return Oneness([], [])
    said = queries.rows_named(workspace, ids)
    bonds = queries.bonds_among(workspace, run.linkage_run, ids)
    decisions = queries.decisions_about(ids)
    rows = [said[row_id] for row_id in ids]
    why = why_one(rows, bonds, _deciders(ids, decisions, run.linkage_run.run.at))
    linked_at = run.linkage_run.run.at
    acts = [Act(d, _sentence(d, ids), _state(d, linked_at)) for d in decisions]
    return Oneness(_listed(rows, why), acts)


def _deciders(
    ids: Sequence[str], decisions: Sequence[IdentityDecision], linked_at: datetime
) -> dict[frozenset[str], str]:
    """Who said that two rows are one person, and when: what the linkage has followed."""
    told = {}
    for task in queries.settled_among(ids):
        pair = frozenset((task.row_id_l, task.row_id_r))
        standing = [a for a in task.answers.all() if a.taken_back_at is None]
        names = [a.by for a in standing if a.answer == task.settled]
        if task.settled == Answer.SAME and task.settled_at and names:
            told[pair] = f"{' dan '.join(names)}, {day(task.settled_at)}"
    for decision in decisions:
        if decision.same and _state(decision, linked_at) in ("holds", "ends"):
            for ends in _ends(decision):
                who = f"{decision.by}, {day(decision.at)}: {decision.reason}"
                told[frozenset(ends)] = who
    return told


def _state(decision: IdentityDecision, linked_at: datetime) -> str:
    """Whether the newest registered linkage knows of the decision, or of its end."""
    if decision.taken_back_at is None:
        return "holds" if decision.at <= linked_at else "waits"
    followed = decision.at <= linked_at < decision.taken_back_at
    return "ends" if followed else "ended"


def _sentence(decision: IdentityDecision, ids: Sequence[str]) -> str:
    """What was split or joined, rows by their place in this person's list."""
    place = {row_id: at for at, row_id in enumerate(ids, 1)}
    sides = [set(side) for side in zip(*_ends(decision), strict=True)]
    rows = sides[0] | sides[1]
    if decision.same:
        others = len(rows - place.keys())
        if others:
            return f"Digabungkan dengan orang lain ({others} baris)."
        return "Baris-baris ini dinyatakan satu orang."
    here = sorted(place[row] for row in sides[0] & place.keys())
    if not here:
        return f"{len(sides[0])} baris dipisahkan dari orang ini."
    numbers = ", ".join(map(str, here))
    rest = "baris lain di atas" if sides[1] & place.keys() else "orang lain"
    return f"Baris {numbers} dipisahkan dari {rest}."


def _ends(decision: IdentityDecision) -> list[tuple[str, str]]:
    return [(pair.row_id_l, pair.row_id_r) for pair in decision.pairs.all()]


def _listed(rows: Sequence[Mapping[str, Any]], why: Sequence[Why]) -> list[OwnRow]:
    files = deliveries_named({row["delivery"] for row in rows})
    return [
        OwnRow(
            number=number,
            row_id=row["row_id"],
            supplier=words.supplier(files[row["delivery"]].supplier),
            filename=files[row["delivery"]].filename,
            line=row["line"],
            as_of=files[row["delivery"]].as_of,
            name=row["name"] or "",
            nik=row["nik"] or "",
            why=reason,
        )
        for number, (row, reason) in enumerate(zip(rows, why, strict=True), 1)
    ]


# ── acts ─────────────────────────────────────────────────────────────────────


def _row_ids(person: Person) -> list[str]:
    return [row["row_id"] for row in rows_of(person.pk, settings.WORKSPACE)]


def _back_to(person: Person) -> HttpResponse:
    return redirect(f"{reverse('people-person', args=[person.pk])}#satu-orang")


@require_POST
@needs("review_matches")
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the ticked rows are somebody else."""
    person = person_or_denied(user_of(request), pk)
    ticked = set(request.POST.getlist("row"))
    ids = _row_ids(person)
    services.split_rows(
        rows=[row_id for row_id in ids if row_id in ticked],
        others=[row_id for row_id in ids if row_id not in ticked],
        reason=request.POST.get("reason", ""),
        by=actor(request),
    )
    messages.success(request, _("Tersimpan; berlaku pada penautan berikutnya."))
    return _back_to(person)


@needs("review_matches")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Find another person, compare, and say that both are one. All words travel by POST."""
    user = user_of(request)
    person = person_or_denied(user, pk)
    context: dict[str, object] = {
        "person": person,
        "text": request.POST.get("text", ""),
    }
    if other_pk := request.POST.get("other", ""):
        other = person_or_denied(user, int(other_pk) if other_pk.isdigit() else 0)
        if "reason" in request.POST:
            return _merged(request, person, other)
        record(action="person.viewed", by=actor(request), subject=f"person:{other.pk}")
        sides = [
            {name: getattr(one, name) for name in FIELDS} for one in (person, other)
        ]
        context |= {"other": other, "compared": compare(*sides)}
    elif request.method == "POST":
        context |= _search(request, person)
    return render(request, "people/merge.html", context)


def _search(request: HttpRequest, person: Person) -> dict[str, object]:
    try:
        found = search_people(user_of(request), request.POST.get("text", ""))
    except UserError as error:
        return {"error": error}
    detail = {"found": len(found.people)}
    record(action="person.searched", by=actor(request), detail=detail)
    others = [one for one in found.people if one.pk != person.pk]
    return {"found": others, "more": found.more, "searched": True}


def _merged(request: HttpRequest, person: Person, other: Person) -> HttpResponse:
    services.merge_rows(
        rows=_row_ids(person),
        others=_row_ids(other),
        workspace=settings.WORKSPACE,
        reason=request.POST.get("reason", ""),
        by=actor(request),
    )
    messages.success(request, _("Tersimpan; berlaku pada penautan berikutnya."))
    return _back_to(person)


@require_POST
@needs("review_matches")
def take_back(request: HttpRequest, pk: int, decision_pk: int) -> HttpResponse:
    """Undo a split or a merge that concerns this person."""
    person = person_or_denied(user_of(request), pk)
    about = {one.pk: one for one in queries.decisions_about(_row_ids(person))}
    if decision_pk not in about:
        raise Http404
    services.take_back_decision(decision=about[decision_pk], by=actor(request))
    messages.success(request, _("Dibatalkan; berlaku pada penautan berikutnya."))
    return _back_to(person)
