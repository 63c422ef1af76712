"""Text tables: encoding, byte order mark and delimiter found by looking inside."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa

from semesta.intake.containers import (
    MAX_COLUMNS,
    MAX_TEXT_CELLS,
    not_a_table,
    too_many_cells,
    too_many_columns,
    too_many_rows,
)
from semesta.intake.textcolumns import Transcoded, read_columns
from semesta.intake.textrows import MOST_LINES, counted_width, rows_of

DELIMITERS = ";,\t|"
_SAMPLE = 256 * 1024
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c")) + b"\x7f"
_NAMED = re.compile(r"sep=([;,\t|])\s*$", re.IGNORECASE | re.MULTILINE)
_MIXED = "semesta.cp1252"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 are of an old Windows program: files are put together
    from several, so this is decided byte by byte."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_MIXED, _as_cp1252)


@dataclass(frozen=True)
class Encoding:
    """How bytes become text; `plain`: they are UTF-8 as they stand."""

    name: str
    errors: str = "replace"

    @property
    def plain(self) -> bool:
        return self.name == "utf-8-sig" and self.errors == "replace"


@dataclass(frozen=True)
class TextTable:
    """A text file that looks like a table; `width`: cells that most of its lines have."""

    source: Path | bytes
    encoding: Encoding
    delimiter: str
    width: int

    def columns(self) -> list[pa.Array] | None:
        """All lines as columns, at once and fast; None for a file that `rows` reads
        better (cells with line breaks, many lines of unequal length)."""
        if self.encoding.plain:
            return read_columns(self.source, self.delimiter, self.width)
        with open_source(self.source) as file:
            stream = Transcoded(file, self.encoding.name, self.encoding.errors)
            return read_columns(cast(BinaryIO, stream), self.delimiter, self.width)

    def rows(self) -> Iterator[list[str]]:
        """All rows from the first line on, as lists of text of any length."""
        with open_source(self.source) as raw:
            text = io.TextIOWrapper(
                raw, self.encoding.name, errors=self.encoding.errors, newline=""
            )
            for row in rows_of(text, self.delimiter, self.width):
                yield _without_blank_tail(row) if len(row) > MAX_COLUMNS else row


def _without_blank_tail(row: list[str]) -> list[str]:
    while row and not row[-1].strip():
        row.pop()
    if len(row) > MAX_COLUMNS:
        raise too_many_columns(len(row))
    return row


def open_source(source: Path | bytes) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def read_text_table(source: Path | bytes) -> TextTable:
    """Find encoding and delimiter. UserError `file.not_a_table` for what is no table,
    `table.*` for one that is too large."""
    encoding, lines = look_through(source)
    with open_source(source) as file:
        text = io.TextIOWrapper(file, encoding.name, errors=encoding.errors, newline="")
        sample = text.read(_SAMPLE)
    if not sample.strip("\0\ufeff \t\r\n\x0b\x0c"):
        raise not_a_table("teks kosong")
    delimiter, width = _delimiter(sample)
    if lines > MOST_LINES:
        raise too_many_rows(MOST_LINES)
    if lines * width > MAX_TEXT_CELLS:
        raise too_many_cells(lines * width, MAX_TEXT_CELLS)
    return TextTable(source, encoding, delimiter, width)


def look_through(source: Path | bytes) -> tuple[Encoding, int]:
    """The encoding of a file, and how many lines it has. UTF-8 when the whole file is;
    UTF-16 by its mark or its zero bytes; else UTF-8 mixed with cp1252."""
    with open_source(source) as file:
        if wide := _wide(file.read(4096)):
            return Encoding(wide), 0
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        unicode, control, size, ends, returns = True, 0, 0, 0, 0
        while block := file.read(2**22):
            size += len(block)
            ends += block.count(b"\n")
            returns += block.count(b"\r")
            control += len(block) - len(block.translate(None, _CONTROL))
            if control * 50 > size:
                raise not_a_table("data biner, bukan teks")
            unicode = unicode and _is_next(decoder, block)
    unicode = unicode and _is_next(decoder, b"", final=True)
    lines = max(ends, returns) + 1
    return Encoding("utf-8-sig", "replace" if unicode else _MIXED), lines


def _is_next(
    decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False
) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _wide(head: bytes) -> str:
    """The name of a UTF-16 encoding, also where the mark is missing; else blank."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    half = max(len(head) // 2, 1)
    first, second = head[::2].count(0) / half, head[1::2].count(0) / half
    if second > 0.6 and first < 0.1:
        return "utf-16-le"
    return "utf-16-be" if first > 0.6 and second < 0.1 else ""


def _delimiter(sample: str) -> tuple[str, int]:
    """The delimiter that cuts most lines into the same number (two or more) of cells,
    and that number."""
    lines = sample.splitlines()[:400]
    if len(lines) > 1 and len(sample) >= _SAMPLE // 2:
        lines.pop()  # the sample's last line is cut
    named = _NAMED.match(sample)
    best, best_width, best_score = "", 0, 0.0
    for delimiter in named[1] if named else DELIMITERS:
        width, share = counted_width(lines, delimiter)
        # A decimal comma in every line must not win over five semicolons in most.
        score = share * min(width, 50) ** 0.5
        if width > 1 and score > best_score:
            best, best_width, best_score = delimiter, width, score
    if not best:
        raise not_a_table("teks biasa tanpa kolom")
    return best, best_width
