"""The only writer of plans; budget lines are written in `budgets`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow as pa

from semesta.audit.services import find_run, recorded_run
from semesta.eligibility.models import DecisionRun
from semesta.eligibility.queries import policy_of
from semesta.kernel import Actor, Month, UserError
from semesta.planning import allocate, queries
from semesta.planning.candidates import Rules, check_somebody, payable
from semesta.planning.models import Plan
from semesta.planning.payers import jobs_of
from semesta.planning.price import Price, costs_of, sector_prices
from semesta.planning.rank import rank
from semesta.planning.ranking import candidates_of, table_of, totals_of
from semesta.planning.scenarios import LABELS, ORDERS, in_order_of
from semesta.warehouse.lake import table_sha256, write_parquet
from semesta.warehouse.workspace import Workspace

INSTEAD_OF = "instead_of"


def make_plan(
    *,
    decision_run: DecisionRun,
    budget: int,
    first_month: Month,
    months: int,
    workspace: Workspace,
    by: Actor,
    order: str = "",
) -> Plan:
    """Choose whom a budget protects, in the policy's order; one line per candidate.

    Candidates are those who pass in `decision_run`; the price comes from the law for
    the policy's payer, month by month and by sector of work. `order` names another
    order (see `scenarios.ORDERS`), which the policy must allow. The same candidates,
    rules and budget give the first plan again. UserError `plan.budget_too_small`,
    `plan.months`, `plan.order_not_allowed`, `plan.payer_may_not`; NotPossible
    `plan.nobody` when nobody passes.
    """
    rules = queries.policy_rules(decision_run)
    prices = sector_prices(first_month, months, payer=rules.payer)
    dearest = max(prices.values(), key=lambda price: price.whole)
    allocate.check_budget(budget, dearest.whole)
    clause = _clause_for(decision_run, order)
    draft = _Choice(decision_run, rules, prices, first_month, months, budget, order)
    candidates = _candidates(draft, workspace)
    inputs = draft.inputs(candidates, clause)
    if (standing := _standing(inputs)) is not None:
        if not standing.superseded_by:
            return standing.plan
        inputs |= {INSTEAD_OF: standing.superseded_by}
    ranked = _ranked(draft, candidates, workspace)
    costs = _costs(draft, ranked)
    lines = allocate.allocate(
        candidates_of(ranked), budget=budget, cost_each=costs, limits=rules.limits
    )
    stored = table_of(lines, ranked, [key.column for key in rules.keys], costs)
    return _record(draft, inputs, lines, stored, dearest, workspace, by)


class _Standing(NamedTuple):
    """A plan made before with the same inputs, and the other one that came after it."""

    plan: Plan
    superseded_by: str


def _standing(inputs: dict[str, Any]) -> _Standing | None:
    """The plan with these inputs; one made since for the same question, but of other
    candidates, has taken its place, and then it must be made anew: people who came
    together and apart again look as they did before."""
    done = find_run("plan", inputs)
    if done is None:
        return None
    plan = Plan.objects.get(run=done)
    later = Plan.objects.select_related("run").filter(pk__gt=plan.pk).order_by("-pk")
    for other in later.filter(payer=plan.payer, first_month=plan.first_month):
        kept = {k: v for k, v in other.run.inputs.items() if k != INSTEAD_OF}
        if kept == inputs:
            return _Standing(other, "")
        if {**kept, "candidates": ""} == {**inputs, "candidates": ""}:
            return _Standing(plan, other.name)
    return _Standing(plan, "")


@dataclass(frozen=True)
class _Choice:
    """What is asked of one plan."""

    decision_run: DecisionRun
    rules: Rules
    prices: dict[str, Price]
    first_month: Month
    months: int
    budget: int
    order: str

    @property
    def by_sector(self) -> bool:
        """Whether this payer's price depends on the sector of work."""
        return len({price.monthly for price in self.prices.values()}) > 1

    def inputs(self, candidates: pa.Table, clause: str) -> dict[str, Any]:
        """What makes this plan another than the next."""
        found: dict[str, Any] = {
            "candidates": table_sha256(candidates),
            "rules": self.rules.as_dict(),
            "budget": int(self.budget),
            "prices": {
                sector: [int(month) for month in price.monthly]
                for sector, price in self.prices.items()
            },
            "first_month": str(self.first_month),
        }
        if self.order:
            found["order"] = {
                "name": self.order,
                "clause": clause,
                "keys": [[k.column, k.highest_first] for k in ORDERS[self.order]],
            }
        return found


