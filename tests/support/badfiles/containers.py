"""Files damaged as files: cut off, misnamed, locked, taken apart or made to deceive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from tests.support.badfiles.formats import FORMATS, old_workbook, text, xlsx
from tests.support.badfiles.grids import people
from tests.support.office_files import HEADER, nik, zipped
from tests.support.old_workbooks import ods, ole
from tests.support.pdf_files import locked_pdf, pdf_list

Make = Callable[[], bytes]
GRID = [HEADER, *people(40)]
NIKS = (nik(1).encode(), nik(2).encode())
SHEET = "xl/worksheets/sheet1.xml"
_SPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "haha">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)
    )
    + b"]>"
)
_OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">'
    b'<!ENTITY % b SYSTEM "http://x.invalid/"> %b;]>'
)


def members(content: bytes) -> dict[str, bytes]:
    """The members of a workbook's archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def without(*names: str) -> Make:
    return lambda: zipped(
        {k: v for k, v in members(xlsx(GRID)).items() if k not in names}
    )


def with_members(**changed: Callable[[bytes], bytes]) -> Make:
    """A workbook whose members (`sheet`, `strings`, `workbook`, `rels`) are changed."""
    paths = {
        "sheet": SHEET, "strings": "xl/sharedStrings.xml", "workbook": "xl/workbook.xml",
        "rels": "xl/_rels/workbook.xml.rels", "styles": "xl/styles.xml",
    }  # fmt: skip

    def make() -> bytes:
        parts = members(xlsx(GRID))
        for name, change in changed.items():
            parts[paths[name]] = change(parts[paths[name]])
        return zipped(parts)

    return make


def sheet_of(rows: bytes, before: bytes = b"") -> Make:
    """A workbook whose sheet has exactly these rows of XML."""
    head = b'<?xml version="1.0"?><worksheet %s>%s<sheetData>' % (_SPACE, before)
    return with_members(sheet=lambda old: head + rows + b"</sheetData></worksheet>")


