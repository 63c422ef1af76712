"""Workbooks: text stays text, formulas do not exist, bytes repeat."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook
from tests.support.badfiles.grids import INJECTIONS

import semesta
from semesta.warehouse.lake import table_sha256
from semesta.warehouse.workbook import (
    Column,
    Sheet,
    harmless,
    looks_like_formula,
    write_workbook,
)

COLUMNS = (Column("NIK", 18), Column("NAMA", 20), Column("ORANG"))
MADE_ON = date(2026, 1, 2)


def a_book(*rows, **changes) -> bytes:
    sheet = Sheet("Daftar", COLUMNS, rows, **changes)
    return write_workbook([sheet], title="Contoh", made_on=MADE_ON)


def read(content: bytes) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return book.get_sheet_by_index(0).to_python()


def test_a_long_number_keeps_its_last_digit() -> None:
    rows = read(a_book(["1374010101909001", "A", 12]))
    assert rows[1] == ["1374010101909001", "A", 12.0]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "{=1}"])
def test_nothing_becomes_a_formula_or_a_number(text: str) -> None:
    content = a_book(["1", text, None])
    assert read(content)[1][1] == text
    with ZipFile(BytesIO(content)) as parts:
        assert b"<f" not in parts.read("xl/worksheets/sheet1.xml")


def test_a_dangerous_text_carries_the_quote_mark() -> None:
    content = a_book(["1", "=1+1", None])
    with ZipFile(BytesIO(content)) as parts:
        assert b'quotePrefix="1"' in parts.read("xl/styles.xml")


def test_addresses_do_not_become_links() -> None:
    with ZipFile(BytesIO(a_book(["1", "https://contoh.invalid", None]))) as parts:
        assert b"hyperlink" not in parts.read("xl/worksheets/sheet1.xml")


def test_notes_stand_above_the_header() -> None:
    rows = read(a_book(["1", "A", 1], notes=("Judul", "Nomor 1")))
    assert [row[0] for row in rows] == ["Judul", "Nomor 1", "", "NIK", "1"]


def test_the_same_rows_give_the_same_bytes() -> None:
    assert a_book(["1", "A", 1]) == a_book(["1", "A", 1])
    assert a_book(["1", "A", 1]) != a_book(["1", "B", 1])


def test_an_empty_list_is_a_header() -> None:
    assert read(a_book()) == [["NIK", "NAMA", "ORANG"]]


class TestTableHash:
    def test_content_counts_and_not_its_chunks(self) -> None:
        whole = pa.table({"a": [1, 2, None]})
        parts = pa.concat_tables([whole.slice(0, 1), whole.slice(1)])
        assert table_sha256(whole) == table_sha256(parts)

    def test_another_value_is_another_hash(self) -> None:
        assert table_sha256(pa.table({"a": [1]})) != table_sha256(pa.table({"a": [2]}))


@pytest.mark.parametrize("text", [one for one in INJECTIONS if one[0] not in "|%"])
def test_a_text_that_would_be_computed_is_disarmed(text: str) -> None:
    assert looks_like_formula(text)
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-", "", "SYAFRIL", "JL. A + B", "1-2", "'=1"])
def test_a_harmless_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_nobody_else_writes_tables_for_people() -> None:
    """A new writer must disarm formulas too: add it here when it does."""
    source = Path(semesta.__file__).parent
    writers = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if re.search(r"\bxlsxwriter\.Workbook|csv\.(?:writer|DictWriter)\(|write_csv\(",
                     path.read_text("utf-8"))
    }  # fmt: skip
    assert writers == {
        "warehouse/workbook.py", "intake/corrections/asksheets.py", "web/decrees/views.py",
        "reports/xlsform.py",
        "decrees/decree.py", "decrees/changes/change.py",  # only hashed
        # the invented city's own files
        "demo/truth.py", "demo/insurer.py", "demo/offices/sheets.py",
    }  # fmt: skip
