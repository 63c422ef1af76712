"""A Parquet snapshot of the ORM's tables, so that bulk work never loops over objects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import csv

from semesta.warehouse.lake import write_parquet

if TYPE_CHECKING:
    from django.db.models import QuerySet

CHUNK = 50_000
PIECE = 200_000


def columns_of(queryset: QuerySet, schema: pa.Schema) -> pa.Table:
    """The queryset's columns named in `schema`, in primary-key order, as Arrow."""
    queryset, read = _without_objects(queryset, schema)
    rows = queryset.order_by("pk").values_list(*read.names).iterator(CHUNK)
    pieces = [
        pa.Table.from_arrays(
            [
                pa.array(column, type=field.type)
                for column, field in zip(zip(*piece, strict=True), read, strict=True)
            ],
            schema=read,
        )
        for piece in _pieces(rows)
    ]
    whole = pa.concat_tables(pieces) if pieces else read.empty_table()
    return whole.rename_columns(schema.names).cast(schema).combine_chunks()


def _without_objects(
    queryset: QuerySet, schema: pa.Schema
) -> tuple[QuerySet, pa.Schema]:
    """Days as text and truths as numbers: the driver makes an object of each day, which
    takes most of the time, where Arrow reads a whole column of text at once."""
    from django.db.models import IntegerField, TextField
    from django.db.models.functions import Cast

    names: list[pa.Field] = []
    casts = {}
    for field in schema:
        name = f"{field.name}_read"
        if pa.types.is_date32(field.type):
            casts[name] = Cast(field.name, TextField())
            names.append(pa.field(name, pa.string()))
        elif pa.types.is_boolean(field.type):
            casts[name] = Cast(field.name, IntegerField())
            names.append(pa.field(name, pa.int8()))
        else:
            names.append(field)
    return queryset.annotate(**casts), pa.schema(names)


def _pieces(rows: Iterator[tuple]) -> Iterator[list[tuple]]:
    while piece := list(islice(rows, CHUNK)):
        yield piece


def plain_columns(queryset: QuerySet, schema: pa.Schema) -> pa.Table:
    """The same as `columns_of`, twice as fast, for columns that hold only numbers,
    truths, codes and days, no text that somebody typed: the database writes them as one
    text, so that no object is made of each value."""
    from django.db import connection
    from django.db.models import Max, Min, TextField, Value
    from django.db.models.functions import Cast, Coalesce

    ends = queryset.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return schema.empty_table()
    casts = {
        f"c{n}": Coalesce(
            Cast(name, TextField()), Value(_NULL), output_field=TextField()
        )
        for n, name in enumerate(schema.names)
    }
    texts = queryset.annotate(**casts).order_by("pk").values_list(*casts)
    joined = _JOINED[connection.vendor](list(casts))
    pieces = []
    with connection.cursor() as cursor:
        for start in range(ends["first"] - 1, ends["last"], PIECE):
            piece = texts.filter(pk__gt=start, pk__lte=start + PIECE)
            sql, params = piece.query.sql_with_params()
            cursor.execute(f"SELECT {joined} FROM ({sql}) rows_as_text", params)
            text = cursor.fetchone()[0]
            pieces += [_parsed(text, schema)] if text else []
    return pa.concat_tables(pieces).combine_chunks()


# A character no code or number holds stands between two columns.
_BETWEEN = "\x1f"
_NULL = "\x1e"
_JOINED: dict[str, Callable[[list[str]], str]] = {
    "sqlite": lambda names: f"group_concat({' || char(31) || '.join(names)}, char(10))",
    "postgresql": lambda names: (
        f"string_agg(concat_ws(chr(31), {', '.join(names)}), chr(10))"
    ),
}


def _parsed(text: str, schema: pa.Schema) -> pa.Table:
    return csv.read_csv(
        pa.BufferReader(text.encode()),
        read_options=csv.ReadOptions(column_names=schema.names),
        parse_options=csv.ParseOptions(delimiter=_BETWEEN, quote_char=False),
        convert_options=csv.ConvertOptions(
            column_types=schema,
            null_values=[_NULL],
            strings_can_be_null=True,
            true_values=["1", "true"],
            false_values=["0", "false"],
        ),
    )


def snapshot(queryset: QuerySet, schema: pa.Schema, path: Path) -> str:
    """Write the queryset's columns to `path`; returns the file's SHA-256."""
    return write_parquet(columns_of(queryset, schema), path)
