"""Names, dates, numbers and streets in comparable form."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from semesta.linkage.normalise import normalise


def identity(load: Any, **row: Any) -> dict[str, Any]:
    con = load(row)
    normalise(con)
    return con.execute("FROM identities").to_arrow_table().to_pylist()[0]


@pytest.mark.parametrize(
    ("name", "norm", "first", "last"),
    [
        ("H. M. Yusuf St. Mudo", "muhammad yusuf", "JSP", "JSP"),
        ("SITI NURHAYATI, S.Pd., M.Si", "siti nurhayati", "NRJT", "NRJT"),
        ("NUR'AINI BINTI AMIR", "nuraini", "NRN", None),
        ("AMRI.HJ", "amri", "AMR", None),
        ("AMRI S.Pd.I", "amri", "AMR", None),
        ("Drs. Syafrizal Dt. Bandaro", "syafrizal", "SPRJL", None),
        ("MUHAMMAD", "muhammad", "MMT", None),
        ("RINA   WATI-SARI", "rina wati sari", "RN", "SR"),
        ("Noerhajati Achmad", "nurhayati ahmad", "NRJT", "AMT"),
        ("SEPTIANI SE", "septiani", "SPTN", None),
        ("DEWI  A.Md.Keb", "dewi", "D", None),
        ("Éfendi", "effendi", "IPND", None),
    ],
)
def test_names(load: Any, name: str, norm: str, first: str, last: str | None) -> None:
    found = identity(load, name=name)
    assert (found["name"], found["first_key"], found["last_key"]) == (norm, first, last)


def test_bag_has_no_order(load: Any) -> None:
    one, other = (identity(load, name=n)["bag"] for n in ("RINA WATI", "WATI RINA"))
    assert one == other


def test_a_name_of_titles_only_is_no_name(load: Any) -> None:
    assert identity(load, name="H. Drs.")["name"] is None


@pytest.mark.parametrize(
    ("nik", "good", "inside"),
    [
        ("1374010101909001", True, "010190"),
        ("1374014101909001", True, "010190"),
        ("1374017101909001", True, "310190"),
        ("1374010001909001", False, None),  # day 0
        ("1374017201909001", False, None),  # day 32
        ("1374010113909001", False, None),  # month 13
        ("0074010101909001", False, None),
        ("1374010101900000", False, None),
        ("137401010190900", False, None),
    ],
)
def test_nik(load: Any, nik: str, good: bool, inside: str | None) -> None:
    found = identity(load, name="X", nik=nik)
    assert (found["nik"] == nik) is good
    assert found["nik_date"] == inside


@pytest.mark.parametrize(
    "address",
    [
        "Jl. Sutan Syahrir No. 5 RT 01/RW 02 Kel. Ganting",
        "JLN SUTAN SYAHRIR RT.001 RW.002",
        "Jalan Sutan Syahrir 12, 01/02",
        "sutan syahrir no 3 kelurahan ganting",
    ],
)
def test_street(load: Any, address: str) -> None:
    assert identity(load, name="X", address=address)["street"] == "SUTANSYAHRIR"


def test_sex_is_what_the_list_says_never_the_number(load: Any) -> None:
    # A wife's row often carries her husband's NIK.
    assert identity(load, name="X", nik="1374014101909001", sex="L")["sex"] == "L"
    assert identity(load, name="X", nik="1374014101909001")["sex"] is None


def test_an_initial_is_no_word(load: Any) -> None:
    assert identity(load, name="RINALDI S.")["bag"] == "RNLD"
    assert identity(load, name="RINALDI S.")["name"] == "rinaldi s"
    assert identity(load, name="B")["bag"] == "B"


def test_impossible_years_are_left_out(load: Any) -> None:
    assert identity(load, name="X", born_on=date(203, 1, 1))["born"] is None
    assert identity(load, name="X", born_on=date(1990, 1, 2))["born"] == "02011990"


def test_rows_are_numbered_by_id(load: Any) -> None:
    con = load({"row_id": "b", "name": "A"}, {"row_id": "a", "name": "B"})
    normalise(con)
    found = con.execute("SELECT seq, row_id FROM identities ORDER BY seq").fetchall()
    assert found == [(1, "a"), (2, "b")]


def test_lists_in_which_nobody_has_a_name(load: Any) -> None:
    con = load({"nik": "1374010101909001"})
    normalise(con)
    assert con.execute("SELECT name, nik FROM identities").fetchall() == [
        (None, "1374010101909001")
    ]
