"""Kelurahan in either code system and any spelling; RT and RW out of addresses."""

from __future__ import annotations

import pytest
from tests.support.office_files import REGION

from semesta.intake.cells import DATE, NUMBER
from semesta.intake.places import (
    clean_address,
    clean_neighbourhood,
    clean_rt_rw,
    kelurahan_reader,
    parts_reader,
)

KELURAHAN = kelurahan_reader(REGION)
GANTING = "13.74.01.1001"


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("Ganting", GANTING, ()),
        ("GANTING ", GANTING, ()),
        ("Kel. Ganting", GANTING, ()),
        ("KELURAHAN GANTING", GANTING, ()),
        ("KAMPUNG  MANGGIS", "13.74.02.1003", ()),
        ("Balai-Balai", "13.74.02.1008", ()),
        ("BALAI - BALAI", "13.74.02.1008", ()),
        ("Koto Katiak", "13.74.01.1007", ()),
        ("13.74.01.1001", GANTING, ()),
        ("1374011001", GANTING, ()),
        # The two systems swap the districts: BPS 1374010 is Barat.
        ("1374010001", "13.74.02.1004", ()),
        ("1374020006", GANTING, ()),
        (NUMBER + "1374020006", GANTING, ()),
        ("1374020006.0", GANTING, ()),
        ("1374020006 - GANTING", GANTING, ()),
        ("[1374020006] Ganting", GANTING, ()),
        ("Ganting, Kec. Padang Panjang Timur", GANTING, ()),
        ("Gantingg", GANTING, ("place.spelling",)),
        ("Guguk Malintan", "13.74.01.1005", ("place.spelling",)),
        ("Koto Baru", None, ("place.unknown",)),
        ("1374099999", None, ("place.unknown",)),
        ("13.71.01.1001", None, ("place.outside",)),
        ("1371010001", None, ("place.outside",)),
        ("Padang Panjang Timur", None, ("place.district_only",)),
        ("Kota Padang Panjang", None, ("place.district_only",)),
        ("", None, ()),
        ("0", None, ()),
    ],
)
def test_kelurahan(cell: str, value: str | None, codes: tuple[str, ...]) -> None:
    assert KELURAHAN.clean(cell) == (value, codes)


@pytest.mark.parametrize("place", REGION.places, ids=lambda place: place.name)
def test_every_place_is_found_by_all_its_codes_and_names(place) -> None:
    texts = [place.code, place.bps, place.name, place.name.upper(), *place.spellings]
    assert {KELURAHAN.clean(text).value for text in texts} == {place.code}


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("13|74|01|1001", GANTING, ()),
        (f"{NUMBER}13|{NUMBER}74|{NUMBER}1|{NUMBER}1001", GANTING, ()),
        ("13|71|1|1001", None, ("place.outside",)),
        ("13|74|9|1001", None, ("place.unknown",)),
        ("13|74||1001", None, ("place.unknown",)),
        ("|||", None, ()),
    ],
)
def test_code_in_four_columns(
    cell: str, value: str | None, codes: tuple[str, ...]
) -> None:
    assert parts_reader(REGION).clean(cell) == (value, codes)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Jl. Sudirman No. 1", ("JL. SUDIRMAN NO. 1", None, None)),
        ("Jl. Sudirman RT 001 RW 002", ("JL. SUDIRMAN", "001", "002")),
        ("JL SUDIRMAN RT.01/RW.02", ("JL SUDIRMAN", "001", "002")),
        ("JL. SUDIRMAN, RT 1/2", ("JL. SUDIRMAN", "001", "002")),
        ("RT 003 / RW 001 Jl. Bahari", ("JL. BAHARI", "003", "001")),
        ("Jl. Bahari RT/RW 003/001", ("JL. BAHARI", "003", "001")),
        ("Jl. Bahari RT/RW: 003/001 KEL. GANTING", ("JL. BAHARI KEL. GANTING", "003", "001")),
        ("Jl. Bahari RW 5", ("JL. BAHARI", None, "005")),
        ("RT 5", (None, "005", None)),
        ("JL. KARTINI", ("JL. KARTINI", None, None)),
        ("PERUMAHAN SMART", ("PERUMAHAN SMART", None, None)),
    ],
)  # fmt: skip
def test_addresses(cell: str, value: tuple) -> None:
    assert clean_address(cell) == (value, ())


def test_too_long_an_address_is_not_cut() -> None:
    assert clean_address("JL. " + "A" * 300).codes == ("text.too_long",)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2", "002"),
        ("RT 02", "002"),
        ("002.0", "002"),
        (NUMBER + "12", "012"),
        ("0", None),
    ],
)
def test_neighbourhoods(cell: str, value: str | None) -> None:
    assert clean_neighbourhood(cell) == (value, ())


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("002/001", ("002", "001"), ()),
        ("RT 2 RW 1", ("002", "001"), ()),
        ("2", ("002", None), ()),
        # A spreadsheet took 2/1 for a day.
        (DATE + "2026-01-02", None, ("neighbourhood.unreadable",)),
        ("", None, ()),
    ],
)
def test_rt_and_rw_in_one_column(
    cell: str, value: tuple | None, codes: tuple[str, ...]
) -> None:
    assert clean_rt_rw(cell) == (value, codes)
