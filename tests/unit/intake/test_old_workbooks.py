"""The old .xls and .ods are read like any other, with the kinds of their cells."""

from __future__ import annotations

import pytest
from tests.support.office_files import codes, nik, read, rows
from tests.support.old_workbooks import ods, ole, xls

from semesta.intake.sheets import open_book
from semesta.kernel import UserError

LINES: list[list[str | float]] = [
    ["NO", "NIK", "NAMA"],
    [1.0, nik(1), "SYAFRIL"],
    [2.0, 1374010101809002.0, "DARNIS"],
]


@pytest.mark.parametrize("make", [xls, ods])
def test_read_with_the_kinds_of_cells(make) -> None:
    reading = read(make(LINES))
    first, second = rows(reading)
    assert (first["nik"], first["fate"]) == (nik(1), "accepted")
    assert (second["nik"], second["fate"]) == (None, "held")
    assert codes(reading) == {"nik.numeric_cell"}


def test_kinds() -> None:
    assert open_book(xls(LINES)).kind == "xls"
    assert open_book(ods(LINES)).kind == "ods"


@pytest.mark.parametrize(
    "content",
    [ods(LINES, encrypted=True), ole("EncryptedPackage", bytes(5000))],
)
def test_encrypted(content: bytes) -> None:
    with pytest.raises(UserError) as raised:
        open_book(content)
    assert raised.value.code == "file.encrypted"


@pytest.mark.parametrize("share", [0.2, 0.6])
@pytest.mark.parametrize("make", [xls, ods])
def test_truncated(make, share: float) -> None:
    content = make(LINES)
    with pytest.raises(UserError) as raised:
        list(open_book(content[: int(len(content) * share)]).sheets())
    assert raised.value.code == "file.corrupt"
