"""Pages of words to sheets of rows: where the columns are, and which lines are one row.

Columns stand between vertical ruling lines or, without them, between the gaps that all
lines of a table leave. What stands above or below a table goes into the first cell of its
line, so that everything on a page becomes a line of a sheet and nothing is lost.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from semesta.intake.pdf.pages import Line, Page, Word

_FEW = 2
_NEAR = 2.5
_PAGE_NUMBER = re.compile(
    r"(?:halaman|hal|page|hlm)\b\.?\s*:?\s*\d+.*|-?\s*\d{1,4}\s*(?:/|dari|of)\s*\d{1,4}\s*-?|"
    r"-\s*\d{1,4}\s*-", re.I,
)  # fmt: skip


@dataclass
class Grid:
    """The lines of one sheet, each a list of cells; `page`: where it begins."""

    page: int
    rows: list[list[str]]


def grids_of(pages: Sequence[Page]) -> list[Grid]:
    """The sheets of a PDF: a page whose table goes on without a header belongs to the
    one before it, every other page is a sheet of its own."""
    grids: list[Grid] = []
    listed: Grid | None = None
    header: list[str] = []
    for page in pages:
        rows, table = _rows(page)
        first = rows[table] if table is not None else []
        # A page without a letter may be a picture of rows: it is told as one not read.
        goes_on = rows and first != header and len(first) in (0, len(header))
        if listed and goes_on:
            listed.rows += rows
            continue
        grids.append(Grid(page.number, rows))
        if first:
            listed, header = grids[-1], first
    return grids


def _rows(page: Page) -> tuple[list[list[str]], int | None]:
    """The lines of a page as cells, and which of them is the first of its table."""
    runs = [_runs(line) for line in page.lines]
    counts = Counter(len(run) for run in runs if len(run) >= _FEW)
    if not counts:
        return [[_outside(line)] for line in page.lines], None
    usual = max(counts, key=lambda count: (counts[count], count))
    tabular = [place for place, run in enumerate(runs) if len(run) >= usual]
    top, bottom = tabular[0], tabular[-1]
    cuts, frame = _ruled(page, page.lines[top].y, page.lines[bottom].y)
    if cuts:
        inside = [
            n for n, line in enumerate(page.lines) if frame[0] < line.y < frame[1]
        ]
        top, bottom = min(top, inside[0]), max(bottom, inside[-1])
    else:
        # A header may leave a column unnamed.
        while top and len(runs[top - 1]) >= max(_FEW, 0.6 * usual):
            top -= 1
        cuts = _gaps([runs[place] for place in tabular])
    rows: list[list[str]] = [[_outside(line)] for line in page.lines[:top]]
    table = page.lines[top : bottom + 1]
    rows += [_cells(lines, cuts) for lines in _rows_of(table, page, cuts)]
    for place in range(bottom + 1, len(page.lines)):
        cut_up = len(runs[place]) >= _FEW
        line = page.lines[place]
        rows.append(_cells([line], cuts, whole=True) if cut_up else [_outside(line)])
    return rows, top


def _outside(line: Line) -> str:
    """A line beside the table as one text; a page number is marked as a note."""
    text = _text(line.words)
    return f"* {text}" if _PAGE_NUMBER.fullmatch(text) else text


def _runs(line: Line) -> list[tuple[float, float]]:
    """Left and right of each stretch of words with ordinary blanks between them."""
    runs: list[tuple[float, float]] = []
    for word in line.words:
        if runs and word.runs_on:
            runs[-1] = (runs[-1][0], word.x1)
        else:
            runs.append((word.x0, word.x1))
    return runs


def _ruled(
    page: Page, top: float, bottom: float
) -> tuple[list[float], tuple[float, float]]:
    """Cuts between columns where vertical rules go along most of the table (none for
    fewer than three rules, the outer two being its edges), and from where to where."""
    found: dict[float, list[tuple[float, float]]] = {}
    for x, y0, y1 in sorted(page.verticals):
        if y1 > top - _NEAR and y0 < bottom + _NEAR:
            near = next((known for known in found if abs(known - x) <= _NEAR), x)
            found.setdefault(near, []).append((y0, y1))
    long = {
        x: parts
        for x, parts in found.items()
        if sum(min(y1, bottom) - max(y0, top) for y0, y1 in parts)
        >= 0.5 * (bottom - top)
    }
    if len(long) < 3:
        return [], (0.0, 0.0)
    ends = [end for parts in long.values() for part in parts for end in part]
    return sorted(long)[1:-1], (min(ends), max(ends))


def _gaps(table: Sequence[Sequence[tuple[float, float]]]) -> list[float]:
    """The middles of the gaps that (nearly) all lines of a table leave."""
    allowed = len(table) // 50
    edges = sorted(
        edge for line in table for x0, x1 in line for edge in ((x0, 1), (x1, -1))
    )
    cuts, depth = [], 0
    for (x, step), (following, _) in zip(edges, [*edges[1:], (0.0, 0)], strict=True):
        depth += step
        if depth <= allowed and following - x > 1:
            cuts.append((x + following) / 2)
    return cuts


def _rows_of(
    lines: Sequence[Line], page: Page, cuts: Sequence[float]
) -> Iterator[list[Line]]:
    """Lines that are one row: those between two horizontal rules; without rules, a line
    that leaves the first column open and stands closer than rows do."""
    rules = sorted({y for y, x0, x1 in page.horizontals if x1 - x0 > 20} |
                   {y for y, _, _ in page.horizontals})  # fmt: skip
    if len(rules) * 2 >= len(lines):
        bands: dict[int, list[Line]] = {}
        for line in lines:
            bands.setdefault(bisect(rules, line.y), []).append(line)
        yield from bands.values()
        return
    pitch = median([b.y - a.y for a, b in pairwise(lines)] or [0.0])
    row: list[Line] = []
    for line in lines:
        follows = row and line.y - row[-1].y < 0.8 * pitch
        if follows and not _cells([line], cuts)[0]:
            row.append(line)
            continue
        if row:
            yield row
        row = [line]
    if row:
        yield row


def _cells(
    lines: Sequence[Line], cuts: Sequence[float], *, whole: bool = False
) -> list[str]:
    """The cells of one row. `whole`: text that reaches over a cut is not cut up but
    stays where it begins (a signature under the table)."""
    cells: list[list[Word]] = [[] for _ in range(len(cuts) + 1)]
    for line in lines:
        place = 0
        for word in line.words:
            if not (whole and word.runs_on):
                place = bisect(cuts, word.x0 if whole else (word.x0 + word.x1) / 2)
            cells[place].append(word)
    return [_text(words) for words in cells]


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
