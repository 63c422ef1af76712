"""Readers of eligibility: runs, and one person's decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db.models import QuerySet

from semesta.eligibility.criteria import catalogue
from semesta.eligibility.facts import ALL_SUPPLIERS, Sources
from semesta.eligibility.grounds import Decision, explain
from semesta.eligibility.judge import QUOTED
from semesta.eligibility.models import DecisionRun
from semesta.eligibility.policy import Policy
from semesta.eligibility.versions.queries import policy_in
from semesta.intake.models import Delivery
from semesta.intake.words import occupations
from semesta.linkage.queries import rows_file
from semesta.registry.models import RegistryRun
from semesta.registry.queries import person_rows_file
from semesta.warehouse.workspace import Workspace

# ── runs and decisions ───────────────────────────────────────────────────────


def newest_decision_run() -> DecisionRun | None:
    """The latest judgement of everyone."""
    return _runs().last()


def decision_runs() -> list[DecisionRun]:
    """All judgements, newest first."""
    return list(_runs().reverse())


def _runs() -> QuerySet[DecisionRun]:
    return DecisionRun.objects.select_related("policy", "run").order_by("pk")


def policy_of(run: DecisionRun) -> Policy:
    """The policy a run applied, as its text stood then."""
    return policy_in(run.policy)


def decisions_folder(workspace: Workspace, name: str) -> Path:
    """Where a run's `facts.parquet` and `decisions.parquet` lie."""
    return workspace.lake / "decisions" / name


def decision_of(
    person_id: int, workspace: Workspace, run: DecisionRun | None = None
) -> Decision | None:
    """What was decided about one person, by default in the newest run.

    None when nobody has judged yet or the person was not in view then. The caller has
    checked that the person may be seen.
    """
    run = run or newest_decision_run()
    if run is None:
        return None
    path = decisions_folder(workspace, run.name) / "decisions.parquet"
    row = _row_of(path, person_id)
    if row is None:
        return None
    return explain(
        row, policy_of(run), as_of=run.as_of, run=run.name, occupations=occupations()
    )


def _row_of(path: Path, person_id: int) -> dict[str, Any] | None:
    """One person's row of a file sorted by person_id: only its row group is read."""
    with pq.ParquetFile(path) as file:
        wanted = {"person_id", "outcome", "results", "paused", *QUOTED}
        columns = [name for name in file.schema_arrow.names if name in wanted]
        for number in range(file.num_row_groups):
            range_of = file.metadata.row_group(number).column(0).statistics
            if range_of.min <= person_id <= range_of.max:
                table = file.read_row_group(number, columns=columns)
                rows = table.filter(pc.field("person_id") == person_id).to_pylist()
                return rows[0] if rows else None
    return None


@dataclass(frozen=True)
class GroundCount:
    """How many people one criterion lets pass, refuses, or leaves open.

    `only_this`: those for whom it is the only criterion not met.
    """

    criterion: str
    label: str
    clause: str
    passed: int
    failed: int
    unknown: int
    only_this: int


def ground_counts(run: DecisionRun) -> list[GroundCount]:
    """One line per criterion of the run's policy, in its order."""
    counts = run.run.counts["criteria"]
    return [
        GroundCount(
            criterion=use.criterion,
            label=catalogue()[use.criterion].label,
            clause=use.clause,
            passed=counts[use.criterion]["pass"],
            failed=counts[use.criterion]["fail"],
            unknown=counts[use.criterion]["unknown"],
            only_this=counts[use.criterion]["only_this"],
        )
        for use in policy_of(run).criteria
    ]


def decisions_table(run: DecisionRun, workspace: Workspace) -> pa.Table:
    """All decisions of a run, one row per person by person_id."""
    return pq.read_table(decisions_folder(workspace, run.name) / "decisions.parquet")


# ── what a judgement reads ───────────────────────────────────────────────────


def evidence() -> list[Delivery]:
    """The lists that tell facts, in order of arrival."""
    found = Delivery.objects.filter(
        status=Delivery.Status.READ, supplier__in=ALL_SUPPLIERS
    )
    return list(found.order_by("pk"))


def last_run_of(payer: str, region: str) -> DecisionRun | None:
    """The latest judgement for a payer of a region, whichever policy it applied."""
    found = _runs().filter(policy__payer=payer, policy__slug__startswith=f"{region}/")
    return found.last()


def outcomes_of(
    run: DecisionRun, people: Sequence[int], workspace: Workspace
) -> dict[int, str]:
    """Person → outcome in a run, for those of these people who were in view."""
    found = pq.read_table(
        decisions_folder(workspace, run.name) / "decisions.parquet",
        columns=["person_id", "outcome"],
        filters=pc.field("person_id").isin(list(people)),
    )
    return {row["person_id"]: row["outcome"] for row in found.to_pylist()}


def sources(
    deliveries: Sequence[Delivery], registry_run: RegistryRun, workspace: Workspace
) -> Sources:
    """Where the evidence of these deliveries lies."""
    rows: dict[str, list[Path]] = {}
    for delivery in deliveries:
        path = rows_file(workspace, delivery.name)
        rows.setdefault(delivery.supplier, []).append(path)
    return Sources(person_rows_file(workspace, registry_run.name), rows)


def quotas_of_run(run: DecisionRun) -> dict[str, int]:
    """Area code (kelurahan or kecamatan) → most people, as counted on the run's day."""
    return run.run.counts.get("quotas", policy_of(run).quotas or {})
