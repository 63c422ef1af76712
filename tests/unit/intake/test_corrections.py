"""The correction workbook, arranged: what is asked, where, and how cells are shown."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import openpyxl
import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from semesta.intake.cells import DATE, NUMBER
from semesta.intake.corrections.asking import (
    Letter,
    Noticed,
    Row,
    Sheet,
    Sources,
    letter,
)
from semesta.intake.corrections.asksheets import About, where, write_workbook
from semesta.intake.corrections.lineages import (
    Member,
    Standing,
    changed_cells,
    corrected_table,
    fate_counts,
    standings,
    superseded,
)
from semesta.intake.marks import list_of, mark_in, number_of, shown

NAME, LATER, LAST = (letter_ * 16 for letter_ in "abc")
ABOUT = About("Usulan.xlsx", NAME, "a" * 64, datetime(2026, 1, 5, tzinfo=UTC))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (NUMBER + "1374010101809010", "137401010180901?"),
        ("1374010101809010", "1374010101809010"),
        (NUMBER + "12", "12"),
        (DATE + "1980-01-01", "1980-01-01"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_cell_as_its_sender_gets_it_back(cell: str, text: str) -> None:
    assert shown(cell) == text


def test_a_number_says_itself_which_list_it_is_from() -> None:
    assert number_of(f"{NAME}:2:15") == "aaaaaaaa-2-15"
    assert list_of("aaaaaaaa-2-15") == "aaaaaaaa"
    assert list_of("15") == list_of("") == list_of("AAAAAAAA-2-15 ") == ""


def test_the_hidden_sheet_names_the_file() -> None:
    assert mark_in([["x", "y"], ["SHA-256", "a" * 64, "…"]]) == "a" * 64
    assert mark_in([["NO", "NIK"], ["SHA-256", "bukan"], []]) == ""


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([0, 3, 4, 5], "2, 5–7"),
        (range(0, 80, 2), ("2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30"
         " … dan 25 baris lain")),
    ],
)  # fmt: skip
def test_rows_are_told_as_people_read_them(lines, told: str) -> None:
    assert where([(0, line) for line in lines], ["Data"]) == told


def test_with_several_sheets_their_names_are_told() -> None:
    assert where([(0, 0), (1, 1), (1, 2)], ["RT 1", "RT 2"]) == "RT 1: 2; RT 2: 3–4"


# ── who stands for whom ───────────────────────────────────────────────────


def rows(name: str, *fates: str) -> pa.Table:
    ids = [f"{name}:1:{line}" for line in range(2, 2 + len(fates))]
    return pa.table({"row_id": ids, "fate": list(fates)})


def test_a_row_keeps_its_successors_in_order() -> None:
    root = f"{NAME}:1:2"
    first = corrected_table([(f"{LATER}:1:2", root, {"nik": "1", "nama": "A"})])
    second = corrected_table([(f"{LAST}:1:2", root, {"nik": "2"})])
    members = [
        Member(NAME, rows(NAME, "superseded", "accepted")),
        Member(LATER, rows(LATER, "superseded", "refused"), first),
        Member(LAST, rows(LAST, "held"), second),
    ]
    assert standings(members) == {
        root: Standing("", f"{LAST}:1:2", held=True),
        f"{NAME}:1:3": Standing(f"{NAME}:1:3"),
    }
    assert changed_cells(members) == {root: {"nik": "2", "nama": "A"}}


def test_editions_add_up_and_keep_what_was_superseded_before() -> None:
    one = superseded(rows(NAME, "held", "accepted"), {f"{NAME}:1:2": "x:1:1"})
    two = superseded(one, {f"{NAME}:1:3": "y:1:1"})
    assert one["superseded_by"].to_pylist() == ["x:1:1", None]
    assert two["superseded_by"].to_pylist() == ["x:1:1", "y:1:1"]
    assert fate_counts(two) == {"superseded": 2}


# ── the letter ────────────────────────────────────────────────────────────


def sources(**more) -> Sources:
    ids = [f"{NAME}:1:{line}" for line in (2, 3, 4)]
    told = {"column": "NIK", "office": "Kelurahan"}
    values = {
        "tables": [
            {"sheet": "", "sheet_number": 1,
             "columns": [{"header": "NIK"}, {"header": "Sheet"}]},
            {"sheet": "lain", "sheet_number": 2, "skipped": "other_columns"},
        ],
        "row_ids": ids,
        "raw": pa.table({
            "sheet": [""] * 3, "line": [2, 3, 4],
            "NIK": ["1374010101809010", "", "12"], "Sheet_": ["=1+1", "@x", "-"],
        }),
        "changes": {},
        "standing": {row: Standing(open=row) for row in ids[:2]}
        | {ids[2]: Standing(in_force=ids[2])},
        "fates": {ids[0]: "held", ids[1]: "refused", ids[2]: "accepted"},
        "told": {
            ids[0]: [told | {"code": "nik.numeric_cell", "kind": "held",
                             "message": "Hilang. Berapa?"}],
            ids[1]: [told | {"code": "row.unusable", "kind": "refused", "column": "",
                             "office": "", "message": "Kosong."}],
            ids[2]: [told | {"code": "phone.unreadable", "kind": "warning",
                             "message": "Telepon."}],
        },
        "office": "Kelurahan pengusul",
    }  # fmt: skip
    return Sources(**values | more)


def test_only_rows_that_wait_are_sent_back() -> None:
    made = letter(sources())
    (sheet,) = made.sheets
    assert (sheet.title, sheet.headers) == ("Data", ["NIK", "Sheet"])
    assert [row.texts for row in sheet.rows] == [
        ["137401010180901?", "=1+1"],
        ["", "@x"],
    ]
    assert [(q.code, q.office) for q in made.questions] == [
        ("nik.numeric_cell", "Kelurahan"),
        ("row.unusable", "Kelurahan pengusul"),
    ]
    assert made.waiting == 2


def test_all_rows_and_their_newest_words() -> None:
    changes = {f"{NAME}:1:4": {"nik": "13"}}
    made = letter(sources(changes=changes), all_rows=True)
    assert [row.texts[0] for row in made.sheets[0].rows] == [
        "137401010180901?", "", "13",
    ]  # fmt: skip
    assert made.sheets[0].rows[2].noticed == []


def test_sheet_names_a_workbook_cannot_have_are_mended() -> None:
    row = Row("aaaaaaaa-1-2", ["=1+1"], "held", [])
    names = ["RT 1/RW 2", "RT 1/RW 2", "Pertanyaan", "x" * 40]
    sheets = [Sheet(name, ["\t=A"], [row]) for name in names]
    content = write_workbook(Letter(sheets, []), ABOUT)
    book = CalamineWorkbook.from_object(io.BytesIO(content))
    assert book.sheet_names == [
        "Pertanyaan", "RT 1 RW 2", "RT 1 RW 2 (2)", "Pertanyaan (2)", "x" * 31,
        "Semesta",
    ]  # fmt: skip
    assert book.get_sheet_by_name("RT 1 RW 2").to_python()[1][0] == "=1+1"


@pytest.mark.parametrize("kind", ["held", "accepted"])
def test_a_senders_formula_stays_text_wherever_the_sheet_goes(kind: str) -> None:
    noticed = [Noticed("NAMA", "x", kind, "Salah.", "", "")] if kind == "held" else []
    row = Row("aaaaaaaa-1-2", ["=1+1", "SYAFRIL"], kind, noticed)
    letter_ = Letter([Sheet("Usulan", ["NAMA", "ALAMAT"], [row])], [])
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(letter_, ABOUT)))
    danger, harmless = book["Usulan"]["A2"], book["Usulan"]["B2"]
    assert (danger.value, danger.data_type, danger.quotePrefix) == ("=1+1", "s", True)
    assert not harmless.quotePrefix
