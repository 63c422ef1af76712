"""Values of the law as people read them: one line, or a table with Indonesian heads.
Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from semesta.intake.words import occupations
from semesta.kernel import Month
from semesta.kernel.month import NAMES
from semesta.law.answer import in_words
from semesta.law.book import law_book
from semesta.law.reference import show_value
from semesta.law.schema import Parameter
from semesta.web import formats
from semesta.web.law.labels import (
    BLANKS,
    CODES,
    COLUMNS,
    COUNTED,
    HIDDEN,
    ROWS,
    SPANS,
    Column,
)
from semesta.web.words import plain

LONG_TEXT = 26
FEW = 3
CONTENT = "Isi"


@dataclass(frozen=True)
class Cell:
    """One cell: its text, or several lines of text."""

    lines: tuple[str, ...]
    is_number: bool = False

    @property
    def text(self) -> str:
        return ", ".join(self.lines)


@dataclass(frozen=True)
class Table:
    """A table ready to draw; the first cell of each row is its head."""

    heads: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def named(self) -> bool:
        """Whether rows have a head: a single column is only a list."""
        return len(self.heads) > 1

    @property
    def headed(self) -> bool:
        """Whether columns have a head worth showing."""
        return len(self.heads) > 1 and self.heads[1].label != CONTENT


@dataclass(frozen=True)
class Headline:
    """A value at a glance: one line to show large, or a few with their labels.
    `is_count`: it only says how many lines its table has."""

    text: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    note: str = ""
    is_count: bool = False

    @property
    def is_long(self) -> bool:
        return len(self.text) > LONG_TEXT


def column(parameter: str, name: str) -> Column:
    """A column's label and kind; an unknown one is called by its own name."""
    return COLUMNS.get(f"{parameter}:{name}") or COLUMNS.get(name, Column(plain(name)))


def headline(of: Parameter, value: Any) -> Headline:
    """The value in one glance, for the top of a page and for the list."""
    key = of.key
    if of.unit == "days" and of.description.lower().startswith("hari kerja"):
        return Headline(f"{show_value(of.unit, value)} kerja")
    if of.unit not in ("table", "list"):
        return Headline(show_value(of.unit, value))
    if isinstance(value, Mapping) and all(map(_is_scalar, value.values())):
        return _of_pairs(key, value)
    if isinstance(value, Mapping) and isinstance(value.get("percent_due"), int):
        return Headline(f"{in_words(value['percent_due'])} dari iuran biasa")
    words = ", ".join(map(token, value)) if of.unit == "list" else ""
    if words and len(words) <= LONG_TEXT:
        return Headline(words)
    counted = value[COUNTED[key]] if key in COUNTED else value
    what = ROWS.get(key, "butir" if of.unit == "list" else "baris")
    count = f"{len(counted)} {what}"
    if key in SPANS:
        return Headline(_span(key, SPANS[key], value), note=count)
    return Headline(count, is_count=True)


def _of_pairs(parameter: str, value: Mapping[str, Any]) -> Headline:
    parts = [
        (column(parameter, name), cell(parameter, name, item).text)
        for name, item in value.items()
    ]
    if len(parts) > FEW or any(len(text) > LONG_TEXT for _, text in parts):
        what = ROWS.get(parameter, "butir")
        return Headline(f"{len(parts)} {what}", is_count=True)
    kinds = {head.kind for head, _ in parts}
    if len(parts) == 1:
        head, text = parts[0]
        unit = f" {head.label.lower()}" if head.kind == "count" else ""
        return Headline(text + unit)
    if kinds == {"percent", "months"}:
        return Headline(" × ".join(text for _, text in parts))
    return Headline(parts=tuple((head.label, text) for head, text in parts))


def _span(parameter: str, name: str, rows: list[dict[str, Any]]) -> str:
    """The lowest and the highest value of a column."""
    values = [row[name] for row in rows]
    low, high = (cell(parameter, name, pick(values)).text for pick in (min, max))
    return f"{low} – {high}"


