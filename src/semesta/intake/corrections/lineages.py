"""A list and its corrections: which row stands for each row of the list today.

Every row of the first file keeps one number for life. A correction's row takes the place
of the row that was open (held or refused); a row that was accepted stays in force until
its successor is accepted too, so that a slip in a correction loses nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from semesta.intake.fates import SUPERSEDED

IN_FORCE = ("accepted", "corrected")
# Rows of a correction of which nobody knows which row of the list they mean.
UNPLACED = ("row.number_missing", "row.number_unknown", "row.number_doubled")
Cells = dict[str, str]  # header in lower case → marked text

CORRECTED = pa.schema(
    {"row_id": pa.string(), "root": pa.string(), "cells": pa.string()}
)


class Member(NamedTuple):
    """One file of a family: its standard rows, and for a correction the table
    (CORRECTED) of which row of the list each of its rows means."""

    name: str
    rows: pa.Table
    corrected: pa.Table | None = None


@dataclass
class Standing:
    """The rows that stand for one row of the list: the one in force, the one open, and
    whether that one is held (a question) and not refused (a reason)."""

    in_force: str = ""
    open: str = ""
    held: bool = False

    @property
    def newest(self) -> str:
        return self.open or self.in_force


def standings(members: Sequence[Member]) -> dict[str, Standing]:
    """Row id in the list → what stands for it, in the order of the list."""
    found: dict[str, Standing] = {}
    for member in members:
        roots = _roots(member)
        ids, fates = (member.rows[name].to_pylist() for name in ("row_id", "fate"))
        for row_id, fate in zip(ids, fates, strict=True):
            root = row_id if roots is None else roots.get(row_id)
            if root is None:
                continue  # a correction's row that nobody can place
            standing = found.setdefault(root, Standing())
            if fate in IN_FORCE:
                standing.in_force = row_id
            elif fate != SUPERSEDED:
                standing.open, standing.held = row_id, fate == "held"
    return found


def _roots(member: Member) -> dict[str, str] | None:
    if member.corrected is None:
        return None
    table = member.corrected
    return dict(
        zip(table["row_id"].to_pylist(), table["root"].to_pylist(), strict=True)
    )


def changed_cells(members: Iterable[Member]) -> dict[str, Cells]:
    """Row id in the list → the cells that corrections changed, the newest word each."""
    found: dict[str, Cells] = {}
    for member in members:
        if member.corrected is None:
            continue
        for row in member.corrected.to_pylist():
            found.setdefault(row["root"], {}).update(json.loads(row["cells"]))
    return found


def corrected_table(rows: Iterable[tuple[str, str, Cells]]) -> pa.Table:
    """The lake's table of (row id, row id in the list, changed cells)."""
    records = [
        {"row_id": row_id, "root": root, "cells": json.dumps(cells)}
        for row_id, root, cells in rows
    ]
    return pa.Table.from_pylist(records, CORRECTED)


def superseded(rows: pa.Table, by: Mapping[str, str]) -> pa.Table:
    """The next edition of a delivery's rows: those in `by` (row id → successor's) are
    superseded and name their successor; all else stays as it was."""
    successors = pa.array([by.get(row_id) for row_id in rows["row_id"].to_pylist()])
    successors = successors.cast(pa.string())
    if "superseded_by" in rows.column_names:
        successors = pc.coalesce(successors, rows["superseded_by"].combine_chunks())
        rows = rows.drop(["superseded_by"])
    fate = pc.if_else(
        pc.is_valid(successors), SUPERSEDED, rows["fate"].combine_chunks()
    )
    place = rows.column_names.index("fate")
    return rows.set_column(place, "fate", fate).append_column(
        "superseded_by", successors
    )


def newest_row(row_id: str, replaced: Mapping[str, str]) -> str:
    """The row that stands today for this one; `replaced`: row id → successor's."""
    while row_id in replaced:
        row_id = replaced[row_id]
    return row_id


def fate_counts(rows: pa.Table) -> dict[str, int]:
    """How many rows of a table have each fate that occurs."""
    counted = pc.value_counts(rows["fate"])
    return {one["values"].as_py(): one["counts"].as_py() for one in counted}
