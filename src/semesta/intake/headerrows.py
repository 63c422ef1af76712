"""Header rows: recognised by known header words, in one line or two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from semesta.intake.cells import cell_text, plain
from semesta.intake.formexports import headers_of, is_form_export
from semesta.intake.headers import Header, header_key, header_of
from semesta.kernel import UserError

_FEW = 2
_MANY = 3
_PLENTY = 5
_LONGEST_HEADER = 120
_SIXTEEN = re.compile(r"(?<!\d)\d{16}(?!\d)")


@dataclass(frozen=True)
class Known:
    """What header words there are, and which keys stand for the most telling fields."""

    keys: frozenset[str]
    identity_keys: frozenset[str] = frozenset()
    name_keys: frozenset[str] = frozenset()
    number_keys: frozenset[str] = frozenset()

    def matches(self, row: Sequence[str]) -> int:
        """How many cells of a row are known header words (each word counted once)."""
        texts = [
            text for cell in row if 0 < len(text := plain(cell)) <= _LONGEST_HEADER
        ]
        hits = (
            next((k for k in header.keys if k in self.keys), None)
            for header in headers_of(texts)
        )
        return len({hit for hit in hits if hit})

    def is_header(self, row: Sequence[str]) -> bool:
        """Five known words, or fewer that make up much of the row; no long numbers."""
        filled = [text for cell in row if (text := plain(cell))]
        if any(sum(c.isdigit() for c in text) >= 6 for text in filled):
            return False
        count = self.matches(row)
        if count >= _FEW and is_form_export(filled):
            return True
        if count >= _PLENTY or (count >= _MANY and count * 3 >= len(filled)):
            return True
        return count >= _FEW and count * 5 >= len(filled) * 3


@dataclass(frozen=True)
class HeaderRows:
    """A header: its first and last line (1-based) and one Header per column."""

    first: int
    last: int
    headers: list[Header]

    def telling_columns(self, known: Known) -> list[int]:
        """Columns in which another header below would show: NIK, name, the first few."""
        telling, others = [], []
        for column, header in enumerate(self.headers):
            if any(
                k in known.identity_keys or k in known.name_keys for k in header.keys
            ):
                telling.append(column)
            elif header.text:
                others.append(column)
        return [*telling[:3], *others[:3]]


Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


def find_header(
    rows: Sequence[Sequence[object]], merged: Merged, known: Known
) -> HeaderRows | None:
    """The header within the first rows of a sheet: the line with the most known words,
    the upper one of equals; of several lists the first one's.

    UserError `table.rows_above` when people stand above the only header there is.
    """
    texts = [[cell_text(cell) for cell in row] for row in rows]
    scores = [known.matches(row) if known.is_header(row) else 0 for row in texts]
    best = max(scores, default=0)
    if best == 0:
        return None
    place = _first_of_several(texts, scores, scores.index(best))
    # The two lines of a merged header may both look like one: begin at the upper.
    if place and _spans(merged, place - 1, place) and _filled(texts[place - 1]) > 1:
        place -= 1
    return read_header(texts[place : place + 2], place + 1, known, merged)


def _first_of_several(texts: list[list[str]], scores: list[int], best: int) -> int:
    """A list with a poorer header may stand above the one with the best: begin there,
    or its rows would pass for titles."""
    rows = [place for place in range(best) if _is_like_a_row(texts[place])]
    if not rows:
        return best
    for place in range(rows[0]):
        if scores[place]:
            return place
    if len(rows) >= _FEW:
        raise _rows_above(best + 1, len(rows))
    return best


def _is_like_a_row(row: Sequence[str]) -> bool:
    """Whether a line tells of one person: several cells, one of them a NIK or the like."""
    filled = [text for cell in row if (text := plain(cell))]
    return len(filled) >= _MANY and any(map(_SIXTEEN.search, filled))


def _rows_above(line: int, count: int) -> UserError:
    return UserError(
        "table.rows_above",
        "Judul kolom berada di bawah sebagian isi daftar.",
        f"Judul kolom ada di baris {line}, tetapi di atasnya ada {count} baris yang berisi "
        "orang; mungkin judulnya ikut terurut.",
        "Pindahkan judul kolom ke atas baris pertama daftar, simpan, lalu kirim lagi.",
    )


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if plain(cell))


def _spans(merged: Merged, top: int, bottom: int) -> bool:
    return any(a[0] <= top and b[0] >= bottom for a, b in merged)


def read_header(
    rows: Sequence[Sequence[str]], line: int, known: Known, merged: Merged = ()
) -> HeaderRows | None:
    """The header that begins with `rows[0]` at `line`; `rows[1]` belongs to it when it
    names columns that the first line leaves open. None when it is none."""
    top = [plain(cell) for cell in rows[0]]
    if len(rows) > 1:
        below = [plain(cell) for cell in rows[1]]
        across = _carried(top, merged, line - 1)
        if _is_second_line(top, below, across, known, bool(merged)):
            width = max(len(across), len(below))
            across += [""] * (width - len(across))
            below += [""] * (width - len(below))
            headers = [
                header_of(a if b else t, b)
                for t, a, b in zip(_padded(top, width), across, below, strict=True)
            ]
            return HeaderRows(line, line + 1, headers)
    if not known.is_header(top):
        return None
    return HeaderRows(line, line, headers_of(top))


def _padded(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))


def _carried(top: list[str], merged: Merged, place: int) -> list[str]:
    """The first line with each merged text written over all columns it spans; without
    ranges (csv) a text reaches over the blanks at its right."""
    across = list(top)
    if merged:
        for (row, left), (last_row, right) in merged:
            if row <= place <= last_row and left < len(top):
                across += [""] * (right + 1 - len(across))
                across[left : right + 1] = [top[left]] * (right + 1 - left)
        return across
    for column in range(1, len(across)):
        across[column] = across[column] or across[column - 1]
    return across


def _is_second_line(
    top: list[str], below: list[str], across: list[str], known: Known, merged: bool
) -> bool:
    """Whether a line names parts of what stands above it: only under blanks and under
    texts that reach over several columns, and mostly in known words."""
    filled = [(n, text) for n, text in enumerate(below) if text]
    if not filled or any(len(text) > 40 or _is_value(text) for _, text in filled):
        return False
    if not all(_is_open(n, top, across, merged) for n, _ in filled):
        return False
    words = 0
    for n, text in filled:
        above = across[n] if n < len(across) else ""
        own = set(header_of(above, text).keys) - set(header_of(above).keys)
        words += bool(own & known.keys)
    return words * 2 >= len(filled) and any(
        n >= len(top) or not top[n] for n, _ in filled
    )


def _is_open(n: int, top: list[str], across: list[str], merged: bool) -> bool:
    """Whether the first line leaves column `n` to be named below."""
    if n >= len(top) or not top[n]:
        return True
    following = n + 1
    if merged:
        return following < len(across) and across[following] == top[n]
    return following >= len(top) or not top[following]


def _is_value(text: str) -> bool:
    return sum(c.isdigit() for c in text) > 2 or header_key(text) == ""
