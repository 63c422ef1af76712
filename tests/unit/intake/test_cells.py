"""Cells as marked text: the kind of a cell is never lost on the way."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pyarrow as pa
import pytest

from semesta.intake.cells import (
    DATE,
    ERROR,
    FORMULA,
    NUMBER,
    TRUTH,
    Marked,
    bare,
    bare_column,
    cell_text,
    column_of,
    mark_of,
    plain,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("teks", "teks"),
        ("", ""),
        (None, ""),
        (1374010101809001.0, NUMBER + "1374010101809001"),
        (12, NUMBER + "12"),
        (1.5, NUMBER + "1.5"),
        (1e300, NUMBER + "1e+300"),
        (True, TRUTH + "TRUE"),
        (date(1992, 12, 31), DATE + "1992-12-31"),
        (datetime.fromisoformat("1992-12-31"), DATE + "1992-12-31"),
        (datetime.fromisoformat("1992-12-31T08:30"), DATE + "1992-12-31 08:30:00"),
        (time(8, 30), DATE + "08:30:00"),
        (timedelta(hours=30), DATE + "1 day, 6:00:00"),
        (Marked(FORMULA), FORMULA),
        (Marked(ERROR), ERROR),
        (NUMBER + "pura-pura", "pura-pura"),
    ],
)
def test_values(value: object, text: str) -> None:
    assert cell_text(value) == text
    assert column_of([value, "lain"]).to_pylist() == [text, "lain"]


def test_no_other_value_is_taken() -> None:
    with pytest.raises(TypeError):
        cell_text(b"bita")


def test_marks_come_off_again() -> None:
    assert (mark_of(NUMBER + "1"), bare(NUMBER + "1")) == (NUMBER, "1")
    assert (mark_of("1"), bare("1"), mark_of("")) == ("", "1", "")
    assert bare_column(pa.array([NUMBER + "1", "a", FORMULA])).to_pylist() == [
        "1",
        "a",
        "",
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  a \u00a0 b\n", "a b"),
        ("\ufeff\u200bteks\u202e", "teks"),
        ('="0812"', "0812"),
        ("nan", ""),
        ("N/A", ""),
        ("#N/A", ""),
        (NUMBER + "5", "5"),
    ],
)
def test_plain(cell: str, text: str) -> None:
    assert plain(cell) == text
