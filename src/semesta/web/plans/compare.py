"""Ways to spend one budget side by side, who is paid by whom, and making a plan of one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from semesta.access.rights import may
from semesta.eligibility.models import DecisionRun
from semesta.eligibility.queries import newest_decision_run
from semesta.kernel import NotPossible, UserError
from semesta.planning import queries, services
from semesta.planning.assumptions import assumptions
from semesta.planning.fairness import fairness
from semesta.planning.payers import payer_names
from semesta.planning.price import Price, sector_prices
from semesta.planning.queries import Comparison, Shared
from semesta.planning.scenarios import LABELS
from semesta.web.clock import actor, today
from semesta.web.gate import needs, user_of
from semesta.web.plans.asked import Asked, read
from semesta.web.plans.words import cards, groups


@needs("see_plans")
def compare(request: HttpRequest) -> HttpResponse:
    """Every scenario at one budget; the slider asks for the lower part alone."""
    run = newest_decision_run()
    if run is None:
        return render(request, "plans/compare.html", {"judged": False})
    asked = read(request.GET, payer=run.policy.payer, today=today())
    context = {"judged": True, "asked": asked, **_question(asked)}
    try:
        found = queries.comparison(
            _run_for(asked, run), settings.WORKSPACE, asked.payment
        )
        context |= _answer(request, asked, found)
    except (UserError, NotPossible) as error:
        context["problem"] = error
    live = bool(request.headers.get("HX-Request"))
    template = "plans/scenarios.html" if live else "plans/compare.html"
    return render(request, template, {**context, "live": live})


def _run_for(asked: Asked, newest: DecisionRun) -> DecisionRun:
    return queries.judgement_for(asked.payment.payer) or newest


def _question(asked: Asked) -> dict[str, Any]:
    payment = asked.payment
    return {
        "payers": payer_names(payment.first_month).items(),
        "months": range(1, 13),
        "prices": _prices(asked),
        "assumptions": assumptions(),
    }


def _prices(asked: Asked) -> dict[str, Price]:
    payment = asked.payment
    return sector_prices(payment.first_month, payment.months, payer=payment.payer)


def _answer(request: HttpRequest, asked: Asked, found: Comparison) -> dict[str, Any]:
    """The scenarios at the budget asked for, by default half of what all would cost."""
    least, most = found.least, max(found.least, found.most)
    budget = asked.budget if asked.budget is not None else _usual(found, least, most)
    answer: dict[str, Any] = {
        "found": found,
        "budget": budget,
        "least": least,
        "most": most,
        "slid": min(max(budget, least), most),
    }
    outcomes = found.at(budget)
    shown = request.GET.get("lihat", "")
    detail = next((o for o in outcomes if o.name == shown), outcomes[0])
    shares = fairness(found.board.people, detail.chosen)
    run_payer = found.decision_run.policy.payer
    return answer | {
        "cards": cards(outcomes),
        "detail": detail,
        "detail_label": LABELS[detail.name],
        "groups": groups(shares, settings.WORKSPACE.region),
        "reaching": _reaching(detail, asked),
        "address": urlencode({**asked.parameters, "anggaran": budget}),
        "may_make": may(user_of(request), "make_plan")
        and run_payer == asked.payment.payer,
    }


def _usual(found: Comparison, least: int, most: int) -> int:
    """The sum of the payer's lines of that year, or half of what all would cost."""
    lines = queries.budget_lines(found.payment.first_month.year)
    own = sum(line.amount for line in lines if line.payer == found.payment.payer)
    return own or max(least, most // 2 // least * least)


def _reaching(detail: Any, asked: Asked) -> list[tuple[Any, int]]:
    first = asked.payment.first_month
    return [
        ((first + n).first_day, people)
        for n, people in enumerate(detail.figures.reaching_36)
        if people
    ]


@require_POST
@needs("make_plan")
def make(request: HttpRequest) -> HttpResponse:
    """Make a plan of a scenario that the policy's order, or one it allows, gives."""
    run = newest_decision_run()
    scenario = request.POST.get("cara", "")
    if run is None or scenario not in LABELS:
        return redirect("plans-compare")
    asked = read(request.POST, payer=run.policy.payer, today=today())
    try:
        order = _order_of(scenario, asked, run)
        made = services.make_plan(
            decision_run=_run_for(asked, run),
            budget=asked.budget or 0,
            first_month=asked.payment.first_month,
            months=asked.payment.months_of(scenario),
            workspace=settings.WORKSPACE,
            by=actor(request),
            order=order,
        )
    except (UserError, NotPossible) as error:
        messages.error(request, f"{error.what} {error.why} {error.fix}")
        back = urlencode({**asked.parameters, "anggaran": asked.budget or 0})
        return redirect(f"{reverse('plans-compare')}?{back}")
    messages.success(request, _("Rencana disusun."))
    return redirect("plans-plan", pk=made.pk)


def _order_of(scenario: str, asked: Asked, run: DecisionRun) -> str:
    """The order to name in the plan; blank where it is the policy's own."""
    found = queries.comparison(_run_for(asked, run), settings.WORKSPACE, asked.payment)
    board = found.board
    own = board.is_policys(scenario) and scenario not in board.allowed
    return "" if own else scenario


@needs("see_plans")
def payers(request: HttpRequest) -> HttpResponse:
    """Who should be paid by whom, so that the budgets together protect most people."""
    run = newest_decision_run()
    if run is None:
        return render(request, "plans/payers.html", {"judged": False})
    asked = read(request.GET, payer=run.policy.payer, today=today())
    lines = queries.budget_lines(asked.payment.first_month.year)
    context: dict[str, Any] = {"judged": True, "asked": asked, "months": range(1, 13)}
    try:
        found = queries.comparison(run, settings.WORKSPACE, asked.payment)
        shared = queries.shared(found, lines)
        context |= {"shared": shared, "lines": lines, "found": found}
        context["rows"] = _rows(shared, found)
    except (UserError, NotPossible) as error:
        context["problem"] = error
    return render(request, "plans/payers.html", context)


def _rows(shared: Shared, found: Comparison) -> list[dict[str, Any]]:
    """What each payer pays, for how many of each sector, and what one of them costs."""
    payment, rows = found.payment, []
    dearest = max((int(p.costs.max(initial=0)) for p in shared.purses), default=0)
    for number, purse in enumerate(shared.purses):
        paid = shared.division.payer_of == number
        prices = sector_prices(payment.first_month, payment.months, payer=purse.payer)
        drives = queries.drives(found) & paid
        rows.append(
            {
                "payer": purse.payer,
                "budget": purse.budget,
                "people": int(paid.sum()),
                "drivers": int(drives.sum()),
                "cost": int(purse.costs[paid].sum()),
                "transport": prices["transport"],
                "other": prices["other"],
                "cheaper": int(prices["transport"].whole) < dearest,
                "share": 100 * int(paid.sum()) / max(1, shared.division.people),
            }
        )
    return rows
