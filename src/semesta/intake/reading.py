"""One file from bytes to standard rows: open, find tables, choose the supplier, clean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from semesta.intake.choosing import (
    AUTO,
    Mapped,
    choose_supplier,
    fitting,
    known_words,
    no_table,
)
from semesta.intake.fields import Context
from semesta.intake.lakerows import problems_table, raw_table, rows_table
from semesta.intake.maps import SupplierMap, supplier_map
from semesta.intake.rows import Standard, standardise
from semesta.intake.sheets import Book, open_book
from semesta.intake.tables import Table, find_tables
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


def read_file(received: Received, region: Region) -> Reading:
    """Read a file whole. UserError (`file.*`, `table.*`, `columns.*`, `supplier.*`) when
    it cannot be read; a row that cannot be used is never an error but has a fate."""
    named = None if received.supplier == AUTO else supplier_map(received.supplier)
    tables, skipped = _tables(open_book(received.source))
    if not tables:
        raise no_table()
    supplier = named or choose_supplier(tables, received.filename)
    mapped = fitting(tables, supplier)
    found = _area(mapped, supplier, received.filename, region)
    area = received.area or found
    context = Context(region, received.as_of)
    # A sender may be a whole district; a row without a place then has the title's.
    is_place = any(area == place.code for place in region.places)
    kelurahan = (area if is_place else found) if supplier.area_from else ""
    standard = standardise(mapped, supplier, context, kelurahan)
    _fill_decree(standard, mapped, supplier, received.filename)
    return Reading(
        supplier=supplier,
        area=area,
        tables=_described(tables, mapped, skipped),
        fates=standard.fates(),
        raw=raw_table(standard, mapped),
        rows=rows_table(standard, received.name, supplier),
        problems=problems_table(standard, received.name, supplier),
    )


def _tables(book: Book) -> tuple[list[Table], list[dict[str, Any]]]:
    """All tables of a book, and the sheets that hold none."""
    tables: list[Table] = []
    skipped: list[dict[str, Any]] = []
    for sheet in book.sheets():
        found = find_tables(sheet, known_words())
        tables += found
        if not found:
            skipped.append({"sheet": sheet.name, "skipped": "no_table"})
    return tables, skipped


def _described(
    tables: list[Table], mapped: list[Mapped], skipped: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Each table as stored with the delivery: where it stands and what was understood."""
    by_table = {id(one.table): one for one in mapped}
    described = []
    for table in tables:
        about: dict[str, Any] = {
            "sheet": table.sheet,
            "sheet_number": table.sheet_number,
            "header_lines": list(table.header_lines),
            "rows": table.rows,
            "left_out": table.left_out,
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
    return described + skipped


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
