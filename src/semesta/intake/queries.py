"""The only readers of deliveries and their rows; area limits are applied here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db.models import QuerySet, Sum

from semesta.access.area import in_area
from semesta.access.rights import check_may
from semesta.intake.fates import FATES
from semesta.intake.models import Delivery
from semesta.kernel.errors import UserError
from semesta.warehouse.engines import duck

if TYPE_CHECKING:
    from semesta.access.models import User
    from semesta.warehouse.workspace import Workspace

ROWS_PER_PAGE = 50


def rows_file(workspace: Workspace, name: str) -> Path:
    """The Parquet file with a delivery's standard rows."""
    return workspace.lake / "rows" / f"{name}.parquet"


def problems_file(workspace: Workspace, name: str) -> Path:
    """The Parquet file with what was noticed in a delivery's rows."""
    return workspace.lake / "problems" / f"{name}.parquet"


def deliveries(user: User) -> QuerySet[Delivery]:
    """Deliveries of the user's area, newest first."""
    check_may(user, "see_deliveries")
    return in_area(Delivery.objects.all(), user, "area").order_by("-pk")


def delivery_or_none(user: User, name: str) -> Delivery | None:
    """The delivery with this name, if it is of the user's area."""
    return deliveries(user).filter(name=name).first()


def deliveries_named(names: Iterable[str]) -> dict[str, Delivery]:
    """Deliveries by name: for naming the file a value came from."""
    return {d.name: d for d in Delivery.objects.filter(name__in=set(names))}


def fates_of(found: QuerySet[Delivery]) -> dict[str, int]:
    """Rows by fate over some deliveries; `files`: how many deliveries."""
    sums = found.order_by().aggregate(**{fate: Sum(fate) for fate in FATES})
    return {fate: sums[fate] or 0 for fate in FATES} | {"files": found.count()}


class Noticed(NamedTuple):
    """One thing noticed in a row; `office` is who must answer, blank when nobody."""

    column: str
    kind: str
    message: str
    office: str


class RowView(NamedTuple):
    """One row of a file as a page shows it. Holds personal data."""

    line: int
    name: str
    nik: str
    kelurahan: str
    fate: str
    noticed: list[Noticed]


@dataclass(frozen=True)
class RowPage:
    """One page of a delivery's rows in the order of the file."""

    rows: list[RowView]
    number: int
    pages: int
    total: int


def rows_page(
    delivery: Delivery, *, fate: str, number: int, workspace: Workspace
) -> RowPage:
    """Rows of a delivery with one fate (blank = all). The caller has the delivery from
    `deliveries(user)`, so its area is checked. A page past the end is the last."""
    if fate and fate not in FATES:
        raise UserError(
            "rows.fate",
            "Nasib baris ini tidak dikenal.",
            f"Yang ada: {', '.join(FATES)}.",
            "Pilih salah satu di antaranya.",
        )
    total = getattr(delivery, fate) if fate else delivery.rows
    pages = max(1, -(-total // ROWS_PER_PAGE))
    number = min(max(1, number), pages)
    if not total:
        return RowPage([], number, pages, 0)
    columns = pq.read_schema(rows_file(workspace, delivery.name)).names
    title = "coalesce(name, employer_name)" if "employer_name" in columns else "name"
    with duck(threads=1) as con:
        found = con.execute(
            f"SELECT row_id, line, {title}, nik, kelurahan, fate FROM read_parquet(?) "
            "WHERE ? = '' OR fate = ? ORDER BY line, row_id LIMIT ? OFFSET ?",
            [
                str(rows_file(workspace, delivery.name)),
                fate,
                fate,
                ROWS_PER_PAGE,
                (number - 1) * ROWS_PER_PAGE,
            ],
        ).fetchall()
    noticed = _noticed(delivery, [row[0] for row in found], workspace)
    views = [
        RowView(line, name or "", nik or "", place or "", what, noticed.get(row_id, []))
        for row_id, line, name, nik, place, what in found
    ]
    return RowPage(views, number, pages, total)


def _noticed(
    delivery: Delivery, row_ids: list[str], workspace: Workspace
) -> dict[str, list[Noticed]]:
    table = pq.read_table(
        problems_file(workspace, delivery.name),
        columns=["row_id", "column", "kind", "message", "office"],
        filters=pc.field("row_id").isin(row_ids),
    )
    found: dict[str, list[Noticed]] = {}
    for row in table.to_pylist():
        found.setdefault(row.pop("row_id"), []).append(
            Noticed(**{key: value or "" for key, value in row.items()})
        )
    return found


class CommonProblem(NamedTuple):
    """One code met in a delivery: in how many rows, and one of its messages."""

    code: str
    kind: str
    message: str
    office: str
    rows: int


def common_problems(delivery: Delivery, *, workspace: Workspace) -> list[CommonProblem]:
    """What was noticed in a delivery, by code, most frequent first."""
    path = problems_file(workspace, delivery.name)
    if not path.exists():
        return []
    with duck(threads=1) as con:
        rows = con.execute(
            "SELECT code, kind, min(message), coalesce(min(office), ''), "
            "count(DISTINCT row_id) AS rows FROM read_parquet(?) "
            "GROUP BY code, kind ORDER BY rows DESC, code",
            [str(path)],
        ).fetchall()
    return [CommonProblem(*row) for row in rows]
