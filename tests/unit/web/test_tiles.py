"""The tile map: every kelurahan once, shades that show differences."""

from __future__ import annotations

import pytest

from semesta.kernel import Place, Region
from semesta.warehouse.workspace import load_region
from semesta.web.tiles import Scale, scale_of, tile_map

CITY = load_region("13.74")


def test_every_kelurahan_has_one_tile_of_its_own() -> None:
    tiles = tile_map(CITY, []).tiles

    assert {tile.code for tile in tiles} == {place.code for place in CITY.places}
    assert len({(tile.row, tile.column) for tile in tiles}) == len(CITY.places)


def test_west_lies_left_and_east_lies_right() -> None:
    sides = {tile.code[:8]: tile.column for tile in tile_map(CITY, []).tiles}

    assert sides["13.74.02"] <= 2 < sides["13.74.01"]


def test_a_region_without_a_map_of_its_own_is_drawn_in_order() -> None:
    places = tuple(
        Place(f"99.01.01.100{n}", "", f"Desa {n}", "99.01.01") for n in range(1, 7)
    )
    region = Region("99.01", "", "Kabupaten", "Provinsi", {}, places, {})

    drawn = tile_map(region, [])

    assert [(t.row, t.column) for t in drawn.tiles] == [
        (1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2),
    ]  # fmt: skip
    assert drawn.sides == ()


@pytest.mark.parametrize(
    ("shares", "scale"),
    [
        ([], Scale(0, 20)),
        ([None, None], Scale(0, 20)),
        ([51.3, 58.8], Scale(51, 2)),
        ([0.0, 100.0], Scale(0, 20)),
        ([70.0, 70.0], Scale(70, 1)),
    ],
)
def test_the_scale_just_holds_the_shares(
    shares: list[float | None], scale: Scale
) -> None:
    assert scale_of(shares) == scale


def test_shades_run_from_one_to_five_and_unknown_is_none() -> None:
    scale = Scale(0, 20)

    assert [scale.shade(v) for v in (None, 0, 19.9, 20, 99, 100)] == [0, 1, 1, 2, 5, 5]
    assert scale.words()[0] == (1, "0–20\u00a0%")
