"""Any table of people becomes the rows that linkage reads."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from semesta.kernel import UserError
from semesta.linkage.lists import load_tables, read_mapping, read_truth
from semesta.warehouse.engines import duck


def rows(paths: list[Path], columns: str = "") -> list[dict[str, Any]]:
    with duck() as con:
        load_tables(con, paths, read_mapping(columns))
        return (
            con.execute("FROM person_rows ORDER BY row_id").to_arrow_table().to_pylist()
        )


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_numbers_stay_text_days_and_sex_are_read(tmp_path: Path) -> None:
    file = write(
        tmp_path / "usulan.csv",
        "row_id,nik,name,born_on,sex\n"
        "a,9471010101900001,Siti,31-12-1990,Perempuan\n"
        "b, ,Darwis,19900102,LK\n"
        "c,0012,,besok,?\n",
    )
    a, b, c = rows([file])
    assert a["nik"] == "9471010101900001"
    assert (a["born_on"], a["sex"]) == (date(1990, 12, 31), "P")
    assert (b["nik"], b["born_on"], b["sex"]) == (None, date(1990, 1, 2), "L")
    assert (c["nik"], c["name"], c["born_on"], c["sex"]) == ("0012", None, None, None)
    assert a["source"] == "usulan"


def test_columns_by_other_names_and_several_files(tmp_path: Path) -> None:
    one = write(tmp_path / "satu.csv", "depan,belakang,tgl\nSiti,Aminah,1990-01-02\n")
    two = tmp_path / "dua.parquet"
    table = {"depan": ["M."], "belakang": [None], "tgl": ["02/01/1990"]}
    pq.write_table(pa.table(table), two)
    first, second = rows([two, one], "depan+belakang=name,tgl=born_on")
    assert (first["row_id"], first["name"]) == ("dua:1", "M.")
    assert (second["row_id"], second["name"]) == ("satu:1", "Siti Aminah")
    assert first["born_on"] == second["born_on"] == date(1990, 1, 2)


@pytest.mark.parametrize("text", ["depan=nama", "=name", "a=name,b=name", "name"])
def test_a_mapping_that_makes_no_sense(text: str) -> None:
    with pytest.raises(UserError, match=r"link\.columns"):
        read_mapping(text)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"link\.file"):
        rows([tmp_path / "tidak-ada.csv"])
    with pytest.raises(UserError, match=r"link\.file"):
        rows([write(tmp_path / "surat.docx", "x")])
    with pytest.raises(UserError, match=r"link\.file"):
        rows([write(tmp_path / "x.parquet", "bukan parquet")])
    file = write(tmp_path / "a.csv", "name\nSiti\n")
    with pytest.raises(UserError, match=r"link\.file"):
        rows([file], "nama=name")
    with duck() as con, pytest.raises(UserError, match=r"link\.file"):
        read_truth(con, file)


def test_row_ids_must_be_unique(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "row_id,name\n1,Siti\n1,Darwis\n")
    with pytest.raises(UserError, match=r"link\.row_id"):
        rows([file])


def test_names_of_files_and_columns_are_no_sql(tmp_path: Path) -> None:
    file = write(tmp_path / "o'brien.csv", 'na"ma,name\nx,Siti\n')
    (row,) = rows([file], 'na"ma=mother_name')
    assert (row["row_id"], row["mother_name"]) == ("o'brien:1", "x")
