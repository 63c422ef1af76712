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
    pairs = np.sort(np.concatenate(rows) * len(order) + np.concatenate(ranks))
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
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
    if not standard.met:
        return PROBLEM_SCHEMA.empty_table()
    places = np.concatenate([one.rows for one in standard.met])
    order = np.argsort(places, kind="stable")
    taken = pa.array(places[order])
    counts = [len(one.rows) for one in standard.met]
    met = pa.array(np.repeat(np.arange(len(counts)), counts)[order])
    messages, told = _messages(standard)

    def of_each(values: list[str | None]) -> pa.Array:
        return pa.array(values, pa.string()).take(met)

    office = [supplier.office if one.kind == "held" else None for one in standard.met]
    arrays = [
        row_ids(standard, name).take(taken),
        pa.array(standard.lines, pa.int64()).take(taken),
        of_each([one.header for one in standard.met]),
        of_each([one.code for one in standard.met]),
        of_each([one.kind for one in standard.met]),
        messages.take(pa.array(told[order])),
        of_each(office),
    ]
    return pa.Table.from_arrays(arrays, schema=PROBLEM_SCHEMA)


def _messages(standard: Standard) -> tuple[pa.Array, np.ndarray]:
    """The different messages, and for each thing noticed the number of its own."""
    messages: dict[str, int] = {}
    told = []
    for one in standard.met:
        problem = problems()[one.code]
        texts = [problem.text(one.kind, **facts) for facts in one.facts or ({},)]
        numbers = [messages.setdefault(text, len(messages)) for text in texts]
        told.append(np.resize(np.array(numbers), len(one.rows)))
    return pa.array(list(messages), pa.string()), np.concatenate(told)


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
