"""The writer of judgements: everyone under one approved policy at one date."""

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
    hold,
    judge_expr,
    outcome_counts,
    result_counts,
    with_grounds,
)
from semesta.eligibility.models import DecisionRun, PolicyVersion
from semesta.eligibility.pausing.queries import paused_people
from semesta.eligibility.policy import Policy
from semesta.eligibility.quotas import quotas_of
from semesta.eligibility.versions.queries import Holding, policy_for
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
    again, whichever engine computes it. People on pause keep the outcome of the last run
    for this payer. UserError `policy.unknown`, `policy.file`, `policy.not_in_force`,
    `policy.overlap`; NotPossible `step.order` before the first registration.
    """
    holding = policy_for(policy_slug, workspace, on=as_of)
    text = holding.text
    registry_run = _registration()
    kept = _kept_outcomes(text.policy, as_of, workspace)
    people = columns_of(Person.objects.all(), PEOPLE)
    deliveries = queries.evidence()
    inputs = {
        "policy": text.sha256,
        "as_of": as_of.isoformat(),
        "registry": registry_run.name,
        "people": table_sha256(people),
        "deliveries": sorted([d.name, d.rows_sha256] for d in deliveries),
        "law": law_book().version,
        "kept": sorted([person, outcome] for person, outcome in kept.items()),
    }
    if done := find_run("decisions", inputs):
        return DecisionRun.objects.get(run=done)
    sources = queries.sources(deliveries, registry_run, workspace)
    facts = build_facts(people, sources, as_of=as_of, payer=text.policy.payer)
    folder = queries.decisions_folder(workspace, run_key("decisions", inputs)[:16])
    file = folder / "facts.parquet"
    outputs = {"facts": write_parquet(facts, file, row_group_size=ROWS_PER_GROUP)}
    decisions = hold(decide(file, text.policy, as_of=as_of, engine=engine), kept)
    outputs["decisions"] = write_parquet(
        decisions, folder / "decisions.parquet", row_group_size=ROWS_PER_GROUP
    )
    with recorded_run(stage="decisions", inputs=inputs, by=by, as_of=as_of) as draft:
        draft.outputs = outputs
        draft.counts = {
            **outcome_counts(decisions),
            "people": decisions.num_rows,
            "paused": len(kept),
            "quotas": quotas_of(text.policy, facts),
            "criteria": result_counts(decisions, text.policy),
        }
        return _record(draft, as_of, holding, registry_run)


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


def _kept_outcomes(policy: Policy, as_of: date, workspace: Workspace) -> dict[int, str]:
    """Paused person → the outcome of the last run for this payer, else unknown."""
    people = paused_people(as_of)
    last = queries.last_run_of(policy.payer, policy.region)
    if not people or last is None:
        return dict.fromkeys(people, UNKNOWN)
    known = queries.outcomes_of(last, people, workspace)
    return {person: known.get(person, UNKNOWN) for person in people}


def _record(
    draft: RunDraft, as_of: date, holding: Holding, registry_run: RegistryRun
) -> DecisionRun:
    return DecisionRun.objects.create(
        name=draft.name,
        run=draft.run,
        policy=_version(holding, draft),
        registry_run=registry_run,
        as_of=as_of,
        passed=draft.counts[PASS],
        failed=draft.counts[FAIL],
        unknown=draft.counts[UNKNOWN],
        decisions_sha256=draft.outputs["decisions"],
    )


def _version(holding: Holding, draft: RunDraft) -> PolicyVersion:
    """The version a run applied; the text of a file is noted at its first use."""
    text, policy = holding.text, holding.text.policy
    version = holding.version
    if version is None:
        version, _ = PolicyVersion.objects.get_or_create(
            sha256=text.sha256,
            source=PolicyVersion.Source.FILE,
            defaults={
                "slug": policy.slug,
                "year": policy.year,
                "payer": policy.payer,
                "title": policy.title,
                "body": text.body,
                "valid_from": policy.first_day,
                "valid_until": policy.last_day,
            },
        )
    if version.first_used_at is None:
        version.first_used_at = draft.run.at
        version.save(update_fields=["first_used_at"])
    return version
