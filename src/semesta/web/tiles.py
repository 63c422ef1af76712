"""The tile map: one tile of the same size per kelurahan, roughly where it lies. Pure
but for reading the shipped tables."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from semesta.kernel import Region

COLUMNS = 4
# Lower bounds of the shades in per cent; the last is "all of them".
STEPS = (0, 20, 40, 60, 80)


@dataclass(frozen=True)
class Tile:
    """One kelurahan: where it is drawn, its share (None: unknown) and its shade 0–5."""

    code: str
    name: str
    row: int
    column: int
    value: float | None

    @property
    def shade(self) -> int:
        return shade_of(self.value)


@dataclass(frozen=True)
class TileMap:
    """Tiles in reading order; `sides` names the halves of the map, left to right."""

    tiles: tuple[Tile, ...]
    sides: tuple[str, ...]
    scale: tuple[tuple[int, str], ...]


def shade_of(value: float | None) -> int:
    """0 for unknown, else 1–5 by steps of twenty per cent."""
    if value is None:
        return 0
    return sum(value >= step for step in STEPS) or 1


def tile_map(region: Region, shares: Iterable[tuple[str, float | None]]) -> TileMap:
    """Lay a region's kelurahan out with their shares (code, per cent or None)."""
    known = dict(shares)
    places, sides = _layout(region.code) or _in_order(region)
    tiles = tuple(
        Tile(code, region.area_name(code), row, column, known.get(code))
        for code, (row, column) in places.items()
    )
    return TileMap(tiles, sides, _scale())


def _scale() -> tuple[tuple[int, str], ...]:
    bounds = [*STEPS[1:], 100]
    words = [f"{low}–{high}\u00a0%" for low, high in zip(STEPS, bounds, strict=True)]
    return tuple(enumerate(words, start=1))


@cache
def _layout(
    region: str,
) -> tuple[dict[str, tuple[int, int]], tuple[str, ...]] | None:
    file = files("semesta.web") / "tile_maps" / f"{region}.toml"
    if not file.is_file():
        return None
    table = tomllib.loads(file.read_text("utf-8"))
    places = {
        code: (row, column)
        for row, codes in enumerate(table["rows"], start=1)
        for column, code in enumerate(codes, start=1)
        if code
    }
    return places, tuple(table["sides"])


def _in_order(region: Region) -> tuple[dict[str, tuple[int, int]], tuple[str, ...]]:
    """Without a table of its own a region is drawn in the order of its codes."""
    places = {}
    for index, place in enumerate(region.places):
        row, column = divmod(index, COLUMNS)
        places[place.code] = (row + 1, column + 1)
    return places, ()
