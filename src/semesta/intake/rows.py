"""From a supplier's tables to standard rows: clean, check, and give every row its fate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count as counting

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from semesta.intake import checks
from semesta.intake.checks import Columns, Notice
from semesta.intake.choosing import Mapped
from semesta.intake.cleaning import Finding, clean_column
from semesta.intake.fates import FATES, SEVERITY, Kind, problems
from semesta.intake.fields import (
    COLUMNS,
    CORE,
    FIELDS,
    IGNORED,
    PARTS,
    Context,
    inputs_of,
)
from semesta.intake.maps import SupplierMap, alternatives
from semesta.intake.progress import Step, Tell, silent

# What can name somebody or something: a row without any of these says nothing.
IDENTITIES = (
    "nik", "family_card", "name", "kpj", "npp", "nib", "npwp", "employer_name", "asn_nip",
    "project_id", "page_code", "task_code",
)  # fmt: skip
_MISSING = {
    "nik": "nik.missing",
    "name": "name.missing",
    "family_card": "family_card.missing",
}


@dataclass
class Met:
    """One code at some rows, as it will be told: kind settled, header of the column."""

    code: str
    kind: Kind
    rows: np.ndarray
    header: str = ""
    column: str = ""
    facts: tuple[dict[str, object], ...] = ()


@dataclass
class Standard:
    """Standard rows of all tables of a file, before ids are given."""

    columns: Columns
    lines: np.ndarray
    sheets: np.ndarray  # sheet number of each row
    sheet_names: list[str]
    severity: np.ndarray
    met: list[Met] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.lines)

    def fates(self) -> dict[str, int]:
        """How many rows have each fate; they add up to `count`."""
        counts = np.bincount(self.severity, minlength=len(FATES))
        return dict(zip(FATES, counts.tolist(), strict=True))


def standardise(
    tables: Sequence[Mapped],
    supplier: SupplierMap,
    context: Context,
    kelurahan: str = "",
    tell: Tell = silent,
) -> Standard:
    """Clean and check the rows of a file's tables. `kelurahan`: code to take where the
    list itself names none (a kelurahan's own proposal)."""
    steps = _columns_told(tables, tell)
    parts = [_clean_table(mapped, supplier, context, steps) for mapped in tables]
    standard = _joined(tables, parts)
    tell(Step("check", rows=standard.count))
    _fill(standard, supplier, kelurahan)
    _notice_across(standard, tables, supplier)
    _judge(standard)
    return standard


# ── one table: its columns cleaned ────────────────────────────────────────


def _columns_told(tables: Sequence[Mapped], tell: Tell) -> Callable[[], None]:
    """What to call before each column, so that it is told as one of all there are."""
    total = sum(len(_inputs(mapped)) for mapped in tables)
    rows = sum(mapped.table.rows for mapped in tables)
    numbers = counting(1)
    return lambda: tell(Step("clean", next(numbers), total, rows))


def _clean_table(
    mapped: Mapped, supplier: SupplierMap, context: Context, step: Callable[[], None]
) -> tuple[Columns, list[Met]]:
    inputs = _inputs(mapped)
    outputs: dict[str, dict[str, pa.Array]] = {}
    noticed: list[tuple[str, str, Finding]] = []
    for name, (cells, header) in inputs.items():
        step()
        values, findings = clean_column(cells, FIELDS[name].reader(context))
        for column, value in zip(FIELDS[name].gives, values, strict=True):
            outputs.setdefault(column, {})[name] = value
        noticed += [(name, header, finding) for finding in findings]
    columns = {column: _merged(column, given) for column, given in outputs.items()}
    met = [
        _met(name, header, _still_true(name, finding, columns, outputs), supplier)
        for name, header, finding in noticed
    ]
    return columns, [one for one in met if len(one.rows)]


def _inputs(mapped: Mapped) -> dict[str, tuple[pa.Array, str]]:
    """Field → its cells and header, in the order of the catalogue."""
    table = mapped.table
    found = {
        name: (table.cells[place], table.headers[place].text)
        for name, place in mapped.columns.items()
        if name in FIELDS
    }
    places = [mapped.columns.get(part) for part in PARTS]
    if all(place is not None for place in places):
        cells = [table.cells[place] for place in places if place is not None]
        header = table.headers[mapped.columns["code_kelurahan"]].text
        joined = pc.binary_join_element_wise(*cells, "|")
        found["kelurahan_parts"] = (joined, header)
    return {name: found[name] for name in FIELDS if name in found}


def _merged(column: str, given: dict[str, pa.Array]) -> pa.Array:
    """The first value of the fields that fill a column; titles are put side by side."""
    arrays = [given[name] for name in inputs_of(column) if name in given]
    if len(arrays) == 1:
        return arrays[0]
    if column == "titles":
        # Not null_handling="skip": it loses the rows in which everything is null.
        joined = pc.binary_join_element_wise(*arrays, " ", null_handling="replace")
        joined = pc.utf8_trim_whitespace(joined)
        return pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined)
    return pc.coalesce(*arrays)


