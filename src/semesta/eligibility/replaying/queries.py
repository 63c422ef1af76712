"""A past judgement computed again, in steps that tell its causes apart.

Nothing is written: what was decided stays as it was, whatever the replay shows.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow.parquet as pq

import semesta
from semesta.eligibility import queries
from semesta.eligibility.changes import Changes, Judged, compare
from semesta.eligibility.facts import PEOPLE
from semesta.eligibility.models import DecisionRun
from semesta.eligibility.policy import Policy
from semesta.eligibility.previewing.queries import (
    facts_on,
    judged_by,
    whole_facts,
)
from semesta.eligibility.versions.queries import in_force
from semesta.kernel import UserError
from semesta.law.book import law_book
from semesta.registry.models import Person
from semesta.registry.queries import newest_run
from semesta.warehouse.lake import file_sha256, table_sha256
from semesta.warehouse.snapshot import columns_of
from semesta.warehouse.workspace import Workspace


@dataclass(frozen=True)
class Step:
    """One cause and the people it changes; `changed` says whether it differs at all."""

    cause: str
    label: str
    changed: bool
    note: str
    changes: Changes

    @property
    def people(self) -> int:
        return self.changes.rows.num_rows


@dataclass(frozen=True)
class Replay:
    """A run computed again. `whole`: its stored decisions still have their hash."""

    run: DecisionRun
    whole: bool
    steps: tuple[Step, ...]
    changes: Changes

    @property
    def same(self) -> bool:
        """Whether today's code, people, lists, law, and policy give the same."""
        return self.whole and not self.changes.rows.num_rows


def run_named(name: str) -> DecisionRun:
    """The judgement with this name, or its beginning. UserError `run.unknown`."""
    found = DecisionRun.objects.select_related("policy", "run", "registry_run")
    run = found.filter(name__startswith=name).order_by("-pk").first() if name else None
    if run is None:
        names = DecisionRun.objects.order_by("-pk").values_list("name", flat=True)[:5]
        raise UserError(
            "run.unknown",
            f"Keputusan {name} tidak ada.",
            f"Yang terakhir: {', '.join(names) or 'belum ada satu pun'}.",
            "Pakai salah satu nama itu.",
        )
    return run


def replay(run: DecisionRun, workspace: Workspace) -> Replay:
    """Compute a run again: with its own facts and policy (only the code is new), with
    today's people, lists, and law, and with the policy in force for its day."""
    folder = queries.decisions_folder(workspace, run.name)
    policy = queries.policy_of(run)
    stored = pq.read_table(
        folder / "decisions.parquet", columns=["person_id", "kelurahan", "results"]
    )
    then = Judged(stored, policy)
    by_code = judged_by(
        policy, whole_facts(folder / "facts.parquet", workspace), run.as_of
    )
    facts = facts_on(run.as_of, policy.payer, workspace)
    by_facts = judged_by(policy, facts, run.as_of)
    now = _policy_now(run, policy, workspace)
    by_policy = judged_by(now, facts, run.as_of) if now else by_facts
    return Replay(
        run=run,
        whole=file_sha256(folder / "decisions.parquet") == run.decisions_sha256,
        steps=(
            _code_step(run, compare(then, by_code)),
            _facts_step(run, compare(by_code, by_facts)),
            _policy_step(policy, now, compare(by_facts, by_policy)),
        ),
        changes=compare(then, by_policy),
    )


def _policy_now(
    run: DecisionRun, policy: Policy, workspace: Workspace
) -> Policy | None:
    held = in_force(workspace, region=policy.region, payer=policy.payer, on=run.as_of)
    return held.text.policy if held else None


def _code_step(run: DecisionRun, changes: Changes) -> Step:
    changed = run.run.code_version != semesta.__version__
    return Step(
        "code",
        "Program",
        changed or changes.rows.num_rows > 0,
        f"versi {run.run.code_version} → {semesta.__version__}" if changed else "",
        changes,
    )


def _facts_step(run: DecisionRun, changes: Changes) -> Step:
    """People, lists, and law reach a decision through the facts, so they share a step;
    the note says which of them differ."""
    inputs = run.run.inputs
    registration = newest_run()
    lists = sorted([d.name, d.rows_sha256] for d in queries.evidence())
    people = table_sha256(columns_of(Person.objects.all(), PEOPLE))
    differs = {
        "data orang": people != inputs["people"]
        or (registration is not None and registration.name != inputs["registry"]),
        "daftar yang diterima": lists != [list(each) for each in inputs["deliveries"]],
        "hukum": law_book().version != inputs["law"],
    }
    named = [name for name, other in differs.items() if other]
    return Step(
        "facts",
        "Data orang, daftar, dan hukum",
        bool(named),
        f"yang berubah: {', '.join(named)}" if named else "",
        changes,
    )


def _policy_step(policy: Policy, now: Policy | None, changes: Changes) -> Step:
    note = "" if now else "tidak ada kebijakan yang berlaku lagi untuk tanggal itu"
    changed = now != policy
    return Step(
        "policy",
        "Kebijakan",
        changed,
        note or ("ada versi lain yang disetujui untuk tanggal itu" if changed else ""),
        changes,
    )
