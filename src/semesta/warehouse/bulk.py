"""Arrow tables into the ORM's tables, many rows per statement and no model objects.

Sixty thousand wide rows take a second this way and eight as objects. The caller is a
service, inside its transaction; constraints and triggers hold as always, signals and model
defaults do not, so every column without a database default must be in the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
from django.core.management.color import no_style
from django.db import connection

if TYPE_CHECKING:
    from django.db.models import Model


def insert_rows(model: type[Model], table: pa.Table) -> int:
    """Insert the table's rows; its columns are named as the database's columns."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(name) for name in table.column_names)
    marks = ", ".join(["%s"] * table.num_columns)
    _many(
        f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})",
        _rows(table),
    )
    return table.num_rows


def update_rows(model: type[Model], table: pa.Table, *, key: str = "id") -> int:
    """Set the table's columns in the rows whose `key` column it names."""
    quote = connection.ops.quote_name
    names = [name for name in table.column_names if name != key]
    changes = ", ".join(f"{quote(name)} = %s" for name in names)
    _many(
        f"UPDATE {quote(model._meta.db_table)} SET {changes} WHERE {quote(key)} = %s",
        _rows(table.select([*names, key])),
    )
    return table.num_rows


def reset_sequence(model: type[Model]) -> None:
    """After rows came with their own ids: let the database number on from the highest."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)


def _rows(table: pa.Table) -> list[tuple[Any, ...]]:
    columns = []
    for column in table.columns:
        values = column.to_pylist()
        if pa.types.is_date(column.type):
            adapt = connection.ops.adapt_datefield_value
            values = [adapt(value) for value in values]
        columns.append(values)
    return list(zip(*columns, strict=True))


def _many(sql: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)