def _still_true(
    name: str,
    finding: Finding,
    columns: Columns,
    outputs: dict[str, dict[str, pa.Array]],
) -> Finding:
    """A value another field supplies after all is no problem of this one."""
    column = FIELDS[name].gives[-1 if name == "born_at_on" else 0]
    if len(outputs[column]) == 1 or finding.code.startswith("cell."):
        return finding
    lost = pc.and_(pc.is_null(outputs[column][name]), pc.is_valid(columns[column]))
    healed = lost.to_numpy(zero_copy_only=False)
    return Finding(finding.code, finding.rows[~healed[finding.rows]])


def _met(name: str, header: str, finding: Finding, supplier: SupplierMap) -> Met:
    needed = name in supplier.asks or any(
        column in supplier.single_needs for column in FIELDS[name].gives
    )
    kind = problems()[finding.code].kind_where(needed=needed)
    return Met(finding.code, kind, finding.rows, header, FIELDS[name].gives[0])


# ── all tables of the file together ───────────────────────────────────────


def _joined(
    tables: Sequence[Mapped], parts: Sequence[tuple[Columns, list[Met]]]
) -> Standard:
    counts = [mapped.table.rows for mapped in tables]
    names = {name for columns, _ in parts for name in columns} | set(CORE)
    columns = {
        name: pa.chunked_array(
            [
                part[name] if name in part else pa.nulls(count, kind)
                for (part, _), count in zip(parts, counts, strict=True)
            ],
            kind,
        )
        for name, kind in COLUMNS.items()
        if name in names
    }
    met, start = [], 0
    for (_, noticed), count in zip(parts, counts, strict=True):
        for one in noticed:
            met.append(
                Met(one.code, one.kind, one.rows + start, one.header, one.column)
            )
        start += count
    numbers = [
        np.full(c, m.table.sheet_number) for m, c in zip(tables, counts, strict=True)
    ]
    return Standard(
        columns={name: _flat(column) for name, column in columns.items()},
        lines=np.concatenate([mapped.table.lines for mapped in tables]),
        sheets=np.concatenate(numbers),
        sheet_names=[
            m.table.sheet for m, c in zip(tables, counts, strict=True) for _ in range(c)
        ],
        severity=np.zeros(start, dtype=np.int64),
        met=met,
    )


def _flat(column: pa.ChunkedArray) -> pa.Array:
    flat = column.combine_chunks()
    return flat.combine_chunks() if isinstance(flat, pa.ChunkedArray) else flat


def _fill(standard: Standard, supplier: SupplierMap, kelurahan: str) -> None:
    """Values that hold for the whole file, where a row says nothing else."""
    nowhere = np.zeros(standard.count, dtype=bool)
    for name, value in supplier.defaults.items():
        _fill_where(standard, name, value, nowhere)
    if kelurahan:
        # A row that names another place, however badly, is not filled with this one.
        named = _rows_by(standard, lambda one: one.column == "kelurahan")
        _fill_where(standard, "kelurahan", kelurahan, named)


def _fill_where(
    standard: Standard, name: str, value: object, but_not: np.ndarray
) -> None:
    kind = COLUMNS[name]
    given = standard.columns.get(name, pa.nulls(standard.count, kind))
    filled = pc.fill_null(given, pa.scalar(value, kind))
    standard.columns[name] = pc.if_else(pa.array(but_not), given, filled)


