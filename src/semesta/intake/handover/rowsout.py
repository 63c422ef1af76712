"""Rows to hand to another program: one fixed set of columns, whatever the file had."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from semesta.intake.fields import COLUMNS

TEXT = pa.string()
_RECEIVED = pa.map_(TEXT, TEXT)
_ABOUT = {
    "file": TEXT, "row_id": TEXT, "delivery": TEXT, "source": TEXT, "subject": TEXT,
    "sheet": TEXT, "line": pa.int64(), "fate": TEXT, "codes": pa.list_(TEXT),
}  # fmt: skip
# Always all columns, in this order; what a file does not tell is null. `received` holds
# the row as it came, header → text, so that every typed value can be compared with it.
SCHEMA = pa.schema({**_ABOUT, **COLUMNS, "received": _RECEIVED})


def rows_out(rows: pa.Table, raw: pa.Table, filename: str) -> pa.Table:
    """The standard rows of one delivery with the rows as received beside them.

    `rows` and `raw` are the delivery's tables in the lake: the same rows in one order.
    """
    count = rows.num_rows
    if raw.num_rows != count:
        raise ValueError("rows and rows as received are not the same rows")
    given = {name: rows[name] for name in rows.column_names}
    given["file"] = pa.repeat(pa.scalar(filename, TEXT), count)
    given["sheet"] = raw["sheet"]
    given["received"] = _received(raw)
    columns = [
        given[one.name] if one.name in given else pa.nulls(count, one.type)
        for one in SCHEMA
    ]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def _received(raw: pa.Table) -> pa.Array:
    """Header → text of each row, all columns of the file, those not understood too."""
    names = [name for name in raw.column_names if name not in ("sheet", "line")]
    count, width = raw.num_rows, len(names)
    offsets = pa.array(np.arange(count + 1) * width, pa.int32())
    keys = pa.array(names, TEXT).take(pa.array(np.tile(np.arange(width), count)))
    texts = pa.chunked_array([raw[name].combine_chunks() for name in names], TEXT)
    # Column after column becomes row after row.
    order = np.arange(width * count).reshape(width, count).T.ravel()
    items = texts.take(pa.array(order)).combine_chunks()
    return pa.MapArray.from_arrays(offsets, keys, items)
