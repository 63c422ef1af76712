"""The tile map: one tile of the same size per kelurahan, roughly where it lies. Pure
but for reading the shipped tables."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import ceil, floor

from semesta.kernel import Region

COLUMNS = 4
SHADES = 5


@dataclass(frozen=True)
class Tile:
    """One kelurahan: where it is drawn, its share in per cent (None: unknown), and its
    shade: 0 for unknown, else 1 (lowest) to 5."""

    code: str
    name: str
    row: int
    column: int
    value: float | None
    shade: int


@dataclass(frozen=True)
class TileMap:
    """Tiles in reading order; `sides` names the halves of the map, left to right;
    `scale` says what each shade stands for."""

    tiles: tuple[Tile, ...]
    sides: tuple[str, ...]
    scale: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Scale:
    """Shades of equal width from `low` on: differences show even when all are alike."""

    low: int
    step: int

    def shade(self, value: float | None) -> int:
        if value is None:
            return 0
        return min(SHADES, int((value - self.low) // self.step) + 1)

    def words(self) -> tuple[tuple[int, str], ...]:
        """Each shade with the shares it stands for: `51–53 %`."""
        starts = (self.low + self.step * n for n in range(SHADES))
        return tuple(
            (n, f"{start}–{start + self.step}\u00a0%")
            for n, start in enumerate(starts, start=1)
        )


def scale_of(values: Iterable[float | None]) -> Scale:
    """The scale that just holds these shares; 0–100 % when none is known."""
    known = [value for value in values if value is not None]
    if not known:
        return Scale(0, 20)
    low = floor(min(known))
    # The highest share lies in the last shade, also when it is its upper end.
    return Scale(low, max(1, ceil((max(known) - low) / SHADES)))


def tile_map(region: Region, shares: Iterable[tuple[str, float | None]]) -> TileMap:
    """Lay a region's kelurahan out with their shares (code, per cent or None)."""
    known = dict(shares)
    scale = scale_of(known.values())
    places, sides = _layout(region.code) or _in_order(region)
    tiles = tuple(
        Tile(
            code,
            region.area_name(code),
            row,
            column,
            known.get(code),
            scale.shade(known.get(code)),
        )
        for code, (row, column) in places.items()
    )
    return TileMap(tiles, sides, scale.words())


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