def replacing(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(old, new)


def _first_line_of(entities: bytes) -> Callable[[bytes], bytes]:
    return lambda content: entities + content[content.index(b"?>") + 2 :]


def _inline(*rows: tuple[str, ...]) -> bytes:
    return b"".join(
        b"<row>%s</row>"
        % b"".join(
            b'<c t="inlineStr"><is><t>%s</t></is></c>' % text.encode() for text in row
        )
        for row in rows
    )


def _ods_with(old: str, new: str) -> Make:
    def make() -> bytes:
        parts = members(ods([[str(c) for c in row] for row in GRID]))
        content = parts["content.xml"].decode().replace(old, new, 1)
        return zipped(parts | {"content.xml": content.encode()})

    return make


def _cut(write: Callable[[list], bytes], tenth: int) -> Make:
    return lambda: (content := write(GRID))[: len(content) * tenth // 10]


TRUNCATED: dict[str, Make] = {
    f"{name}_cut_at_{tenth}0_percent": _cut(write, tenth)
    for name, write in FORMATS.items()
    for tenth in range(1, 10)
}
# Each of these is read in a process of its own, so they are few.
OLD: dict[str, Make] = {
    f"xls_cut_at_{tenth}0_percent": _cut(old_workbook, tenth) for tenth in (3, 6, 9)
} | {
    "locked_pdf": locked_pdf,
    "pdf_of_a_letter": lambda: pdf_list(
        [], header=["Kepada"], columns=["1fr"], align=["left"]
    ),
    "pdf_cut_off": lambda: pdf_list([["1", "1-1-2026", "A", "1"]])[:-700],
}

OTHER_THINGS: dict[str, Make] = {
    "empty": lambda: b"",
    "one_byte": lambda: b"x",
    "one_nul": lambda: b"\0",
    "only_line_ends": lambda: b"\r\n" * 50,
    "only_a_bom": lambda: b"\xef\xbb\xbf",
    "only_a_utf16_bom": lambda: b"\xff\xfe",
    "zeros": lambda: bytes(5000),
    "all_bytes": lambda: bytes(range(256)) * 20,
    "png": lambda: b"\x89PNG\r\n\x1a\n" + bytes(200),
    "jpeg": lambda: b"\xff\xd8\xff\xe0" + bytes(200),
    "heic": lambda: b"\0\0\0\x18ftypheic" + bytes(200),
    "rtf": lambda: b"{\\rtf1 daftar}",
    "gzip": lambda: b"\x1f\x8b\x08" + bytes(50),
    "rar": lambda: b"Rar!\x1a\x07" + bytes(50),
    "parquet": lambda: b"PAR1" + bytes(50) + b"PAR1",
    "json": lambda: b'[{"nik": "1", "nama": "A"}]',
    "letter": lambda: b"Kepada Yth. Bapak Wali Kota\nDengan hormat,\nTerlampir daftar.\n",
    "email": lambda: b"From: a@b.invalid\nSubject: daftar\n\nTerlampir, terima kasih.\n",
    "zip": lambda: zipped({"Usulan.xlsx": xlsx(GRID)}),
    "zip_in_zip": lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c": b"x"})})}),
    "empty_zip": lambda: zipped({}),
    "docx": lambda: zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}),
    "pptx": lambda: zipped({"[Content_Types].xml": b"<a/>", "ppt/presentation.xml": b"<a/>"}),
    "xlsb": lambda: zipped({"xl/workbook.bin": b"x"}),
    "odt": lambda: zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.text",
         "META-INF/manifest.xml": b"<a/>", "content.xml": b"<a/>"}
    ),
    "doc": lambda: ole("WordDocument", bytes(5000)),
    "msg": lambda: ole("__properties_version1.0", bytes(5000)),
    "encrypted_xlsx": lambda: ole("EncryptedPackage", bytes(9000)),
    "encrypted_ods": lambda: ods([["NIK"]], encrypted=True),
    "html_without_a_table": lambda: b"<html><body>Galat 500</body></html>",
    "html_login_page": lambda: b"<!DOCTYPE html><form><input name=user></form>",
    "svg": lambda: b'<?xml version="1.0"?><svg><text>NIK</text></svg>',
    "xml_bomb": lambda: _LAUGHS + b"<Workbook>&m;</Workbook>",
}  # fmt: skip

OTHER_TEXTS: dict[str, Make] = {
    "mixed_encodings": lambda: b"NO,NIK,NAMA\r\n1,%s,JOS\xc9\r\n2,%s,JOS\xc3\x89\r\n" % NIKS,
    "nul_bytes_in_cells": lambda: b"NO,NIK,NAMA\r\n1,%s,SYA\0FRIL\r\n2,%s,\0\r\n" % NIKS,
    "utf16_cut_inside_a_letter": lambda: text(GRID, encoding="utf-16")[:-1],
    "utf16_mark_on_utf8": lambda: b"\xff\xfe" + text(GRID),
    "utf8_mark_twice": lambda: b"\xef\xbb\xbf" * 2 + text(GRID),
    "utf32": lambda: text(GRID, encoding="utf-32"),
    "ebcdic": lambda: text(GRID, encoding="cp500"),
    "mixed_line_ends": lambda: b"NO,NIK,NAMA\r1,%s,A\n2,%s,B\r\n" % NIKS,
    "a_quote_never_closed": lambda: b'NO,NIK,NAMA\n1,%s,"SYAFRIL\n2,%s,YUSNIAR\n' % NIKS,
    "a_quote_never_closed_in_the_header": lambda: b'NO,NIK,"NAMA\n1,%s,A\n2,%s,B\n' % NIKS,
    "quotes_inside_words": lambda: b'NO,NIK,NAMA\n1,%s,A "B" C\n2,%s,"A" B\n' % NIKS,
    "delimiters_of_two_kinds": lambda: b"NO;NIK;NAMA\n1,%s,A\n2;%s;B\n" % NIKS,
    "decimal_commas_between_semicolons": lambda: (
        b"NO;NIK;NAMA;UPAH\n1;%s;A;1,5\n2;%s;B;2,75\n" % NIKS
    ),
    "sep_line": lambda: b"sep=;\nNO;NIK;NAMA\n1;%s;A\n2;%s;B\n" % NIKS,
    "a_delimiter_at_every_end": lambda: b"NO,NIK,NAMA,\n1,%s,A,\n2,%s,B,\n" % NIKS,
    "spaces_for_delimiters": lambda: b"NO  NIK  NAMA\n1  %s  A\n2  %s  B\n" % NIKS,
    "sql_dump": lambda: (
        b"INSERT INTO t VALUES (1,'%s','A');\nINSERT INTO t VALUES (2,'%s','B');" % NIKS
    ),
    "vcards": lambda: b"BEGIN:VCARD\nFN:SYAFRIL\nTEL;CELL:0812\nEND:VCARD\n" * 5,
    "ending_in_ctrl_z": lambda: text(GRID) + b"\x1a",
}  # fmt: skip

