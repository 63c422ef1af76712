"""Registrations printed as PDF: every row of every page, and bad files told apart."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.office_files import nik, read, rows
from tests.support.pdf_files import locked_pdf, pdf_list, picture_pdf

from semesta.intake.pdf import pages
from semesta.kernel import UserError

pytestmark = pytest.mark.once

NAMES = "SYAFRIL YUSNIAR BUSTAMI ROSMAINI HENDRI DARNIS ZULKIFLI NURBAITI".split()
MANY = 130  # three pages and a bit


def registered(count: int, start: int = 1) -> list[list[str]]:
    return [
        [
            str(n),
            f"{1 + n % 28:02d}-01-2026",
            f"{NAMES[n % 8]} {NAMES[n // 8 % 8]}",
            nik(n),
        ]
        for n in range(start, start + count)
    ]


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "plain"])
@pytest.mark.parametrize("repeat", [True, False], ids=["repeated", "once"])
def test_all_rows_of_all_pages(ruled: bool, repeat: bool) -> None:
    content = pdf_list(registered(MANY), ruled=ruled, repeat=repeat)
    reading = read(content, "auto", "registrasi.pdf")
    found = rows(reading)
    assert reading.supplier.name == "perisai_registrations"
    assert [row["nik"] for row in found] == [nik(n) for n in range(1, MANY + 1)]
    assert [row["name"] for row in found] == [r[2] for r in registered(MANY)]
    assert {row["fate"] for row in found} == {"accepted"}
    assert found[0]["registered_on"] == date(2026, 1, 2)
    assert {row["agent_code"] for row in found} == {"PRS0123"}
    assert len({row["row_id"] for row in found}) == MANY


def test_what_is_no_row_is_counted() -> None:
    below = ["Padang Panjang, 31 Januari 2026", "Mengetahui,", "BUSTAMI KOTO"]
    reading = read(pdf_list(registered(60), below=below), "auto", "r.pdf")
    assert len(rows(reading)) == 60
    left = [table["left_out"] for table in reading.tables]
    # A page number by itself is a note; on the last page it ends the signatures.
    assert left == [{"note": 1}, {"signature": 4}]


def test_a_name_over_two_lines_is_one_name() -> None:
    long = "SITI ROSMAINI NURBAITI DARNIS YUSNIAR BUSTAMI HENDRI"
    lines = registered(6)
    lines[2][2] = long
    for ruled in (True, False):
        content = pdf_list(lines, ruled=ruled, columns=("", "", "4cm", ""))
        found = rows(read(content, "auto", "r.pdf"))
        assert [row["name"] for row in found] == [line[2] for line in lines]


def test_a_nik_broken_over_two_lines_is_mended_and_told() -> None:
    lines = registered(4)
    lines[1][3] = f"{nik(2)[:8]} {nik(2)[8:]}"
    found = rows(
        read(pdf_list(lines, columns=("", "", "1fr", "2.2cm")), "auto", "r.pdf")
    )
    assert found[1]["nik"] == nik(2)
    assert (found[1]["fate"], found[1]["codes"]) == ("corrected", ["nik.separators"])


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "plain"])
def test_a_blank_cell_keeps_the_others_in_their_columns(ruled: bool) -> None:
    lines = registered(8)
    lines[3][3], lines[7][2], lines[5][1] = "", "", ""
    found = rows(read(pdf_list(lines, ruled=ruled), "auto", "r.pdf"))
    assert len(found) == 8
    assert (found[3]["nik"], found[3]["name"]) == (None, lines[3][2])
    assert (found[5]["registered_on"], found[5]["nik"]) == (None, nik(6))
    assert (found[7]["name"], found[7]["fate"]) == (None, "held")


def test_a_bad_nik_is_asked_about_where_it_stands() -> None:
    lines = registered(45)
    lines[41][3] = "13740101"
    reading = read(pdf_list(lines), "auto", "r.pdf")
    (problem,) = reading.problems.to_pylist()
    assert problem["code"] == "nik.length"
    assert problem["row_id"].split(":")[1] == "2"  # the page


def test_another_layout_is_read_as_any_list() -> None:
    header = ["NO", "NIK", "NAMA", "ALAMAT", "PEKERJAAN"]
    lines = [[str(n), nik(n), NAMES[n], f"JL. X NO. {n}", "Ojek"] for n in range(1, 8)]
    content = pdf_list(
        lines, header=header, running="", titles=["KELURAHAN GANTING"], ruled=False,
        columns=("", "", "1fr", "1fr", ""), align=("left",) * 5,
    )  # fmt: skip
    reading = read(content, "proposal", "usulan.pdf")
    found = rows(reading)
    assert [row["nik"] for row in found] == [nik(n) for n in range(1, 8)]
    assert {row["occupation"] for row in found} == {"ojek"}
    assert {row["kelurahan"] for row in found} == {"13.74.01.1001"}


def _code(content: bytes) -> UserError:
    with pytest.raises(UserError) as raised:
        read(content, "auto", "r.pdf")
    return raised.value


def test_a_locked_pdf() -> None:
    assert _code(locked_pdf()).code == "file.encrypted"


def test_a_scanned_pdf() -> None:
    assert _code(picture_pdf()).code == "file.pdf_scanned"


def test_a_cut_off_pdf() -> None:
    content = pdf_list(registered(20))
    assert _code(content[: len(content) // 2]).code in (
        "file.corrupt",
        "file.not_a_table",
    )


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7 bukan lembar kerja", b"%PDF-1.4\n" + bytes(range(256)) * 40],
)
def test_garbage_that_calls_itself_pdf(content: bytes) -> None:
    error = _code(content)
    assert error.code == "file.not_a_table"
    assert "PDF" in error.why


def test_too_many_pages() -> None:
    error = _code(picture_pdf(pages.MAX_PAGES + 1))
    assert error.code == "file.pdf_too_long"
    assert str(pages.MAX_PAGES) in error.why


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MAX_BYTES", 1000)
    assert _code(pdf_list(registered(3))).code == "file.pdf_too_long"


def test_a_letter_without_a_table() -> None:
    content = pdf_list(
        [], header=["Yth. Lurah Ganting"], columns=("1fr",), align=("left",)
    )
    assert _code(content).code == "table.none"
