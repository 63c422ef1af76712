"""The words and ruling lines of a PDF's pages, read in a process of its own.

PDF files are programs of a kind: a hostile one can make any reader run for ever or ask
for all memory. Here only the child dies. Coordinates are points, y downwards.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from semesta.intake.apart import limit_memory, run_apart
from semesta.intake.containers import encrypted, not_a_table
from semesta.kernel import UserError

MAX_PAGES = 300
MAX_BYTES = 64 * 2**20
_SECONDS = 180
_WORD_GAP = 0.18  # of the letters' size; a blank is a quarter of it
_SAME_LINE = 0.4
_THIN = 2.0
_MOST_LETTERS = 20_000  # on one page; a page of small print has five thousand


Rule = tuple[float, float, float]


@dataclass
class Word:
    """Letters without a gap: left, right, size, text; `runs_on`: the gap before it is no
    wider than a blank or two, so it belongs to the text at its left."""

    x0: float
    x1: float
    text: str
    runs_on: bool


@dataclass
class Line:
    """Words on one height, left to right. `y`: the middle of the line."""

    y: float
    size: float
    words: list[Word]


@dataclass
class Page:
    """One page: its lines top down, x of vertical and y of horizontal ruling lines with
    their extent (position, from, to)."""

    number: int
    lines: list[Line]
    verticals: list[Rule]
    horizontals: list[Rule]


def read_pages(source: Path | bytes) -> list[Page]:
    """The pages of a PDF. UserError `file.*` for one that is locked, damaged, too long,
    or holds pictures only."""
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > MAX_BYTES:
        raise _too_long(
            f"Ukurannya {size / 2**20:,.0f} MB; batasnya {MAX_BYTES >> 20} MB."
        )
    answer = run_apart(__name__, source, seconds=_SECONDS, what="PDF")
    pages = [_page(about) for about in answer["pages"]]
    if not any(page.lines for page in pages):
        raise _pictures_only()
    return pages


def _page(about: dict[str, Any]) -> Page:
    lines = [
        Line(one["y"], one["size"], [Word(**word) for word in one["words"]])
        for one in about["lines"]
    ]
    verticals, horizontals = (
        [(a, b, c) for a, b, c in about[name]] for name in ("verticals", "horizontals")
    )
    return Page(about["number"], lines, verticals, horizontals)


def _too_long(why: str) -> UserError:
    return UserError(
        "file.pdf_too_long",
        "PDF ini terlalu panjang untuk sekali baca.",
        why,
        "Pecah PDF menjadi beberapa berkas, atau minta daftarnya sebagai .xlsx.",
    )


def _pictures_only() -> UserError:
    return UserError(
        "file.pdf_scanned",
        "PDF ini hanya berisi gambar.",
        "Halaman-halamannya hasil pindai atau foto, sehingga tidak ada huruf yang terbaca.",
        "Minta daftar aslinya dari aplikasi yang mencetaknya, sebagai .xlsx atau PDF "
        "yang teksnya dapat disalin.",
    )


# ── in the child ──────────────────────────────────────────────────────────


def pages_of(content: bytes) -> list[Page]:
    """Read the pages here and now; `read_pages` does it in a child."""
    losses, pages, claimed = _Losses(), [], None
    for number, (layout, counted) in enumerate(_layouts(content), start=1):
        claimed = counted
        if number > MAX_PAGES:
            raise _too_long(f"Halamannya lebih dari {MAX_PAGES}.")
        pages.append(_geometry(number, layout))
    if not pages:
        raise not_a_table("PDF tanpa halaman yang dapat dibaca")
    if losses.met or claimed != len(pages):
        raise not_a_table("PDF yang rusak: sebagian isinya hilang")
    return pages


def _layouts(content: bytes) -> Iterator[tuple[Any, Any]]:
    """Each page's layout as the library sees it, and how many pages the file claims."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import resolve1

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    with _damage():
        document = PDFDocument(PDFParser(io.BytesIO(content)))
        counted = resolve1(resolve1(document.catalog["Pages"]).get("Count"))
        found = iter(PDFPage.create_pages(document))
    while True:
        with _damage():
            page = next(found, None)
            if page is None:
                return
            interpreter.process_page(page)
            layout = device.get_result()
        yield layout, counted


