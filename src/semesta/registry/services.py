"""The only writer of the registry: clusters → people, households, employers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from django.db.models import Model

from semesta.audit.chain import content_hash
from semesta.audit.services import find_run, recorded_run, run_key
from semesta.kernel import Actor
from semesta.linkage.models import LinkageRun
from semesta.registry.firms import Firm
from semesta.registry.models import Employer, Household, Person, RegistryRun
from semesta.registry.queries import (
    companions,
    known_people,
    load_facts,
    person_rows_file,
    provenance_file,
)
from semesta.registry.registration import Registration, compile_registry
from semesta.registry.roll import employer_table, read_firms
from semesta.registry.survivorship import rules_text
from semesta.warehouse.bulk import insert_rows, reset_sequence, update_rows
from semesta.warehouse.engines import duck
from semesta.warehouse.lake import write_parquet
from semesta.warehouse.snapshot import columns_of
from semesta.warehouse.workspace import Workspace

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Small row groups, so that one person's provenance is read without the others'.
ROWS_PER_GROUP = 8_192


def register(
    *, linkage_run: LinkageRun, workspace: Workspace, by: Actor
) -> RegistryRun:
    """Make the current view of people, households and employers from a linkage.

    People keep their numbers from registration to registration (see `succession`).
    Writes `person_rows.parquet` and `provenance.parquet` to `lake/registry/<name>`.
    The same linkage and lists give the first run again and change nothing.
    """
    inputs = {
        "linkage": [linkage_run.name, linkage_run.clusters_sha256],
        "others": sorted([d.name, d.rows_sha256] for d in companions()),
        "rules": content_hash(rules_text()),
    }
    if done := find_run("registry", inputs):
        return RegistryRun.objects.get(run=done)
    known = known_people(workspace)
    with duck() as con:
        load_facts(con, workspace, linkage_run)
        cards = dict(Household.objects.values_list("family_card", "pk"))
        registration = compile_registry(con, known, cards)
        firms = _employers(con)
    outputs = _to_lake(registration, workspace, run_key("registry", inputs)[:16])
    with recorded_run(stage="registry", inputs=inputs, by=by) as draft:
        draft.outputs = outputs
        draft.counts = _write(registration, firms)
        return RegistryRun.objects.create(
            name=draft.name,
            run=draft.run,
            linkage_run=linkage_run,
            persons=registration.people.num_rows,
            households=registration.households.num_rows,
        )


def _to_lake(
    registration: Registration, workspace: Workspace, name: str
) -> dict[str, str]:
    """Write the run's Parquet files; returns their hashes."""
    files = {
        "person_rows": (registration.person_rows, person_rows_file(workspace, name)),
        "provenance": (registration.provenance, provenance_file(workspace, name)),
    }
    return {
        kind: write_parquet(table, path, row_group_size=ROWS_PER_GROUP)
        for kind, (table, path) in files.items()
    }


def _write(registration: Registration, firms: pa.Table) -> dict[str, int]:
    """All rows of the current view; only what changed is touched. Returns counts."""
    _empty_households(registration)
    households = _bring_up_to_date(Household, registration.households)
    people = _bring_up_to_date(Person, registration.people)
    _merge(registration)
    employers = _bring_up_to_date(Employer, firms)
    return {
        "persons": registration.people.num_rows,
        "households": registration.households.num_rows,
        "employers": firms.num_rows,
        "new_persons": people.new,
        "changed_persons": people.changed,
        "merged_persons": len(registration.succession.merged),
        "new_households": households.new,
        "new_employers": employers.new,
    }


@dataclass(frozen=True)
class _Changes:
    new: int
    changed: int


def _bring_up_to_date(model: type[Model], table: pa.Table) -> _Changes:
    """Insert rows with unknown ids, update those that differ, leave all others alone."""
    existing = columns_of(model._default_manager.all(), table.schema)
    with duck() as con:
        con.register("target", table)
        con.register("existing", existing)
        new = con.execute(
            "SELECT * FROM target ANTI JOIN existing USING (id) ORDER BY id"
        ).to_arrow_table()
        changed = con.execute(
            "SELECT * FROM (FROM target SEMI JOIN existing USING (id) "
            "EXCEPT FROM existing) ORDER BY id"
        ).to_arrow_table()
    # Changed rows first: a new row may take over a value that must be unique.
    update_rows(model, changed)
    if insert_rows(model, new):
        reset_sequence(model)
    return _Changes(new.num_rows, changed.num_rows)


def _merge(registration: Registration) -> None:
    """People whose rows all went to others point to who holds most of them now."""
    merged = registration.succession.merged
    if not merged:
        return
    # Whoever pointed to one of them must not have to follow two arrows.
    earlier = Person.objects.filter(merged_into__in=merged.keys())
    arrows = dict(merged)
    for pk, into in earlier.values_list("pk", "merged_into"):
        if into is not None:
            arrows[pk] = merged[into]
    table = pa.table(
        {
            "id": pa.array(arrows.keys(), pa.int64()),
            "merged_into_id": pa.array(arrows.values(), pa.int64()),
            "household_id": pa.nulls(len(arrows), pa.int64()),
        }
    )
    update_rows(Person, table)


def _empty_households(registration: Registration) -> None:
    """Families nobody belongs to any more keep their number and have no members."""
    current = set(registration.households["id"].to_pylist())
    gone = [
        pk
        for pk in Household.objects.exclude(members=0).values_list("pk", flat=True)
        if pk not in current
    ]
    table = pa.table(
        {"id": pa.array(gone, pa.int64()), "members": pa.array([0] * len(gone))}
    )
    update_rows(Household, table)


def _employers(con: DuckDBPyConnection) -> pa.Table:
    """Employers with ids: known ones are recognised by anchor, NPP or NIB."""
    known = list(Employer.objects.order_by("pk").values("pk", "anchor", "npp", "nib"))
    firms, registered = read_firms(con)
    ids = _employer_ids(firms, known)
    anchors = {row["pk"]: row["anchor"] for row in known}
    return employer_table(firms, registered, ids, anchors)


def _employer_ids(
    firms: Sequence[Firm], known: Sequence[Mapping[str, Any]]
) -> list[int]:
    by_key: dict[tuple[str, str], int] = {}
    for row in known:
        for kind in ("anchor", "npp", "nib"):
            if row[kind]:
                by_key.setdefault((kind, row[kind]), row["pk"])
    highest = max((row["pk"] for row in known), default=0)
    ids: list[int] = []
    taken: set[int] = set()
    for firm in firms:
        keys = [("anchor", row_id) for row_id in firm.row_ids]
        keys += [("npp", firm.npp), ("nib", firm.nib)]
        found = [by_key[key] for key in keys if key in by_key]
        number = next((pk for pk in found if pk not in taken), None)
        if number is None:
            highest += 1
            number = highest
        taken.add(number)
        ids.append(number)
    return ids
