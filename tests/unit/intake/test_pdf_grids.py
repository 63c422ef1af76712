"""Words on a page to cells: between rules, between gaps, beside the table."""

from __future__ import annotations

from semesta.intake.pdf.grids import grids_of
from semesta.intake.pdf.pages import Line, Page, Word

LEFT = (10.0, 60.0, 160.0)


def line(y: float, *texts: str, at: tuple[float, ...] = LEFT) -> Line:
    """Words of five points a letter at these columns; "" leaves one open."""
    words = [
        Word(x, x + 5 * len(text), text, runs_on=False)
        for x, text in zip(at, texts, strict=False)
        if text
    ]
    return Line(y, 10, words)


def page(number: int, *lines: Line, rules: tuple[float, ...] = ()) -> Page:
    top, bottom = lines[0].y - 5, lines[-1].y + 5
    return Page(number, list(lines), [(x, top, bottom) for x in rules], [])


TABLE = (
    line(10, "No", "Nama", "NIK"),
    line(20, "1", "A", "11"),
    line(30, "2", "B", "22"),
)


def test_gaps_that_all_lines_leave_part_the_columns() -> None:
    (grid,) = grids_of([page(1, *TABLE)])
    assert grid.rows == [["No", "Nama", "NIK"], ["1", "A", "11"], ["2", "B", "22"]]


def test_rules_part_columns_that_touch() -> None:
    lines = (line(10, "No", "Nama", "NIK"), line(20, "1", "ABCDEFGHIJKLMNOPQRS", "11"))
    (grid,) = grids_of([page(1, *lines, rules=(5, 55, 155, 220))])
    assert grid.rows[1] == ["1", "ABCDEFGHIJKLMNOPQRS", "11"]


def test_a_page_that_goes_on_belongs_to_the_one_before() -> None:
    more = page(2, line(10, "3", "C", "33"), line(20, "4", "D", "44"))
    again = page(3, TABLE[0], line(20, "5", "E", "55"))
    grids = grids_of([page(1, *TABLE), more, again])
    assert [(grid.page, len(grid.rows)) for grid in grids] == [(1, 5), (3, 2)]


def test_a_title_is_one_text_and_a_page_number_a_note() -> None:
    lines = (line(0, "DAFTAR"), *TABLE, line(60, "", "Halaman 1 dari 2"))
    (grid,) = grids_of([page(1, *lines)])
    assert grid.rows[0] == ["DAFTAR"]
    assert grid.rows[-1] == ["* Halaman 1 dari 2"]


def test_every_word_of_a_page_is_in_a_cell() -> None:
    lines = (*TABLE, line(40, "3", "", "33"), line(50, "", "C"), line(80, "", "x", "y"))
    (grid,) = grids_of([page(1, *lines)])
    words = [word.text for each in lines for word in each.words]
    assert " ".join(" ".join(row) for row in grid.rows).split() == words


def test_a_page_without_a_letter_is_no_part_of_another() -> None:
    more = page(3, line(10, "3", "C", "33"), line(20, "4", "D", "44"))
    grids = grids_of([page(1, *TABLE), Page(2, [], [], []), more])
    assert [(grid.page, len(grid.rows)) for grid in grids] == [(1, 5), (2, 0)]


def test_a_page_without_words() -> None:
    assert grids_of([Page(1, [], [], [])])[0].rows == []
