"""Places of a region in both code systems.

Kemendagri and BPS number districts differently and even swap them (in Padang Panjang
13.74.01 is Timur, BPS 1374010 is Barat), so a code is never made from the other by
dropping dots: both stand in the region's file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Place:
    """One kelurahan (or district) with both codes and the spellings met for it."""

    code: str
    bps: str
    name: str
    district: str
    km2: float = 0.0
    postcode: str = ""
    spellings: tuple[str, ...] = ()


def place_key(text: str) -> str:
    """A spelling reduced to letters: `KAMPUNG  MANGGIS`, `Balai-Balai` → one key."""
    text = re.sub(r"\b(kelurahan|kel|desa|nagari)\b\.?", " ", text.lower())
    return re.sub(r"[^a-z]", "", text)


@dataclass(frozen=True)
class Region:
    """A kabupaten or kota: its codes, names and places."""

    code: str
    bps: str
    name: str
    province: str
    districts: dict[str, str]
    places: tuple[Place, ...]
    letterhead: dict[str, str]

    @cached_property
    def _by_key(self) -> dict[str, Place]:
        found: dict[str, Place] = {}
        for place in self.places:
            for text in (place.code, place.bps, place.name, *place.spellings):
                found[place_key(text) or text] = place
            found[place.code.replace(".", "")] = place
        return found

    def find_place(self, text: str) -> Place | None:
        """The kelurahan meant by a name in any spelling or a code in either system."""
        text = text.strip()
        return self._by_key.get(place_key(text) or text)

    def place(self, code: str) -> Place:
        """The kelurahan with this Kemendagri code; KeyError when there is none."""
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> dict[str, Place]:
        return {place.code: place for place in self.places}

    def area_name(self, code: str) -> str:
        """Name of the region, a district or a kelurahan by its Kemendagri code."""
        if code in ("", self.code):
            return self.name
        if code in self.districts:
            return self.districts[code]
        return self._by_code[code].name if code in self._by_code else code


def region_from(table: dict) -> Region:
    """A Region from its parsed TOML file. KeyError names what the file lacks."""
    head = table["region"]
    districts = {d["code"]: d["name"] for d in table["districts"]}
    places = tuple(
        Place(
            code=p["code"],
            bps=p["bps"],
            name=p["name"],
            district=p["code"].rpartition(".")[0],
            km2=p.get("km2", 0.0),
            postcode=p.get("postcode", ""),
            spellings=tuple(p.get("spellings", ())),
        )
        for p in table["places"]
    )
    return Region(
        code=head["code"],
        bps=head["bps"],
        name=head["name"],
        province=head["province"],
        districts=districts,
        places=places,
        letterhead=table.get("letterhead", {}),
    )
