"""Readers of deliveries and of the rows and problems they left in the lake."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet, Sum

from semesta.access.area import check_sees_place, in_area
from semesta.intake.fates import FATES, problems
from semesta.intake.models import Delivery
from semesta.warehouse.engines import duck, file_list
from semesta.warehouse.workspace import Workspace

if TYPE_CHECKING:
    from semesta.access.models import User


def deliveries(user: User | None = None) -> QuerySet[Delivery]:
    """Deliveries, newest first; with a `user`, those of the user's area."""
    found = Delivery.objects.order_by("-pk")
    return in_area(found, user, "area") if user else found


def delivery_named(name: str, user: User | None = None) -> Delivery:
    """One delivery by its short name. Delivery.DoesNotExist, or NotAllowed outside the
    user's area."""
    delivery = Delivery.objects.get(name=name)
    if user:
        check_sees_place(user, delivery.area)
    return delivery


def deliveries_named(names: Iterable[str]) -> dict[str, Delivery]:
    """Deliveries by short name, whatever their area: to say which file a value is from."""
    return {d.name: d for d in Delivery.objects.filter(name__in=set(names))}


def rows_paths(
    workspace: Workspace,
    *,
    suppliers: Iterable[str] | None = None,
    subject: str | None = None,
) -> list[Path]:
    """Files of standard rows of all deliveries that were read, oldest first."""
    found = Delivery.objects.filter(status=Delivery.Status.READ).order_by("pk")
    if suppliers is not None:
        found = found.filter(supplier__in=list(suppliers))
    if subject is not None:
        found = found.filter(subject=subject)
    return [
        lake_file(workspace, "rows", name)
        for name in found.values_list("name", flat=True)
    ]


def lake_file(workspace: Workspace, kind: str, name: str) -> Path:
    """A delivery's file in the lake; `kind` is raw, rows or problems."""
    return workspace.lake / kind / f"{name}.parquet"


def fate_totals(user: User | None = None) -> dict[str, int]:
    """Rows by fate over all deliveries the user sees; `rows` is their sum."""
    sums = deliveries(user).aggregate(
        rows=Sum("rows"), **{fate: Sum(fate) for fate in FATES}
    )
    return {name: count or 0 for name, count in sums.items()}


@cache
def _engine() -> Any:
    return duck(threads=1)


def _session() -> Any:
    """A session of its own on one engine per process: starting one costs half a page."""
    return _engine().cursor()


@dataclass
class RowView:
    """One row of a file: as standardised, what was noticed, and perhaps as received.

    Identity numbers are whole: whoever shows them masks them.
    """

    row_id: str
    line: int
    fate: str
    codes: list[str]
    clean: dict[str, Any]
    problems: list[dict[str, str]] = field(default_factory=list)
    sheet: str = ""
    raw: dict[str, str] = field(default_factory=dict)


@dataclass
class RowPage:
    """Some rows of a delivery, and how many there are of the kind asked for."""

    total: int
    rows: list[RowView]


def delivery_rows(
    delivery: Delivery,
    *,
    workspace: Workspace,
    user: User | None = None,
    fate: str | None = None,
    limit: int = 50,
    offset: int = 0,
    with_raw: bool = False,
) -> RowPage:
    """A page of a delivery's rows, in the order of the file, perhaps of one fate.

    `with_raw` adds the row as received, which takes as long again to read.
    NotAllowed when the delivery lies outside the user's area; KeyError for a fate that
    is none.
    """
    if user:
        check_sees_place(user, delivery.area)
    if fate is not None and fate not in FATES:
        raise KeyError(fate)
    total = getattr(delivery, fate) if fate else delivery.rows
    if not total or limit <= 0 or offset >= total:
        return RowPage(total, [])
    views = _page(delivery, workspace, fate, slice(offset, offset + limit))
    if with_raw:
        _add_raw(views, delivery, workspace)
    return RowPage(total, list(views.values()))


