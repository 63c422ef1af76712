"""How large the city is, how it is cut into slices, how many it has of all.

The counts are those of Kota Padang Panjang (population, programme history) at 62,731
people; any other size scales them. Quotas of all slices add up to the quota of the city
exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

CITY_PEOPLE = 62_731
MOST_PEOPLE = 10_000_000
SLICE_PEOPLE = 65_536

AT_CITY_SIZE = {
    "civil_servants": 2_600,
    "soldiers_police": 700,
    "pu_workers": 9_000,
    "pu_registered": 6_480,
    "public_non_asn": 1_670,
    "bpu_workers": 16_000,
    "firms": 800,
    "public_bodies": 18,
    "own_account_licences": 900,
    "officers": 1_373,
    "officers_december_2022": 1_260,
    "burst_2019": 1_000,
    "burst_2020": 1_500,
    "burst_december_2022": 7_023,
    "burst_2023": 7_023,
    "burst_2024": 8_300,
    "burst_2025": 4_000,
    "burst_core": 150,
    "self_payers": 1_500,
    "proposed": 9_500,
    "laid_off": 190,
    "deactivated": 260,
}


@dataclass(frozen=True)
class CityScale:
    """The city's size (100 to 10,000,000 people) and its slices."""

    people: int
    slice_people: int = SLICE_PEOPLE

    def __post_init__(self) -> None:
        if not 100 <= self.people <= MOST_PEOPLE:
            raise ValueError(
                f"people must be 100 to {MOST_PEOPLE:,}, not {self.people:,}"
            )

    @property
    def slices(self) -> int:
        return -(-self.people // self.slice_people)

    def bounds(self, chunk: int) -> tuple[int, int]:
        """First and past-the-last person number of a slice, from 0."""
        return (
            self.people * chunk // self.slices,
            self.people * (chunk + 1) // self.slices,
        )

    def quota(self, name: str, chunk: int) -> int:
        """How many of `name` a slice holds; all slices together, the city's."""
        first, past = self.bounds(chunk)
        whole = AT_CITY_SIZE[name]
        return round(whole * past / CITY_PEOPLE) - round(whole * first / CITY_PEOPLE)

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.slices))
