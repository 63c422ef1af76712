"""Many rows into one table in the way each database takes them fastest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Field, Model


def insert_rows(
    model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows of plain values (text, numbers, booleans, days, times, NULL).

    `names` are field names in the order of the values; a foreign key takes the id.
    Every column without a default in the database must be among them. About four times
    faster than `bulk_create`, which prepares each value of each object; it returns no
    ids and sends no signals. Runs in the caller's transaction.
    """
    from django.db import connection

    fields = [model._meta.get_field(name) for name in names]
    table = connection.ops.quote_name(model._meta.db_table)
    into = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({into}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            sql = f"INSERT INTO {table} ({into}) VALUES ({marks})"
            cursor.executemany(sql, _as_text(rows, fields, connection.ops))


def _as_text(
    rows: Iterable[Sequence[Any]], fields: Sequence[Field], ops: Any
) -> Iterable[Sequence[Any]]:
    """Rows with days and times as the text in which SQLite keeps them."""
    adapters: dict[str, Callable[[Any], Any]] = {
        "DateField": ops.adapt_datefield_value,
        "DateTimeField": ops.adapt_datetimefield_value,
    }
    todo = [
        (place, adapters[field.get_internal_type()])
        for place, field in enumerate(fields)
        if field.get_internal_type() in adapters
    ]
    for row in rows:
        values = list(row)
        for place, adapt in todo:
            values[place] = adapt(values[place])
        yield values
