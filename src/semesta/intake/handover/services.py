"""Deliveries' rows handed over to another program as one file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

import pyarrow.parquet as pq

from semesta.audit.services import record
from semesta.intake.handover import rowsout
from semesta.intake.models import Delivery
from semesta.intake.queries import lake_file
from semesta.kernel import Actor, UserError
from semesta.warehouse.lake import ROW_GROUP, file_sha256
from semesta.warehouse.workspace import Workspace


def hand_over_rows(
    *, deliveries: Iterable[Delivery], path: Path, workspace: Workspace, by: Actor
) -> int:
    """Write the standard rows of these deliveries, whatever their fate, to one Parquet
    file (columns: `rowsout.SCHEMA`); returns how many.

    The file appears whole or not at all, and that it was written is in the trail: it
    holds whole identity numbers. UserError `rows_out.folder` when it cannot be written.
    """
    named = {one.name: one for one in deliveries if one.status == Delivery.Status.READ}
    part = path.with_name(f"{path.name}.{uuid4().hex}.part")
    rows = 0
    try:
        with pq.ParquetWriter(part, rowsout.SCHEMA, compression="zstd") as writer:
            for name, delivery in named.items():
                standard, raw = (
                    pq.read_table(lake_file(workspace, kind, name))
                    for kind in ("rows", "raw")
                )
                writer.write_table(
                    rowsout.rows_out(standard, raw, delivery.filename), ROW_GROUP
                )
                rows += standard.num_rows
        os.replace(part, path)
    except OSError as error:
        raise _unwritable(path) from error
    finally:
        part.unlink(missing_ok=True)
    detail = {"rows": rows, "deliveries": sorted(named), "sha256": file_sha256(path)}
    record(action="intake.rows_out", by=by, detail=detail)
    return rows


def _unwritable(path: Path) -> UserError:
    return UserError(
        "rows_out.folder",
        f"Berkas {path} tidak dapat ditulis.",
        "Foldernya tidak ada, penuh, atau tidak boleh ditulisi.",
        "Sebutkan berkas di folder yang ada dan boleh ditulisi.",
    )
