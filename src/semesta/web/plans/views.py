"""Plans: what payers set aside, and whom each plan protects."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from semesta.access.rights import may
from semesta.eligibility.queries import newest_decision_run, policy_of
from semesta.planning import lists, queries
from semesta.planning.candidates import limits_from
from semesta.planning.ranking import REASONS
from semesta.web.gate import needs, user_of
from semesta.web.paging import chosen, page_of
from semesta.web.plans.words import groups

OUTCOMES = {
    "chosen": "Dibiayai",
    "waiting": "Menunggu",
    "cut": "Tidak dapat dibiayai",
}


@needs("see_plans")
def plans(request: HttpRequest) -> HttpResponse:
    """All plans, newest first, and what payers set aside."""
    context = {
        "page": page_of(request, queries.plans(), 10),
        "lines": queries.budget_lines(),
        "judged": newest_decision_run() is not None,
        "may_keep": may(user_of(request), "keep_books"),
    }
    return render(request, "plans/list.html", context)


@needs("see_plans")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: its figures, the proof of its order, its shares, its list."""
    found = get_object_or_404(queries.plans(), pk=pk)
    table = queries.ranking_table(found, settings.WORKSPACE)
    outcome = chosen(request, "hasil", OUTCOMES)
    search = request.GET.get("cari", "").strip()
    rows = lists.narrowed(
        table,
        outcome=outcome,
        people=queries.people_called(search) if search else None,
    )
    page = page_of(request, range(rows.num_rows), lists.PER_PAGE)
    shown = rows.slice(max(0, page.start_index() - 1), len(page.object_list))
    summary = queries.plan_summary(found)
    limits = limits_from(found.run.inputs["rules"])
    context = {
        "plan": found,
        "summary": summary,
        "until": (queries.first_month_of(found) + found.months).first_day,
        "policy": policy_of(found.decision_run),
        "proof": lists.proof_of(
            table, cost_each=found.cost_each, budget=found.budget, limits=limits
        ),
        "reasons": REASONS,
        "groups": groups(lists.fairness_of(table), settings.WORKSPACE.region),
        "outcome": outcome,
        "outcomes": OUTCOMES,
        "search": search,
        "page": page,
        "places": lists.places(
            shown, candidates=found.candidates, last=summary.last_rank
        ),
        "names": queries.names_of(shown["person_id"].to_pylist()),
    }
    return render(request, "plans/plan.html", context)
