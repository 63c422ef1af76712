"""Plans: what payers set aside, and whom each plan protects."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from semesta.access.rights import may
from semesta.eligibility.queries import newest_decision_run, policy_of
from semesta.kernel import UserError
from semesta.planning import lists, queries, services
from semesta.planning.candidates import limits_from
from semesta.planning.models import BudgetLine
from semesta.planning.ranking import REASONS
from semesta.web.clock import actor, today
from semesta.web.gate import needs, user_of
from semesta.web.paging import chosen, page_of
from semesta.web.plans.forms import BudgetForm
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
        "may_make": may(user_of(request), "make_plan"),
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


@needs("make_plan")
def budget_new(request: HttpRequest) -> HttpResponse:
    """Enter what a payer sets aside."""
    form = BudgetForm(request.POST or None, initial={"year": today().year})
    return _budget(request, form, None)


@needs("make_plan")
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a budget line grants; the trail keeps the former sum."""
    line = get_object_or_404(BudgetLine, pk=pk)
    given = {
        name: getattr(line, name)
        for name in ("year", "payer", "name", "amount", "instrument")
    }
    form = BudgetForm(request.POST or None, initial=given, line=line)
    return _budget(request, form, line)


def _budget(
    request: HttpRequest, form: BudgetForm, line: BudgetLine | None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if line is None:
                services.add_budget_line(**given, by=actor(request))
            else:
                services.change_budget_line(
                    line=line,
                    amount=given["amount"],
                    instrument=given["instrument"],
                    by=actor(request),
                )
        except UserError as error:
            form.add_error(None, f"{error.what} {error.why} {error.fix}")
        else:
            messages.success(request, _("Anggaran disimpan."))
            return redirect("plans")
    return render(request, "plans/budget.html", {"form": form, "line": line})
