"""The correction workbook as xlsx: questions first, then the sender's own sheets.

Every cell is written as text, so nothing a list holds can become a formula, and what is
typed over it stays text: a NIK keeps its last digit.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import xlsxwriter

from semesta.intake.corrections.asking import Letter, Noticed, Question, Row, Sheet
from semesta.intake.marks import MARK_KEY, MARK_SHEET, NOTE_HEADER, NUMBER_HEADER
from semesta.warehouse.workbook import looks_like_formula

FILL = {"refused": "#F4B5B5", "held": "#FFE08A", "corrected": "#D3EED8"}
TITLES = {"refused": "Ditolak", "held": "Ditahan", "corrected": "Diperbaiki Semesta"}
_GRAVEST = ("refused", "held", "corrected")
_FIRST = "Pertanyaan"
_WIDTHS = (6, 46, 46, 22, 30, 9, 24)
_HEADINGS = ("#", "Yang salah", "Yang harus dilakukan", "Kolom", "Baris di lembar",
             "Banyaknya", "Yang dapat menjawab")  # fmt: skip
_MOST_COMMENTS = 5_000
_MOST_RANGES = 15
_STEPS = (
    "Buka lembar di sebelah; baris yang perlu dijawab sudah dipilihkan.",
    (
        "Perbaiki sel kuning dan merah. Arahkan tetikus ke sel untuk membaca sebabnya, atau "
        f"baca kolom {NOTE_HEADER}."
    ),
    (
        "Tanda ? menggantikan angka yang hilang; ketik nomor lengkapnya. Sel yang dikosongkan "
        "tidak menghapus isi lama."
    ),
    f"Jangan ubah kolom {NUMBER_HEADER}. Simpan, lalu kirim berkas ini kembali.",
)


@dataclass(frozen=True)
class About:
    """What the workbook says of itself. `sha256`: of the file the list came in."""

    filename: str
    name: str
    sha256: str
    at: datetime


def write_workbook(letter: Letter, about: About) -> bytes:
    """The workbook's bytes; the same letter gives the same bytes."""
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, options) as book:
        made = about.at.replace(tzinfo=None)
        book.set_properties({"title": f"Perbaikan {about.filename}", "created": made})
        formats = _Formats(book)
        titles = _sheet_titles(letter.sheets)
        first = book.add_worksheet(_FIRST)
        _write_questions(first, letter, titles, about, formats)
        comments = _MOST_COMMENTS
        for sheet, title in zip(letter.sheets, titles, strict=True):
            comments = _write_sheet(book.add_worksheet(title), sheet, formats, comments)
        _write_mark(book.add_worksheet(MARK_SHEET), about, formats)
    return content.getvalue()


class _Formats:
    """The looks of cells; every one of them is of the text format."""

    def __init__(self, book: Any) -> None:
        text = {"num_format": "@", "valign": "top", "font_name": "Calibri"}
        self.text = book.add_format(text)
        self.wrapped = book.add_format(text | {"text_wrap": True})
        line = {"text_wrap": True, "bottom": 1, "bottom_color": "#E4DFD3"}
        self.told = book.add_format(text | line)
        self.link = book.add_format(text | line | {"font_color": "#145740"})
        self.soft = book.add_format(text | {"font_color": "#6B6B6B"})
        self.soft_wrapped = book.add_format(
            text | {"font_color": "#6B6B6B", "text_wrap": True}
        )
        self.title = book.add_format(text | {"bold": True, "font_size": 16})
        head = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#145740"}
        self.head = book.add_format(
            text | head | {"text_wrap": True, "valign": "vcenter"}
        )
        self.ours = book.add_format(
            text
            | head
            | {"bg_color": "#6B6B6B", "text_wrap": True, "valign": "vcenter"}
        )
        edge = {"border": 1, "border_color": "#C9C2B2"}
        self.of = {
            kind: book.add_format(text | edge | {"bg_color": colour})
            for kind, colour in FILL.items()
        }
        # Texts that look like formulas stay text when the sheet is saved as CSV too.
        quoted = {"quote_prefix": True}
        self.quoted = {
            self.text: book.add_format(text | quoted),
            **{
                self.of[kind]: book.add_format(
                    text | edge | quoted | {"bg_color": colour}
                )
                for kind, colour in FILL.items()
            },
        }


