"""The grid of months on a person's page: one line per year, a box per month. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from semesta.kernel import Month
from semesta.ledger.payers import payer_label
from semesta.ledger.timeline import Cell, Timeline

# One letter per payer, so that the grid can be read without its colours.
LETTERS = {
    "APBD": "K",
    "APBD_PROV": "P",
    "SELF": "S",
    "EMPLOYER": "M",
    "CSR": "C",
    "BAZNAS": "B",
    "DBH_SAWIT": "W",
    "DBH_CHT": "T",
    "DANA_DESA": "D",
    "ASN": "A",
    "OTHER": "L",
}
OWN_TONE = frozenset({"APBD", "APBD_PROV", "SELF", "EMPLOYER"})


@dataclass(frozen=True)
class Box:
    """One month: a letter, a tone (css class), and the words behind it."""

    letter: str
    tone: str
    label: str


@dataclass(frozen=True)
class Line:
    """One year of the grid."""

    year: int
    boxes: tuple[Box, ...]
    paid: int


@dataclass(frozen=True)
class Key:
    """What a letter and its tone mean."""

    letter: str
    tone: str
    label: str


@dataclass(frozen=True)
class MonthGrid:
    """All years, newest first, and the keys that occur in them."""

    lines: tuple[Line, ...]
    keys: tuple[Key, ...]


def month_grid(timeline: Timeline, today: date) -> MonthGrid:
    """Lay a timeline out for the page; months after this one are `future`."""
    this_month = Month.of(today)
    lines: list[Line] = []
    met: set[str] = set()
    for year in reversed(timeline.years):
        boxes = tuple(_box(cell, this_month) for cell in year.cells)
        met.update(payer for cell in year.cells for payer in cell.payers)
        lines.append(Line(year.year, boxes, year.paid))
    keys = tuple(
        Key(LETTERS.get(payer, "L"), _tone(payer), payer_label(payer))
        for payer in LETTERS
        if payer in met
    )
    return MonthGrid(tuple(lines), keys)


def _box(cell: Cell, this_month: Month) -> Box:
    if cell.payers:
        letters = "".join(LETTERS.get(payer, "L") for payer in cell.payers)
        return Box(letters, _tone(cell.payers[0]), cell.label)
    if cell.month > this_month:
        return Box("", "future", f"{cell.month.in_words()}: belum tiba")
    return Box("", "unpaid", cell.label)


def _tone(payer: str) -> str:
    return payer if payer in OWN_TONE else "OTHER"
