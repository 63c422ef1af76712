"""Parquet files of a workspace: written whole or not at all, known by their hash."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

# Small enough that one page of rows or one person is found by reading little.
ROW_GROUP = 16_384


def write_parquet(
    table: pa.Table, path: Path, *, row_group_size: int = ROW_GROUP
) -> str:
    """Write `table` to `path` atomically; returns the file's SHA-256.

    A kill in the middle leaves only a `.part` file that no reader looks at.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    pq.write_table(table, part, compression="zstd", row_group_size=row_group_size)
    os.replace(part, path)
    return file_sha256(path)


def write_bytes(content: bytes, path: Path) -> str:
    """Write a file atomically; returns its SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    os.replace(part, path)
    return hashlib.sha256(content).hexdigest()


def table_sha256(table: pa.Table) -> str:
    """SHA-256 of a table's content, whichever file or query it came from."""
    sink = pa.BufferOutputStream()
    # As Parquet, because that holds nothing where a value is null.
    pq.write_table(table, sink, compression="none", row_group_size=ROW_GROUP)
    return hashlib.sha256(sink.getvalue()).hexdigest()


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
