"""Readers of deliveries and of the rows and problems they left in the lake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet, Sum

from semesta.access.area import check_sees_place, in_area
from semesta.intake.candidates import LOST, Candidate, candidates
from semesta.intake.fates import EVERY_FATE, FATES, SUPERSEDED, problems
from semesta.intake.models import Delivery
from semesta.intake.received import is_not_understood
from semesta.kernel import UserError
from semesta.warehouse.engines import duck, file_list
from semesta.warehouse.workspace import Workspace

if TYPE_CHECKING:
    from semesta.access.models import User


_FEWEST = 4  # letters of a short name that are enough to call a delivery by


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


def delivery_called(called: str) -> Delivery:
    """A delivery by its short name, the beginning of it, or the name of its file.
    UserError when none or several are called so."""
    by_name = Q(name__startswith=called.lower()) if len(called) >= _FEWEST else Q()
    found = list(Delivery.objects.filter(by_name | Q(filename=called))[:2])
    if len(found) == 1:
        return found[0]
    raise UserError(
        "delivery.several" if found else "delivery.unknown",
        f"Kiriman {called} {'lebih dari satu' if found else 'tidak ada'}.",
        "Kiriman disebut dengan nama simpanannya (16 huruf) atau nama berkasnya.",
        "Lihat nama simpanan di halaman kiriman atau dengan `semesta intake --json`.",
    )


def deliveries_named(names: Iterable[str]) -> dict[str, Delivery]:
    """Deliveries by short name, whatever their area: to say which file a value is from."""
    return {d.name: d for d in Delivery.objects.filter(name__in=set(names))}


def waits_for_meaning(delivery: Delivery) -> bool:
    """Whether a delivery was refused only because nobody knew what its columns mean."""
    code = str(delivery.problem.get("code", ""))
    return delivery.status == Delivery.Status.REFUSED and is_not_understood(code)


def may_be_explained(delivery: Delivery) -> bool:
    """Whether a delivery's columns can be given a meaning: it waits for one, or was read by
    a map of its own, not as the correction of another list."""
    if delivery.status == Delivery.Status.READ:
        return delivery.corrects_id is None
    return waits_for_meaning(delivery)


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
        edition_file(workspace, name, edition)
        for name, edition in found.values_list("name", "edition")
    ]


def lake_file(workspace: Workspace, kind: str, name: str) -> Path:
    """A delivery's file in the lake; `kind` is raw, rows, problems or corrected.

    It is the one in force: after a correction, the superseded rows say so; after a reading
    by another map, all of it is that reading's.
    """
    version = "edition" if kind == "rows" else "reading"
    found = Delivery.objects.filter(name=name).values_list(version, flat=True)
    return lake_path(workspace, kind, name, found.first() or "")


def edition_file(workspace: Workspace, name: str, edition: str) -> Path:
    """A delivery's rows as they stood after the correction named `edition`."""
    return lake_path(workspace, "rows", name, edition)


def lake_path(workspace: Workspace, kind: str, name: str, edition: str = "") -> Path:
    return workspace.lake / kind / f"{name}{'.' if edition else ''}{edition}.parquet"


def fate_totals(user: User | None = None) -> dict[str, int]:
    """Rows by fate over all deliveries the user sees; `rows` is their sum. Rows that a
    correction has superseded are not counted: their successors are."""
    sums = deliveries(user).aggregate(**{fate: Sum(fate) for fate in FATES})
    totals = {fate: sums[fate] or 0 for fate in FATES}
    return {"rows": sum(totals.values())} | totals


def fates_of(delivery: Delivery) -> dict[str, int]:
    """Rows of one delivery by fate; they add up to its rows. Superseded ones are named
    only where a correction has taken the place of some."""
    counts = {fate: int(getattr(delivery, fate)) for fate in EVERY_FATE}
    return counts if counts[SUPERSEDED] else {fate: counts[fate] for fate in FATES}


@cache
def _engine() -> Any:
    return duck(threads=1)


