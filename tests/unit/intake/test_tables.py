"""Tables inside sheets: headers found, and every line below them accounted for."""

from __future__ import annotations

import io

import openpyxl
import pytest
from tests.support.office_files import HEADER, nik, person, read, rows, workbook

from semesta.intake.choosing import known_words
from semesta.intake.sheets import open_book
from semesta.intake.tables import Table, find_tables

TITLE = [["USULAN PEKERJA RENTAN TAHUN 2026"], ["KELURAHAN : GANTING"], []]
SIGNATURE = [
    [],
    [None, None, None, None, "Padang Panjang, 16 Desember 2025"],
    [None, "Mengetahui", None, None, "LURAH GANTING"],
    [],
    [None, None, None, None, "SYAFRIL"],
    [None, None, None, None, "NIP. 19720101 199803 1 906"],
]


def tables_of(content: bytes) -> list[Table]:
    return [
        table
        for sheet in open_book(content).sheets()
        for table in find_tables(sheet, known_words())
    ]


def one_table(*lines: list[object]) -> Table:
    (table,) = tables_of(workbook(lines))
    return table


def texts(table: Table) -> list[str]:
    return [header.text for header in table.headers]


@pytest.mark.parametrize("above", range(29))
def test_a_header_in_any_of_the_first_lines(above: int) -> None:
    table = one_table(*[["catatan"]] * above, HEADER, person(1), person(2))
    assert table.header_lines == (above + 1, above + 1)
    assert table.lines.tolist() == [above + 2, above + 3]


def test_a_header_deeper_than_thirty_lines_is_not_looked_for() -> None:
    assert tables_of(workbook([["x"]] * 30 + [HEADER, person(1)])) == []


def test_titles_are_kept() -> None:
    table = one_table(*TITLE, HEADER, person(1))
    assert table.titles == ["USULAN PEKERJA RENTAN TAHUN 2026", "KELURAHAN : GANTING"]


def test_everything_below_is_a_row_or_named() -> None:
    lines = [
        *TITLE,
        HEADER,
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        person(1),
        ["RT 02"],
        person(2),
        [3],
        [],
        [None, None, "JUMLAH", "2 orang"],
        ["Catatan: data per Desember"],
        *SIGNATURE,
    ]
    table = one_table(*lines)
    assert table.lines.tolist() == [6, 8]
    assert table.left_out == {
        "blank": 3,
        "column_numbers": 1,
        "note": 1,
        "numbered_blank": 1,
        "section": 1,
        "signature": 4,
        "total": 1,
    }
    assert table.rows + sum(table.left_out.values()) == len(lines) - 4


def test_a_poor_row_stays_a_row() -> None:
    """Only a name, or only a NIK, or a name in a strange column: each gets its fate."""
    table = one_table(
        HEADER,
        person(1),
        [None, None, "DARNIS"],
        [None, nik(3)],
        [None] * 4 + ["JL. X"],
    )
    assert table.rows == 4


def test_a_person_at_the_end_is_no_signature() -> None:
    table = one_table(HEADER, person(1), [2, None, "SYAFRIL", None, None, "Ketua RT"])
    assert table.rows == 2


def test_a_long_list_without_numbers_keeps_its_chairmen() -> None:
    lines = [["NAMA", "PEKERJAAN"], *[["SYAFRIL", "Ketua RT"]] * 40]
    assert one_table(*lines).rows == 40


def merged_workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "DAFTAR"
    for cell, text in {
        "A3": "NO", "B3": "NAMA", "C3": "NIK", "D3": "ALAMAT", "D4": "JALAN", "E4": "RT",
        "F4": "RW", "G3": "JENIS KELAMIN", "G4": "L", "H4": "P", "I3": "PEKERJAAN",
    }.items():  # fmt: skip
        sheet[cell] = text
    for area in ("A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:H3", "I3:I4"):
        sheet.merge_cells(area)
    sheet.append([1, "SYAFRIL", nik(1), "JL. X", "1", "2", "√", None, "Ojek"])
    sheet.append([2, "DARNIS", nik(2), "JL. X", "1", "2", None, "v", "Ojek"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_merged_header_of_two_lines() -> None:
    (table,) = tables_of(merged_workbook())
    assert table.header_lines == (3, 4)
    assert texts(table)[3:6] == ["ALAMAT JALAN", "ALAMAT RT", "ALAMAT RW"]
    assert table.rows == 2


def test_its_columns_are_understood() -> None:
    first, second = rows(read(merged_workbook()))
    assert (first["address"], first["rt"], first["rw"]) == ("JL. X", "001", "002")
    assert (first["sex"], second["sex"]) == ("L", "P")


def test_a_header_of_two_lines_in_text() -> None:
    content = (
        b"NO;NAMA;NIK;ALAMAT;;\n;;;JALAN;RT;RW\n1;SYAFRIL;1374010101809001;JL. X;1;2\n"
    )
    (table,) = tables_of(content)
    assert table.header_lines == (1, 2)
    assert texts(table)[3:] == ["ALAMAT JALAN", "ALAMAT RT", "ALAMAT RW"]


def test_two_tables_in_one_sheet() -> None:
    first, second = tables_of(
        workbook(
            [
                *TITLE, HEADER, person(1), person(2), [], ["B. TAMBAHAN"],
                ["NO", "NAMA", "NIK", "PEKERJAAN"], [1, "DARNIS", nik(9), "Tani"],
            ]
        )
    )  # fmt: skip
    assert (first.rows, second.rows) == (2, 1)
    assert second.lines.tolist() == [10]
    assert texts(second) == ["NO", "NAMA", "NIK", "PEKERJAAN"]


def test_a_header_repeated_on_each_printed_page() -> None:
    parts = tables_of(
        workbook([HEADER, person(1), HEADER, person(2), HEADER, person(3)])
    )
    assert [part.rows for part in parts] == [3]
    assert parts[0].left_out == {"header": 2}
    assert parts[0].lines.tolist() == [2, 4, 6]


def test_several_sheets_and_those_that_hold_no_list() -> None:
    help_sheet = [["PETUNJUK"], ["1. Isilah semua kolom"], ["2. NIK 16 digit"]]
    codes = [["KODE", "LOKASI"], ["1374", "PADANG PANJANG"]]
    reading = read(
        workbook(
            help_sheet, codes, [HEADER, person(1)], [HEADER, person(2)],
            names=["Petunjuk", "Kode", "RT 1", "RT 2"],
        )
    )  # fmt: skip
    assert [row["row_id"][-4:] for row in rows(reading)] == [":3:2", ":4:2"]
    assert [t["sheet"] for t in reading.tables if "skipped" in t] == [
        "Petunjuk",
        "Kode",
    ]


def test_the_same_header_twice_is_kept_apart() -> None:
    table = one_table(["NIK", "NAMA", "KET", "ket", ""], ["1", "A", "x", "y", "z"])
    assert texts(table) == ["NIK", "NAMA", "KET", "ket_2", "kolom_5"]


def test_a_header_and_nothing_else() -> None:
    table = one_table(HEADER)
    assert (table.rows, table.left_out) == (0, {})


def test_relations_that_are_header_words_do_not_cut_a_table() -> None:
    lines = [["NIK", "NAMA", "HUBUNGAN"]]
    lines += [[nik(n), "SYAFRIL", "Kepala Keluarga"] for n in range(1, 9)]
    assert one_table(*lines).rows == 8


def test_leading_blank_columns_and_rows() -> None:
    table = one_table(
        [], [None, None, *HEADER], [None, None, *person(1)], [None, None, *person(2)]
    )
    assert table.lines.tolist() == [3, 4]
    assert texts(table) == HEADER
