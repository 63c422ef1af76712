"""Rows handed to other programs: always the same columns, as received beside typed."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from tests.support.office_files import HEADER, nik, person, read, workbook

from semesta.intake.handover.rowsout import SCHEMA, rows_out


def test_typed_values_stand_beside_what_was_received() -> None:
    damaged = person(2)
    damaged[1], damaged[3] = int(nik(2)), "31/12/1992 0:00:00"
    reading = read(workbook([HEADER, person(1), damaged]))
    table = rows_out(reading.rows, reading.raw, "Usulan.xlsx")
    assert table.schema == SCHEMA
    first, second = table.to_pylist()
    assert (first["file"], first["line"], first["fate"]) == (
        "Usulan.xlsx",
        2,
        "accepted",
    )
    assert (first["nik"], first["decile"]) == (nik(1), None)
    assert dict(first["received"])["NIK"] == nik(1)
    assert (second["nik"], second["born_on"]) == (None, date(1992, 12, 31))
    assert second["codes"] == ["nik.numeric_cell"]
    assert dict(second["received"])["TGL LAHIR"] == "31/12/1992 0:00:00"


def test_two_layouts_fit_one_file() -> None:
    one = read(workbook([HEADER, person(1)]))
    other = read(workbook([["NAMA", "NIK"], ["SYAFRIL", nik(2)]]))
    tables = [rows_out(each.rows, each.raw, "x") for each in (one, other)]
    together = pa.concat_tables(tables)
    assert [len(row) for row in together["received"].to_pylist()] == [6, 2]


def test_no_rows_keep_the_columns() -> None:
    reading = read(workbook([HEADER, person(1)]))
    table = rows_out(reading.rows.slice(0, 0), reading.raw.slice(0, 0), "x")
    assert (table.schema, table.num_rows) == (SCHEMA, 0)


def test_rows_that_do_not_belong_together_are_a_bug() -> None:
    reading = read(workbook([HEADER, person(1), person(2)]))
    with pytest.raises(ValueError, match="not the same rows"):
        rows_out(reading.rows, reading.raw.slice(1), "x")
