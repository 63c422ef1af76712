"""Opening files by content, and the guards before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from tests.support.office_files import (
    HEADER,
    person,
    with_formula,
    workbook,
    zipped,
    zipped_zeros,
)

from semesta.intake import gridscan
from semesta.intake.cells import ERROR, FORMULA
from semesta.intake.sheets import open_book
from semesta.kernel import UserError

ROWS = [HEADER, person(1), person(2)]


def code_of(content: bytes | Path) -> str:
    with pytest.raises(UserError) as raised:
        list(open_book(content).sheets())
    error = raised.value
    assert error.what.endswith(".")
    assert error.why
    assert error.fix
    return error.code


def first_rows(content: bytes) -> list[list]:
    return list(next(open_book(content).sheets()).rows())


def test_a_workbook_keeps_the_kind_of_each_cell() -> None:
    rows = first_rows(workbook([["NIK", "n"], ["1374", 1374.0]]))
    assert rows == [["NIK", "n"], ["1374", 1374.0]]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_tables(delimiter: str, encoding: str) -> None:
    lines = [delimiter.join(map(str, row)) for row in [["NO", "NAMA", "ALAMAT"]]]
    lines += [delimiter.join(["1", "NU’MAN", "JL. É"])]
    rows = first_rows("\r\n".join(lines).encode(encoding))
    assert rows == [["NO", "NAMA", "ALAMAT"], ["1", "NU’MAN", "JL. É"]]


def test_quoted_cells_may_hold_delimiters_and_line_breaks() -> None:
    rows = first_rows(b'NO;NAMA;ALAMAT\n1;"A;B";"JL. X\nRT 1"\n2;C;D\n')
    assert rows[1:] == [["1", "A;B", "JL. X\nRT 1"], ["2", "C", "D"]]


def test_a_quote_never_closed_hides_no_rows() -> None:
    lines = ["NO;NAMA;ALAMAT", '1;"SYAFRIL;JL. X']
    lines += [f"{n};DARNIS;JL. Y" for n in range(2, 300)]
    assert len(first_rows("\n".join(lines).encode())) == 300


@pytest.mark.parametrize(
    "name", ["daftar.xlsx", "daftar.csv", "daftar.pdf", "tanpa-akhiran"]
)
def test_the_name_does_not_matter(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(workbook(ROWS))
    assert open_book(path).kind == "xlsx"


def test_nothing() -> None:
    assert code_of(b"") == "file.empty"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        b"\x89PNG\r\n\x1a\n" + bytes(64),
        b"{\\rtf1\\ansi Daftar}",
        b"<!DOCTYPE html><html><form><input name=user></form></html>",
        b"<?xml version='1.0'?><Workbook/>",
        b"PAR1" + bytes(64),
        bytes(4096),
        b"   \n\n  ",
        b"Yth. Bapak Lurah\nbersama ini kami kirim\ndaftar nama\n",
    ],
)
def test_other_kinds_of_files(content: bytes) -> None:
    assert code_of(content) == "file.not_a_table"


@pytest.mark.parametrize(
    "member", ["word/document.xml", "xl/workbook.bin", "daftar.csv"]
)
def test_archives_that_are_no_workbook(member: str) -> None:
    assert code_of(zipped({member: b"isi"})) == "file.not_a_table"


def test_an_encrypted_workbook() -> None:
    """Excel puts the encrypted workbook into an OLE container with this stream name."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    directory = "Root Entry".encode("utf-16-le") + bytes(44)
    directory += "EncryptedPackage".encode("utf-16-le") + bytes(64)
    assert code_of(ole + directory) == "file.encrypted"


def test_a_zip_with_a_password() -> None:
    content = bytearray(zipped({"xl/workbook.xml": b"<workbook/>"}))
    directory = content.index(b"PK\x01\x02")
    content[6] |= 1
    content[directory + 8] |= 1
    assert code_of(bytes(content)) == "file.encrypted"


def test_an_ole_container_without_a_sheet() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048)
    assert code_of(ole) == "file.corrupt"
    word = ole + "WordDocument".encode("utf-16-le")
    assert code_of(word) == "file.not_a_table"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook(share: float) -> None:
    content = workbook(ROWS)
    assert code_of(content[: int(len(content) * share)]) == "file.corrupt"


def test_a_workbook_damaged_in_the_middle() -> None:
    content = bytearray(workbook([HEADER, *map(person, range(1, 200))]))
    middle = len(content) // 2
    content[middle : middle + 400] = bytes(400)
    assert code_of(bytes(content)) == "file.corrupt"