def _page(
    delivery: Delivery, workspace: Workspace, fate: str | None, part: slice
) -> dict[int, RowView]:
    """Position in the file → row, with what was noticed in it."""
    rows, noticed = (_table(workspace, kind, delivery) for kind in ("rows", "problems"))
    where = f"WHERE fate = '{fate}'" if fate else ""  # one of FATES
    with _session() as session:
        # First the positions (one column is read), then the few rows themselves.
        places = session.execute(
            f"SELECT file_row_number FROM {rows} {where} "
            f"ORDER BY 1 LIMIT {int(part.stop - part.start)} OFFSET {int(part.start)}"
        ).fetchall()
        numbers = [number for (number,) in places]
        views = [_view(row) for row in _at(session, rows, numbers)]
        told = session.execute(
            "SELECT row_id, \"column\", code, kind, message, coalesce(office, '') "
            f"FROM {noticed} WHERE line IN ({_listed(view.line for view in views)})"
        ).fetchall()
    by_id = {view.row_id: view for view in views}
    for row_id, *about in told:
        if row_id in by_id:  # else the same line of another sheet
            about_it = dict(zip(_TOLD, about, strict=True))
            by_id[row_id].problems.append(about_it)
    return dict(zip(numbers, views, strict=True))


def _add_raw(
    views: dict[int, RowView], delivery: Delivery, workspace: Workspace
) -> None:
    with _session() as session:
        texts = _at(session, _table(workspace, "raw", delivery), list(views))
    for view, text in zip(views.values(), texts, strict=True):
        view.sheet = text.pop("sheet")
        view.raw = {name: value for name, value in text.items() if name != "line"}


def _table(workspace: Workspace, kind: str, delivery: Delivery) -> str:
    # Written out, because any bound parameter makes DuckDB import pandas for a second.
    path = lake_file(workspace, kind, delivery.name)
    return f"read_parquet({file_list([path])}, file_row_number=true)"


def _at(session: Any, table: str, numbers: list[int]) -> list[dict[str, Any]]:
    """The rows of a Parquet file at these positions, in their order."""
    result = session.execute(
        f"SELECT * FROM {table} "
        f"WHERE file_row_number IN ({_listed(numbers)}) ORDER BY file_row_number"
    )
    names = [column[0] for column in result.description]
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    for row in rows:
        row.pop("file_row_number")
    return rows


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(int(number)) for number in numbers)


_ABOUT = ("row_id", "delivery", "source", "subject", "line", "fate", "codes")
_TOLD = ("column", "code", "kind", "message", "office")


def _view(row: dict[str, Any]) -> RowView:
    return RowView(
        row_id=row["row_id"],
        line=row["line"],
        fate=row["fate"],
        codes=row["codes"],
        clean={name: value for name, value in row.items() if name not in _ABOUT},
    )


@dataclass(frozen=True)
class ProblemCount:
    """How often one code was noticed in a delivery, and who is asked about it."""

    code: str
    kind: str
    office: str
    rows: int
    message: str
    question: str


def problem_counts(
    delivery: Delivery, *, workspace: Workspace, user: User | None = None
) -> list[ProblemCount]:
    """What was noticed in a delivery, by code, gravest and most frequent first."""
    if user:
        check_sees_place(user, delivery.area)
    if delivery.status != Delivery.Status.READ:
        return []
    table = _table(workspace, "problems", delivery)
    with _session() as session:
        counted = session.execute(
            "SELECT code, kind, coalesce(any_value(office), ''), count(*), "
            "any_value(message) "
            f"FROM {table} GROUP BY code, kind ORDER BY "
            "list_position(['refused', 'held', 'corrected', 'warning'], kind), "
            "count(*) DESC, code"
        ).fetchall()
    known = problems()
    return [
        ProblemCount(
            code=code,
            kind=kind,
            office=office,
            rows=rows,
            message=known[code].message if code in known else message,
            question=known[code].question if code in known and kind == "held" else "",
        )
        for code, kind, office, rows, message in counted
    ]


def problems_of(
    delivery: Delivery,
    *,
    workspace: Workspace,
    user: User | None = None,
    limit: int | None = None,
) -> list[dict[str, Any]]:
    """Everything noticed in a delivery, in the order of lines: row (its line), row_id,
    column, code, kind, message, office."""
    if user:
        check_sees_place(user, delivery.area)
    if delivery.status != Delivery.Status.READ:
        return []
    table = _table(workspace, "problems", delivery)
    some = f"LIMIT {int(limit)}" if limit is not None else ""
    with _session() as session:
        result = session.execute(
            'SELECT line AS "row", row_id, "column", code, kind, message, '
            f"coalesce(office, '') AS office FROM {table} {some}"
        )
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def standard_rows_sql(paths: Iterable[Path]) -> str:
    """A DuckDB table expression over files of standard rows, columns by name."""
    return f"read_parquet({file_list(paths)}, union_by_name=true)"
