"""A Parquet snapshot of the ORM's tables, so that bulk work never loops over objects."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from semesta.warehouse.lake import write_parquet

if TYPE_CHECKING:
    from django.db.models import QuerySet


def columns_of(queryset: QuerySet, schema: pa.Schema) -> pa.Table:
    """The queryset's columns named in `schema`, in primary-key order, as Arrow."""
    rows = queryset.order_by("pk").values_list(*schema.names).iterator(20_000)
    columns = list(zip(*rows, strict=True)) or [() for _ in schema.names]
    arrays = [
        pa.array(column, type=field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def snapshot(queryset: QuerySet, schema: pa.Schema, path: Path) -> str:
    """Write the queryset's columns to `path`; returns the file's SHA-256."""
    return write_parquet(columns_of(queryset, schema), path)
