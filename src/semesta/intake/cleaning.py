"""A cleaner of one text, applied to a column through its distinct values.

A hundred thousand rows hold some thousand different dates and a few dozen words, so a
cleaner runs once per distinct value. Well-formed values (most NIK, names, phones) are
recognised by `fast`, on whole columns; it must agree with the cleaner value by value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from semesta.intake.cells import ERROR, FORMULA


class Cleaned(NamedTuple):
    """What became of one cell: its value (a tuple when it gives several columns; None
    = blank) and the codes of what was noticed."""

    value: Any
    codes: tuple[str, ...] = ()


BLANK = Cleaned(None)


class Finding(NamedTuple):
    """A code and the rows (positions in the column) it was noticed at."""

    code: str
    rows: np.ndarray


@dataclass(frozen=True)
class Reader:
    """How one kind of field is read.

    `clean` takes one marked text. With several `types` it gives a tuple of as many
    values. `fast` takes distinct marked texts and tells which are well-formed as they
    stand; their (first) value is the text itself and the others are null.
    """

    clean: Callable[[str], Cleaned]
    types: tuple[pa.DataType, ...]
    fast: Callable[[pa.Array], pa.Array] | None = None


def clean_cell(cell: str, reader: Reader) -> Cleaned:
    """One cell: what the file does not hold is named, everything else is cleaned."""
    if cell[:1] == FORMULA:
        return Cleaned(None, ("cell.formula",))
    if cell[:1] == ERROR:
        return Cleaned(None, ("cell.error",))
    return reader.clean(cell)


def clean_column(
    cells: pa.Array | pa.ChunkedArray, reader: Reader
) -> tuple[list[pa.Array], list[Finding]]:
    """The clean columns (one per type of the reader) and what was noticed, by row."""
    if isinstance(cells, pa.ChunkedArray):
        cells = cells.combine_chunks()
    encoded = cells.dictionary_encode()
    distinct: pa.Array = encoded.dictionary
    indices = encoded.indices.to_numpy(zero_copy_only=False)
    values, codes = _clean_distinct(distinct, reader)
    columns = [column.take(encoded.indices) for column in values]
    return columns, _spread(codes, indices, len(distinct))


def _clean_distinct(
    distinct: pa.Array, reader: Reader
) -> tuple[list[pa.Array], dict[str, list[int]]]:
    """Clean values per distinct text, and for each code the distinct texts it met."""
    good = _well_formed(distinct, reader)
    slow = np.flatnonzero(~good)
    codes: dict[str, list[int]] = {}
    cleaned: list[tuple[Any, ...]] = []
    several = len(reader.types) > 1
    nothing = (None,) * len(reader.types)
    for number, text in zip(slow.tolist(), _texts(distinct, slow), strict=True):
        value, noticed = clean_cell(text, reader)
        if several:
            cleaned.append(nothing if value is None else value)
        else:
            cleaned.append((value,))
        for code in noticed:
            codes.setdefault(code, []).append(number)
    given = list(zip(*cleaned, strict=True)) or [()] * len(reader.types)
    columns = [
        _assemble(distinct, good, column, kind, first=position == 0)
        for position, (column, kind) in enumerate(zip(given, reader.types, strict=True))
    ]
    return columns, codes


def _well_formed(distinct: pa.Array, reader: Reader) -> np.ndarray:
    if reader.fast is None or not len(distinct):
        return np.zeros(len(distinct), dtype=bool)
    mask = pc.fill_null(reader.fast(distinct), False)
    return mask.to_numpy(zero_copy_only=False).astype(bool)


def _texts(distinct: pa.Array, positions: np.ndarray) -> list[str]:
    return [text or "" for text in distinct.take(pa.array(positions)).to_pylist()]


def _assemble(
    distinct: pa.Array,
    good: np.ndarray,
    slow_values: tuple[Any, ...],
    kind: pa.DataType,
    *,
    first: bool,
) -> pa.Array:
    slow = pa.array(slow_values, type=kind)
    if not good.any():
        return slow
    if first:
        fast = pc.if_else(pa.array(good), distinct, None).cast(kind)
    else:
        fast = pa.nulls(len(distinct), kind)
    if not len(slow):
        return fast
    return pc.replace_with_mask(fast, pa.array(~good), slow)


def _spread(
    codes: dict[str, list[int]], indices: np.ndarray, count: int
) -> list[Finding]:
    """From distinct values back to the rows that hold them."""
    findings = []
    for code, numbers in codes.items():
        met = np.zeros(count, dtype=bool)
        met[numbers] = True
        findings.append(Finding(code, np.flatnonzero(met[indices])))
    return findings
