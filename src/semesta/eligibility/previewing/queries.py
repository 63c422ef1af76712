"""What a policy would decide: counts, and who would change against the one in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from semesta.audit.chain import content_hash
from semesta.eligibility import queries
from semesta.eligibility.changes import Changes, Judged, compare
from semesta.eligibility.criteria import catalogue
from semesta.eligibility.facts import FACTS, PEOPLE, build_facts
from semesta.eligibility.judge import (
    FAIL,
    PASS,
    UNKNOWN,
    judge_expr,
    outcome_counts,
    result_counts,
)
from semesta.eligibility.policy import Policy
from semesta.eligibility.queries import GroundCount
from semesta.eligibility.versions.queries import Holding, in_force
from semesta.kernel import NotPossible
from semesta.law.book import law_book
from semesta.registry.models import Person
from semesta.registry.queries import newest_run
from semesta.warehouse.engines import ibis_session
from semesta.warehouse.lake import table_sha256, write_parquet
from semesta.warehouse.snapshot import columns_of
from semesta.warehouse.workspace import Workspace

# How many states of facts stay at hand between two looks.
KEPT = 5


@dataclass(frozen=True)
class Preview:
    """What a policy would say about everyone, with the facts of one date.

    `standing`: the policy in force for the same payer then, whose `before` counts stand
    beside `outcomes`; None when there is none, and then nobody changes.
    """

    policy: Policy
    as_of: date
    people: int
    outcomes: dict[str, int]
    grounds: list[GroundCount]
    standing: Holding | None
    before: dict[str, int]
    changes: Changes | None


def last_facts(policy: Policy, workspace: Workspace) -> tuple[date, Path] | None:
    """Day and facts of the last judgement for the policy's payer, if there is one."""
    run = queries.last_run_of(policy.payer, policy.region)
    if run is None:
        return None
    file = queries.decisions_folder(workspace, run.name) / "facts.parquet"
    return (run.as_of, whole_facts(file, workspace)) if file.exists() else None


def whole_facts(facts: Path, workspace: Workspace) -> Path:
    """A run's facts, with columns it lacked when it was made added as unknown."""
    known = set(pq.read_schema(facts).names)
    missing = [field for field in FACTS if field.name not in known]
    if not missing:
        return facts
    table = pq.read_table(facts)
    for field in missing:
        table = table.append_column(field, pa.nulls(table.num_rows, field.type))
    path = workspace.lake / "previews" / f"{facts.parent.name}.parquet"
    write_parquet(table, path)
    return path


def preview(
    policy: Policy, workspace: Workspace, *, on: date, facts: Path | None = None
) -> Preview:
    """What `policy` would decide on a day, beside what is in force then.

    `facts`: the facts of that day where they are at hand, else they are made of today's
    register and lists. Nothing else is written. NotPossible `step.order` before the first
    registration.
    """
    facts = facts or facts_on(on, policy.payer, workspace)
    standing = in_force(workspace, region=policy.region, payer=policy.payer, on=on)
    judged = judged_by(policy, facts, on)
    before = judged_by(standing.text.policy, facts, on) if standing else None
    counts = result_counts(judged.rows, policy)
    return Preview(
        policy=policy,
        as_of=on,
        people=judged.rows.num_rows,
        outcomes=outcome_counts(judged.rows),
        grounds=[
            GroundCount(
                criterion=use.criterion,
                label=catalogue()[use.criterion].label,
                clause=use.clause,
                passed=counts[use.criterion][PASS],
                failed=counts[use.criterion][FAIL],
                unknown=counts[use.criterion][UNKNOWN],
                only_this=counts[use.criterion]["only_this"],
            )
            for use in policy.criteria
        ],
        standing=standing,
        before=outcome_counts(before.rows) if before else {},
        changes=compare(before, judged) if before else None,
    )


def judged_by(policy: Policy, facts: Path, on: date) -> Judged:
    """What a policy says about the people of a facts file on a day."""
    session = ibis_session()
    table = judge_expr(session.read_parquet(str(facts)), policy, as_of=on)
    rows = session.to_pyarrow(
        table.select("person_id", "kelurahan", "results", "outcome")
    )
    return Judged(rows, policy)


def facts_on(on: date, payer: str, workspace: Workspace) -> Path:
    """The facts of today's register and lists on a day, made once for each state."""
    registry_run = newest_run()
    if registry_run is None:
        raise NotPossible(
            "step.order",
            "Belum ada daftar penduduk yang terdaftar.",
            "Dampak kebijakan dihitung atas orang, bukan atas baris berkas.",
            "Terima berkas, padankan, dan daftarkan lebih dahulu.",
        )
    people = columns_of(Person.objects.all(), PEOPLE)
    deliveries = queries.evidence()
    key = content_hash(
        [
            on.isoformat(),
            payer,
            registry_run.name,
            table_sha256(people),
            sorted([d.name, d.rows_sha256] for d in deliveries),
            law_book().version,
        ]
    )
    path = workspace.lake / "previews" / f"{key[:16]}.parquet"
    if not path.exists():
        sources = queries.sources(deliveries, registry_run, workspace)
        write_parquet(build_facts(people, sources, as_of=on, payer=payer), path)
        _forget_older(path.parent)
    return path


def _forget_older(folder: Path) -> None:
    """Leave the newest few files: facts of a state that has passed are of no use."""
    by_age = sorted(folder.glob("*.parquet"), key=lambda file: file.stat().st_mtime)
    for file in by_age[:-KEPT]:
        file.unlink(missing_ok=True)


def changed_rows(changes: Changes, area: str) -> pa.Table:
    """Those whose outcome changed, in an area (blank: everywhere), by person."""
    if not area:
        return changes.moved
    inside = [
        place == area or (place or "").startswith(f"{area}.")
        for place in changes.moved["kelurahan"].to_pylist()
    ]
    return changes.moved.filter(pa.array(inside, pa.bool_()))