def session() -> Any:
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
    superseded_by: str = ""
    candidates: list[Candidate] = field(default_factory=list)
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
    if fate is not None and fate not in EVERY_FATE:
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
    where = f"WHERE fate = '{fate}'" if fate else ""  # a fate: checked above
    with session() as con:
        # First the positions (one column is read), then the few rows themselves.
        places = con.execute(
            f"SELECT file_row_number FROM {rows} {where} "
            f"ORDER BY 1 LIMIT {int(part.stop - part.start)} OFFSET {int(part.start)}"
        ).fetchall()
        numbers = [number for (number,) in places]
        views = [_view(row) for row in _at(con, rows, numbers)]
        told = con.execute(
            "SELECT row_id, \"column\", code, kind, message, coalesce(office, '') "
            f"FROM {noticed} WHERE line IN ({_listed(view.line for view in views)})"
        ).fetchall()
    by_id = {view.row_id: view for view in views}
    for row_id, *about in told:
        if row_id in by_id:  # else the same line of another sheet
            about_it = dict(zip(_TOLD, about, strict=True))
            by_id[row_id].problems.append(about_it)
    return dict(zip(numbers, views, strict=True))


def add_candidates(
    views: list[RowView], delivery: Delivery, *, workspace: Workspace, user: User
) -> None:
    """Give rows that wait for a NIK the ones other lists in the user's area have for
    such a person. Hints, never values; nothing else of those lists is told."""
    waiting = {
        view.row_id: (view.clean["name"], view.clean["born_on"])
        for view in views
        if view.fate == "held"
        and LOST.intersection(view.codes)
        and view.clean["name"]
        and view.clean["born_on"]
        and not view.clean["nik"]
    }
    if not waiting:
        return
    others = deliveries(user).filter(status=Delivery.Status.READ, subject="person")
    paths = [
        edition_file(workspace, name, edition)
        for name, edition in others.exclude(pk=delivery.pk).values_list(
            "name", "edition"
        )
    ]
    with session() as con:
        found = candidates(con, paths, waiting.values())
    for view in views:
        if view.row_id in waiting:
            view.candidates = found.get(waiting[view.row_id], [])


def _add_raw(
    views: dict[int, RowView], delivery: Delivery, workspace: Workspace
) -> None:
    with session() as con:
        texts = _at(con, _table(workspace, "raw", delivery), list(views))
    for view, text in zip(views.values(), texts, strict=True):
        view.sheet = text.pop("sheet")
        view.raw = {name: value for name, value in text.items() if name != "line"}


def _table(workspace: Workspace, kind: str, delivery: Delivery) -> str:
    # Written out, because any bound parameter makes DuckDB import pandas for a second.
    version = delivery.edition if kind == "rows" else delivery.reading
    path = lake_path(workspace, kind, delivery.name, version)
    return f"read_parquet({file_list([path])}, file_row_number=true)"


def _at(con: Any, table: str, numbers: list[int]) -> list[dict[str, Any]]:
    """The rows of a Parquet file at these positions, in their order."""
    result = con.execute(
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
        superseded_by=row.pop("superseded_by", None) or "",
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


# What a message says of many rows where it names something of each.
_ANY = {"line": "lain", "columns": "lihat barisnya"}


def problem_counts(
    delivery: Delivery, *, workspace: Workspace, user: User | None = None
) -> list[ProblemCount]:
    """What was noticed in a delivery, by code, gravest and most frequent first. Of rows
    that a correction has superseded nothing is left to tell."""
    if user:
        check_sees_place(user, delivery.area)
    if delivery.status != Delivery.Status.READ:
        return []
    table = _table(workspace, "problems", delivery)
    if delivery.superseded:
        rows = _table(workspace, "rows", delivery)
        table += f" ANTI JOIN (FROM {rows} WHERE fate = '{SUPERSEDED}') USING (row_id)"
    with session() as con:
        counted = con.execute(
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
            message=known[code].message.format_map(_ANY) if code in known else message,
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
    with session() as con:
        result = con.execute(
            'SELECT line AS "row", row_id, "column", code, kind, message, '
            f"coalesce(office, '') AS office FROM {table} {some}"
        )
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def problems_as_json(
    delivery: Delivery, *, workspace: Workspace, at_once: int = 20_000
) -> Iterator[str]:
    """What `problems_of` gives as texts of JSON objects, many in each, comma between: a
    million problems are never in memory together."""
    if delivery.status != Delivery.Status.READ:
        return
    table = _table(workspace, "problems", delivery)
    with session() as con:
        result = con.execute(
            "SELECT to_json({'row': line, 'row_id': row_id, 'column': \"column\", "
            "'code': code, 'kind': kind, 'message': message, "
            f"'office': coalesce(office, '')}}) FROM {table}"
        )
        while texts := result.fetchmany(at_once):
            yield ", ".join(text for (text,) in texts)


def standard_rows_sql(paths: Iterable[Path]) -> str:
    """A DuckDB table expression over files of standard rows, columns by name."""
    return f"read_parquet({file_list(paths)}, union_by_name=true)"
