"""How a correction workbook is recognised when it comes back.

Each row carries its number, `<8 letters of the delivery>-<sheet>-<line>`, so a row says
itself which list it is from, also in a file that was saved as CSV or pasted elsewhere.
A hidden sheet names the whole hash of the file the rows were first sent in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from semesta.intake.cells import NUMBER, bare, cell_text, mark_of, plain
from semesta.intake.headers import header_key

NUMBER_HEADER = "BARIS SEMESTA"
NOTE_HEADER = "CATATAN SEMESTA"
NUMBER_KEY = header_key(NUMBER_HEADER)
MARK_SHEET = "Semesta"
MARK_KEY = "SHA-256"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_WITHIN = 20
_HELD_DIGITS = 15
_LONGEST = 32_767  # characters a workbook's cell can hold


def number_of(row_id: str) -> str:
    """The number a row carries for life: `9f2c41ab-1-15`."""
    name, sheet, line = row_id.split(":")
    return f"{name[:8]}-{sheet}-{line}"


def list_of(number: str) -> str:
    """The beginning of the name of the delivery a number is from; blank if it is none."""
    found = re.fullmatch(r"([0-9a-f]{8})-\d+-\d+", number)
    return found[1] if found else ""


def shown(cell: str) -> str:
    """A cell as the sender gets it back. Digits that a number cell could not hold are
    question marks: what was lost is not shown as if it were known, and whoever types
    the same digits again has answered."""
    text = bare(cell)[:_LONGEST]
    if mark_of(cell) == NUMBER and text.isdigit() and len(text) > _HELD_DIGITS:
        return text[:_HELD_DIGITS] + "?" * (len(text) - _HELD_DIGITS)
    return text


def mark_in(rows: Iterable[list]) -> str:
    """The SHA-256 named by a hidden sheet; blank when the sheet is another one."""
    for place, row in enumerate(rows):
        texts = [plain(cell_text(cell)) for cell in row[:2]]
        if len(texts) == 2 and texts[0] == MARK_KEY and _SHA256.fullmatch(texts[1]):
            return texts[1]
        if place > _WITHIN:
            break
    return ""
