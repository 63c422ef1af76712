"""Lists damaged in their content, before anyone has chosen a file format for them.

Each damage takes nothing and gives a grid: rows of cells as an office would type them.
People are invented; `PEOPLE` of them stand in most grids.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.support.office_files import HEADER, nik, person

Grid = list[list[object]]
PEOPLE = 6
INJECTIONS = (
    "=cmd|' /C calc'!A0", "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0", '=HYPERLINK("http://x.invalid/","KLIK")', "\t=1+1",
    "\r=1+1", "|=1+1", "=1+1;2", "%0A=1+1",
)  # fmt: skip
RIGHT_TO_LEFT, ZERO_WIDTH = "\u202e", "\u200b"


def people(count: int = PEOPLE) -> Grid:
    return [person(number) for number in range(1, count + 1)]


def with_cell(column: int, *values: object) -> Grid:
    """A plain list whose first rows hold these values in one column."""
    rows = people(max(PEOPLE, len(values)))
    for row, value in zip(rows, values, strict=False):
        row[column] = value
    return [HEADER, *rows]


def with_header(*header: object) -> Grid:
    return [list(header), *people()]


def _spaced(digits: str, between: str) -> str:
    return between.join(digits[start : start + 4] for start in range(0, 16, 4))


def _in_digits_of(zero: str) -> str:
    return "".join(chr(ord(zero) + int(digit)) for digit in nik(1))


HEADS: dict[str, Callable[[], Grid]] = {
    "header_only": lambda: [HEADER],
    "header_twice": lambda: [HEADER, HEADER, *people()],
    "header_again_in_the_middle": lambda: [HEADER, *people(3), HEADER, *people()[3:]],
    "header_before_every_row": lambda: [x for row in people() for x in (HEADER, row)],
    "header_again_at_the_end": lambda: [HEADER, *people(), HEADER],
    "a_fuller_header_below": lambda: [
        ["NO", "NIK", "NAMA"], *[row[:3] for row in people(4)], [], HEADER,
        *people()[4:],
    ],
    "a_poorer_header_below": lambda: [
        HEADER, *people(3), [], ["NO", "NAMA", "NIK"], [1, "DARNIS", nik(9)],
    ],
    "two_header_lines": lambda: [
        ["NO", "NIK", "NAMA", "TGL LAHIR", "ALAMAT", "", "PEKERJAAN"],
        ["", "", "", "", "JALAN", "RT/RW", ""],
        *[[*row[:5], "001/002", row[5]] for row in people()],
    ],
    "duplicate_headers": lambda: with_header("NO", "NIK", "NAMA", "NIK", "NAMA", "NIK"),
    "all_headers_alike": lambda: with_header(*["NIK"] * 6),
    "one_blank_header": lambda: with_header("NO", "NIK", "NAMA", "", "ALAMAT", ""),
    "most_headers_blank": lambda: with_header("", "NIK", "NAMA", "", "", ""),
    "all_headers_blank": lambda: with_header(*[""] * 6),
    "blank_first_columns": lambda: [["", "", *row] for row in [HEADER, *people()]],
    "a_header_too_long": lambda: with_header(*HEADER[:5], "PEKERJAAN " * 900),
    "line_breaks_in_headers": lambda: with_header(
        "NO", "N I\nK", "NAMA\nLENGKAP", "TGL\r\nLAHIR", "ALAMAT", "PEKERJAAN"
    ),
    "invisible_characters_in_headers": lambda: with_header(
        "\ufeffNO", f"NI{ZERO_WIDTH}K", "NAMA\u00a0", f"{RIGHT_TO_LEFT}TGL LAHIR",
        "ALAMAT\u00ad", "PEKERJAAN",
    ),
    "emoji_in_headers": lambda: with_header(*[f"{text} 😀" for text in HEADER]),
    "header_in_line_30": lambda: [*[["PEMERINTAH KOTA"]] * 29, HEADER, *people()],
    "header_in_line_31": lambda: [*[["PEMERINTAH KOTA"]] * 30, HEADER, *people()],
    "header_after_40_blank_lines": lambda: [*[[]] * 40, HEADER, *people()],
    "no_header": people,
    "header_below_the_rows": lambda: [*people(), HEADER],
    "headers_that_are_injections": lambda: with_header(*HEADER[:4], *INJECTIONS[:2]),
    "headers_that_are_numbers": lambda: with_header(1, 2, 3, 4, 5, 6),
    "column_numbers_below": lambda: [HEADER, [1, 2, 3, 4, 5, 6], *people()],
    "nik_alone": lambda: [["NIK"], *[[row[1]] for row in people()]],
    "names_alone": lambda: [["NO", "NAMA"], *[[n, row[2]] for n, row in enumerate(people())]],
    "turned_on_its_side": lambda: [list(row) for row in zip(HEADER, *people(), strict=True)],
}  # fmt: skip

CELLS: dict[str, Callable[[], Grid]] = {
    "three_nik_in_a_cell": lambda: with_cell(
        1, f"{nik(1)} {nik(2)} {nik(3)}", f"{nik(1)}/{nik(2)}", f"{nik(1)}\n{nik(2)}",
        nik(1) + nik(2) + nik(3),
    ),
    "nik_as_numbers": lambda: with_cell(1, *[int(nik(n)) for n in range(1, 7)]),
    "nik_as_floats": lambda: with_cell(1, 1.374010101809e15, 1.37e-5, -1.0, 0.0, 1e22),
    "nik_in_scientific_notation": lambda: with_cell(1, "1,37401E+15", "1.37E15", "1e400"),
    "nik_with_right_to_left_marks": lambda: with_cell(
        1, RIGHT_TO_LEFT + nik(1), f"\u200f{nik(2)}\u200e", _spaced(nik(3), "\u2066")
    ),
    "nik_with_zero_width_characters": lambda: with_cell(
        1, _spaced(nik(1), ZERO_WIDTH), _spaced(nik(2), "\u2060"), "\ufeff" + nik(3)
    ),
    "nik_with_odd_blanks": lambda: with_cell(
        1, _spaced(nik(1), "\u00a0"), _spaced(nik(2), "\u2009"), _spaced(nik(3), "\u3000")
    ),
    "nik_in_other_digits": lambda: with_cell(
        1, _in_digits_of("\uff10"), _in_digits_of("\u0660"), _in_digits_of("\u0966")
    ),
    "nik_with_emoji": lambda: with_cell(1, nik(1) + "😀", "🆔", "✓" * 16),
    "names_with_emoji_and_marks": lambda: with_cell(
        2, "SYAFRIL 😀", "👨‍👩‍👧‍👦", f"{RIGHT_TO_LEFT}LIRFAYS", f"YUS{ZERO_WIDTH}NIAR",
        "A\u0301\u0302\u0303" * 60, "محمد",
    ),
    "names_of_no_letters": lambda: with_cell(2, "...", "-", "0", "?", "'", '"'),
    "injections_in_names": lambda: with_cell(2, *INJECTIONS),
    "injections_in_addresses": lambda: with_cell(4, *INJECTIONS),
    "injections_in_nik": lambda: with_cell(1, *INJECTIONS),
    "control_characters": lambda: with_cell(2, "SYA\x07FRIL", "\x01YUSNIAR", "\x05", "\x1f"),
    "marks_of_our_own": lambda: with_cell(1, "\x01" + nik(1), "\x04", "\x05" + nik(3)),
    "line_breaks_in_cells": lambda: with_cell(4, "JL. A\nRT 1", "JL. B\r\nRT 2", "\n\n\n"),
    "quotes_in_cells": lambda: with_cell(2, 'SYAFRIL "UJANG"', '"', '""', '"BUSTAMI', "O'NEIL"),
    "delimiters_in_cells": lambda: with_cell(4, "JL. A, NO 1; RT 1|RW 2\tX", ";;;;", ",,,"),
    "a_very_long_name": lambda: with_cell(2, "SYAFRIL " * 4_000),
    "a_very_long_word": lambda: with_cell(4, "X" * 32_000),
    "words_for_nothing": lambda: with_cell(1, "-", "nan", "NULL", "#N/A", "nihil", "(blank)"),
    "errors_as_text": lambda: with_cell(3, "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "Err:502"),
    "odd_dates": lambda: with_cell(
        3, "30-02-1980", "00-00-0000", "1980", "31/12/99", -1, 99999999, "besok", "1-1-1",
        "9" * 400, "٠١-٠١-١٩٨٠",
    ),
    "truths_for_values": lambda: with_cell(2, True, False, True),
    "sql_and_markup": lambda: with_cell(
        2, "'; DROP TABLE rows;--", "<script>alert(1)</script>", "{{7*7}}", "../../etc/passwd",
        "%s%n%x", "\\N",
    ),
    "letters_that_only_look_like_latin": lambda: with_cell(
        2, "𝐒𝐘𝐀𝐅𝐑𝐈𝐋", "ＳＹＡＦＲＩＬ", "ЅΥАFRIL", "＝1+1"
    ),
    "a_nik_of_30000_digits": lambda: with_cell(1, "1374" * 7_500),
    "lone_backslashes": lambda: with_cell(4, "\\", "\\,", 'JL. "A\\"', "C:\\x"),
}  # fmt: skip

ROWS: dict[str, Callable[[], Grid]] = {
    "ragged_short_rows": lambda: [HEADER, *[row[: n % 6 + 1] for n, row in enumerate(people())]],
    "ragged_long_rows": lambda: [HEADER, *[row + ["X"] * n * 3 for n, row in enumerate(people())]],
    "rows_without_names": lambda: [HEADER, *[[n, "", "", "", "", ""] for n in range(1, 9)]],
    "blank_lines_everywhere": lambda: [
        [], HEADER, [], *[x for row in people() for x in (row, [], [])], [], [],
    ],
    "600_blank_lines_below": lambda: [HEADER, *people(), *[[]] * 600],
    "a_row_after_600_blank_lines": lambda: [HEADER, *people(), *[[]] * 600, person(7)],
    "blanks_that_are_spaces": lambda: [HEADER, *people(), *[[" ", "  ", "\u00a0"]] * 20],
    "totals_everywhere": lambda: [
        HEADER, ["", "JUMLAH", "", ""], *people(3), ["JUMLAH", 3], *people()[3:],
        ["TOTAL", "6 ORANG"], ["Jumlah keseluruhan", "", "", "", 6],
    ],
    "a_person_called_total": lambda: with_cell(2, "TOTAL", "JUMLAH", "RT 001"),
    "titles_and_signatures": lambda: [
        ["PEMERINTAH KOTA PADANG PANJANG"], ["KELURAHAN GANTING"], [], HEADER, *people(), [],
        ["", "", "", "Padang Panjang, 3 Januari 2026"], ["", "", "", "LURAH GANTING"], [],
        ["", "", "", "DRS. BUSTAMI"], ["", "", "", "NIP. 196501011990031009"],
    ],
    "signatures_without_rows": lambda: [HEADER, ["", "Mengetahui"], ["", "LURAH"]],
    "sections_between": lambda: [
        HEADER, ["RT 001"], *people(3), ["RT 002"], *people()[3:], ["KELOMPOK TANI A"],
    ],
    "the_same_row_many_times": lambda: [HEADER, *[person(1)] * 30],
    "one_nik_for_all": lambda: [HEADER, *[[n, nik(1), *row[2:]] for n, row in enumerate(people())]],
    "values_right_of_the_table": lambda: [HEADER, *people(), [""] * 40 + ["catatan"]],
    "a_number_far_below": lambda: [HEADER, *people(), *[[]] * 3000, [7]],
    "zeros_for_everything": lambda: [HEADER, *[[0] * 6 for _ in range(6)]],
    "500_columns": lambda: [[*HEADER, *[f"K{n}" for n in range(500)]], *people()],
    "600_columns": lambda: [[*HEADER, *[f"K{n}" for n in range(600)]], *people()],
    "one_word": lambda: [["NIK"]],
    "nothing": list,
    "only_blank_lines": lambda: [[], [], [""], [" "]],
}  # fmt: skip

GRIDS = HEADS | CELLS | ROWS


def filled_lines(grid: Grid) -> int:
    """How many lines of a grid hold something: each of them must be accounted for."""
    return sum(any(_holds(cell) for cell in row) for row in grid)


def _holds(cell: object) -> bool:
    return cell is not None and bool(
        str(cell).strip("\x01\x02\x03\x04\x05 \t\r\n\u00a0")
    )
