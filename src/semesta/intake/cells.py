"""One cell as one text; a leading control character tells what the sheet held.

A 16-digit number typed into a *number* cell is not the text it looks like: spreadsheets
keep 15 digits. So the kind of a cell travels with its text until the value is clean.
Cells that are text in the sheet carry no mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pyarrow as pa
import pyarrow.compute as pc

NUMBER = "\x01"
DATE = "\x02"
TRUTH = "\x03"
FORMULA = "\x04"  # a formula whose result the file does not hold
ERROR = "\x05"  # a formula that ended in #N/A, #REF! and the like
MARKS = frozenset((NUMBER, DATE, TRUTH, FORMULA, ERROR))
_ANY_MARK = "^[\x01-\x05]"
_MARK_LETTERS = pa.array(sorted(MARKS))
_LARGEST_EXACT = 10**22
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_EXCEL_TEXT = re.compile(r'="(.*)"', re.DOTALL)
# What takes room without saying anything: blanks of all kinds, and what is not seen.
_SPACES = (
    r"\s\x{85}\x{a0}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}-\x{2069}\x{3000}\x{feff}"
)
_UNSEEN = r"\x00\x06-\x08\x0b\x0e-\x1f"
_NO_BLANK = f"[^{_SPACES}{_UNSEEN}]"
_BLANK_LETTERS = pa.array(
    [chr(n) for n in range(0x3001) if chr(n) not in MARKS
     and (chr(n).isspace() or _INVISIBLE.match(chr(n)))] + ["\ufeff"]
)  # fmt: skip
_NOTHING = frozenset(
    ("-", "--", "---", ".", "nan", "null", "none", "n/a", "#n/a", "(blank)", "nihil")
)


class Marked(str):
    """Text that carries its mark already, or a mark alone: FORMULA or ERROR."""

    __slots__ = ()


def cell_text(value: object) -> str:
    """The marked text of one value as the sheet reader gives it."""
    if isinstance(value, Marked):
        return str(value)
    if isinstance(value, str):
        return value if value[:1] not in MARKS else value.lstrip("".join(MARKS))
    if value is None:
        return ""
    if isinstance(value, bool):
        return TRUTH + ("TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return NUMBER + _number_text(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return DATE + (value.date().isoformat() if midnight else value.isoformat(" "))
    if isinstance(value, date | time):
        return DATE + value.isoformat()
    if isinstance(value, timedelta):
        return DATE + str(value)
    raise TypeError(f"no cell holds a {type(value).__name__}")


def _number_text(value: float) -> str:
    if isinstance(value, float):
        if value.is_integer() and abs(value) < _LARGEST_EXACT:
            return str(int(value))
        return repr(value)
    return str(value)


def column_of(values: Sequence[object]) -> pa.StringArray:
    """A column of marked texts from what a sheet holds in one column."""
    if set(map(type, values)) == {str}:
        return unmarked(pa.array(values, pa.string()))
    texts = [v if type(v) is str else cell_text(v) for v in values]
    return pa.array(texts, pa.string())


def unmarked(array: pa.StringArray) -> pa.StringArray:
    """A column of texts; one that looks marked is only dirty, and loses the mark."""
    if _any_marked(array):
        return pc.replace_substring_regex(array, "^[\x01-\x05]+", "")
    return array


def _any_marked(cells: pa.Array | pa.ChunkedArray) -> bool:
    first = pc.utf8_slice_codeunits(cells, 0, 1)
    return bool(pc.any(pc.is_in(first, value_set=_MARK_LETTERS)).as_py())


def has_content(cells: pa.Array) -> pa.Array:
    """Which cells hold more than blanks; marks of values not held count as something."""
    filled = pc.greater(pc.binary_length(cells), 0)
    # Looking at first letters is a quarter of the work of looking at all.
    first = pc.utf8_slice_codeunits(cells, 0, 1)
    doubtful = pc.is_in(first, value_set=_BLANK_LETTERS)
    if pc.any(doubtful).as_py():
        told = pc.match_substring_regex(cells.filter(doubtful), _NO_BLANK)
        filled = pc.replace_with_mask(filled, doubtful, told)
    return pc.fill_null(filled, False)


def mark_of(cell: str) -> str:
    """The cell's mark, or `""` when the sheet held text."""
    return cell[:1] if cell[:1] in MARKS else ""


def bare(cell: str) -> str:
    """The cell's text without its mark, as received."""
    return cell[1:] if cell[:1] in MARKS else cell


def bare_column(cells: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """`bare` for a whole column; the same column when nothing in it is marked."""
    if not _any_marked(cells):
        return cells
    return pc.replace_substring_regex(cells, _ANY_MARK, "")


def plain(cell: str) -> str:
    """The cell's text without marks, invisible characters, and doubled blanks.

    `""` for what people write when they have nothing to write (`-`, `nan`, `nihil`).
    """
    text = _INVISIBLE.sub("", cell)
    if text[:2] == '="' and (match := _EXCEL_TEXT.fullmatch(text)):
        text = match[1]
    text = " ".join(text.split())
    return "" if text.lower() in _NOTHING else text
