"""Lists of a month as the intake leaves them, for tests of monthly changes."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from tests.support.enrolment import AT, DECIDED_ON

from semesta.intake.models import Delivery
from semesta.registry.models import RegistryRun
from semesta.registry.queries import person_rows_file, provenance_file
from semesta.warehouse.lake import write_parquet
from semesta.warehouse.workspace import Workspace


def a_list(workspace: Workspace, supplier: str, *rows: dict[str, Any]) -> Delivery:
    """A delivery of this supplier whose rows were all accepted and not linked yet."""
    name = f"{Delivery.objects.count() + 1:016x}"
    names = dict.fromkeys(column for row in rows for column in row)
    columns = {column: [row.get(column) for row in rows] for column in names}
    count = len(rows)
    table = pa.table(
        {
            "row_id": [f"{name}:1:{line}" for line in range(2, count + 2)],
            "delivery": [name] * count,
            "source": [supplier] * count,
            "fate": ["accepted"] * count,
            **columns,
        }
    )
    sha256 = write_parquet(table, workspace.lake / "rows" / f"{name}.parquet")
    return Delivery.objects.create(
        name=name,
        sha256=f"{name}{sha256[16:]}",
        supplier=supplier,
        filename=f"{supplier}.xlsx",
        size=1,
        status=Delivery.Status.READ,
        rows=count,
        accepted=count,
        rows_sha256=sha256,
        as_of=DECIDED_ON,
        received_at=AT,
        received_by="petugas",
    )


def empty_registration(workspace: Workspace) -> None:
    """The files of the newest registration, for people whom no row was linked to."""
    run = RegistryRun.objects.order_by("pk").last()
    assert run is not None
    text, number = pa.string(), pa.int64()
    for path, fields in (
        (person_rows_file(workspace, run.name), ("row_id",)),
        (provenance_file(workspace, run.name), ("field", "value", "row_id", "rule")),
    ):
        schema = pa.schema([("person_id", number), *((name, text) for name in fields)])
        write_parquet(schema.empty_table(), path)
