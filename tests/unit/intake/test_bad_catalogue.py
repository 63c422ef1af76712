"""Almost eight hundred bad files: a plain error, or rows that add up; no line disappears."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.badfiles.accounts import accounted_lines, check_fates
from tests.support.badfiles.containers import FILES, GRID, NIKS, OLD, OTHER_TEXTS
from tests.support.badfiles.costly import BOMBS, COSTLY, MEMORY, SECONDS
from tests.support.badfiles.formats import FORMATS, TEXTS, old_workbook
from tests.support.badfiles.grids import GRIDS, filled_lines, people
from tests.support.office_files import HEADER, nik, read

from semesta.intake.reading import Reading
from semesta.kernel import UserError

REFUSALS = ("file.", "table.", "columns.", "supplier.")
# What is refused whatever the format; everything else is read.
REFUSED_GRIDS = {
    "all_headers_alike", "all_headers_blank", "header_in_line_31",
    "header_after_40_blank_lines", "header_below_the_rows", "no_header",
    "headers_that_are_numbers", "nik_alone", "names_alone", "turned_on_its_side",
    "600_columns", "one_word", "nothing", "only_blank_lines",
}  # fmt: skip


def reading_of(content: bytes) -> Reading | UserError:
    """The reading, its rows checked, or the plain error for the sender."""
    try:
        reading = read(content)
    except UserError as error:
        refused = error
    else:
        check_fates(reading)
        return reading
    assert refused.code.startswith(REFUSALS)
    assert all(part.endswith(".") for part in (refused.what, refused.why, refused.fix))
    return refused


@pytest.mark.parametrize("damage", GRIDS)
def test_a_damaged_list_in_each_format(damage: str) -> None:
    grid = GRIDS[damage]()
    for form, write in FORMATS.items():
        found = reading_of(write(grid))
        assert isinstance(found, UserError) == (damage in REFUSED_GRIDS), form
        if isinstance(found, Reading):
            assert accounted_lines(found) == filled_lines(grid), form


@pytest.mark.parametrize("form", TEXTS)
def test_a_list_in_each_kind_of_text(form: str) -> None:
    found = reading_of(TEXTS[form]([["DAFTAR USULAN", "é"], [], *GRID]))
    assert isinstance(found, Reading)
    assert found.fates["accepted"] == len(GRID) - 1
    assert accounted_lines(found) == len(GRID) + 1


@pytest.mark.parametrize("damage", ["injections_in_names", "ragged_long_rows"])
def test_a_damaged_list_in_an_old_workbook(damage: str) -> None:
    grid = GRIDS[damage]()
    found = reading_of(old_workbook(grid))
    assert isinstance(found, Reading)
    assert accounted_lines(found) == filled_lines(grid)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file(name: str) -> None:
    found = reading_of(FILES[name]())
    if isinstance(found, Reading):
        # A cut may leave half a letter as a line of its own.
        assert accounted_lines(found) <= len(GRID) + 1


@pytest.mark.parametrize("name", OLD)
def test_a_damaged_file_that_is_read_apart(name: str) -> None:
    assert isinstance(reading_of(OLD[name]()), UserError)


@pytest.mark.parametrize("name", OTHER_TEXTS)
def test_no_person_of_an_odd_text_is_lost(name: str) -> None:
    content = OTHER_TEXTS[name]()
    found = reading_of(content)
    if isinstance(found, UserError) or NIKS[0] not in content:
        return
    received = json.dumps(found.raw.to_pylist(), default=str)
    for number in (one.decode() for one in NIKS):
        assert number in received


_BASES = [write(GRID) for write in FORMATS.values()]
_SHORT = FORMATS["comma"]([HEADER, *people()])


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_bytes_changed_anywhere(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(_BASES)))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        stop = start + data.draw(st.integers(0, 200))
        content[start:stop] = data.draw(st.binary(max_size=60))
    reading_of(bytes(content))


@settings(max_examples=60, deadline=None)
@given(
    place=st.integers(0, len(_SHORT)),
    junk=st.text("\"';,\t|\r\n \\=@\u200b\u202e😀é", max_size=12),
)
def test_junk_in_a_text_hides_no_person(place: int, junk: str) -> None:
    content = _SHORT[:place] + junk.encode() + _SHORT[place:]
    found = reading_of(content)
    if isinstance(found, Reading):
        lines = sum(about.get("lines", 0) for about in found.tables)
        received = json.dumps(found.raw.to_pylist(), default=str)
        whole = [one for n in range(1, 7) if (one := nik(n)).encode() in content]
        titles = sum(about.get("above", 0) for about in found.tables)
        assert sum(one not in received for one in whole) <= lines + titles


@pytest.mark.slow
def test_costly_files_stay_within_time_and_memory() -> None:
    command = [sys.executable, "-m", "tests.support.badfiles.costly"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    measured = [json.loads(line) for line in done.stdout.splitlines()]
    assert {one["name"] for one in measured} == set(COSTLY | BOMBS)
    for one in measured:
        assert one["status"] == 0, one
        assert one["became"], one
        assert one["seconds"] < SECONDS, one
        assert one["peak"] < MEMORY, one
