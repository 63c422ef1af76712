"""Readers of plans."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from semesta.eligibility.models import DecisionRun
from semesta.eligibility.queries import decisions_folder, policy_of, quotas_of_run
from semesta.planning.allocate import Limits
from semesta.planning.candidates import PERSONS, Rules, join_candidates
from semesta.planning.models import Plan
from semesta.planning.rank import RankKey
from semesta.planning.ranking import REASONS, sentence
from semesta.registry.models import Person
from semesta.warehouse.snapshot import columns_of
from semesta.warehouse.workspace import Workspace


def newest_plan() -> Plan | None:
    """The plan made last."""
    plans = Plan.objects.select_related("run", "decision_run__policy")
    return plans.order_by("-pk").first()


@dataclass(frozen=True)
class PlanSummary:
    """A plan in figures; `reasons`: in words, and how many were not chosen for it."""

    plan: Plan
    left: int
    last_rank: int
    reasons: list[tuple[str, int]]


def plan_summary(plan: Plan) -> PlanSummary:
    """What a plan spends, leaves, and why others are not in it."""
    counts = plan.run.counts
    return PlanSummary(
        plan=plan,
        left=plan.budget - plan.cost,
        last_rank=counts["last_rank"],
        reasons=[(REASONS[r], n) for r, n in counts["by_reason"].items()],
    )


@dataclass(frozen=True)
class RankingLine:
    """One person's place in a plan, with the sentence that explains it.

    `keys`: each priority of the policy in its order, and this person's value (None:
    unknown, which comes after all known ones).
    """

    plan: Plan
    rank: int
    outcome: str
    reason: str
    last_rank: int
    sentence: str
    keys: list[tuple[str, int | None]]


def ranking_line(
    person_id: int, workspace: Workspace, plan: Plan | None = None
) -> RankingLine | None:
    """Why a person is chosen or not in `plan`, by default the newest.

    None when the person is no candidate of it. The caller has checked that the person
    may be seen.
    """
    plan = plan or newest_plan()
    if plan is None:
        return None
    is_person = pc.field("person_id") == person_id
    found = pq.read_table(ranking_file(plan, workspace), filters=is_person).to_pylist()
    if not found:
        return None
    row, last = found[0], plan.run.counts["last_rank"]
    said = {name: row[name] for name in ("rank", "outcome", "reason")}
    priority = policy_of(plan.decision_run).priority
    return RankingLine(
        plan=plan,
        last_rank=last,
        sentence=sentence(**said, candidates=plan.candidates, last=last),
        keys=[(key.label, row[key.column]) for key in priority],
        **said,
    )


def ranking_file(plan: Plan, workspace: Workspace) -> Path:
    """Where a plan's ranking lies: one row per candidate."""
    return workspace.lake / "plans" / plan.name / "ranking.parquet"


# What this stage's service reads; whole, not limited to an area.


def policy_rules(decision_run: DecisionRun) -> Rules:
    """What the policy of a decision run says about choosing."""
    policy = policy_of(decision_run)
    return Rules(
        payer=policy.payer,
        year=policy.year,
        keys=tuple(RankKey(key.column, key.highest_first) for key in policy.priority),
        limits=Limits(policy.household_cap, quotas_of_run(decision_run)),
    )


def load_candidates(
    decision_run: DecisionRun, workspace: Workspace, rules: Rules
) -> pa.Table:
    """Those who pass, one row per person by id: see `join_candidates`."""
    persons = columns_of(Person.objects.filter(merged_into=None), PERSONS)
    folder = decisions_folder(workspace, decision_run.name)
    return join_candidates(folder / "decisions.parquet", persons, rules.keys)
