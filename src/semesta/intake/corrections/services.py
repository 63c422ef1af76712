"""The writers of corrections: the workbook that goes out, and what comes back of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from semesta.audit.services import record
from semesta.intake.corrections import queries
from semesta.intake.corrections.asking import Question, letter, nothing_asked
from semesta.intake.corrections.asksheets import About, write_workbook
from semesta.intake.corrections.correcting import (
    Origin,
    names_its_list,
    other_area,
    read_correction,
    unknown_list,
)
from semesta.intake.corrections.lineages import fate_counts
from semesta.intake.fates import EVERY_FATE
from semesta.intake.models import Delivery
from semesta.intake.queries import edition_file, lake_path
from semesta.intake.reading import Opened, Reading, Received
from semesta.intake.received import kept_file
from semesta.kernel import Actor
from semesta.warehouse.lake import write_parquet
from semesta.warehouse.workspace import Workspace


@dataclass(frozen=True)
class CorrectionFile:
    """A correction workbook: what to call it, its bytes, and what it asks."""

    filename: str
    content: bytes
    rows: int
    questions: list[Question]


def write_corrections(
    *, delivery: Delivery, workspace: Workspace, by: Actor, all_rows: bool = False
) -> CorrectionFile:
    """The workbook that goes back to a list's sender: the rows that wait for an answer
    with the questions about them, or all rows. For a correction it is its list's.

    The caller has checked the user's right and area. NotPossible when nothing waits.
    """
    root = delivery.corrects or delivery
    asked = letter(queries.letter_sources(root, workspace=workspace), all_rows=all_rows)
    if not asked.sheets:
        raise nothing_asked()
    about = About(root.filename, root.name, root.sha256, root.received_at)
    content = write_workbook(asked, about)
    record(
        action="delivery.corrections",
        by=by,
        subject=f"delivery:{root.name}",
        detail={
            "rows": sum(len(sheet.rows) for sheet in asked.sheets),
            "waiting": asked.waiting,
            "questions": len(asked.questions),
            "sha256": hashlib.sha256(content).hexdigest(),
        },
    )
    name = f"Perbaikan_{Path(root.filename).stem}.xlsx"
    return CorrectionFile(name, content, asked.waiting, asked.questions)


@dataclass(frozen=True)
class Returned:
    """A workbook that came back. `values`: of its delivery; `inputs`, `outputs`: of its
    run; `amended`: deliveries that lose rows to it, each with its new values."""

    reading: Reading
    values: dict[str, Any]
    inputs: dict[str, Any]
    outputs: dict[str, Any]
    amended: list[tuple[Delivery, dict[str, Any]]]


def returning(received: Received, opened: Opened, workspace: Workspace) -> Returned:
    """Read a workbook that came back, and write the next editions of the rows that give
    way to it. `take_in` records all of it in its own transaction; files without that
    record do not count. UserError (`correction.*`) when it cannot be taken.
    """
    root = queries.corrected_list(*names_its_list(opened))
    if root is None:
        raise unknown_list()
    if received.area and not f"{root.area}.".startswith(f"{received.area}."):
        raise other_area()
    family = queries.family(root)
    origin = Origin(
        kept_file(workspace, root.sha256, root.filename),
        root.name, root.filename, root.supplier, root.as_of, root.area,
    )  # fmt: skip
    members = queries.members(family, workspace)
    read = read_correction(received, origin, members, workspace.region)
    place = lake_path(workspace, "corrected", received.name)
    amended = [
        (one, _amended(one, read.editions[one.name], received.name, workspace))
        for one in family
        if one.name in read.editions
    ]
    return Returned(
        reading=read.reading,
        values={"corrects": root, "as_of": root.as_of},
        inputs={"list": {one.name: one.edition for one in family}},
        outputs={
            "corrected": write_parquet(read.corrected, place),
            "corrects": root.name,
            "superseded": {one.name: now["superseded"] for one, now in amended},
        },
        amended=amended,
    )


def _amended(
    delivery: Delivery, rows: pa.Table, edition: str, workspace: Workspace
) -> dict[str, Any]:
    """Write a delivery's next edition of rows; returns its new values."""
    path = edition_file(workspace, delivery.name, edition)
    counts = fate_counts(rows)
    return {
        "edition": edition,
        "rows_sha256": write_parquet(rows, path),
        **{fate: counts.get(fate, 0) for fate in EVERY_FATE},
    }