def _notice_across(
    standard: Standard, tables: Sequence[Mapped], supplier: SupplierMap
) -> None:
    """Everything that shows only across columns or rows."""
    columns = standard.columns
    repeated = checks.duplicate_rows(_texts(tables), standard.lines)
    _add(standard, repeated, tables)
    _add_missing(standard, supplier, repeated.rows, tables)
    found: list[Callable[[Columns], Notice]] = [checks.rounded_niks]
    if supplier.subject == "person":
        found += [checks.shared_niks, checks.born_on_mismatches, checks.sex_mismatches]
    for check in found:
        _add(standard, check(columns), tables)
    for notice in checks.month_notices(columns):
        _add(standard, notice, tables)


def _texts(tables: Sequence[Mapped]) -> list[pa.Array]:
    """All columns of all tables by header text, but the running number."""
    headers: dict[str, None] = {}
    for mapped in tables:
        skip = {mapped.columns[name] for name in IGNORED if name in mapped.columns}
        for place, header in enumerate(mapped.table.headers):
            if place not in skip:
                headers[header.text.lower()] = None
    return [column_by_header(tables, text) for text in headers]


def column_by_header(tables: Sequence[Mapped], text: str) -> pa.Array:
    """The cells under one header through all tables; blank where a table lacks it."""
    pieces = []
    for mapped in tables:
        places = [
            place
            for place, header in enumerate(mapped.table.headers)
            if header.text.lower() == text
        ]
        pieces.append(
            mapped.table.cells[places[0]]
            if places
            else pa.array([""] * mapped.table.rows, pa.string())
        )
    return _flat(pa.chunked_array(pieces, pa.string()))


def _add(standard: Standard, notice: Notice, tables: Sequence[Mapped]) -> None:
    if not len(notice.rows):
        return
    kind = problems()[notice.code].kind
    header = _header_for(notice.column, tables)
    standard.met.append(
        Met(notice.code, kind, notice.rows, header, notice.column, notice.facts)
    )


def _header_for(column: str, tables: Sequence[Mapped]) -> str:
    """The header, in the file, of the field that fills a column."""
    for mapped in tables:
        for name in inputs_of(column) if column else ():
            if name in mapped.columns:
                return mapped.table.headers[mapped.columns[name]].text
    return ""


def _add_missing(
    standard: Standard,
    supplier: SupplierMap,
    repeated: np.ndarray,
    tables: Sequence[Mapped],
) -> None:
    """What rows cannot do without. Rows that name nobody at all are refused."""
    columns, count = standard.columns, standard.count
    held = _rows_by(standard, lambda one: one.kind == "held")
    quiet = np.zeros(count, dtype=bool)
    quiet[repeated] = True
    nobody = checks.all_null(columns, IDENTITIES, count) & ~held & ~quiet
    if nobody.any():
        standard.met.append(Met("row.unusable", "refused", np.flatnonzero(nobody)))
    quiet |= nobody
    for need in supplier.needs:
        names = alternatives(need)
        missing = checks.all_null(columns, names, count) & ~quiet
        told = _rows_by(standard, _held_for(names))
        rows = np.flatnonzero(missing & ~told)
        if len(rows):
            header = _header_for(names[0], tables)
            standard.met.append(_missing(names, rows, header))


def _held_for(names: list[str]) -> Callable[[Met], bool]:
    return lambda one: one.kind == "held" and one.column in names


def _rows_by(standard: Standard, wanted: Callable[[Met], bool]) -> np.ndarray:
    rows = np.zeros(standard.count, dtype=bool)
    for one in standard.met:
        if wanted(one):
            rows[one.rows] = True
    return rows


def _missing(names: list[str], rows: np.ndarray, header: str) -> Met:
    code = (
        _MISSING.get(names[0], "value.missing") if len(names) == 1 else "value.missing"
    )
    if code != "value.missing":
        return Met(code, problems()[code].kind, rows, header, names[0])
    titles = " atau ".join(FIELDS[inputs_of(name)[0]].title for name in names)
    fact: dict[str, object] = {"columns": titles}
    facts = (fact,) * len(rows)
    return Met(code, problems()[code].kind, rows, header, names[0], facts)


def _judge(standard: Standard) -> None:
    for one in standard.met:
        np.maximum.at(standard.severity, one.rows, SEVERITY[one.kind])