XLSX_PARTS: dict[str, Make] = {
    "no_strings": without("xl/sharedStrings.xml"),
    "no_styles": without("xl/styles.xml"),
    "no_workbook": without("xl/workbook.xml"),
    "no_rels": without("xl/_rels/workbook.xml.rels"),
    "no_sheet": without(SHEET),
    "no_content_types": without("[Content_Types].xml"),
    "no_theme_no_props": without("xl/theme/theme1.xml", "docProps/app.xml"),
    "empty_strings": with_members(strings=lambda old: b""),
    "fewer_strings": with_members(strings=lambda old: old[: len(old) // 2] + b"</si></sst>"),
    "empty_sheet": with_members(sheet=lambda old: b""),
    "empty_workbook": with_members(workbook=lambda old: b""),
    "sheet_is_no_xml": with_members(sheet=lambda old: b"\0\xff" * 500),
    "sheet_is_utf16": with_members(
        sheet=lambda old: old.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    ),
    "sheet_cut_inside": with_members(sheet=lambda old: old[: len(old) // 2]),
    "rels_to_nowhere": with_members(rels=replacing(b"sheet1.xml", b"sheet9.xml")),
    "rels_outside": with_members(rels=replacing(b"worksheets/sheet1", b"../../../etc/passwd")),
    "string_numbers_too_high": with_members(sheet=replacing(b"<v>1", b"<v>99999")),
    "string_numbers_negative": with_members(sheet=replacing(b"<v>1", b"<v>-1")),
    "huge_declared_counts": with_members(
        strings=replacing(b'count="', b'count="99999999999'),
        sheet=replacing(b'<dimension ref="', b'<dimension ref="A1:XFD1048576" x="'),
    ),
    "billion_laughs_in_sheet": with_members(sheet=_first_line_of(_LAUGHS)),
    "billion_laughs_in_strings": with_members(
        strings=lambda old: _first_line_of(_LAUGHS)(old).replace(b"<t>", b"<t>&m;", 1)
    ),
    "billion_laughs_in_workbook": with_members(
        workbook=lambda old: _first_line_of(_LAUGHS)(old).replace(b'name="', b'name="&m;', 1)
    ),
    "outside_entities_in_workbook": with_members(
        workbook=lambda old: _first_line_of(_OUTSIDE)(old).replace(b'name="', b'name="&a;', 1)
    ),
    "outside_entities_in_strings": with_members(
        strings=lambda old: _first_line_of(_OUTSIDE)(old).replace(b"<t>", b"<t>&a;", 1)
    ),
    "inline_strings": sheet_of(_inline(*[tuple(map(str, row)) for row in GRID])),
    "cells_without_references": sheet_of(b"<row><c><v>1</v></c><c/></row>"),
    "rows_out_of_order": sheet_of(
        b'<row r="9"><c r="A9"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    ),
    "columns_out_of_order": sheet_of(
        b'<row r="1"><c r="C1"><v>1</v></c><c r="A1"><v>2</v></c></row>'
    ),
    "references_of_nonsense": sheet_of(
        b'<row r="x"><c r="1A"><v>1</v></c></row><row r="0"><c r="A0"><v>1</v></c></row>'
    ),
    "a_cell_at_the_far_end": sheet_of(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "a_cell_beyond_the_end": sheet_of(b'<row r="99999999"><c r="ZZZZ99999999"><v>1</v></c></row>'),
    "column_16384": sheet_of(b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>'),
    "numbers_of_nonsense": sheet_of(
        b'<row r="1"><c r="A1"><v>1e999</v></c><c r="B1"><v>NaN</v></c><c r="C1"><v>x</v></c>'
        b'<c r="D1" t="d"><v>besok</v></c><c r="E1" t="b"><v>7</v></c><c r="F1" t="q"/></row>'
    ),
    "a_merge_of_everything": with_members(
        sheet=replacing(
            b"</sheetData>",
            b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        )
    ),
    "a_merge_of_nonsense": with_members(
        sheet=replacing(
            b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="Z9:A1"/></mergeCells>'
        )
    ),
    "sheet_of_many_attributes": sheet_of(
        b"<row %s/>" % b" ".join(b'a%d="1"' % n for n in range(9000))
    ),
    "deeply_nested": sheet_of(b"<row>" + b"<a>" * 20_000),
    "the_member_twice": lambda: _doubled_member(),
    "junk_before_the_archive": lambda: b"PK junk" + xlsx(GRID),
    "junk_behind_the_archive": lambda: xlsx(GRID) + b"\0" * 3000,
    "backslashes_in_member_names": lambda: zipped(
        {k.replace("/", "\\"): v for k, v in members(xlsx(GRID)).items()}
    ),
    "wrong_checksum": lambda: _wrong_checksum(),
}  # fmt: skip

ODS_PARTS: dict[str, Make] = {
    "ods_16384_repeated_columns": _ods_with(
        "</table:table-row>", '<table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row>",
    ),
    "ods_16384_repeated_values": _ods_with(
        "<table:table-cell", '<table:table-cell table:number-columns-repeated="16384"'
    ),
    "ods_a_million_repeated_rows": _ods_with(
        "</table:table>", '<table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>',
    ),
    "ods_a_million_rows_of_values": _ods_with(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="1048576">'
    ),
    "ods_negative_repeats": _ods_with(
        "<table:table-cell", '<table:table-cell table:number-columns-repeated="-5"'
    ),
    "ods_endless_repeats": _ods_with(
        "<table:table-cell", '<table:table-cell table:number-columns-repeated="99999999999999"'
    ),
    "ods_repeats_of_nonsense": _ods_with(
        "<table:table-cell", '<table:table-cell table:number-columns-repeated="banyak"'
    ),
    "ods_without_content": lambda: zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
         "META-INF/manifest.xml": b"<a/>"}
    ),
    "ods_without_manifest": lambda: zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}
    ),
    "ods_billion_laughs": lambda: zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
         "META-INF/manifest.xml": b"<a/>", "content.xml": _LAUGHS + b"<a>&m;</a>"}
    ),
    "ods_date_cells_of_nonsense": _ods_with(
        'office:value-type="string"', 'office:value-type="date" office:date-value="besok"'
    ),
}  # fmt: skip

FILES = TRUNCATED | OTHER_THINGS | OTHER_TEXTS | XLSX_PARTS | ODS_PARTS


def _doubled_member() -> bytes:
    content = io.BytesIO(xlsx(GRID))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/WORKSHEETS/sheet1.xml", b"<x/>")
        archive.writestr("../../escape.txt", b"x")
    return content.getvalue()


def _wrong_checksum() -> bytes:
    content = bytearray(xlsx(GRID))
    place = content.index(SHEET.encode()) + len(SHEET) + 40
    content[place] ^= 0xFF
    return bytes(content)
