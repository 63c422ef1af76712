"""The only writer of findings."""

from __future__ import annotations

from datetime import date
from typing import Any

from semesta.audit.services import find_run, recorded_run
from semesta.compliance.duties import find_all
from semesta.compliance.found import EMPLOYERS, Found
from semesta.compliance.models import Finding
from semesta.kernel import Actor
from semesta.law.book import law_at
from semesta.registry.models import Employer
from semesta.warehouse.lake import table_sha256, write_parquet
from semesta.warehouse.snapshot import columns_of
from semesta.warehouse.workspace import Workspace

STAGE = "comply"
WRITTEN_TOGETHER = 1_000


def detect(*, on: date, workspace: Workspace, by: Actor) -> dict[str, Any]:
    """Check every employer against every duty; findings stand as of `on`.

    A finding is replaced only when what was observed differs, and removed when the
    breach is gone. Returns counts: findings per kind, `exposed_workers`, and how many
    findings were `added`, `changed`, `removed`. The same employers on the same day
    again change nothing.
    """
    employers = columns_of(Employer.objects.all(), EMPLOYERS)
    inputs = {"on": on.isoformat(), "employers": table_sha256(employers)}
    if done := find_run(STAGE, inputs):
        return done.counts
    found = find_all(employers, law_at(on))
    with recorded_run(stage=STAGE, inputs=inputs, by=by, as_of=on) as draft:
        snapshot = workspace.lake / "compliance" / draft.name / "employers.parquet"
        changes = _replace_findings(found, on)
        draft.counts = {
            "employers": employers.num_rows,
            **_totals(found),
            **changes,
        }
        draft.outputs = {"employers_sha256": write_parquet(employers, snapshot)}
    return draft.counts


def _totals(found: list[Found]) -> dict[str, int]:
    kinds = dict.fromkeys(Finding.Kind.values, 0)
    for one in found:
        kinds[one.kind] += 1
    # One employer may break several duties with the same workers: count them once.
    exposed: dict[int, int] = {}
    for one in found:
        exposed[one.employer_id] = max(
            exposed.get(one.employer_id, 0), one.workers_exposed or 0
        )
    return {**kinds, "exposed_workers": sum(exposed.values())}


def _replace_findings(found: list[Found], on: date) -> dict[str, int]:
    """Bring the table to `found` with as few writes as possible."""
    standing = {(f.employer_id, f.kind): f for f in Finding.objects.all()}
    added, changed, same = [], [], []
    for one in found:
        finding = standing.pop((one.employer_id, one.kind), None)
        if finding is None:
            finding = Finding(employer_id=one.employer_id, kind=one.kind)
            added.append(finding)
        elif _says(finding) != _says(one):
            changed.append(finding)
        else:
            same.append(finding.pk)
            continue
        finding.as_of = on
        for field, value in _says(one).items():
            setattr(finding, field, value)
    Finding.objects.bulk_create(added, batch_size=WRITTEN_TOGETHER)
    Finding.objects.bulk_update(
        changed, ["as_of", *FIELDS], batch_size=WRITTEN_TOGETHER // 4
    )
    gone = [finding.pk for finding in standing.values()]
    for start in range(0, len(gone), WRITTEN_TOGETHER):
        part = gone[start : start + WRITTEN_TOGETHER]
        Finding.objects.filter(pk__in=part).delete()
    if same:
        # Everything still standing was seen again today.
        Finding.objects.exclude(as_of=on).update(as_of=on)
    return {"added": len(added), "changed": len(changed), "removed": len(gone)}


FIELDS = ("workers_exposed", "observed", "law", "explanation")


def _says(finding: Finding | Found) -> dict[str, Any]:
    return {field: getattr(finding, field) for field in FIELDS}
