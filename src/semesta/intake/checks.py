"""What is noticed across columns and rows: NIK against birth date and sex, one NIK on
several people, rows given twice, what a row cannot do without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from semesta.intake.names import clearly_different
from semesta.kernel.identity import WOMEN_ADD_TO_DAY

_ROUNDED_FROM = 20
_ROUNDED_SHARE = 0.6
Columns = dict[str, pa.Array]


@dataclass(frozen=True)
class Notice:
    """A code noticed at rows. `column`: the standard column it concerns, or "".

    `facts`: one dict per row for the message, when it differs from row to row."""

    code: str
    rows: np.ndarray
    column: str = ""
    facts: tuple[dict[str, object], ...] = ()


def born_on_mismatches(columns: Columns) -> Notice:
    """Rows whose NIK carries another date than the birth date. A hint only: NIK do not
    change when a birth date is corrected (PP 40/2019 art. 31)."""
    nik, born_on = columns["nik"], columns["born_on"]
    rows = np.flatnonzero(_both(nik, born_on))
    taken = pa.array(rows)
    digits, days = nik.take(taken), born_on.take(taken)
    day = _digits(digits, 6, 8)
    day = np.where(day > WOMEN_ADD_TO_DAY, day - WOMEN_ADD_TO_DAY, day)
    same = (
        (day == _numpy(pc.day(days)))
        & (_digits(digits, 8, 10) == _numpy(pc.month(days)))
        & (_digits(digits, 10, 12) == _numpy(pc.year(days)) % 100)
    )
    return Notice("nik.born_on_mismatch", rows[~same], "nik")


def sex_mismatches(columns: Columns) -> Notice:
    """Rows whose NIK is a woman's and whose sex is a man's, or the other way round."""
    nik, sex = columns["nik"], columns["sex"]
    rows = np.flatnonzero(_both(nik, sex))
    taken = pa.array(rows)
    woman = _digits(nik.take(taken), 6, 8) > WOMEN_ADD_TO_DAY
    said = _numpy(pc.equal(sex.take(taken), "P"))
    return Notice("nik.sex_mismatch", rows[woman != said], "nik")


def rounded_niks(columns: Columns) -> Notice:
    """A column in which most NIK end in 0 was rounded before it was saved as text."""
    nik = columns["nik"]
    given = nik.drop_null()
    none = np.empty(0, dtype=np.int64)
    if len(given) < _ROUNDED_FROM:
        return Notice("nik.rounded", none, "nik")
    ends = _numpy(pc.fill_null(pc.ends_with(nik, "0"), False))
    if ends.sum() < _ROUNDED_SHARE * len(given):
        return Notice("nik.rounded", none, "nik")
    return Notice("nik.rounded", np.flatnonzero(ends), "nik")


def shared_niks(columns: Columns) -> Notice:
    """All rows of a NIK that stands on clearly different names."""
    nik, name = columns["nik"], columns["name"]
    rows = np.flatnonzero(_both(nik, name))
    taken = pa.array(rows)
    table = pa.table({"nik": nik.take(taken), "name": name.take(taken)})
    counted = table.group_by("nik").aggregate([("name", "distinct")])
    several = counted.filter(
        pc.greater(pc.list_value_length(counted["name_distinct"]), 1)
    )
    shared = [
        number
        for number, names in zip(
            several["nik"].to_pylist(),
            several["name_distinct"].to_pylist(),
            strict=True,
        )
        if _are_different_people(names)
    ]
    met = pc.is_in(
        table["nik"].combine_chunks(), value_set=pa.array(shared, pa.string())
    )
    return Notice("nik.shared", rows[_numpy(met)], "nik")


def _are_different_people(names: Sequence[str]) -> bool:
    names = names[:50]
    return any(
        clearly_different(one, other)
        for place, one in enumerate(names)
        for other in names[place + 1 :]
    )


def duplicate_rows(texts: Sequence[pa.Array], lines: np.ndarray) -> Notice:
    """Rows that repeat an earlier one in every column but the running number."""
    if not texts or not len(lines):
        return Notice("row.duplicate", np.empty(0, dtype=np.int64))
    # Columns narrow the rows down to those not alone so far; few come to the end.
    maybe = np.arange(len(lines))
    alike = np.zeros(len(lines), dtype=np.int64)
    for text in texts:
        if not len(maybe):
            break
        cells = text if len(maybe) == len(lines) else text.take(pa.array(maybe))
        alike = _groups(alike, pc.utf8_trim_whitespace(cells))
        several = np.bincount(alike)[alike] > 1
        maybe, alike = maybe[several], alike[several]
    _, first, group = np.unique(alike, return_index=True, return_inverse=True)
    first_of = maybe[first[group]]
    again = first_of != maybe
    facts: tuple[dict[str, object], ...] = tuple(
        {"line": int(lines[place])} for place in first_of[again]
    )
    return Notice("row.duplicate", maybe[again], facts=facts)


def _groups(before: np.ndarray, cells: pa.Array) -> np.ndarray:
    """One small number per different pair of a group so far and a text."""
    texts = _one(cells).dictionary_encode().indices.to_numpy(zero_copy_only=False)
    pairs = pa.array(before * (int(texts.max()) + 1) + texts)
    return pairs.dictionary_encode().indices.to_numpy(zero_copy_only=False)


def month_notices(columns: Columns) -> list[Notice]:
    """Ranges that end before they begin, and counts of months that do not fit."""
    if "month_from" not in columns or "month_until" not in columns:
        return []
    first, until = columns["month_from"], columns["month_until"]
    wrong = _numpy(pc.fill_null(pc.less_equal(until, first), False))
    notices = [Notice("month.order", np.flatnonzero(wrong), "month_until")]
    if "months" in columns:
        span = pc.add(
            pc.multiply(pc.subtract(pc.year(until), pc.year(first)), 12),
            pc.subtract(pc.month(until), pc.month(first)),
        )
        differs = _numpy(pc.fill_null(pc.not_equal(span, columns["months"]), False))
        notices.append(
            Notice("months.mismatch", np.flatnonzero(differs & ~wrong), "months")
        )
    return notices


def all_null(columns: Columns, names: Sequence[str], count: int) -> np.ndarray:
    """Rows that have none of these columns."""
    missing = np.ones(count, dtype=bool)
    for name in names:
        if name in columns:
            missing &= _numpy(pc.is_null(columns[name]))
    return missing


def _both(one: pa.Array, other: pa.Array) -> np.ndarray:
    return _numpy(pc.and_(pc.is_valid(one), pc.is_valid(other)))


def _digits(numbers: pa.Array, start: int, stop: int) -> np.ndarray:
    return _numpy(pc.utf8_slice_codeunits(numbers, start, stop).cast(pa.int64()))


def _numpy(array: pa.Array | pa.ChunkedArray) -> np.ndarray:
    return _one(array).to_numpy(zero_copy_only=False)


def _one(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
