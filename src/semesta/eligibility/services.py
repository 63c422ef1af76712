"""The only writer of eligibility: judge everyone under one policy at one date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa

from semesta.audit.services import RunDraft, find_run, recorded_run, run_key
from semesta.eligibility import queries
from semesta.eligibility.facts import PEOPLE, build_facts
from semesta.eligibility.judge import (
    FAIL,
    PASS,
    UNKNOWN,
    judge_expr,
    outcome_counts,
    result_counts,
    with_grounds,
)
from semesta.eligibility.models import DecisionRun, PolicyVersion
from semesta.eligibility.policy import Policy
from semesta.eligibility.policy_text import PolicyText
from semesta.kernel import Actor, NotPossible
from semesta.law.book import law_book
from semesta.registry.models import Person, RegistryRun
from semesta.registry.queries import newest_run
from semesta.warehouse.engines import ibis_session
from semesta.warehouse.lake import table_sha256, write_parquet
from semesta.warehouse.snapshot import columns_of
from semesta.warehouse.workspace import Workspace

# Small row groups, so that one person's decision is read without the others'.
ROWS_PER_GROUP = 8_192


def judge(
    *,
    policy_slug: str,
    as_of: date,
    workspace: Workspace,
    by: Actor,
    engine: str = "duckdb",
) -> DecisionRun:
    """Judge everyone in view under a policy, with the facts of one date.

    Writes `facts.parquet` and `decisions.parquet` (one row per person, by person_id) to
    `lake/decisions/<name>`. The same people, lists, law and policy give the first run
    again, whichever engine computes it. UserError `policy.unknown`, `policy.file`;
    NotPossible `step.order` before the first registration.
    """
    text = queries.policy_text(policy_slug, workspace)
    registry_run = _registration()
    people = columns_of(Person.objects.all(), PEOPLE)
    deliveries = queries.evidence()
    inputs = {
        "policy": text.sha256,
        "as_of": as_of.isoformat(),
        "registry": registry_run.name,
        "people": table_sha256(people),
        "deliveries": sorted([d.name, d.rows_sha256] for d in deliveries),
        "law": law_book().version,
    }
    if done := find_run("decisions", inputs):
        return DecisionRun.objects.get(run=done)
    sources = queries.sources(deliveries, registry_run, workspace)
    facts = build_facts(people, sources, as_of=as_of, payer=text.policy.payer)
    folder = queries.decisions_folder(workspace, run_key("decisions", inputs)[:16])
    file = folder / "facts.parquet"
    outputs = {"facts": write_parquet(facts, file, row_group_size=ROWS_PER_GROUP)}
    decisions = decide(file, text.policy, as_of=as_of, engine=engine)
    outputs["decisions"] = write_parquet(
        decisions, folder / "decisions.parquet", row_group_size=ROWS_PER_GROUP
    )
    with recorded_run(stage="decisions", inputs=inputs, by=by, as_of=as_of) as draft:
        draft.outputs = outputs
        return _record(draft, as_of, text, registry_run, decisions)


def _registration() -> RegistryRun:
    run = newest_run()
    if run is None:
        raise NotPossible(
            "step.order",
            "Belum ada daftar penduduk yang terdaftar.",
            "Kelayakan dinilai atas orang, bukan atas baris berkas.",
            "Terima berkas, padankan, dan daftarkan lebih dahulu.",
        )
    return run


def decide(
    facts: Path, policy: Policy, *, as_of: date, engine: str = "duckdb"
) -> pa.Table:
    """The decisions of a facts file, with grounds, one row per person by person_id."""
    session = ibis_session(engine)
    expression = judge_expr(session.read_parquet(str(facts)), policy, as_of=as_of)
    return with_grounds(session.to_pyarrow(expression), policy)


def _record(
    draft: RunDraft,
    as_of: date,
    text: PolicyText,
    registry_run: RegistryRun,
    decisions: pa.Table,
) -> DecisionRun:
    outcomes = outcome_counts(decisions)
    draft.counts = {
        **outcomes,
        "people": decisions.num_rows,
        "criteria": result_counts(decisions, text.policy),
    }
    version, _ = PolicyVersion.objects.get_or_create(
        sha256=text.sha256,
        defaults={
            "slug": text.policy.slug,
            "year": text.policy.year,
            "payer": text.policy.payer,
            "title": text.policy.title,
            "body": text.body,
            "first_used_at": draft.run.at,
        },
    )
    return DecisionRun.objects.create(
        name=draft.name,
        run=draft.run,
        policy=version,
        registry_run=registry_run,
        as_of=as_of,
        passed=outcomes[PASS],
        failed=outcomes[FAIL],
        unknown=outcomes[UNKNOWN],
        decisions_sha256=draft.outputs["decisions"],
    )
