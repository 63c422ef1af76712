"""Tables of a web page: many programs write one and call it .xls."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from io import TextIOWrapper
from pathlib import Path

from semesta.intake.containers import not_a_table
from semesta.intake.markup.grids import Grid, check_length
from semesta.intake.textfiles import look_through, open_source

_PIECE = 2**16
_SILENT = frozenset(("script", "style", "title"))


def html_grids(source: Path | bytes) -> Iterator[Grid]:
    """One grid per table of the page, those within another one being part of it.
    UserError `file.not_a_table` for a page without any, `table.*` for one too large."""
    check_length(source)
    encoding, _ = look_through(source)
    reader = _Page()
    with open_source(source) as raw:
        text = TextIOWrapper(raw, encoding.name, errors=encoding.errors)
        while piece := text.read(_PIECE):
            reader.feed(piece)
    reader.close()
    reader.end_cell()
    if not any(grid.rows for grid in reader.grids):
        raise not_a_table("halaman web tanpa tabel")
    yield from reader.grids


class _Page(HTMLParser):
    """Collects the cells of tables; tags left open, as pages have them, end by others."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self._depth = 0
        self._text: list[str] | None = None
        self._spans = (1, 1)
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.end_cell()
                self.grids.append(Grid())
        elif tag == "br" and self._text is not None:
            self._text.append(" ")
        elif self._depth == 1 and tag == "tr":
            self.end_cell()
            self.grids[-1].begin_row()
        elif self._depth == 1 and tag in ("td", "th"):
            self.end_cell()
            given = dict(attrs)
            self._text = []
            self._spans = (_number(given.get("colspan")), _number(given.get("rowspan")))

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag == "table" and self._depth:
            self._depth -= 1
        if self._depth <= 1 and tag in ("td", "th", "tr", "table"):
            self.end_cell()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._silent:
            self._text.append(data)

    def end_cell(self) -> None:
        """Put the cell that is open, if one is, into its row."""
        if self._text is None:
            return
        across, down = self._spans
        text = " ".join("".join(self._text).split())
        self.grids[-1].add(text, across=across, down=down)
        self._text = None


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 1