def test_parts_of_a_workbook_missing() -> None:
    assert code_of(zipped({"xl/workbook.xml": b"<workbook/>"})) == "file.corrupt"
    assert code_of(zipped({"xl/styles.xml": b"<styleSheet/>"})) == "file.corrupt"


@pytest.mark.slow
def test_a_gigabyte_of_zeros(tmp_path: Path) -> None:
    bomb = zipped_zeros(tmp_path / "bom.xlsx", 1 << 30)
    assert bomb.stat().st_size < 8 << 20
    assert code_of(bomb) == "file.bomb"


def test_a_zip_that_lies_about_its_size(tmp_path: Path) -> None:
    """The directory says one kilobyte; the member is sixty-four megabytes of zeros."""
    path = zipped_zeros(tmp_path / "bom.xlsx", 64 << 20)
    content = path.read_bytes().replace((64 << 20).to_bytes(4, "little"), b"\0\4\0\0")
    assert code_of(content) == "file.corrupt"


def test_two_cells_at_the_ends_of_the_grid() -> None:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write("A1", "NIK")
    sheet.write("AZ1048576", "x")
    book.close()
    assert code_of(content.getvalue()) == "table.too_large"


def test_a_wide_and_long_grid(monkeypatch: pytest.MonkeyPatch) -> None:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write("A1", "NIK")
    sheet.write("QA90000", "x")
    book.close()
    assert code_of(content.getvalue()) == "table.too_large"


def test_sixteen_thousand_columns() -> None:
    content = workbook([["NIK", "NAMA", *["x"] * 16_000]])
    assert code_of(content) == "table.too_many_columns"
    line = ";".join(["NIK", "NAMA", *["x"] * 16_000])
    table = next(open_book(f"{line}\n1;2\n".encode()).sheets())
    with pytest.raises(UserError, match=r"table\.too_many_columns"):
        list(table.rows())


def test_formatting_far_to_the_right_is_harmless() -> None:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["NIK", "NAMA"])
    sheet.write_blank("XFD1", None, book.add_format({"bold": True}))
    book.close()
    assert first_rows(content.getvalue()) == [["NIK", "NAMA"]]


def test_an_absurd_dimension_is_not_believed() -> None:
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as old,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name).replace(
                b'<dimension ref="A1:F3"', b'<dimension ref="A1:XFD1048576"'
            )
            new.writestr(name, data)
    assert len(first_rows(content.getvalue())) == 3


def test_an_ods_that_repeats_a_row_a_million_times() -> None:
    cell = '<table:table-cell table:number-columns-repeated="1000">x</table:table-cell>'
    content = (
        '<office:document-content xmlns:office="o" xmlns:table="t"><table:table>'
        f'<table:table-row table:number-rows-repeated="1048576">{cell}'
        "</table:table-row></table:table></office:document-content>"
    )
    ods = zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b"<manifest/>",
            "content.xml": content.encode(),
        }
    )
    assert code_of(ods) == "table.too_large"


def test_a_formula_without_a_value_and_an_error_are_marked() -> None:
    content = with_formula([["NIK", "NAMA"], ["1", "A"]], "A2", "=B2")
    assert first_rows(content)[1] == [FORMULA, "A"]
    book = openpyxl.Workbook()
    book.active.append(["NIK", "NAMA"])
    book.active["A2"] = "#N/A"
    book.active["A2"].data_type = "e"
    out = io.BytesIO()
    book.save(out)
    assert first_rows(out.getvalue())[1][0] == ERROR


def test_a_computed_formula_is_its_value() -> None:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["NIK", "NAMA"])
    sheet.write_formula(1, 0, '="1374"', None, "1374")
    book.close()
    assert first_rows(content.getvalue())[1][0] == "1374"


def test_pieces_are_cut_between_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[f"={n}" for n in range(5)] for _ in range(200)]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    whole = gridscan.scan_workbook(io.BytesIO(out.getvalue()))["Sheet"]
    monkeypatch.setattr(gridscan, "_PIECE", 100)
    pieces = gridscan.scan_workbook(io.BytesIO(out.getvalue()))["Sheet"]
    assert whole == pieces
    assert len(whole.unread) == 200
    assert all(len(columns) == 5 for columns in whole.unread.values())


def test_hidden_sheets_and_rows_are_noted() -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append([str(cell) for cell in row])
    book.active.row_dimensions[2].hidden = True
    book.create_sheet("kode").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    first, second = open_book(out.getvalue()).sheets()
    assert (first.hidden, first.hidden_rows, second.hidden) == (False, 1, True)
