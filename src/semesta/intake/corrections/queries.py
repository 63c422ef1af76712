"""Readers of a list and of the corrections its sender sent back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pyarrow.parquet as pq

from semesta.intake.corrections.asking import Sources
from semesta.intake.corrections.lineages import (
    UNPLACED,
    Member,
    changed_cells,
    standings,
)
from semesta.intake.maps import supplier_maps
from semesta.intake.models import Delivery
from semesta.intake.queries import (
    edition_file,
    lake_path,
    session,
    standard_rows_sql,
)
from semesta.warehouse.workspace import Workspace


def family(delivery: Delivery) -> list[Delivery]:
    """A list and all its corrections, oldest first; a correction's list is its first."""
    root = delivery.corrects or delivery
    return [root, *root.corrections.order_by("pk")]


def corrected_list(sha256: str, beginnings: Iterable[str]) -> Delivery | None:
    """The list a correction workbook is for: by the hash it names, or by what its row
    numbers begin with, the first that is known."""
    lists = Delivery.objects.filter(status=Delivery.Status.READ, corrects=None)
    if sha256:
        return lists.filter(sha256=sha256).first()
    found = (lists.filter(name__startswith=one).first() for one in beginnings)
    return next((one for one in found if one), None)


def members(family: Iterable[Delivery], workspace: Workspace) -> list[Member]:
    """A family's rows as they lie in the lake, and which row each correction meant."""
    return [
        Member(
            one.name,
            pq.read_table(lake_path(workspace, "rows", one.name, one.edition)),
            pq.read_table(lake_path(workspace, "corrected", one.name))
            if one.corrects_id
            else None,
        )
        for one in family
        if one.status == Delivery.Status.READ
    ]


def replaced_rows(workspace: Workspace) -> dict[str, str]:
    """Row id → id of the row that a correction put in its place, where one did."""
    amended = Delivery.objects.filter(status=Delivery.Status.READ, superseded__gt=0)
    paths = [edition_file(workspace, one.name, one.edition) for one in amended]
    if not paths:
        return {}
    with session() as con:
        found = con.execute(
            f"SELECT row_id, superseded_by FROM {standard_rows_sql(paths)} "
            "WHERE superseded_by IS NOT NULL"
        ).fetchall()
    return dict(found)


def letter_sources(delivery: Delivery, *, workspace: Workspace) -> Sources:
    """What the letter to a list's sender is made from; personal data: the caller has
    checked that the user may see the delivery."""
    of_list = family(delivery)
    root, rows = of_list[0], members(of_list, workspace)
    sender = supplier_maps().get(root.supplier)
    noticed_in = {
        one.name: lake_path(workspace, "problems", one.name, one.reading)
        for one in of_list
    }
    told: dict[str, list[dict[str, str]]] = {}
    fates: dict[str, str] = {}
    for one in rows:
        for problem in pq.read_table(noticed_in[one.name]).to_pylist():
            told.setdefault(problem["row_id"], []).append(problem)
        ids, kept = (one.rows[name].to_pylist() for name in ("row_id", "fate"))
        fates |= dict(zip(ids, kept, strict=True))
    return Sources(
        tables=root.tables,
        row_ids=rows[0].rows["row_id"].to_pylist(),
        raw=pq.read_table(lake_path(workspace, "raw", root.name, root.reading)),
        changes=changed_cells(rows),
        standing=standings(rows),
        fates=fates,
        told=told,
        office=sender.office if sender else "",
    )


class Open(NamedTuple):
    """What a list's sender is still asked: how many questions, about how many rows."""

    questions: int
    rows: int


def still_open(
    delivery: Delivery,
    *,
    workspace: Workspace,
    of_list: Sequence[Delivery] | None = None,
) -> Open:
    """What waits for the sender in a delivery's list and its corrections together.

    `of_list`: the family of the delivery, where the caller has it already.
    Rows of a correction that nobody can place are not asked again: they are told where
    they came in.
    """
    waiting = [one for one in of_list or family(delivery) if one.held or one.refused]
    if not waiting:
        return Open(0, 0)
    told = standard_rows_sql(
        lake_path(workspace, "problems", d.name, d.reading) for d in waiting
    )
    rows = standard_rows_sql(
        edition_file(workspace, d.name, d.edition) for d in waiting
    )
    unplaced = ", ".join(f"'{code}'" for code in UNPLACED)
    with session() as con:
        counted = con.execute(
            "SELECT count(DISTINCT (code, CASE code WHEN 'row.duplicate' THEN '' "
            f"ELSE message END)), count(DISTINCT row_id) FROM {told} "
            f"JOIN {rows} r USING (row_id) WHERE r.fate IN ('held', 'refused') "
            f"AND kind IN ('held', 'refused') AND code NOT IN ({unplaced})"
        ).fetchone()
    return Open(*counted)
