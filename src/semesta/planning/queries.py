"""Readers of plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db.models import Q, QuerySet

from semesta.audit.models import Run
from semesta.eligibility.models import DecisionRun
from semesta.eligibility.queries import (
    decision_runs,
    decisions_folder,
    policy_of,
    quotas_of_run,
)
from semesta.kernel import Month
from semesta.planning.allocate import Limits
from semesta.planning.candidates import (
    PERSONS,
    SEXES,
    Rules,
    check_somebody,
    join_candidates,
    payable,
    with_facts,
)
from semesta.planning.compare import compare, least_budget, takeable_orders
from semesta.planning.models import BudgetLine, Plan
from semesta.planning.payers import may_pay, payer_name, refusal
from semesta.planning.people import Flags, Ints, People, people_of
from semesta.planning.price import MOST_MONTHS, OTHER_SECTOR, sector_word
from semesta.planning.rank import RankKey, rank
from semesta.planning.ranking import REASONS, candidates_of, sentence
from semesta.planning.scenarios import FEWER, Board, Outcome, Payment
from semesta.planning.sharing import Division, Purse, divide
from semesta.registry.models import Person
from semesta.warehouse.snapshot import columns_of
from semesta.warehouse.workspace import Workspace


def newest_plan() -> Plan | None:
    """The plan made last."""
    return plans().first()


def plans() -> QuerySet[Plan]:
    """All plans, newest first."""
    found = Plan.objects.select_related("run", "decision_run__policy")
    return found.order_by("-pk")


def first_month_of(plan: Plan) -> Month:
    """The first month a plan pays."""
    return Month.of(plan.first_month)


def budget_lines(year: int | None = None) -> list[BudgetLine]:
    """What payers set aside, by year (all when None), newest year first."""
    lines = BudgetLine.objects.order_by("-year", "payer", "pk")
    return list(lines if year is None else lines.filter(year=year))


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


def ranking_table(plan: Plan, workspace: Workspace) -> pa.Table:
    """A plan's ranking, one row per candidate in order of rank."""
    return pq.read_table(ranking_file(plan, workspace))


def people_called(text: str) -> list[int]:
    """Ids of people whose name has a word that begins with each word of `text`."""
    found = Person.objects.filter(merged_into=None)
    for word in text.upper().split():
        found = found.filter(
            Q(search_name__startswith=word) | Q(search_name__contains=f" {word}")
        )
    return list(found.values_list("pk", flat=True)[:5_000])


def names_of(person_ids: Sequence[int]) -> dict[int, str]:
    """The names of a page of people."""
    return dict(Person.objects.filter(pk__in=person_ids).values_list("pk", "name"))


# ── scenarios ────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Comparison:
    """Scenarios that can be asked for any budget, and whose candidates they choose from.

    `own_policy`: the candidates are those of the payer's own policy; else those of the
    newest judgement stand in. `excluded`: candidates this payer may not pay for.
    """

    root: Path
    decision_run: DecisionRun
    board: Board
    payment: Payment
    takeable: dict[str, Ints]
    own_policy: bool
    excluded: int

    def at(self, budget: int) -> list[Outcome]:
        """Every scenario at a budget. UserError `plan.budget_too_small`."""
        return compare(self.board, self.payment, budget, self.takeable)

    @property
    def least(self) -> int:
        """What one person costs for all months."""
        return least_budget(self.board, self.payment)

    @property
    def most(self) -> int:
        """What it would cost to pay everyone whom limits leave in, for twelve months."""
        costs = self.board.costs(self.payment, MOST_MONTHS)
        return int(costs[self.takeable[FEWER]].sum())


@dataclass(frozen=True)
class Shared:
    """Who is paid by whom, for the budget lines of one year."""

    division: Division
    purses: list[Purse]
    refused: dict[str, str]


def shared(found: Comparison, lines: Sequence[BudgetLine]) -> Shared:
    """Divide a comparison's candidates among the payers of budget lines.

    A payer with a judgement of its own pays only for those who pass it, and none for
    whom the law bars it; `refused` says why a payer pays for nobody.
    """
    purses, refused, first = [], {}, found.payment.first_month
    for payer in dict.fromkeys(line.payer for line in lines):
        may = _may_pay(found, payer)
        if not may.any():
            refused[payer] = refusal(payer, first).why
            continue
        payment = replace(found.payment, payer=payer)
        budget = sum(line.amount for line in lines if line.payer == payer)
        costs = found.board.costs(payment, payment.months)
        purses.append(Purse(payer, budget, costs, may))
    everyone = len(found.board.people)
    return Shared(divide(purses, found.takeable[FEWER], everyone), purses, refused)


