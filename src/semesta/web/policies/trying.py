"""What a policy would do before it holds, and a past judgement computed again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from semesta.access.area import in_area
from semesta.access.models import User
from semesta.access.rights import may
from semesta.eligibility.changes import DIRECTIONS, Changes, Reason
from semesta.eligibility.criteria import catalogue
from semesta.eligibility.judge import FAIL, PASS, UNKNOWN
from semesta.eligibility.models import PolicyVersion
from semesta.eligibility.previewing.queries import changed_rows, last_facts, preview
from semesta.eligibility.replaying.queries import replay, run_named
from semesta.eligibility.versions import queries
from semesta.kernel import UserError
from semesta.registry.models import Person
from semesta.web.clock import today
from semesta.web.gate import needs, user_of

PER_PAGE = 25
OUTCOMES = ((PASS, "Lolos"), (FAIL, "Tidak lolos"), (UNKNOWN, "Belum diketahui"))
NAMES = {**dict(OUTCOMES), "absent": "Tidak dinilai"}


@dataclass(frozen=True)
class Moved:
    """One person whose outcome would differ, and why."""

    person: Person | None
    before: str
    after: str
    reasons: list[Reason]


@needs("see_policy")
def preview_version(request: HttpRequest, pk: int) -> HttpResponse:
    """How many pass under a version, per criterion, and who would change."""
    found = get_object_or_404(PolicyVersion, pk=pk)
    user, workspace = user_of(request), settings.WORKSPACE
    policy = queries.policy_in(found)
    fresh = "hari-ini" in request.GET
    at_hand = None if fresh else last_facts(policy, workspace)
    on, facts = at_hand if at_hand else (today(), None)
    seen = preview(policy, workspace, on=on, facts=facts)
    context = {
        "version": found,
        "policy": policy,
        "seen": seen,
        "fresh": at_hand is None,
        "outcomes": [
            (label, seen.outcomes[name], seen.before.get(name))
            for name, label in OUTCOMES
        ],
        **_changed(seen.changes, user, request),
    }
    return render(request, "policies/preview.html", context)


def _changed(
    changes: Changes | None, user: User, request: HttpRequest
) -> dict[str, Any]:
    """What the page shows of changes: ways, places, criteria, and one page of people."""
    if changes is None:
        return {"changes": None}
    found: dict[str, Any] = {
        "changes": changes,
        "moved_count": changes.moved.num_rows,
        "ways": [(DIRECTIONS[way], way, n) for way, n in changes.directions.items()],
        "places": changes.places,
        "causes": [(catalogue()[c].label, n) for c, n in changes.criteria.items()],
    }
    if may(user, "see_people"):
        found["page"] = _people(changes, user, request.GET.get("halaman", 1))
    return found


def _people(changes: Changes, user: User, number: int | str) -> Page:
    rows = changed_rows(changes, user.area).to_pylist()
    page = Paginator(rows, PER_PAGE).get_page(number)
    page.object_list = list(_told(changes, page.object_list, user))
    return page


def _told(
    changes: Changes, rows: Iterable[dict[str, Any]], user: User
) -> Iterable[Moved]:
    rows = list(rows)
    ids = [row["person_id"] for row in rows]
    people = in_area(Person.objects.filter(pk__in=ids), user).in_bulk()
    for row in rows:
        yield Moved(
            person=people.get(row["person_id"]),
            before=NAMES[row["before"]],
            after=NAMES[row["after"]],
            reasons=changes.reasons(row["was"], row["now"]),
        )


@needs("see_policy")
def replay_run(request: HttpRequest, name: str) -> HttpResponse:
    """A past judgement; with `?mulai`, computed again beside it."""
    try:
        run = run_named(name)
    except UserError as error:
        raise Http404 from error
    context: dict[str, Any] = {"run": run}
    if "mulai" in request.GET:
        found = replay(run, settings.WORKSPACE)
        context |= {"found": found} | _changed(
            None if found.same else found.changes, user_of(request), request
        )
    return render(request, "policies/replay.html", context)
