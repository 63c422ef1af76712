"""One file from bytes to standard rows: open, find tables, choose the supplier, clean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from semesta.intake.choosing import (
    Mapped,
    choose_supplier,
    fitting,
    known_words,
    no_table,
)
from semesta.intake.fields import Context
from semesta.intake.headers import header_key
from semesta.intake.lakerows import problems_table, raw_table, rows_table
from semesta.intake.maps import SupplierMap, supplier_map
from semesta.intake.marks import MARK_SHEET, mark_in
from semesta.intake.progress import Step, Tell, silent
from semesta.intake.received import AUTO
from semesta.intake.rows import Standard, standardise
from semesta.intake.sheets import open_book
from semesta.intake.tables import Table, filled_lines, find_tables
from semesta.intake.titles import fill_from_titles
from semesta.kernel import Region


@dataclass
class Reading:
    """What became of a file. `fates` add up to the rows of `rows`."""

    supplier: SupplierMap
    area: str
    tables: list[dict[str, Any]]
    fates: dict[str, int]
    raw: pa.Table
    rows: pa.Table
    problems: pa.Table


@dataclass(frozen=True)
class Received:
    """A file to read. `name`: the key its rows carry; `filename`: as the sender called
    it; `area`: Kemendagri code of the sender's kelurahan, blank for the whole region."""

    source: Path | bytes
    name: str
    filename: str
    as_of: date
    supplier: str = AUTO
    area: str = ""


@dataclass
class Opened:
    """A file's tables as they stand, before anyone knows whose they are. `skipped`: its
    sheets without a table; `marked`: the SHA-256 that a correction workbook names."""

    tables: list[Table]
    skipped: list[dict[str, Any]]
    marked: str = ""


def open_tables(
    source: Path | bytes, headers: Iterable[str] = (), tell: Tell = silent
) -> Opened:
    """All tables of a file; `headers` are known words beside the usual ones. UserError
    (`file.*`, `table.*`) when it cannot be opened."""
    known = known_words()
    known = replace(known, keys=known.keys | {header_key(text) for text in headers})
    opened = Opened([], [])
    tell(Step("open"))
    book = open_book(source)
    tell(Step("tables"))
    for sheet in book.sheets():
        if sheet.name == MARK_SHEET and (marked := mark_in(sheet.rows())):
            opened.marked = marked
            continue
        before = sum(table.rows for table in opened.tables)
        found = find_tables(sheet, known, _rows_told(before, tell))
        opened.tables += found
        if not found:
            opened.skipped.append(
                {
                    "sheet": sheet.name,
                    "skipped": "no_table",
                    "lines": filled_lines(sheet),
                }
            )
    return opened


def _rows_told(before: int, tell: Tell) -> Callable[[int], None]:
    return lambda count: tell(Step("tables", rows=before + count))


def read_file(
    received: Received,
    region: Region,
    opened: Opened | None = None,
    named: SupplierMap | None = None,
    tell: Tell = silent,
) -> Reading:
    """Read a file whole; `named`: the map to read it by, whatever `received` says.
    UserError (`file.*`, `table.*`, `columns.*`, `supplier.*`) when it cannot be read; a
    row that cannot be used is never an error but has a fate."""
    if named is None and received.supplier != AUTO:
        named = supplier_map(received.supplier)
    opened = opened or open_tables(received.source, tell=tell)
    if not opened.tables:
        raise no_table()
    supplier = named or choose_supplier(opened.tables, received.filename)
    mapped = fitting(opened.tables, supplier)
    standard, area = standard_of(mapped, supplier, received, region, tell)
    tell(Step("store", rows=standard.count))
    return Reading(
        supplier=supplier,
        area=area,
        tables=_described(opened, mapped),
        fates=standard.fates(),
        raw=raw_table(standard, mapped),
        rows=rows_table(standard, received.name, supplier),
        problems=problems_table(standard, received.name, supplier),
    )


def standard_of(
    mapped: list[Mapped],
    supplier: SupplierMap,
    received: Received,
    region: Region,
    tell: Tell = silent,
) -> tuple[Standard, str]:
    """The standard rows of a supplier's tables, and the area they are from."""
    found = _area(mapped, supplier, received.filename, region)
    area = received.area or found
    context = Context(region, received.as_of)
    # A sender may be a whole district; a row without a place then has the title's.
    is_place = any(area == place.code for place in region.places)
    kelurahan = (area if is_place else found) if supplier.area_from else ""
    standard = standardise(mapped, supplier, context, kelurahan, tell)
    _fill_decree(standard, mapped, supplier, received.filename)
    fill_from_titles(standard, mapped, supplier)
    return standard, area


def _described(opened: Opened, mapped: list[Mapped]) -> list[dict[str, Any]]:
    """Each table as stored with the delivery: where it stands and what was understood."""
    by_table = {id(one.table): one for one in mapped}
    described = []
    for table in opened.tables:
        about: dict[str, Any] = {
            "sheet": table.sheet,
            "sheet_number": table.sheet_number,
            "header_lines": list(table.header_lines),
            "rows": table.rows,
            "left_out": table.left_out,
            "above": table.above,
        }
        if table.hidden:
            about["hidden"] = True
        if table.hidden_rows:
            about["hidden_rows"] = table.hidden_rows
        one = by_table.get(id(table))
        if one is None:
            about |= {"rows": 0, "skipped": "other_columns", "lines": table.rows}
        else:
            fields = {place: name for name, place in one.columns.items()}
            about["columns"] = [
                {"header": header.text, "field": fields.get(place, "")}
                for place, header in enumerate(table.headers)
            ]
        described.append(about)
    return described + opened.skipped


def _area(
    mapped: list[Mapped], supplier: SupplierMap, filename: str, region: Region
) -> str:
    """The kelurahan a list speaks of, from its titles or its file's name."""
    if supplier.area_from != "title":
        return ""
    titles = [text for one in mapped for text in one.table.titles]
    for text in (*titles, Path(filename).stem):
        if code := _place_in(text, region):
            return code
    return ""


def _place_in(text: str, region: Region) -> str:
    """The one kelurahan named in a text; blank when there is none or several."""
    words = " ".join(re.findall(r"[a-z]+", text.lower()))
    found = {
        place.code
        for place in region.places
        for name in (place.name, *place.spellings)
        if f" {' '.join(re.findall(r'[a-z]+', name.lower()))} " in f" {words} "
    }
    return found.pop() if len(found) == 1 else ""


_DECREE = re.compile(r"\bnomor\b\s*[.:]?\s*([\w./ -]*\d{4})\b", re.IGNORECASE)
_YEAR = re.compile(r"20\d{2}")


def _fill_decree(
    standard: Standard, mapped: list[Mapped], supplier: SupplierMap, filename: str
) -> None:
    """The decree's number from the title of its list, else the year in the file's name."""
    if not supplier.decree_from_title:
        return
    titles = " \n".join(text for one in mapped for text in one.table.titles)
    if found := _DECREE.search(titles):
        number = " ".join(found[1].split())
    elif year := _YEAR.search(filename) or _YEAR.search(titles):
        number = year[0]
    else:
        return
    given = standard.columns.get("decree_number", pa.nulls(standard.count, pa.string()))
    standard.columns["decree_number"] = given.fill_null(number[:60])