def _clause_for(decision_run: DecisionRun, order: str) -> str:
    """The clause that allows an order; blank for the policy's own."""
    if not order:
        return ""
    allowed = {o.order: o.clause for o in policy_of(decision_run).other_orders}
    if order in allowed:
        return str(allowed[order])
    raise UserError(
        "plan.order_not_allowed",
        f"Urutan “{LABELS.get(order, order)}” tidak dapat dijadikan rencana.",
        "Kebijakan menetapkan urutannya sendiri dan tidak menyebut urutan ini.",
        "Pakai urutan kebijakan, atau tambahkan urutan itu beserta pasalnya ke "
        "kebijakan (other_orders).",
    )


def _candidates(draft: _Choice, workspace: Workspace) -> pa.Table:
    payer, month = draft.rules.payer, draft.first_month
    # Only where the work decides the price or the right to be paid for.
    matters = draft.by_sector or jobs_of(payer, month) is not None
    wanted = ["occupation"] if matters else []
    found = queries.load_candidates(draft.decision_run, workspace, draft.rules, wanted)
    return payable(found, payer=payer, month=month)


def _ranked(draft: _Choice, candidates: pa.Table, workspace: Workspace) -> pa.Table:
    check_somebody(candidates)
    if not draft.order:
        return rank(candidates, draft.rules.keys, year=draft.rules.year)
    people, _, _ = queries.candidates_in_order(
        draft.decision_run,
        workspace,
        draft.rules,
        payer=draft.rules.payer,
        first_month=draft.first_month,
    )
    return in_order_of(people.table, draft.order, draft.rules.keys)


def _costs(draft: _Choice, ranked: pa.Table) -> list[int]:
    if not draft.by_sector:
        (whole,) = {int(price.whole) for price in draft.prices.values()}
        return [whole] * ranked.num_rows
    if "occupation" in ranked.column_names:
        occupations = ranked["occupation"].to_pylist()
    else:
        occupations = [None] * ranked.num_rows
    last = draft.first_month + (draft.months - 1)
    return costs_of(occupations, draft.prices, last_month=last)


def _record(
    draft: _Choice,
    inputs: dict[str, Any],
    lines: list[allocate.Line],
    stored: pa.Table,
    dearest: Price,
    workspace: Workspace,
    by: Actor,
) -> Plan:
    totals, run = totals_of(lines), draft.decision_run
    spent = sum(
        cost
        for cost, line in zip(stored["cost"].to_pylist(), lines, strict=True)
        if line.outcome == allocate.CHOSEN
    )
    with recorded_run(stage="plan", inputs=inputs, by=by, as_of=run.as_of) as kept:
        path = workspace.lake / "plans" / kept.name / "ranking.parquet"
        plan = Plan.objects.create(
            name=kept.name,
            run=kept.run,
            decision_run=run,
            payer=draft.rules.payer,
            first_month=draft.first_month.first_day,
            months=draft.months,
            price=int(dearest.first),
            cost_each=int(dearest.whole),
            budget=int(draft.budget),
            cost=spent,
            candidates=totals.candidates,
            people=totals.chosen,
            waiting=totals.waiting,
            cut=totals.cut,
            ranking_sha256=write_parquet(stored, path),
        )
        kept.counts = totals.as_dict()
        kept.outputs = {
            "ranking_sha256": plan.ranking_sha256,
            "price_law": dearest.law,
        }
    return plan
