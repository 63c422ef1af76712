"""Whatever a sheet holds, its rows' fates add up, and no line disappears unnamed."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.badfiles.accounts import accounted_lines
from tests.support.badfiles.grids import filled_lines
from tests.support.office_files import HEADER, nik, read, workbook

from semesta.intake.choosing import known_words
from semesta.intake.fates import SEVERITY, fate_of
from semesta.intake.reading import Reading
from semesta.intake.sheets import open_book
from semesta.intake.tables import find_tables
from semesta.kernel import UserError

dirty_text = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\0"),
    max_size=12,
)
telling = st.sampled_from(
    [
        "", "-", "NIK", "NAMA", "JUMLAH", "Mengetahui", "LURAH", "RT 01", "1", "SYAFRIL",
        "Padang Panjang, 1 Januari 2026", nik(1), nik(2), "0" * 16, nik(3) + ".0",
        "31-12-1992", "45 th", "1,5 jt", "=1+1", "=cmd|' /C calc'!A0", "\u202eABC",
    ]
)  # fmt: skip
number = st.one_of(
    st.integers(0, 100), st.just(1374010101809001), st.floats(-1e9, 1e9), st.booleans()
)
day = st.dates(date(1900, 3, 1), date(2030, 1, 1))
cell = st.one_of(telling, dirty_text, number, day, st.none())
line = st.lists(cell, max_size=8)


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(above=st.lists(line, max_size=4), below=st.lists(line, max_size=25))
def test_fates_add_up_in_workbooks(above: list[list], below: list[list]) -> None:
    content = workbook([*above, HEADER, *below, [7, nik(7), "DARNIS", "01-01-1980"]])
    _check(content)


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(
    lines=st.lists(st.lists(st.one_of(telling, dirty_text), max_size=8), max_size=25),
    delimiter=st.sampled_from(";,\t"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_fates_add_up_in_text(
    lines: list[list[str]], delimiter: str, quoting: int
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting)
    writer.writerows([HEADER, *lines, ["7", nik(7), "DARNIS", "01-01-1980"]])
    _check(out.getvalue().encode())


def _check(
    content: bytes, codes: tuple[str, ...] = ("file.", "table.", "columns.")
) -> Reading | None:
    """The reading, its rows all there; None when the file was refused with one of these
    codes."""
    try:
        reading = read(content)
    except UserError as error:
        code = error.code
    else:
        _check_reading(reading)
        return reading
    assert code.startswith(codes)
    return None


def _check_reading(reading: Reading) -> None:
    rows = reading.rows
    assert sum(reading.fates.values()) == rows.num_rows == reading.raw.num_rows
    assert rows.num_rows == sum(table.get("rows", 0) for table in reading.tables)
    assert len(set(rows["row_id"].to_pylist())) == rows.num_rows
    kinds: dict[str, list] = {row_id: [] for row_id in rows["row_id"].to_pylist()}
    for row_id, kind in zip(
        reading.problems["row_id"].to_pylist(),
        reading.problems["kind"].to_pylist(),
        strict=True,
    ):
        assert kind in SEVERITY
        kinds[row_id].append(kind)
    for row in rows.to_pylist():
        assert row["fate"] == fate_of(kinds[row["row_id"]])
        assert bool(row["codes"]) == bool(kinds[row["row_id"]])


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(below=st.lists(line, max_size=25))
def test_every_line_is_a_row_or_named(below: list[list]) -> None:
    last = [7, nik(7), "DARNIS", "01-01-1980", "JL. X", "Ojek"]
    content = workbook([HEADER, *below, last])
    tables = [
        table
        for sheet in open_book(content).sheets()
        for table in find_tables(sheet, known_words())
    ]
    headers = sum(t.header_lines[1] - t.header_lines[0] + 1 for t in tables)
    named = sum(t.rows + sum(t.left_out.values()) for t in tables)
    assert headers + named == len(below) + 2
    assert tables[-1].lines[-1] == len(below) + 2


titles = st.lists(
    st.sampled_from(
        [
            [],
            ["PEMERINTAH KOTA"],
            ["", "KELURAHAN GANTING"],
            ["Tahun", "2026"],
            ["NO", "1"],
        ]
    ),
    max_size=29,
)
endings = st.sampled_from(
    [
        [], [["JUMLAH", "", "", "", "", 3]], [["TOTAL"]], [[]] * 9,
        [[], ["", "", "", "Padang Panjang, 1 Januari 2026"], ["", "", "", "LURAH"]],
        [["", "Mengetahui"], [], ["", "NIP. 196501011990031009"], [], []],
    ]
)  # fmt: skip
TWO_LINES = [
    ["NO", "NIK", "NAMA", "TEMPAT/TGL LAHIR", "ALAMAT", "", "PEKERJAAN"],
    ["", "", "", "", "JALAN", "RT/RW", ""],
]


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[list], bool, list[int]]:
    """(lines, whether its header is of two merged lines, hidden lines)."""
    merged = draw(st.booleans())
    lines: list[list] = [*draw(titles), *(TWO_LINES if merged else [HEADER])]
    for number in range(draw(st.integers(0, 5))):
        lines.append(
            [number, nik(number + 1), "DARNIS", "01-01-1980", "JL. X", "", "Ojek"]
        )
        if draw(st.booleans()):
            lines.append(draw(line))
        if draw(st.integers(0, 9)) == 0:
            lines.append(HEADER)
    lines += draw(endings)
    hidden = draw(st.lists(st.integers(0, len(lines)), max_size=3))
    return lines, merged, hidden


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(made=st.lists(sheets(), min_size=1, max_size=3), empty=st.booleans())
def test_no_line_of_a_whole_workbook_disappears(made: list, empty: bool) -> None:
    codes = ("table.none", "columns.missing", "table.rows_above")
    if reading := _check(_book(made, empty=empty), codes):
        assert accounted_lines(reading) == sum(filled_lines(one[0]) for one in made)


def _book(made: list, *, empty: bool) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    if empty:
        book.add_worksheet()
    for lines, merged, hidden in made:
        page = book.add_worksheet()
        for place, cells in enumerate(lines):
            for column, value in enumerate(cells):
                if isinstance(value, date):
                    page.write_string(place, column, value.isoformat())
                elif isinstance(value, str):
                    page.write_string(place, column, value)
                elif value is not None:
                    page.write(place, column, value)
        if merged:
            top = lines.index(TWO_LINES[0])
            page.merge_range(top, 4, top, 5, "ALAMAT")
            page.merge_range(top, 1, top + 1, 1, "NIK")
        for place in hidden:
            page.set_row(place, options={"hidden": True})
    book.close()
    return content.getvalue()
