"""Text tables: encoding, byte order mark and delimiter found by looking inside."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

import pyarrow as pa
import pyarrow.csv

from semesta.intake.cells import unmarked
from semesta.intake.containers import MAX_COLUMNS, not_a_table, too_many_columns

DELIMITERS = ";,\t|"
_SAMPLE = 256 * 1024
_LONGEST_CELL = 16 * 2**20
_ENDLESS = 40  # line breaks inside one quoted cell: a quote that was never closed
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c")) + b"\x7f"

csv.field_size_limit(_LONGEST_CELL)


@dataclass(frozen=True)
class TextTable:
    """A text file that looks like a table. `quoting` is off where a stray quote would
    swallow the rest of the file."""

    source: Path | bytes
    encoding: str
    delimiter: str
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL
    has_quotes: bool = True

    def columns(self) -> list[pa.Array] | None:
        """All lines as columns, at once and fast; None for a file that is not quite
        regular (quotes, lines of unequal length), which `rows` reads."""
        if self.has_quotes:
            return None
        with _open(self.source) as raw:
            first = raw.readline().decode(self.encoding, "replace")
        width = first.count(self.delimiter) + 1
        if not 1 < width <= MAX_COLUMNS:
            return None
        names = [str(place) for place in range(width)]
        try:
            table = self._read_regular(names)
        except (pa.ArrowInvalid, UnicodeError):
            return None
        return [_unmarked(column) for column in table.columns]

    def _read_regular(self, names: list[str]) -> pa.Table:
        source = (
            pa.BufferReader(self.source)
            if isinstance(self.source, bytes)
            else str(self.source)
        )
        encoding = "utf8" if self.encoding == "utf-8-sig" else self.encoding
        return pa.csv.read_csv(
            source,
            pa.csv.ReadOptions(
                column_names=names, encoding=encoding, block_size=8 * 2**20
            ),
            pa.csv.ParseOptions(
                delimiter=self.delimiter, quote_char=False, ignore_empty_lines=False
            ),
            pa.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
            ),
        )

    def rows(self) -> Iterator[list[str]]:
        """All rows from the first line on, as lists of text of any length."""
        with _open(self.source) as raw:
            text = io.TextIOWrapper(raw, self.encoding, errors="replace", newline="")
            reader = csv.reader(
                text, delimiter=self.delimiter, quoting=self.quoting, strict=False
            )
            for row in reader:
                if len(row) > MAX_COLUMNS:
                    row = _without_blank_tail(row)
                yield row


def _without_blank_tail(row: list[str]) -> list[str]:
    while row and not row[-1].strip():
        row.pop()
    if len(row) > MAX_COLUMNS:
        raise too_many_columns(len(row))
    return row


def _open(source: Path | bytes) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def read_text_table(source: Path | bytes) -> TextTable:
    """Find encoding and delimiter. UserError `file.not_a_table` for what is no table."""
    encoding = _encoding(source)
    with _open(source) as file:
        sample = codecs.getincrementaldecoder(encoding)("replace").decode(
            file.read(_SAMPLE)
        )
    if not sample.strip():
        raise not_a_table("teks kosong")
    delimiter = _delimiter(sample)
    if not _has_quotes(source):
        return TextTable(source, encoding, delimiter, has_quotes=False)
    table = TextTable(source, encoding, delimiter)
    if _swallows(table):
        return TextTable(source, encoding, delimiter, csv.QUOTE_NONE)
    return table


def _unmarked(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece, without the control characters that would read as marks."""
    whole = column.combine_chunks()
    whole = whole.combine_chunks() if isinstance(whole, pa.ChunkedArray) else whole
    return unmarked(whole)


def _encoding(source: Path | bytes) -> str:
    """UTF-8 when the whole file is, else cp1252; UTF-16 by its mark."""
    with _open(source) as file:
        head = file.read(4)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        unicode, control, size = True, 0, 0
        while block := file.read(2**22):
            size += len(block)
            control += len(block) - len(block.translate(None, _CONTROL))
            if b"\0" in block or control * 50 > size:
                raise not_a_table("data biner, bukan teks")
            if unicode:
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    unicode = False
        if unicode:
            try:
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                unicode = False
    return "utf-8-sig" if unicode else "cp1252"


def _delimiter(sample: str) -> str:
    """The delimiter that cuts most lines into the same number (two or more) of cells."""
    lines = sample.splitlines()[:400]
    if len(lines) > 1 and len(sample) >= _SAMPLE // 2:
        lines.pop()  # the sample's last line is cut
    best, best_score = "", 0.0
    for delimiter in DELIMITERS:
        counts = Counter(
            len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row)
        )
        if not counts:
            continue
        width, times = max(
            counts.items(), key=lambda item: (item[1] * (item[0] > 1), item[0])
        )
        score = times / sum(counts.values()) + min(width, 50) / 100
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    if not best:
        raise not_a_table("teks biasa tanpa kolom")
    return best


def _has_quotes(source: Path | bytes) -> bool:
    with _open(source) as file:
        while block := file.read(2**22):
            if b'"' in block:
                return True
    return False


def _swallows(table: TextTable) -> bool:
    """Whether a quote that is never closed hides rows inside one cell."""
    try:
        return any(
            cell.count("\n") > _ENDLESS
            for row in table.rows()
            for cell in row
            if len(cell) > _ENDLESS
        )
    except csv.Error:
        return True
