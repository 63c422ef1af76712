"""Invented people and what was paid for them: builders for records and lake rows."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from semesta.audit.models import Run
from semesta.audit.services import run_key
from semesta.intake.models import Delivery
from semesta.kernel import Month
from semesta.ledger.models import LedgerEntry
from semesta.linkage.models import LinkageRun
from semesta.registry.models import Person, RegistryRun
from semesta.warehouse.lake import write_parquet
from semesta.warehouse.workspace import Workspace

NOON = datetime(2026, 1, 2, 5, 0, tzinfo=UTC)
GANTING = "13.74.01.1001"
SIGANDO = "13.74.01.1002"
PASAR_BARU = "13.74.02.1006"
_numbers = itertools.count(1)


def a_person(**changes: Any) -> Person:
    """A stored person: alive, 45 years old, a farmer who works in Ganting."""
    number = next(_numbers)
    record: dict[str, Any] = {
        "anchor": f"test:{number}",
        "nik": f"137401150580{9001 + number % 999:04d}",
        "name": "Contoh Orang",
        "search_name": "contoh orang",
        "sex": "L",
        "born_on": date(1980, 5, 15),
        "kelurahan": GANTING,
        "alive": True,
        "works": True,
        "occupation": "petani",
        "decile": 3,
    }
    return Person.objects.create(**{**record, **changes})


def paid(
    person: Person, first: str, until: str, segment: str = "BPU", payer: str = "APBD"
) -> LedgerEntry:
    """An entry for the months from `first` up to, not including, `until` (2026-01)."""
    number = next(_numbers)
    a_ground()
    return LedgerEntry.objects.create(
        key=f"{number:064d}",
        person=person,
        segment=segment,
        programmes="JKK+JKM",
        payer="EMPLOYER" if segment == "PU" else payer,
        paid_from=Month.parse(first).first_day,
        paid_until=Month.parse(until).first_day,
        amount=None,
        delivery="0" * 16,
        row_id=f"{'0' * 16}:1:{number}",
        posted_at=NOON,
        posted_by="petugas",
    )


def a_ground() -> Delivery:
    """The delivery that invented entries name: the ledger takes none without."""
    ground, _ = Delivery.objects.get_or_create(
        name="0" * 16,
        defaults={
            "sha256": "0" * 64,
            "supplier": "test",
            "filename": "dasar.csv",
            "size": 1,
            "status": Delivery.Status.REFUSED,
            "as_of": date(2026, 1, 2),
            "received_at": NOON,
            "received_by": "petugas",
        },
    )
    return ground


def a_run(stage: str) -> Run:
    """A finished run of a stage, for records that must belong to one."""
    number = next(_numbers)
    return Run.objects.create(
        stage=stage,
        key=run_key(stage, {"n": number}),
        code_version="0",
        by="t",
        at=NOON,
    )


def a_registry_run(workspace: Workspace, rows: dict[str, Person]) -> RegistryRun:
    """A registration in which these rows (by row_id) reached these people."""
    run = a_run("register")
    record = RegistryRun.objects.create(
        name=run.key[:16],
        run=run,
        linkage_run=a_linkage_run(),
        persons=len(set(rows.values())),
        households=0,
    )
    table = pa.table(
        {
            "person_id": pa.array([each.pk for each in rows.values()], pa.int64()),
            "row_id": pa.array(list(rows), pa.string()),
            "delivery": pa.array([row.split(":")[0] for row in rows], pa.string()),
            "source": pa.array(["test"] * len(rows), pa.string()),
        }
    )
    path = workspace.lake / "registry" / record.name / "person_rows.parquet"
    write_parquet(table, path)
    return record


def a_linkage_run() -> LinkageRun:
    """A finished linkage; its files are not needed here."""
    run = a_run("link")
    return LinkageRun.objects.create(
        name=run.key[:16], run=run, rows=0, pairs=0, clusters=0, threshold=0.5
    )


def deliver(
    workspace: Workspace, supplier: str, rows: Iterable[dict[str, Any]], **types: Any
) -> list[str]:
    """A delivery with these standard rows; returns their row ids in order.

    `fate` is accepted unless a row says otherwise; `types` gives Arrow types of
    columns that Arrow cannot guess.
    """
    name = f"{next(_numbers):016x}"
    records = [
        {
            "row_id": f"{name}:1:{line}",
            "delivery": name,
            "line": line,
            "fate": "accepted",
        }
        | row
        for line, row in enumerate(rows, start=2)
    ]
    columns: dict[str, Any] = {}
    for column in dict.fromkeys(key for record in records for key in record):
        values = [record.get(column) for record in records]
        columns[column] = pa.array(values, types.get(column))
    sha256 = write_parquet(
        pa.table(columns), workspace.lake / "rows" / f"{name}.parquet"
    )
    fates = [record["fate"] for record in records]
    Delivery.objects.create(
        name=name,
        sha256=name.rjust(64, "0"),
        supplier=supplier,
        filename=f"{supplier}.csv",
        size=1,
        status="read",
        rows=len(records),
        **{
            fate: fates.count(fate)
            for fate in ("accepted", "corrected", "held", "refused")
        },
        rows_sha256=sha256,
        as_of=date(2026, 1, 2),
        received_at=NOON,
        received_by="petugas",
    )
    return [record["row_id"] for record in records]