def _sheet_titles(sheets: Sequence[Sheet]) -> list[str]:
    """The sheets' own names, as far as a workbook allows and each only once."""
    taken = {_FIRST.lower(), MARK_SHEET.lower()}
    titles = []
    for sheet in sheets:
        plain = re.sub(r"[\[\]:*?/\\]", " ", sheet.title).strip(" '")[:31] or "Data"
        title, number = plain, 2
        while title.lower() in taken or title.lower() == "history":
            title, number = f"{plain[:27]} ({number})", number + 1
        taken.add(title.lower())
        titles.append(title)
    return titles


# ── the questions ─────────────────────────────────────────────────────────


def _write_questions(
    page: Any, letter: Letter, titles: Sequence[str], about: About, formats: _Formats
) -> None:
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width, formats.text)
    page.hide_gridlines(2)
    page.write_string(0, 0, f"Mohon perbaikan: {about.filename}", formats.title)
    asked = f"{len(letter.questions)} pertanyaan tentang {letter.waiting} baris."
    page.write_string(1, 0, asked, formats.soft)
    line = 3
    for number, step in enumerate(_STEPS, start=1):
        page.write_string(line, 0, f"{number}.", formats.text)
        page.write_string(line, 1, step, formats.text)
        line += 1
    for kind in _GRAVEST[::-1]:
        page.write_string(line + 1, 0, "", formats.of[kind])
        page.write_string(line + 1, 1, TITLES[kind], formats.soft)
        line += 1
    line += 2
    for column, heading in enumerate(_HEADINGS):
        page.write_string(line, column, heading, formats.head)
    for number, question in enumerate(letter.questions, start=1):
        _write_question(page, line + number, number, question, titles, formats)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(line)


def _write_question(
    page: Any,
    line: int,
    number: int,
    question: Question,
    titles: Sequence[str],
    formats: _Formats,
) -> None:
    page.write_string(line, 0, str(number), formats.of[question.kind])
    told = (question.what, question.fix, ", ".join(question.columns))
    for column, text in enumerate(told, start=1):
        page.write_string(line, column, text, formats.told)
    sheet, place = question.places[0]
    quoted = titles[sheet].replace("'", "''")
    page.write_url(
        line, 4, f"internal:'{quoted}'!A{place + 2}", formats.link,
        where(question.places, titles),
    )  # fmt: skip
    page.write_string(line, 5, str(len(question.places)), formats.told)
    page.write_string(line, 6, question.office, formats.told)


def where(places: Iterable[tuple[int, int]], titles: Sequence[str]) -> str:
    """Rows as people read them: `2, 5, 9–12`; with the sheet's name where there are
    several sheets. Long lists end in how many more there are."""
    told, ranges, left = [], 0, 0
    for sheet, group in groupby(places, key=lambda one: one[0]):
        parts = []
        for first, last in _ranges(place + 2 for _, place in group):
            if ranges == _MOST_RANGES:
                left += last - first + 1
                continue
            ranges += 1
            parts.append(f"{first}–{last}" if last > first else str(first))
        if parts:
            name = f"{titles[sheet]}: " if len(titles) > 1 else ""
            told.append(name + ", ".join(parts))
    more = f" … dan {left} baris lain" if left else ""
    return "; ".join(told) + more


def _ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return ranges


# ── the sender's own sheets ───────────────────────────────────────────────


