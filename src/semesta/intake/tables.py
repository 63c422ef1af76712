"""Tables inside sheets: where they begin, where they end, and what is no row of theirs.

A list from an office has titles above, a header in some row, notes and signatures below,
perhaps a second list under the first. Every line below a header becomes either a row or is
counted by what it is (blank, total, signature …): nothing disappears unnamed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from semesta.intake.cells import bare, cell_text, column_of, has_content, plain
from semesta.intake.containers import (
    MAX_COLUMNS,
    MAX_ROWS,
    too_many_columns,
    too_many_rows,
)
from semesta.intake.formexports import without_ticks
from semesta.intake.headerrows import HeaderRows, Known, find_header, read_header
from semesta.intake.headers import Header, header_key
from semesta.intake.leftovers import lines_like, sort_lines
from semesta.intake.sheets import Sheet
from semesta.kernel import UserError

HEADER_WITHIN = 30
MAX_TABLES = 500
_HEAD = 60
_CHUNK = 50_000


@dataclass
class Table:
    """One table of a sheet. `cells`: one array of marked texts per header, rows only;
    `lines`: their line numbers in the sheet. `left_out`: kind of line → how many;
    `above`: lines with something in them over the header."""

    sheet: str
    sheet_number: int
    hidden: bool
    titles: list[str]
    header_lines: tuple[int, int]
    headers: list[Header]
    lines: np.ndarray
    cells: list[pa.Array]
    left_out: dict[str, int] = field(default_factory=dict)
    hidden_rows: int = 0
    above: int = 0

    @property
    def rows(self) -> int:
        return len(self.lines)


def find_tables(
    sheet: Sheet, known: Known, tell_rows: Callable[[int], None] = lambda count: None
) -> list[Table]:
    """All tables of a sheet, top first; empty when no row looks like a header.

    `tell_rows` hears now and then how many lines have been taken. UserError `table.*`
    for a sheet that is too large or has people above its header.
    """
    columns = sheet.open_columns()
    if columns is not None:
        whole = Lines(1, columns)
        head: list[list] = [whole.row(n) for n in range(min(_HEAD, len(whole)))]
    else:
        rows = sheet.rows()
        head = list(islice(rows, _HEAD))
    found = find_header(head[:HEADER_WITHIN], sheet.merged, known)
    if found is None:
        return []
    over = head[: found.first - 1]
    if columns is not None:
        if len(whole) > MAX_ROWS:
            raise too_many_rows(MAX_ROWS)
        body = whole.cut(found.last, len(whole))
    else:
        below = chain(head[found.last :], rows)
        body = _columns(below, found.last + 1, tell_rows)
    parts = _split(found, body, known)
    tables = []
    for rows_of_header, lines in parts:
        tables.append(_table(sheet, rows_of_header, lines, known))
    tables[0].titles = [text for row in over if (text := _line_text(row))]
    tables[0].above = sum(map(_holds_something, over))
    return tables


def filled_lines(sheet: Sheet) -> int:
    """How many lines of a sheet hold something."""
    return sum(map(_holds_something, sheet.rows()))


@dataclass
class Lines:
    """Consecutive lines of a sheet as columns of marked texts."""

    first_line: int
    columns: list[pa.Array]

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def row(self, place: int) -> list[str]:
        return [column[place].as_py() or "" for column in self.columns]

    def cut(self, start: int, stop: int) -> Lines:
        columns = [column.slice(start, stop - start) for column in self.columns]
        return Lines(self.first_line + start, columns)


def _line_text(row: Sequence[object]) -> str:
    return " ".join(text for cell in row if (text := plain(cell_text(cell))))


def _holds_something(row: Sequence[object]) -> bool:
    return any(cell_text(cell).strip() for cell in row)


def _columns(
    rows: Iterator[list], first_line: int, tell_rows: Callable[[int], None]
) -> Lines:
    """Rows turned into columns, piece by piece; ragged rows are filled with blanks."""
    pieces: list[list[pa.Array]] = []
    count = 0
    while block := list(islice(rows, _CHUNK)):
        count += len(block)
        if count > MAX_ROWS:
            raise too_many_rows(MAX_ROWS)
        tell_rows(count)
        pieces.append([column_of(c) for c in zip_longest(*block, fillvalue="")])
        if not pieces[-1]:
            pieces[-1] = [_blanks(len(block))]
    width = max((len(piece) for piece in pieces), default=0)
    columns = []
    for place in range(width):
        arrays = [
            piece[place] if place < len(piece) else _blanks(len(piece[0]))
            for piece in pieces
        ]
        columns.append(pa.chunked_array(arrays, pa.string()).combine_chunks())
    return Lines(first_line, [_one_array(column) for column in columns])


def _one_array(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _blanks(count: int) -> pa.Array:
    return pa.array([""] * count, pa.string())


def _split(
    first: HeaderRows, body: Lines, known: Known
) -> list[tuple[HeaderRows, Lines]]:
    """Cut the lines below the first header wherever another header stands. The same
    header again (printed on each page) cuts nothing: it is left out by `sort_lines`."""
    parts: list[tuple[HeaderRows, Lines]] = []
    header, start = first, 0
    for place in _header_places(first, body, known):
        if place < start:
            continue
        if len(parts) == MAX_TABLES:
            raise _too_many_tables(MAX_TABLES)
        line = body.first_line + place
        found = read_header(
            [body.row(n) for n in range(place, min(place + 2, len(body)))], line, known
        )
        if found is None:
            continue
        parts.append((header, body.cut(start, place)))
        header, start = found, found.last - body.first_line + 1
    parts.append((header, body.cut(start, len(body))))
    return parts


def _header_places(header: HeaderRows, body: Lines, known: Known) -> list[int]:
    """Lines of the body that are headers: known header words stand in several of the
    columns that hold the most telling fields."""
    telling = [
        column for column in header.telling_columns(known) if column < len(body.columns)
    ]
    hits = np.zeros(len(body), dtype=np.int8)
    for column in telling:
        hits += _known_words(body.columns[column], known)
    # One known word is a value (a relation *Kepala Keluarga*); a header has several.
    if not telling:
        return []
    maybe = hits >= min(2, len(telling))
    if header.first == header.last:
        maybe &= ~lines_like(header.headers, body.columns)
    return [
        place
        for place in np.flatnonzero(maybe).tolist()
        if known.is_header(body.row(place))
    ]


def _too_many_tables(limit: int) -> UserError:
    return UserError(
        "table.too_many",
        "Satu lembar memuat terlalu banyak tabel.",
        f"Ada lebih dari {limit} baris judul kolom di satu lembar.",
        "Jadikan satu daftar dengan satu baris judul kolom, lalu kirim lagi.",
    )


def _known_words(column: pa.Array, known: Known) -> np.ndarray:
    """Which cells of a column are known header words."""
    encoded = column.dictionary_encode()
    words = encoded.dictionary
    maybe = pc.and_(
        pc.less(pc.utf8_length(words), 60),
        pc.invert(pc.match_substring_regex(words, "[0-9]{4}")),
    )
    numbers = np.flatnonzero(maybe.to_numpy(zero_copy_only=False))
    texts = words.take(pa.array(numbers)).to_pylist()
    met = np.zeros(len(words), dtype=bool)
    for number, text in zip(numbers.tolist(), texts, strict=True):
        met[number] = header_key(bare(text)) in known.keys
    return met[encoded.indices.to_numpy(zero_copy_only=False)]


def _table(sheet: Sheet, header: HeaderRows, lines: Lines, known: Known) -> Table:
    columns, headers = _named_columns(header, lines)
    again = (
        lines_like(header.headers, lines.columns)
        if header.first == header.last
        else np.zeros(len(lines), dtype=bool)
    )
    sorted_lines = sort_lines(columns, headers, known, again)
    keep = np.flatnonzero(sorted_lines.is_row)
    return Table(
        sheet=sheet.name,
        sheet_number=sheet.number,
        hidden=sheet.hidden,
        titles=[],
        header_lines=(header.first, header.last),
        headers=headers,
        lines=keep + lines.first_line,
        cells=[_only(column, keep) for column in columns],
        left_out=sorted_lines.left_out,
        hidden_rows=sheet.hidden_rows,
    )


def _only(column: pa.Array, keep: np.ndarray) -> pa.Array:
    """The cells at these places; nothing is copied where they follow each other."""
    if len(keep) and keep[-1] - keep[0] == len(keep) - 1:
        return column.slice(keep[0], len(keep))
    return column.take(pa.array(keep))


def _named_columns(
    header: HeaderRows, lines: Lines
) -> tuple[list[pa.Array], list[Header]]:
    """Columns with a header or with content, each with a header text of its own."""
    width = max(len(header.headers), len(lines.columns))
    if width > MAX_COLUMNS:
        raise too_many_columns(width)
    columns, headers = [], []
    seen: dict[str, int] = {}
    for place in range(width):
        named = place < len(header.headers) and bool(header.headers[place].text)
        filled = place < len(lines.columns)
        column = lines.columns[place] if filled else _blanks(len(lines))
        if not named and not pc.any(has_content(column)).as_py():
            continue
        one = header.headers[place] if named else Header(f"kolom_{place + 1}", ())
        key = one.text.lower()
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            one = Header(f"{one.text}_{seen[key]}", one.keys)
        columns.append(column)
        headers.append(one)
    return columns, without_ticks(headers, columns)