@contextmanager
def _damage() -> Iterator[None]:
    """What the library raises, told as a fault of the file.

    It promises no exception of its own: damage shows as whatever breaks first (KeyError,
    struct.error, RecursionError, …). So everything is caught, but only around the
    library's own calls: a mistake in our code keeps its traceback.
    """
    from pdfminer.pdfdocument import PDFEncryptionError

    try:
        yield
    except PDFEncryptionError as error:  # a wrong password is one of these
        raise encrypted() from error
    except Exception as error:
        raise not_a_table("PDF yang rusak atau terpotong") from error


class _Losses(logging.Handler):
    """Whether the reader has gone on after a loss of data, which it only logs."""

    def __init__(self) -> None:
        super().__init__()
        self.met = False
        logging.getLogger("pdfminer").addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.met = self.met or "Data-loss" in record.getMessage()


def _geometry(number: int, layout: Any) -> Page:
    letters: list[Any] = []
    verticals: list[Rule] = []
    horizontals: list[Rule] = []
    top = layout.y1
    for thing in _things(layout):
        kind = type(thing).__name__
        if kind == "LTChar":
            letters.append(thing)
            if len(letters) > _MOST_LETTERS:
                raise _too_long(f"Halaman {number} terlalu penuh.")
        elif kind in ("LTLine", "LTRect", "LTCurve"):
            edges = (thing.x0, thing.x1, top - thing.y1, top - thing.y0)
            _add_rules(edges, verticals, horizontals)
    return Page(number, _lines(letters, top), verticals, horizontals)


def _things(layout: Any) -> Iterator[Any]:
    for thing in layout:
        if type(thing).__name__ == "LTFigure":
            yield from _things(thing)
        else:
            yield thing


def _add_rules(
    edges: tuple[float, float, float, float],
    verticals: list[Rule],
    horizontals: list[Rule],
) -> None:
    """A thin shape is one rule, the outline of a cell four."""
    x0, x1, y0, y1 = (round(edge, 1) for edge in edges)
    if x1 - x0 <= _THIN < y1 - y0:
        verticals.append((round((x0 + x1) / 2, 1), y0, y1))
    elif y1 - y0 <= _THIN < x1 - x0:
        horizontals.append((round((y0 + y1) / 2, 1), x0, x1))
    elif x1 - x0 > _THIN and y1 - y0 > _THIN:
        verticals += [(x0, y0, y1), (x1, y0, y1)]
        horizontals += [(y0, x0, x1), (y1, x0, x1)]


def _lines(letters: list[Any], top: float) -> list[Line]:
    """Letters gathered into lines by their middle, lines into words by their gaps."""
    rows: list[tuple[float, float, list[Any]]] = []
    for letter in sorted(letters, key=lambda one: (-(one.y0 + one.y1), one.x0)):
        if not letter.get_text().strip():
            continue
        middle = top - (letter.y0 + letter.y1) / 2
        if rows and middle - rows[-1][0] <= _SAME_LINE * rows[-1][1]:
            rows[-1][2].append(letter)
        else:
            rows.append((middle, max(letter.size, 1.0), [letter]))
    return [
        Line(round(y, 1), round(size, 1), _words(row, size)) for y, size, row in rows
    ]


def _words(letters: list[Any], size: float) -> list[Word]:
    words: list[Word] = []
    for letter in sorted(letters, key=lambda one: one.x0):
        x0, x1, text = round(letter.x0, 1), round(letter.x1, 1), letter.get_text()
        gap = x0 - words[-1].x1 if words else size
        if words and gap <= _WORD_GAP * size:
            words[-1].text += text
            words[-1].x1 = max(words[-1].x1, x1)
        else:
            words.append(Word(x0, x1, text, runs_on=bool(words) and gap <= 0.6 * size))
    return words


def _main() -> None:
    limit_memory()
    content = (
        Path(sys.argv[1]).read_bytes() if len(sys.argv) > 1 else sys.stdin.buffer.read()
    )
    try:
        answer: dict[str, Any] = {"pages": [asdict(page) for page in pages_of(content)]}
    except UserError as error:
        answer = {"error": error.as_dict()}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    _main()
