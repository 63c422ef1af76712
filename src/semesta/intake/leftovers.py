"""Lines below a header that are no rows: blanks, totals, section titles, signatures.

Cautious on purpose: a line with an identity number, or one that cannot be told apart from
a poorly filled row, stays a row and gets its fate there.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from semesta.intake.cells import has_content, plain
from semesta.intake.headerrows import Known
from semesta.intake.headers import Header

_TOTAL = re.compile(
    r"^(?:jumlah|total|sub\s*-?\s*total|jml|grand total|rata-?\s*rata|jumlah\s+total)\b"
    r"(?!\s+(?:anak|anggota|keluarga))", re.I,
)  # fmt: skip
_SECTION = re.compile(
    r"^(?:rt|rw|kelurahan|kel|kecamatan|kec|dusun|jorong|kelompok|lingkungan|bagian)\b",
    re.I,
)
_NOTE = re.compile(r"^(?:catatan|keterangan|ket|nb|note|sumber)\s*[:.]|^\*", re.I)
_STRONG_SIGN = re.compile(
    r"\b(?:mengetahui|menyetujui|disetujui oleh|dibuat oleh|yang membuat|diperiksa oleh|"
    r"hormat kami|tembusan|tanda tangan|ttd)\b", re.I,
)  # fmt: skip
_WEAK_SIGN = re.compile(
    r"\b(?:lurah|camat|kepala|wali\s?kota|bupati|sekretaris|ketua|koordinator|pendata|"
    r"petugas|nip)\b", re.I,
)  # fmt: skip
_LONGEST_SIGNATURE = 20
_PLACE_AND_DAY = re.compile(
    r"^[a-z .'-]{3,40},\s*(?:\d{1,2}\s+)?[a-z]{3,10}\s+\d{4}$", re.I
)
_COUNTING = re.compile(r"\(?([0-9]{1,3}|[a-z])\)?\.?", re.I)
_IDENTITY = re.compile(r"\d{8,}")
# The number of the official who signs, wherever it stands.
_SIGNERS_NUMBER = re.compile(r"^nip\b", re.I)
# A whole row in one cell: its line was written with another delimiter than the rest.
_TORN = re.compile(r"\d*[;,\t|].*(?<!\d)\d{16}(?!\d)", re.DOTALL)


@dataclass
class SortedLines:
    """Which lines are rows, and how many of the others there are of each kind."""

    is_row: np.ndarray
    left_out: dict[str, int]


def lines_like(headers: list[Header], columns: list[pa.Array]) -> np.ndarray:
    """Which lines repeat a header of one line, cell by cell."""
    count = len(columns[0]) if columns else 0
    same = np.full(count, len(headers) <= len(columns))
    for place, column in enumerate(columns):
        if not same.any():
            break
        text = headers[place].text if place < len(headers) else ""
        # Only lines that have passed so far are looked at: mostly none after two columns.
        left = np.flatnonzero(same)
        cells = column.take(pa.array(left)).dictionary_encode()
        words = [plain(cell or "") == text for cell in cells.dictionary.to_pylist()]
        same[left] = np.array(words, dtype=bool)[
            cells.indices.to_numpy(zero_copy_only=False)
        ]
    return same


def sort_lines(
    columns: list[pa.Array], headers: list[Header], known: Known, again: np.ndarray
) -> SortedLines:
    """Tell rows from everything else below a header; `again`: lines that repeat it."""
    count = len(columns[0]) if columns else 0
    kinds = np.zeros(count, dtype=object)  # 0 = a row
    kinds[again] = "header"
    if count:
        _Sorter(columns, headers, known, kinds).sort()
    left = Counter(kind for kind in kinds.tolist() if kind)
    return SortedLines(kinds == 0, dict(sorted(left.items())))


class _Sorter:
    """The columns of one table, and the kinds its lines are found to have."""

    def __init__(
        self,
        columns: list[pa.Array],
        headers: list[Header],
        known: Known,
        kinds: np.ndarray,
    ) -> None:
        self.columns = columns
        self.kinds = kinds
        self.number = _columns_of(headers, known.number_keys)
        self.identity = _columns_of(headers, known.identity_keys)
        self.name = _columns_of(headers, known.name_keys)
        self.filled = np.zeros(len(kinds), dtype=np.int32)
        self.numbered = np.zeros(len(kinds), dtype=np.int32)
        for place, column in enumerate(columns):
            has = has_content(column).to_numpy(zero_copy_only=False)
            self.filled += has
            if place in self.number:
                self.numbered += has

    def sort(self) -> None:
        content = self.filled - self.numbered
        self.kinds[self.filled == 0] = "blank"
        only_number = (content == 0) & (self.filled > 0) & ~self._words_for_numbers()
        if len(self.number) < len(self.columns):
            self.kinds[only_number] = "numbered_blank"
        self._counting_row()
        sparse = content <= max(4, len(self.columns) // 2)
        maybe = (content <= 1) | (sparse & self._speaks_of_totals())
        for place in np.flatnonzero(maybe & (self.kinds == 0)).tolist():
            if kind := self._kind(self._row(place)):
                self.kinds[place] = kind
        self._signature(content)

    def _words_for_numbers(self) -> np.ndarray:
        """Lines with words, or with an identity number, where the running one belongs."""
        found = np.zeros(len(self.kinds), dtype=bool)
        for place in self.number:
            hits = pc.match_substring_regex(
                self.columns[place], r"[A-Za-z]{2}|[0-9]{8}"
            )
            found |= pc.fill_null(hits, False).to_numpy(zero_copy_only=False)
        return found

    def _speaks_of_totals(self) -> np.ndarray:
        """Lines with a word for totals at the start of one of their first cells."""
        found = np.zeros(len(self.kinds), dtype=bool)
        for column in self.columns[:5]:
            hits = pc.match_substring_regex(
                column, r"^\s*(?:jumlah|total|sub|jml|grand|rata)", ignore_case=True
            )
            found |= pc.fill_null(hits, False).to_numpy(zero_copy_only=False)
        return found

    def _row(self, place: int) -> list[tuple[int, str]]:
        """The filled cells of a line as (column, text)."""
        texts = (plain(column[place].as_py() or "") for column in self.columns)
        return [(column, text) for column, text in enumerate(texts) if text]

    def _counting_row(self) -> None:
        """The line `1 2 3 4 …` or `(a) (b) …` under a header numbers the columns."""
        first = next(
            (n for n in range(min(3, len(self.kinds))) if self.kinds[n] == 0), None
        )
        if first is None:
            return
        texts = [text for _, text in self._row(first)]
        found = [_COUNTING.fullmatch(text.removesuffix(".0")) for text in texts]
        if len(texts) < 3 or not all(found):
            return
        marks = [m[1].lower() for m in found if m]
        if all(mark.isdigit() for mark in marks):
            numbers = [int(mark) for mark in marks]
        else:
            numbers = [ord(mark[0]) for mark in marks]
        if all(b - a == 1 for a, b in pairwise(numbers)):
            self.kinds[first] = "column_numbers"

    def _kind(self, row: list[tuple[int, str]]) -> str:
        """`total`, `section`, `note` or "" for a sparsely filled line."""
        if not row or self._has_identity(row):
            return ""
        named = any(
            column in self.name and not (text[0].isdigit() or _TOTAL.match(text))
            for column, text in row
        )
        if any(_TOTAL.match(text) for _, text in row[:2]) and not named:
            return "total"
        if len(row) > 1:
            return ""
        column, text = row[0]
        if _TORN.match(text):
            return ""
        if _NOTE.match(text):
            return "note"
        if column in self.name or column in self.identity or column > 2:
            # Perhaps a row of which only this is filled: it stays one.
            return "section" if _SECTION.match(text) else ""
        return "section" if any(map(str.isalpha, text)) else ""

    def _has_identity(self, row: list[tuple[int, str]]) -> bool:
        return any(
            column in self.identity
            and _IDENTITY.search(text.replace(" ", ""))
            and not _SIGNERS_NUMBER.match(text)
            for column, text in row
        )

    def _signature(self, content: np.ndarray) -> None:
        """The block below the last full row, from its first line that reads like one.

        Offices sign within a few lines; a weak word (`Ketua`, `Petugas` may be work)
        counts only after a blank line.
        """
        bottom = len(self.kinds)
        while bottom and self.filled[bottom - 1] == 0:
            bottom -= 1
        top = bottom
        lowest = max(0, bottom - _LONGEST_SIGNATURE)
        while top > lowest and content[top - 1] <= 3 and not self._is_full(top - 1):
            top -= 1
        start = None
        for place in range(top, bottom):
            texts = [text for _, text in self._row(place)]
            if start is None and any(map(_signs, texts)):
                start = place
            elif start is None and any(map(_WEAK_SIGN.search, texts)):
                start = place if place and self.filled[place - 1] == 0 else None
            if start is not None and texts:
                self.kinds[place] = "signature"

    def _is_full(self, place: int) -> bool:
        row = self._row(place)
        if self._has_identity(row):
            return True
        columns = {column for column, _ in row}
        return bool(columns & set(self.number)) and bool(columns & set(self.name))


def _signs(text: str) -> bool:
    return bool(_STRONG_SIGN.search(text) or _PLACE_AND_DAY.match(text))


def _columns_of(headers: list[Header], keys: frozenset[str]) -> list[int]:
    return [
        place
        for place, header in enumerate(headers)
        if any(key in keys for key in header.keys)
    ]
