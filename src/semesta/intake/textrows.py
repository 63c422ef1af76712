"""Lines of a text table as rows of cells; a quote that is never closed hides no line."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator

from semesta.intake.containers import MAX_ROWS, cell_too_long

_LONGEST_CELL = 16 * 2**20
_ENDLESS = 40  # line breaks inside one quoted cell: a quote that was never closed
_NARROW = 3  # below this many columns a line of an address may look like a row

csv.field_size_limit(_LONGEST_CELL)


def rows_of(lines: Iterable[str], delimiter: str, width: int) -> Iterator[list[str]]:
    """One row per record. A quoted cell may hold line breaks, unless what follows its
    quote reads like rows of the table's own `width`: then the quote is a stray one.

    UserError `table.cell_too_long` for a cell of 16 million characters.
    """
    try:
        yield from _rows(iter(lines), delimiter, width)
    except csv.Error as error:
        raise cell_too_long() from error


def _rows(lines: Iterator[str], delimiter: str, width: int) -> Iterator[list[str]]:
    waiting: deque[str] = deque()
    while True:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            return
        record = [line]
        while is_open(record, delimiter):
            following = waiting.popleft() if waiting else next(lines, None)
            if following is not None:
                record.append(following)
            if (
                following is None
                or len(record) > _ENDLESS
                or _stands_alone(following, delimiter, width)
            ):
                waiting.extendleft(reversed(record[1:]))
                yield torn_row(line, delimiter)
                break
        else:
            yield next(csv.reader(record, delimiter=delimiter), [])


def is_open(record: list[str], delimiter: str) -> bool:
    """Whether a quote opened in these lines is still open at their end."""
    if not any('"' in line for line in record):
        return False
    found = csv.reader([*record, "end"], delimiter=delimiter)
    return len(list(found)) == 1


def torn_row(line: str, delimiter: str) -> list[str]:
    """The cells of a line with a stray quote, cut at each delimiter."""
    cells = next(csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
    return [cell.replace('"', " ").strip() if '"' in cell else cell for cell in cells]


def _stands_alone(line: str, delimiter: str, width: int) -> bool:
    """Whether a line reads like a whole row of the table."""
    if width < _NARROW or is_open([line], delimiter):
        return False
    return len(next(csv.reader([line], delimiter=delimiter), [])) >= width


def counted_width(lines: Iterable[str], delimiter: str) -> tuple[int, float]:
    """How many cells most lines have, and the share of lines that have so many."""
    counts: dict[int, int] = {}
    for line in lines:
        if row := next(csv.reader([line], delimiter=delimiter), []):
            counts[len(row)] = counts.get(len(row), 0) + 1
    if not counts:
        return 0, 0.0
    width = max(counts, key=lambda n: (counts[n] * (n > 1), n))
    return width, counts[width] / sum(counts.values())


MOST_LINES = 2 * MAX_ROWS  # lines of cells that span several, blank lines between rows