def _write_sheet(page: Any, sheet: Sheet, formats: _Formats, comments: int) -> int:
    """One sheet; returns how many more comments the workbook may have."""
    width = len(sheet.headers)
    for column, header in enumerate(sheet.headers):
        longest = max((len(row.texts[column]) for row in sheet.rows), default=0)
        fit = min(max(longest + 2, len(header) * 0.7 + 2, 9), 44)
        page.set_column(column, column, fit, formats.text)
        page.write_string(0, column, header, formats.head)
    page.set_column(width, width, 60, formats.soft_wrapped)
    page.set_column(width + 1, width + 1, 18, formats.soft)
    page.write_string(0, width, NOTE_HEADER, formats.ours)
    page.write_string(0, width + 1, NUMBER_HEADER, formats.ours)
    page.write_comment(0, width + 1, "Jangan diubah: dari nomor ini Semesta mengenali "
                       "baris mana yang Anda perbaiki.", {"author": "Semesta"})  # fmt: skip
    page.set_row(0, 32)
    for line, row in enumerate(sheet.rows, start=1):
        comments = _write_row(page, line, row, sheet.headers, formats, comments)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(sheet.rows), 1), width + 1)
    page.set_landscape()
    page.repeat_rows(0)
    return comments


def _write_row(
    page: Any,
    line: int,
    row: Row,
    headers: Sequence[str],
    formats: _Formats,
    comments: int,
) -> int:
    width = len(headers)
    met: dict[int, list[Noticed]] = {}
    for one in row.noticed:
        # What concerns no single cell stands at the row's number.
        place = headers.index(one.column) if one.column in headers else width + 1
        met.setdefault(place, []).append(one)
    notes = [_note(one) for one in row.noticed if row.waits and one.kind != "corrected"]
    texts = [*row.texts, "\n".join(notes), row.number]
    looks = [formats.text] * width + [formats.soft_wrapped, formats.soft]
    for column, text in enumerate(texts):
        here = met.get(column, [])
        look = formats.of[_gravest(here)] if here else looks[column]
        if looks_like_formula(text):
            look = formats.quoted.get(look, look)
        page.write_string(line, column, text, look)
        if here and comments > 0:
            comments -= 1
            told = comment(here)
            high = 30 + 18 * (len(told) // 44 + told.count("\n") + 1)
            size = {"author": "Semesta", "width": 320, "height": high}
            page.write_comment(line, column, told, size)
    return comments


def _gravest(noticed: Iterable[Noticed]) -> str:
    kinds = {one.kind for one in noticed}
    return next(kind for kind in _GRAVEST if kind in kinds)


def _note(one: Noticed) -> str:
    named = not one.column or one.what.lower().startswith(one.column.lower())
    column = "" if named else f"{one.column}: "
    return f"{column}{one.what} {one.fix}".strip()


def comment(noticed: Iterable[Noticed]) -> str:
    """What is wrong with a cell, what to do, and who can answer."""
    parts = []
    for one in noticed:
        told = [f"{TITLES[one.kind].upper()}: {one.what}"]
        if one.fix:
            told.append(f"Yang harus dilakukan: {one.fix}")
        if one.office:
            told.append(f"Yang dapat menjawab: {one.office}")
        parts.append("\n".join(told))
    return "\n\n".join(parts)


# ── what the file is ──────────────────────────────────────────────────────


def _write_mark(page: Any, about: About, formats: _Formats) -> None:
    """The hidden sheet by which the workbook is recognised when it comes back."""
    page.set_column(0, 0, 16, formats.text)
    page.set_column(1, 1, 70, formats.text)
    page.set_column(2, 2, 90, formats.wrapped)
    lines = (
        ("Lembar ini", "tersembunyi", ("Dipakai Semesta untuk mengenali berkas ini ketika "
         "dikirim kembali. Tidak memuat data orang.")),
        ("Berkas asal", about.filename, "Nama berkas yang barisnya diperbaiki di sini."),
        ("Nama simpanan", about.name, ("Nama pendek kiriman itu; nomor baris diawali "
         "delapan huruf pertamanya.")),
        (MARK_KEY, about.sha256, ("Sidik berkas asal: perbaikan hanya diterima untuk "
         "berkas dengan sidik ini.")),
    )  # fmt: skip
    for line, texts in enumerate(lines):
        for column, text in enumerate(texts):
            page.write_string(line, column, text, formats.text)
    page.hide()
