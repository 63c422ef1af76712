"""The lists in a file of an office nobody knows yet: header rows and first rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import pyarrow as pa

from semesta.intake.cells import DATE, NUMBER, cell_text, mark_of, plain
from semesta.intake.choosing import known_words, no_table
from semesta.intake.headers import header_key, header_of
from semesta.intake.marks import MARK_SHEET
from semesta.intake.sheets import Sheet, open_book
from semesta.intake.tables import HEADER_WITHIN, Table, find_tables

_LOOKED_AT = 100


@dataclass(frozen=True)
class SampleTable:
    """One list of a file, cut to its first rows. `rows`: how many the file has."""

    table: Table
    rows: int


def sample_tables(source: Path | bytes, most: int) -> list[SampleTable]:
    """All lists of a file with any row, the longest first; their headers need not hold a
    single known word. `most`: rows to keep of each.

    UserError `table.none` when there is no list, and whatever keeps a file from opening.
    """
    found = [
        SampleTable(_cut(table, most), table.rows)
        for sheet in open_book(source).sheets()
        if sheet.name != MARK_SHEET
        for table in _tables(sheet)
        if table.rows
    ]
    if not found:
        raise no_table()
    return sorted(found, key=lambda one: -one.rows)


def _cut(table: Table, most: int) -> Table:
    """The first rows of a list, copied, so that the rest need not stay in memory."""
    if table.rows <= most:
        return table
    first = pa.array(range(most))
    cells = [column.take(first) for column in table.cells]
    return replace(table, lines=table.lines[:most].copy(), cells=cells)


def _tables(sheet: Sheet) -> list[Table]:
    known = known_words()
    guessed = guess_header(list(islice(sheet.rows(), _LOOKED_AT)))
    if guessed:
        keys = frozenset(key for text in guessed for key in header_of(text).keys)
        known = replace(known, keys=known.keys | keys)
    return find_tables(sheet, known)


def guess_header(rows: Sequence[Sequence[object]]) -> list[str]:
    """The texts of the row that looks like a header: the first that fills as many cells
    as the rows below do and holds words only, each once. Empty when there is none."""
    texts = [[cell_text(cell) for cell in row] for row in rows]
    widths = Counter(
        count for row in texts if (count := sum(1 for cell in row if plain(cell))) > 1
    )
    if not widths:
        return []
    usual = max(widths, key=lambda width: (widths[width], width))
    for row in texts[:HEADER_WITHIN]:
        filled = [cell for cell in row if plain(cell)]
        if len(filled) >= max(2, 0.6 * usual) and all(map(_is_word, filled)):
            words = [header_key(plain(cell)) for cell in filled]
            if len(set(words)) >= 0.8 * len(words):
                return [plain(cell) for cell in filled]
    return []


def _is_word(cell: str) -> bool:
    text = plain(cell)
    return (
        mark_of(cell) not in (NUMBER, DATE)
        and any(map(str.isalpha, text))
        and sum(map(str.isdigit, text)) < 6
        and len(text) <= 80
    )
