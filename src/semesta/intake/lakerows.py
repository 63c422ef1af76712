"""The tables written to the lake: standard rows, rows as received, what was noticed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from semesta.intake.cells import bare_column
from semesta.intake.choosing import Mapped
from semesta.intake.fates import FATES, problems
from semesta.intake.maps import SupplierMap
from semesta.intake.rows import Standard, column_by_header


def rows_table(standard: Standard, name: str, supplier: SupplierMap) -> pa.Table:
    """The standard rows with ids, fates and codes: one row per row of the file."""
    count = standard.count
    fates = pa.DictionaryArray.from_arrays(
        pa.array(standard.severity, pa.int32()), pa.array(FATES)
    ).cast(pa.string())
    arrays = {
        "row_id": row_ids(standard, name),
        "delivery": _constant(name, count),
        "source": _constant(supplier.name, count),
        "subject": _constant(supplier.subject, count),
        "line": pa.array(standard.lines, pa.int64()),
        "fate": fates,
        "codes": _codes(standard),
    }
    return pa.table(arrays | standard.columns)


def row_ids(standard: Standard, name: str) -> pa.Array:
    """`<name>:<sheet number>:<line>` of each row."""
    return pc.binary_join_element_wise(
        _constant(name, standard.count),
        pa.array(standard.sheets, pa.int64()).cast(pa.string()),
        pa.array(standard.lines, pa.int64()).cast(pa.string()),
        ":",
    )


def _constant(text: str, count: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), count)


def _codes(standard: Standard) -> pa.Array:
    """The distinct codes of each row, in the order of the table of problems."""
    order = {code: place for place, code in enumerate(problems())}
    rows = [one.rows for one in standard.met]
    ranks = [np.full(len(one.rows), order[one.code]) for one in standard.met]
    if not rows:
        return pa.array([[]] * standard.count, pa.list_(pa.string()))
    pairs = np.unique(np.concatenate(rows) * len(order) + np.concatenate(ranks))
    row_of, rank_of = np.divmod(pairs, len(order))
    counts = np.bincount(row_of, minlength=standard.count)
    offsets = np.concatenate([[0], np.cumsum(counts)])
    texts = pa.array(list(order)).take(pa.array(rank_of))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), texts)


PROBLEM_SCHEMA = pa.schema(
    {
        "row_id": pa.string(), "line": pa.int64(), "column": pa.string(),
        "code": pa.string(), "kind": pa.string(), "message": pa.string(),
        "office": pa.string(),
    }
)  # fmt: skip


def problems_table(standard: Standard, name: str, supplier: SupplierMap) -> pa.Table:
    """One row per thing noticed, in the order of lines; no personal values in it."""
    ids, lines = row_ids(standard, name), pa.array(standard.lines, pa.int64())
    tables = []
    for one in standard.met:
        taken, count = pa.array(one.rows), len(one.rows)
        problem = problems()[one.code]
        messages = (
            pa.array([problem.text(one.kind, **facts) for facts in one.facts])
            if one.facts
            else _constant(problem.text(one.kind), count)
        )
        office = supplier.office if one.kind == "held" else None
        arrays = [
            ids.take(taken), lines.take(taken), _constant(one.header, count),
            _constant(one.code, count), _constant(one.kind, count), messages,
            pa.repeat(pa.scalar(office, pa.string()), count),
        ]  # fmt: skip
        tables.append(pa.Table.from_arrays(arrays, schema=PROBLEM_SCHEMA))
    if not tables:
        return PROBLEM_SCHEMA.empty_table()
    positions = np.concatenate([one.rows for one in standard.met])
    order = pa.array(np.argsort(positions, kind="stable"))
    return pa.concat_tables(tables).combine_chunks().take(order)


def raw_table(standard: Standard, tables: Sequence[Mapped]) -> pa.Table:
    """The rows as received, all text: sheet, line, then the file's own columns."""
    texts: dict[str, str] = {}
    for mapped in tables:
        for header in mapped.table.headers:
            texts.setdefault(header.text.lower(), header.text)
    arrays = {
        "sheet": pa.array(standard.sheet_names, pa.string()),
        "line": pa.array(standard.lines, pa.int64()),
    }
    for key, text in texts.items():
        shown = text if key not in ("sheet", "line") else f"{text}_"
        arrays[shown] = bare_column(column_by_header(tables, key))
    return pa.table(arrays)
