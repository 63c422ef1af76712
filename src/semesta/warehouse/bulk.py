"""Many rows into one table in the way each database takes them fastest.

`bulk_create` and `bulk_update` prepare every value of every object, which takes most of
their time; here a column is prepared once. No signals are sent. Everything runs in the
caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from django.db.models import Model


def insert_rows(model: type[Model], table: pa.Table) -> int:
    """Insert an Arrow table with the database's column names; returns how many rows.

    Plain values only: text, numbers, booleans, days, times, NULL. A column that is left
    out must be allowed to be NULL or the key the database gives.
    """
    from django.db import connection

    if not table.num_rows:
        return 0
    quote = connection.ops.quote_name
    target = quote(model._meta.db_table)
    into = ", ".join(map(quote, table.column_names))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {target} ({into}) FROM STDIN") as copy:
                for row in _rows(table):
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * table.num_columns)
            sql = f"INSERT INTO {target} ({into}) VALUES ({marks})"
            cursor.executemany(sql, _rows(_as_text(model, table)))
    return table.num_rows


def update_rows(model: type[Model], table: pa.Table) -> int:
    """Set the table's columns of the rows with its `id`s; returns how many."""
    from django.db import connection

    names = [name for name in table.column_names if name != "id"]
    if not table.num_rows or not names:
        return 0
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(name)} = %s" for name in names)
    target = quote(model._meta.db_table)
    sql = f"UPDATE {target} SET {changes} WHERE {quote('id')} = %s"
    if connection.vendor != "postgresql":
        table = _as_text(model, table)
    with connection.cursor() as cursor:
        cursor.executemany(sql, _rows(table.select([*names, "id"])))
    return table.num_rows


def reset_sequence(model: type[Model]) -> None:
    """After rows came with their own ids: the database counts on from the highest."""
    from django.core.management.color import no_style
    from django.db import connection

    statements = connection.ops.sequence_reset_sql(no_style(), [model])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _rows(table: pa.Table) -> Any:
    # An iterator; both databases' drivers take one, though their types ask for a list.
    return zip(*(column.to_pylist() for column in table.columns), strict=True)


def _as_text(model: type[Model], table: pa.Table) -> pa.Table:
    """Days and times as the text in which SQLite keeps them."""
    from django.db import connection

    adapters: dict[str, Callable[[Any], Any]] = {
        "DateField": connection.ops.adapt_datefield_value,
        "DateTimeField": connection.ops.adapt_datetimefield_value,
    }
    kinds = {
        field.column: field.get_internal_type() for field in model._meta.concrete_fields
    }
    for place, name in enumerate(table.column_names):
        adapt = adapters.get(kinds[name])
        if adapt is not None:
            # The same day or time stands in many rows; each is put into text once.
            said = {value: adapt(value) for value in table[name].unique().to_pylist()}
            values = [said[value] for value in table[name].to_pylist()]
            table = table.set_column(place, name, pa.array(values, pa.string()))
    return table
