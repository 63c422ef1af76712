"""The only writer of plans."""

from __future__ import annotations

from semesta.audit.services import find_run, recorded_run
from semesta.eligibility.models import DecisionRun
from semesta.kernel import Actor, Month, NotPossible
from semesta.planning import allocate, queries
from semesta.planning.models import Plan
from semesta.planning.price import price_of
from semesta.planning.rank import rank
from semesta.planning.ranking import candidates_of, table_of, totals_of
from semesta.warehouse.lake import table_sha256, write_parquet
from semesta.warehouse.workspace import Workspace


def make_plan(
    *,
    decision_run: DecisionRun,
    budget: int,
    first_month: Month,
    months: int,
    workspace: Workspace,
    by: Actor,
) -> Plan:
    """Choose whom a budget protects, in the policy's order; one line per candidate.

    Candidates are those who pass in `decision_run`; the price comes from the law for
    the policy's payer, month by month. The same candidates, rules and budget give the
    first plan again. UserError `plan.budget_too_small`, `plan.months`; NotPossible
    `plan.nobody` when nobody passes.
    """
    rules = queries.policy_rules(decision_run)
    price = price_of(first_month, months, payer=rules.payer)
    allocate.check_budget(budget, price.whole)
    candidates = queries.load_candidates(decision_run, workspace, rules)
    inputs = {
        "candidates": table_sha256(candidates),
        "rules": rules.as_dict(),
        "budget": int(budget),
        "prices": [int(month) for month in price.monthly],
        "first_month": str(first_month),
    }
    if done := find_run("plan", inputs):
        return Plan.objects.get(run=done)
    if not candidates.num_rows:
        raise NotPossible(
            "plan.nobody",
            "Tidak ada calon untuk rencana ini.",
            "Tidak seorang pun memenuhi semua syarat kebijakan.",
            "Periksa keputusan kelayakan dan data yang masih kurang.",
        )
    ranked = rank(candidates, rules.keys, year=rules.year)
    lines = allocate.allocate(
        candidates_of(ranked),
        budget=budget,
        cost_each=price.whole,
        limits=rules.limits,
    )
    totals = totals_of(lines)
    with recorded_run(
        stage="plan", inputs=inputs, by=by, as_of=decision_run.as_of
    ) as draft:
        path = workspace.lake / "plans" / draft.name / "ranking.parquet"
        stored = table_of(lines, ranked, [key.column for key in rules.keys])
        plan = Plan.objects.create(
            name=draft.name,
            run=draft.run,
            decision_run=decision_run,
            payer=rules.payer,
            first_month=first_month.first_day,
            months=months,
            price=int(price.first),
            cost_each=int(price.whole),
            budget=int(budget),
            cost=int(price.whole * totals.chosen),
            candidates=totals.candidates,
            people=totals.chosen,
            waiting=totals.waiting,
            cut=totals.cut,
            ranking_sha256=write_parquet(stored, path),
        )
        draft.counts = totals.as_dict()
        draft.outputs = {"ranking_sha256": plan.ranking_sha256, "price_law": price.law}
    return plan
