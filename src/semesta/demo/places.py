"""The 16 kelurahan of the invented city, its streets, and where people were born."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from semesta.kernel.region import Place, Region, region_from

CITY = "13.74"


@dataclass(frozen=True)
class Kelurahan:
    """One kelurahan: its codes (Place), weight in the city's people, number of RW."""

    place: Place
    kecamatan: str
    share: float
    rw: int

    @property
    def code(self) -> str:
        return self.place.code

    @property
    def name(self) -> str:
        return self.place.name

    @property
    def nik_prefix(self) -> str:
        """The first six digits of a NIK issued here."""
        return self.place.district.replace(".", "")


@cache
def words(name: str) -> dict:
    """The word list `words/<name>.toml`."""
    text = files(__package__).joinpath(f"words/{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def semicolon_list(text: str) -> list[str]:
    """The parts of `a;b;c`, over several lines."""
    return [part.strip() for part in text.split(";") if part.strip()]


@cache
def city() -> Region:
    """The region whose city is invented."""
    text = files("semesta").joinpath(f"regions/{CITY}.toml").read_text("utf-8")
    return region_from(tomllib.loads(text))


@cache
def kelurahan() -> tuple[Kelurahan, ...]:
    """The kelurahan in the order of their Kemendagri codes."""
    weights = words("places")["kelurahan"]
    places = sorted(city().places, key=lambda place: place.code)
    return tuple(
        Kelurahan(
            place,
            city().districts[place.district],
            weights[place.code]["share"],
            weights[place.code]["rw"],
        )
        for place in places
    )


def district_numbers() -> np.ndarray:
    """Of each kelurahan: 0 in the first district (137401), 1 in the second (137402)."""
    prefixes = sorted({k.nik_prefix for k in kelurahan()})
    return np.array([prefixes.index(k.nik_prefix) for k in kelurahan()])


@dataclass
class Homes:
    """One row per household of a slice: where it lives."""

    kelurahan: np.ndarray  # position in kelurahan()
    rw: np.ndarray
    rt: np.ndarray
    address: np.ndarray  # street and number, as the civil register writes it


def settle(rng: np.random.Generator, households: int) -> Homes:
    """A kelurahan, RW, RT and street address for each household."""
    shares = np.array([k.share for k in kelurahan()])
    where = rng.choice(len(shares), size=households, p=shares / shares.sum())
    rws = np.array([k.rw for k in kelurahan()])[where]
    rw = (rng.random(households) * rws).astype(np.int64) + 1
    rt = rng.integers(1, 5, households)
    streets = semicolon_list(words("places")["streets"]["names"])
    lanes = semicolon_list(words("places")["streets"]["lanes"])
    # An RT lies on one or two streets, the same for all its households.
    near = rng.integers(0, 2, households)
    street = (where * 7 + rw * 3 + rt // 3 + near) % len(streets)
    lane = (where * 5 + rw + rt) % len(lanes)
    number = rng.integers(1, 180, households)
    form = rng.random(households)
    address = [
        _address(streets[s].upper(), lanes[g].upper(), n, f)
        for s, g, n, f in zip(
            street.tolist(), lane.tolist(), number.tolist(), form.tolist(), strict=True
        )
    ]
    return Homes(where, rw, rt, np.array(address, dtype=object))


def _address(street: str, lane: str, number: int, form: float) -> str:
    if form < 0.45:
        return f"JL. {street} NO. {number}"
    if form < 0.70:
        return f"JL. {street}"
    if form < 0.88:
        return f"JL. {street} GG. {lane}"
    return f"GG. {lane} NO. {number}"


def birthplaces(rng: np.random.Generator, people: int) -> np.ndarray:
    """A place of birth for each person, upper case."""
    shares = words("places")["birthplaces"]
    weights = np.array(list(shares.values()), dtype=float)
    drawn = rng.choice(len(weights), size=people, p=weights / weights.sum())
    return np.array(list(shares), dtype=object)[drawn]