def drives(found: Comparison) -> Flags:
    """Which candidates work in transport, as the relief reads it."""
    payment = found.payment
    last = payment.first_month + (payment.months - 1)
    return np.array(
        [
            sector_word(job or "", last) != OTHER_SECTOR
            for job in found.board.occupations
        ],
        bool,
    )


def _may_pay(found: Comparison, payer: str) -> Flags:
    """Whom a payer may pay: by the law, and by its own judgement where there is one."""
    first = found.payment.first_month
    allowed = np.array(
        [may_pay(payer, job, first) for job in found.board.occupations], bool
    )
    judged = judgement_for(payer)
    if judged is None or judged.policy.payer != payer or judged == found.decision_run:
        return allowed
    folder = decisions_folder(Workspace(found.root), judged.name)
    passed = pq.read_table(
        folder / "decisions.parquet",
        columns=["person_id"],
        filters=pc.field("outcome") == "pass",
    )
    return allowed & np.isin(found.board.people.ids, passed["person_id"].to_numpy())


def judgement_for(payer: str) -> DecisionRun | None:
    """The newest judgement under this payer's policy, or the newest of all."""
    runs = decision_runs()
    own = [run for run in runs if run.policy.payer == payer]
    return next(iter(own or runs), None)


def comparison(
    decision_run: DecisionRun, workspace: Workspace, payment: Payment
) -> Comparison:
    """What scenarios choose from. UserError `plan.payer`, `plan.payer_may_not`,
    `plan.months`; NotPossible `plan.nobody` when nobody passes.

    Worked out once and kept in memory until something is run anew.
    """
    turn = Run.objects.order_by("pk").values_list("pk", flat=True).last()
    return _comparison(decision_run.pk, workspace.root, payment, turn)


@lru_cache(maxsize=8)
def _comparison(
    decision_run_pk: int, root: Path, payment: Payment, turn: int | None
) -> Comparison:
    workspace = Workspace(root)
    run = DecisionRun.objects.select_related("policy", "run").get(pk=decision_run_pk)
    payer_name(payment.payer, payment.first_month)
    rules = policy_rules(run)
    people, ranked, excluded = candidates_in_order(
        run, workspace, rules, payer=payment.payer, first_month=payment.first_month
    )
    board = Board(
        people=people,
        candidates=tuple(candidates_of(ranked)),
        limits=rules.limits,
        policy_keys=rules.keys,
        allowed={other.order: other.clause for other in policy_of(run).other_orders},
    )
    own = run.policy.payer == payment.payer
    return Comparison(root, run, board, payment, takeable_orders(board), own, excluded)


def candidates_in_order(
    decision_run: DecisionRun,
    workspace: Workspace,
    rules: Rules,
    *,
    payer: str,
    first_month: Month,
) -> tuple[People, pa.Table, int]:
    """Candidates with their facts in the policy's order, as people and as a table, and
    how many were left out because `payer` may not pay for them."""
    candidates = load_candidates(decision_run, workspace, rules, ["occupation"])
    check_somebody(candidates)
    allowed = payable(candidates, payer=payer, month=first_month)
    ranked = rank(allowed, rules.keys, year=rules.year)
    sexes = columns_of(Person.objects.filter(merged_into=None), SEXES)
    folder = decisions_folder(workspace, decision_run.name)
    table = with_facts(ranked, folder / "facts.parquet", sexes)
    people = people_of(table, as_of=decision_run.as_of, first_month=first_month)
    return people, table, candidates.num_rows - allowed.num_rows


# ── what this stage's service reads; whole, not limited to an area ───────────


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
    decision_run: DecisionRun,
    workspace: Workspace,
    rules: Rules,
    wanted: Sequence[str] = (),
) -> pa.Table:
    """Those who pass, one row per person by id: see `join_candidates`."""
    persons = columns_of(Person.objects.filter(merged_into=None), PERSONS)
    folder = decisions_folder(workspace, decision_run.name)
    return join_candidates(folder / "decisions.parquet", persons, rules.keys, wanted)
