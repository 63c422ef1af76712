"""What the sender of a list gets back: their own sheets with the rows that wait, and the
questions about them. Arranged here; `asksheets` writes it as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pyarrow as pa

from semesta.intake.cells import NUMBER
from semesta.intake.corrections.lineages import Cells, Standing
from semesta.intake.fates import problems
from semesta.intake.marks import number_of, shown
from semesta.kernel import NotPossible

# What a sender can do about a row that is refused: nothing is asked there by itself.
FIXES = {
    "row.duplicate": "Biarkan bila memang baris yang sama. Bila ini orang lain, tulis yang "
    "membedakannya, misalnya NIK.",
    "row.unusable": "Tulis nama atau NIK-nya. Bila baris ini bukan orang, biarkan saja.",
}
_ALL_ALIKE = {"row.duplicate": "Baris ini sama persis dengan baris lain di daftar."}
_LEAVE = "Tidak perlu diubah bila sudah benar."
_WAITING = ("held", "refused")


class Noticed(NamedTuple):
    """One thing noticed in a row: where, what, what to do, and who can answer."""

    column: str
    code: str
    kind: str
    what: str
    fix: str
    office: str


@dataclass(frozen=True)
class Row:
    """One row of the list as it stands: its number, its texts in the order of the
    sheet's columns, its fate, and what was noticed in it (warnings are not shown)."""

    number: str
    texts: list[str]
    fate: str
    noticed: list[Noticed]

    @property
    def waits(self) -> bool:
        return self.fate in _WAITING


@dataclass
class Sheet:
    """One sheet of the sender's file, with the rows to be sent back."""

    title: str
    headers: list[str]
    rows: list[Row] = field(default_factory=list)


@dataclass
class Question:
    """One question, and all rows it is asked about as (sheet, place in it from 0)."""

    kind: str
    code: str
    what: str
    fix: str
    office: str
    columns: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Letter:
    """Everything the sender gets back."""

    sheets: list[Sheet]
    questions: list[Question]

    @property
    def waiting(self) -> int:
        """How many rows wait for an answer."""
        return sum(row.waits for sheet in self.sheets for row in sheet.rows)


class Sources(NamedTuple):
    """What a letter is made from: the tables of the list as its delivery describes them,
    its rows as received with their ids, what corrections changed, what stands for each
    row today, what was noticed (row id → problems as stored) with all fates, and the
    office that sent the list."""

    tables: Sequence[Mapping[str, Any]]
    row_ids: Sequence[str]
    raw: pa.Table
    changes: Mapping[str, Cells]
    standing: Mapping[str, Standing]
    fates: Mapping[str, str]
    told: Mapping[str, Sequence[Mapping[str, str]]]
    office: str


def letter(sources: Sources, *, all_rows: bool = False) -> Letter:
    """The rows that wait, or all rows, of a list and its corrections as they stand."""
    sheets = _sheets(sources.tables)
    names = {name.lower(): name for name in sources.raw.column_names[2:]}
    for key in ("sheet", "line"):
        if f"{key}_" in names:
            names.setdefault(key, names[f"{key}_"])
    for row_id, raw in zip(sources.row_ids, sources.raw.to_pylist(), strict=True):
        sheet = sheets.get(int(row_id.split(":")[1]))
        newest = sources.standing.get(row_id, Standing()).newest
        fate = sources.fates.get(newest, "")
        if sheet is None or not (all_rows or fate in _WAITING):
            continue
        noticed = [
            _noticed(one, sources.office) for one in sources.told.get(newest, ())
        ]
        cells = {h: raw.get(names.get(h.lower(), ""), "") or "" for h in sheet.headers}
        texts = _texts(cells, sources.changes.get(row_id, {}), noticed)
        shown_ones = [one for one in noticed if one.kind != "warning"]
        sheet.rows.append(Row(number_of(row_id), texts, fate, shown_ones))
    filled = [sheet for sheet in sheets.values() if sheet.rows]
    return Letter(filled, _questions(filled))


def _sheets(tables: Iterable[Mapping[str, Any]]) -> dict[int, Sheet]:
    """Sheet number → the sheet with the columns of all its tables, in their order."""
    sheets: dict[int, Sheet] = {}
    for table in tables:
        if "columns" not in table:
            continue
        found = sheets.setdefault(
            table["sheet_number"], Sheet(table["sheet"] or "Data", [])
        )
        known = {header.lower() for header in found.headers}
        found.headers += [
            column["header"]
            for column in table["columns"]
            if column["header"].lower() not in known
        ]
    return sheets


def _noticed(told: Mapping[str, str], office: str) -> Noticed:
    code, kind, message = told["code"], told["kind"], told["message"]
    known = problems().get(code)
    question = known.question if known and kind == "held" else ""
    fix = question or (FIXES.get(code, "") if kind == "refused" else _LEAVE)
    what = message.removesuffix(question).strip() if question else message
    if code in _ALL_ALIKE:
        what = f"{what.rstrip('.')} di berkas asal."
    asked = told["office"] or (office if kind in _WAITING else "")
    return Noticed(told["column"], code, kind, what, fix, asked)


def _texts(cells: Cells, changes: Cells, noticed: Iterable[Noticed]) -> list[str]:
    """A row's texts as its sender gets them back. The lake keeps no marks of cells, but
    the codes tell which of them were numbers too long for their cell."""
    numeric = {one.column for one in noticed if one.code.endswith(".numeric_cell")}
    return [
        shown(changes.get(header.lower(), NUMBER + text if header in numeric else text))
        for header, text in cells.items()
    ]


def _questions(sheets: Sequence[Sheet]) -> list[Question]:
    """All questions: those about most rows first."""
    found: dict[tuple[str, str], Question] = {}
    for number, sheet in enumerate(sheets):
        for place, row in enumerate(sheet.rows):
            for one in row.noticed if row.waits else ():
                if one.kind not in _WAITING:
                    continue
                what = _ALL_ALIKE.get(one.code, one.what)
                question = found.setdefault(
                    (one.code, what),
                    Question(one.kind, one.code, what, one.fix, one.office),
                )
                if one.column and one.column not in question.columns:
                    question.columns.append(one.column)
                if (number, place) not in question.places[-1:]:
                    question.places.append((number, place))
    return sorted(found.values(), key=lambda one: -len(one.places))


def nothing_asked() -> NotPossible:
    return NotPossible(
        "correction.nothing",
        "Tidak ada baris yang perlu diperbaiki.",
        "Semua baris daftar ini sudah diterima, atau sudah diperbaiki pengirimnya.",
        "Tidak perlu apa-apa; untuk seluruh daftar, mintalah semua baris.",
    )
