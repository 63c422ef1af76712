"""The insurer's code list: read, compared, looked up."""

from __future__ import annotations

import pytest

from semesta.enrolment.codes.codelist import compare, read_list, shipped_list
from semesta.kernel import UserError
from semesta.warehouse.workspace import load_region

_, SHIPPED = shipped_list()
HEADER = ["No", "Jenis", "Kode", "Uraian", "Semesta"]


def read(*rows: list[str]):
    return read_list([["DAFTAR KODE"], HEADER, *rows], SHIPPED)


def test_a_kept_code_keeps_its_use_and_a_new_one_is_found_by_its_meaning() -> None:
    found = read(
        ["1", "Jenis pekerjaan", "OJEK", "Pengemudi", ""],
        ["2", "Jenis pekerjaan", "P01", "Petani", ""],
        ["3", "Jenis pekerjaan", "P99", "Seni pahat", "pengrajin, penjahit"],
    )
    used = found.used["job"]
    assert (used["ojek"], used["petani"]) == ("OJEK", "P01")
    assert (used["pengrajin"], used["penjahit"]) == ("P99", "P99")
    changes = compare(SHIPPED, found)
    assert changes.added["job"] == ["P01", "P99"]
    assert "PETANI" in changes.removed["job"]
    assert "marbot" in changes.orphans["job"]
    assert not {"petani", "ojek", "penjahit"} & set(changes.orphans["job"])


def test_kinds_that_are_not_mentioned_stay() -> None:
    found = read(["1", "Lokasi", "1374", "Kota Padang Panjang", ""])
    assert found.codes["job"] == SHIPPED.codes["job"]
    assert found.used["job"] == SHIPPED.used["job"]
    assert found.place_of(load_region("13.74")) == "1374"
    assert found.used["place"] == {}


def test_choosing_a_code_is_another_list() -> None:
    found = SHIPPED.with_use("job", "petani", "PETERNAK")
    assert found.code_for("job", "petani") == "PETERNAK"
    assert SHIPPED.code_for("job", "petani") == "PETANI"
    assert found.sha256 != SHIPPED.sha256


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["NAMA", "KODE"], ["a", "b"]], "codes.header"),
        ([HEADER, ["1", "warna", "X", "", ""]], "codes.row"),
        ([HEADER, ["1", "pekerjaan", "", "Petani", ""]], "codes.row"),
        ([HEADER, ["", "", "", "", ""]], "codes.empty"),
        ([], "codes.header"),
    ],
)
def test_what_is_no_such_list(rows: list[list[str]], code: str) -> None:
    with pytest.raises(UserError) as error:
        read_list(rows, SHIPPED)
    assert error.value.code == code
