"""Places in both code systems; the two swap the districts of Padang Panjang."""

from __future__ import annotations

import pytest

from semesta.kernel import UserError
from semesta.warehouse.workspace import load_region

REGION = load_region("13.74")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("13.74.01.1001", "Ganting"),
        ("1374011001", "Ganting"),
        ("1374020006", "Ganting"),
        ("KAMPUNG  MANGGIS", "Kampung Manggis"),
        ("TANAH  PAK LAMBIK", "Tanah Pak Lambik"),
        ("Balai-Balai", "Balai-balai"),
        ("balai balai", "Balai-balai"),
        ("Koto Katiak", "Koto Katik"),
        ("Kel. Guguk Malintang", "Guguk Malintang"),
        (" Kelurahan Silaing Atas ", "Silaing Atas"),
    ],
)
def test_a_place_is_found_in_any_spelling_and_either_code(text: str, name: str) -> None:
    place = REGION.find_place(text)
    assert place is not None
    assert place.name == name


@pytest.mark.parametrize("text", ["", "Koto Baru", "1374010", "9999999999"])
def test_an_invented_place_is_not_guessed(text: str) -> None:
    assert REGION.find_place(text) is None


def test_sixteen_places_in_two_districts() -> None:
    assert len(REGION.places) == 16
    assert REGION.districts == {
        "13.74.01": "Padang Panjang Timur",
        "13.74.02": "Padang Panjang Barat",
    }


def test_the_code_systems_swap_the_districts() -> None:
    east = {p.bps[:7] for p in REGION.places if p.district == "13.74.01"}
    west = {p.bps[:7] for p in REGION.places if p.district == "13.74.02"}
    assert (east, west) == ({"1374020"}, {"1374010"})


def test_an_unknown_region_says_how_to_load_one() -> None:
    with pytest.raises(UserError) as caught:
        load_region("99.99")
    assert caught.value.code == "region.unknown"
    assert "regions load" in caught.value.fix