def table(parameter: str, value: Any) -> Table | None:
    """A list or mapping as a table; None for what fits on one line."""
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return _of_records(parameter, value)
        return Table((Column(CONTENT),), tuple((Cell((token(v),)),) for v in value))
    if not isinstance(value, Mapping) or len(value) == 1:
        return None
    if all(isinstance(item, dict) for item in value.values()):
        records = [{"": key} | item for key, item in value.items()]
        return _of_records(parameter, records)
    cells = {name: cell(parameter, name, item) for name, item in value.items()}
    numbers = all(one.is_number for one in cells.values())
    items = [
        (_key(parameter, name), Cell(one.lines, numbers)) for name, one in cells.items()
    ]
    if f"{parameter}:" in HIDDEN:
        return Table((Column(CONTENT),), tuple((inside,) for _, inside in items))
    return Table((Column(""), Column(CONTENT)), tuple(items))


def _key(parameter: str, name: str) -> Cell:
    """A key of a mapping as the head of its row: a label, or the code itself."""
    known = f"{parameter}:{name}" in COLUMNS or name in COLUMNS
    return Cell((column(parameter, name).label if known else token(name),))


def _of_records(parameter: str, records: list[dict[str, Any]]) -> Table:
    names = [
        name
        for name in dict.fromkeys(name for record in records for name in record)
        if f"{parameter}:{name}" not in HIDDEN
    ]
    heads = tuple(column(parameter, name) if name else Column("") for name in names)
    return Table(
        heads,
        tuple(
            tuple(cell(parameter, name, record.get(name)) for name in names)
            for record in records
        ),
    )


def cell(parameter: str, name: str, value: Any) -> Cell:
    """A value as it stands in its column."""
    head = column(parameter, name)
    if value is None:
        blank = BLANKS.get(f"{parameter}:{name}", formats.NOTHING)
        return Cell((blank,), head.is_number)
    if isinstance(value, list):
        return Cell(tuple(_item(parameter, item) for item in value) or ("tidak ada",))
    if isinstance(value, Mapping):
        return Cell(tuple(_pair(parameter, *pair) for pair in value.items()))
    return Cell((_scalar(head.kind, value),), head.is_number)


def _item(parameter: str, item: Any) -> str:
    if not isinstance(item, Mapping):
        return token(item)
    shown = (key for key in item if f"{parameter}:{key}" not in HIDDEN)
    return " · ".join(cell(parameter, key, item[key]).text for key in shown)


def _pair(parameter: str, name: str, item: Any) -> str:
    """`name: item`; where the name is only a code for the item, the item alone."""
    if isinstance(item, str) and name not in COLUMNS:
        return item
    inside = cell(parameter, name, item).text
    label = COLUMNS[name].label if name in COLUMNS else token(name)
    return f"{label}{' ' if label.endswith('?') else ': '}{inside}"


def _scalar(kind: str, value: Any) -> str:
    if kind == "rupiah":
        return formats.rupiah(value)
    if kind == "percent":
        return in_words(value)
    if kind in ("months", "days", "years"):
        return show_value(kind, value)
    if kind == "age":
        return f"{value} tahun"
    if kind == "month":
        return Month.parse(value).in_words()
    if kind == "month_number":
        return NAMES[value - 1]
    if kind == "year":
        return str(value)
    return token(value) if isinstance(value, str) else show_value("text", value)


def token(value: Any) -> str:
    """A code in words: payers, occupations, open questions; other text as it is."""
    text = str(value)
    for known in (CODES, payers(), occupations()):
        if text in known:
            return known[text]
    switches = law_book().switches
    return switches[text].question if text in switches else text


def payers() -> dict[str, str]:
    """The payers the law files know, by code."""
    known: dict[str, str] = law_book().parameters["bpu.payers"].values[-1].value
    return known


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, list | Mapping)
