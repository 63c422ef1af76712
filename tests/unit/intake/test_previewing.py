"""The preview: masked examples, and the fates that reading would give."""

from __future__ import annotations

import re

import pyarrow as pa
import pytest
from tests.support.clerk import AS_OF
from tests.support.office_files import REGION, nik
from tests.support.strange_lists import BOAT_MEANINGS, boats

from semesta.intake.drafting.chosen import Chosen, new_map
from semesta.intake.drafting.previewing import examples, masked_text, preview
from semesta.intake.drafting.sampling import sample_tables
from semesta.intake.reading import Received, open_tables, read_file
from semesta.kernel import UserError


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (nik(1), "1374********9001"),
        ("137401 010180 9001", "1374** ****** 9001"),
        ("1374.0101.0180.9001", "1374.****.****.9001"),
        ("13740lO10l809OO1", "1374********9OO1"),
        (f"NIK {nik(2)} (lama)", "NIK 1374********9002 (lama)"),
        ("081263001234", "0812******34"),
        ("12000012345", "1200*****45"),
        ("01-01-1980", "01-01-1980"),
        ("1980-01-01 00:00:00", "1980-01-01 00:00:00"),
        ("1/1/80", "1/1/80"),
        ("Rp 1.500.000", "Rp 1.500.000"),
        ("JL. SUDIRMAN NO. 12 RT 001 RW 002", "JL. SUDIRMAN NO. 12 RT 001 RW 002"),
        ("OLOI ILOOLI OILO", "OLOI ILOOLI OILO"),
        ("", ""),
    ],
)
def test_numbers_that_name_somebody_are_masked(text: str, shown: str) -> None:
    assert masked_text(text) == shown


def test_examples_are_different_and_few() -> None:
    column = pa.array(["", nik(1), nik(1), None, "X", "Y", "Z"])
    assert examples(column) == ["1374********9001", "X", "Y"]


CHOSEN = Chosen("Perahu", "person", "Dinas", BOAT_MEANINGS, ["name"])


def test_it_gives_the_fates_that_reading_gives() -> None:
    content = boats("DAFTAR", count=30)
    samples = sample_tables(content, 10)
    made = new_map(CHOSEN, samples[0].table.headers)
    received = Received(content, "0" * 16, "x.xlsx", AS_OF)

    some = preview(samples, made, received, REGION)
    whole = preview(sample_tables(content, 100), made, received, REGION)
    opened = open_tables(content, made.header_keys)
    read = read_file(received, REGION, opened, made)

    assert (some.rows, some.of, some.fates["accepted"]) == (10, 30, 10)
    assert (whole.rows, whole.fates) == (30, read.fates)


def test_what_was_noticed_comes_gravest_first_and_names_nobody() -> None:
    content = boats()
    samples = sample_tables(content, 100)
    wrong = Chosen("Perahu", "person", "Y", ("", "name", "nik", "born_on", ""), ["nik"])
    made = new_map(wrong, samples[0].table.headers)
    told = preview(samples, made, Received(content, "0", "x", AS_OF), REGION)
    assert told.fates["accepted"] == 0
    assert {one.kind for one in told.noticed} >= {"held"}
    assert told.noticed[0].rows == 8
    assert told.noticed[0].line == 2
    assert not re.search(r"\d{6}", str(told.noticed))


def test_a_map_of_other_columns_cannot_be_tried() -> None:
    samples = sample_tables(boats(), 100)
    made = new_map(CHOSEN, samples[0].table.headers)
    other = made.model_copy(update={"layouts": [], "fields": {"nik": [], "name": []}})
    with pytest.raises(UserError) as raised:
        preview(samples, other, Received(b"", "0", "x", AS_OF), REGION)
    assert raised.value.code == "columns.missing"
