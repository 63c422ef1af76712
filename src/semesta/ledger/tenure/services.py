"""The only writer of the tenure guard: everyone's guard of one day, as a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from semesta.audit import services as audit
from semesta.kernel import Actor
from semesta.law.book import law_book
from semesta.ledger import queries as ledger
from semesta.ledger.tenure.columns import PEOPLE, guard_table
from semesta.ledger.tenure.figures import figures_of
from semesta.ledger.tenure.queries import STAGE, guard_file
from semesta.registry.models import Person
from semesta.registry.queries import newest_run_name
from semesta.warehouse.engines import ibis_session
from semesta.warehouse.lake import table_sha256, write_parquet
from semesta.warehouse.snapshot import plain_columns
from semesta.warehouse.workspace import Workspace


class Guarded(NamedTuple):
    """Figures of the day (see `figures_of`), and the file with everyone's row."""

    figures: dict[str, Any]
    file: Path


def guard(*, on: date, workspace: Workspace, by: Actor) -> Guarded:
    """Work out everyone's guard on a day and keep it as a Parquet file of the lake.

    The same people, ledger, law and day give the first run's result again and write
    nothing.
    """
    people = plain_columns(Person.objects.filter(merged_into=None), PEOPLE)
    snapshot = ledger.snapshot(workspace)
    inputs = {
        "on": on.isoformat(),
        "registry": newest_run_name(),
        "people": table_sha256(people),
        "ledger": snapshot.sha256,
        "law": law_book().version,
    }
    path = guard_file(workspace, audit.run_key(STAGE, inputs))
    if (done := audit.find_run(STAGE, inputs)) and path.exists():
        return Guarded(dict(done.counts), path)
    backend = ibis_session()
    table = guard_table(backend, backend.read_parquet(str(snapshot.path)), people, on)
    sha256 = write_parquet(table, path)
    if done:
        # The run is on record, its file was lost: the same again in its place.
        return Guarded(dict(done.counts), path)
    with audit.recorded_run(stage=STAGE, inputs=inputs, by=by, as_of=on) as draft:
        draft.counts = figures_of(table, on)
        draft.outputs = {"guard": sha256}
    return Guarded(dict(draft.counts), path)
