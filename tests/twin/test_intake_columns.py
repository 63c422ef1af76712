"""Whole columns and single cells are cleaned alike; regular text is read alike both ways."""

from __future__ import annotations

import csv
import io

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.clerk import AS_OF
from tests.support.office_files import REGION, nik, read, workbook

from semesta.intake.cells import DATE, ERROR, FORMULA, NUMBER, TRUTH
from semesta.intake.cleaning import clean_cell, clean_column
from semesta.intake.fields import FIELDS, Context
from semesta.intake.textfiles import read_text_table

CONTEXT = Context(REGION, AS_OF)
SAMPLES = [
    "", " ", "-", "nan", "NAN", "NIHIL", nik(1), nik(2), nik(1) + ".0", "0" * 16, "1" * 16,
    "1374010101900001", "1374010101800000", "1374013213809001", NUMBER + nik(1),
    "SYAFRIL", "SYAFRIL KOTO", "syafril", "SYAFRIL SE", "H SYAFRIL", "SYAFRIL ST MUDO",
    "NN", "XXX", "MA RIFAT", "SYAFRIL MA", "ROSMAINI.HJ", "A" * 50, "A" * 130,
    "081234567890", "81234567890", "0812", "1500000", "1,5 jt", "999999999", "1234567890",
    "JL. SUDIRMAN NO. 1", "JL SUDIRMAN", "JL. X RT 1", "JL. X RT001", "PASAR", "JL. ARTWORK",
    "31-12-1992", DATE + "1992-12-31", NUMBER + "33969", NUMBER + "45", TRUTH + "TRUE",
    FORMULA, ERROR, "L", "Ganting", "1374010001", "2/1", "01/2026", "Ojek", "Ya", "JKK,JKM",
    "9120000000012", NUMBER + "912000000001", "197201011998031906",
]  # fmt: skip
text = st.one_of(st.sampled_from(SAMPLES), st.text(max_size=20))


def check(name: str, cells: list[str]) -> None:
    reader = FIELDS[name].reader(CONTEXT)
    columns, findings = clean_column(pa.array(cells, pa.string()), reader)
    found: list[set[str]] = [set() for _ in cells]
    for finding in findings:
        assert finding.rows.dtype == np.int64
        for row in finding.rows:
            found[row].add(finding.code)
    nothing = (None,) * len(reader.types)
    for row, cell in enumerate(cells):
        value, codes = clean_cell(cell, reader)
        wanted = value if len(reader.types) > 1 else (value,)
        given_ = tuple(column[row].as_py() for column in columns)
        assert given_ == (nothing if value is None else wanted), cell
        assert found[row] == set(codes), cell


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_columns_and_cells_agree_on_samples(name: str) -> None:
    check(name, SAMPLES)
    check(name, [])


@pytest.mark.parametrize(
    "name", ["nik", "family_card", "name", "mother_name", "phone", "address", "income",
             "workers", "kpj", "nib"],
)  # fmt: skip
@settings(max_examples=60, deadline=None)
@given(cells=st.lists(text, max_size=12))
def test_columns_and_cells_agree(name: str, cells: list[str]) -> None:
    check(name, cells)


plain_text = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"], exclude_characters='";'
    ),
    max_size=8,
)


@settings(max_examples=80, deadline=None)
@given(
    lines=st.lists(
        st.lists(plain_text, min_size=3, max_size=3), min_size=1, max_size=8
    ),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_regular_text_is_read_alike_both_ways(lines: list[list[str]], end: str) -> None:
    whole = [["NIK", "NAMA", "ALAMAT"], *lines]
    out = io.StringIO(newline="")
    for line in whole:
        out.write(";".join(line) + end)
    table = read_text_table(out.getvalue().encode())
    columns = table.columns()
    assert columns is not None
    by_columns = [
        list(row) for row in zip(*(c.to_pylist() for c in columns), strict=True)
    ]
    slow = [
        [cell.lstrip("\x01\x02\x03\x04\x05") for cell in row] for row in table.rows()
    ]
    assert by_columns == slow


def test_a_list_gives_the_same_rows_as_workbook_and_as_text() -> None:
    lines = [["NO", "NIK", "NAMA", "ALAMAT", "NO HP"]]
    lines += [[str(n), nik(n), f"SYAFRIL {'K' * (n % 3 + 1)}OTO", "JL. X RT 1 RW 2", "0812"]
              for n in range(1, 40)]  # fmt: skip
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(lines)
    text_rows = read(out.getvalue().encode()).rows
    quoted = io.StringIO(newline="")
    csv.writer(quoted, delimiter=",", quoting=csv.QUOTE_ALL).writerows(lines)
    assert read(workbook(lines)).rows.equals(text_rows)
    assert read(quoted.getvalue().encode()).rows.equals(text_rows)
