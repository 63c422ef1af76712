"""Households: who lives with whom, and how old they are.

Ages fit: children are younger than their mothers by 17 years or more.

Every household has fourteen seats (head, spouse, six children, a child-in-law, two
grandchildren, a parent, a parent-in-law, another relative); a seat is taken or empty.
Seats are filled as columns over all households at once, then flattened to one row per
person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from semesta.demo.seeds import banded

HEAD, SPOUSE, CHILD, CHILD_IN_LAW, GRANDCHILD, PARENT, PARENT_IN_LAW, OTHER = range(8)
MALE, FEMALE = 0, 1
SINGLE, MARRIED, DIVORCED, WIDOWED = range(4)

_SEATS = np.array(
    (
        *(HEAD, SPOUSE, *[CHILD] * 6),
        *(CHILD_IN_LAW, GRANDCHILD, GRANDCHILD),
        *(PARENT, PARENT_IN_LAW, OTHER),
    )
)
_FIRST_CHILD, _IN_LAW, _GRANDCHILDREN = 2, 8, 9
_PARENT, _PARENT_IN_LAW, _OTHER = 11, 12, 13
_YEAR = 365.2425
DEFAULT_BIRTHDAYS = 0.05
_HEAD_AGES = [20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 88]
_HEAD_SHARES = [4.0, 8.5, 11.5, 12.5, 12.5, 11.5, 10.5, 9.5, 7.8, 5.6, 3.4, 2.7]


@dataclass
class Members:
    """One row per person of a slice, ordered by household, then seat."""

    household: np.ndarray
    relation: np.ndarray
    sex: np.ndarray
    born: np.ndarray  # datetime64[D]
    marital: np.ndarray
    mother: np.ndarray  # row of the mother when she lives in the household, else -1
    spouse: np.ndarray  # row of husband or wife in the household, else -1
    households: int


@dataclass
class _Seats:
    """Tables household × seat; age in years, NaN = the seat is empty."""

    age: np.ndarray
    sex: np.ndarray
    marital: np.ndarray


def compose(rng: np.random.Generator, people: int, today: date) -> Members:
    """Households with exactly `people` members in all. One row per person."""
    count = people // 2 + 20  # more than enough: the surplus is cut off below
    seats = _Seats(
        age=np.full((count, len(_SEATS)), np.nan),
        sex=np.zeros((count, len(_SEATS)), dtype=np.int8),
        marital=np.full((count, len(_SEATS)), SINGLE, dtype=np.int8),
    )
    _seat_couples(rng, seats)
    _seat_children(rng, seats)
    _seat_three_generations(rng, seats)
    _seat_elders_and_others(rng, seats)
    return _flatten(rng, seats, people, today)


def _seat_couples(rng: np.random.Generator, seats: _Seats) -> None:
    count = len(seats.age)
    shares = np.array(_HEAD_SHARES)
    band = rng.choice(len(shares), size=count, p=shares / shares.sum())
    low, high = np.array(_HEAD_AGES[:-1])[band], np.array(_HEAD_AGES[1:])[band]
    head = low + rng.random(count) * (high - low)
    couple = rng.random(count) < banded(
        head, [25, 30, 60, 70], [0.4, 0.74, 0.82, 0.7, 0.5]
    )
    lone_woman = ~couple & (
        rng.random(count) < banded(head, [30, 50], [0.4, 0.6, 0.76])
    )
    seats.age[:, HEAD] = head
    seats.sex[:, HEAD] = lone_woman
    wife = np.maximum(head - rng.normal(3.4, 3.6, count), 17.5 + rng.random(count))
    seats.age[couple, SPOUSE] = wife[couple]
    seats.sex[:, SPOUSE] = FEMALE
    seats.marital[couple, HEAD] = MARRIED
    seats.marital[couple, SPOUSE] = MARRIED
    been = ~couple & (rng.random(count) < banded(head, [25, 35], [0.1, 0.5, 0.9]))
    widowed = been & (
        rng.random(count) < banded(head, [40, 55, 65], [0.2, 0.5, 0.75, 0.92])
    )
    seats.marital[been, HEAD] = DIVORCED
    seats.marital[widowed, HEAD] = WIDOWED


def _mother_age(seats: _Seats) -> np.ndarray:
    """Age of the children's mother; NaN where a head was never married."""
    lone = np.where(
        seats.sex[:, HEAD] == FEMALE, seats.age[:, HEAD], seats.age[:, HEAD] - 3
    )
    mother = np.where(np.isnan(seats.age[:, SPOUSE]), lone, seats.age[:, SPOUSE])
    return np.where(seats.marital[:, HEAD] == SINGLE, np.nan, mother)


def _seat_children(rng: np.random.Generator, seats: _Seats) -> None:
    count = len(seats.age)
    mother = _mother_age(seats)
    born = rng.choice(7, size=count, p=[0.05, 0.13, 0.30, 0.27, 0.15, 0.07, 0.03])
    born = np.minimum(born + (mother > 58) + (mother > 66), 6)
    at_birth = np.clip(rng.normal(24.3, 3.9, count), 17.2, 40)
    for child in range(6):
        age = mother - at_birth
        exists = (born > child) & (age >= 0.02) & (at_birth < 44)
        exists &= seats.age[:, HEAD] - age >= 17
        home = banded(age, [18, 23, 27, 31, 41], [0.985, 0.84, 0.62, 0.40, 0.2, 0.08])
        exists &= rng.random(count) < home
        seats.age[exists, _FIRST_CHILD + child] = age[exists]
        seats.sex[:, _FIRST_CHILD + child] = rng.random(count) > 0.512
        twins = rng.random(count) < 0.011
        at_birth = at_birth + np.where(twins, 0.0, 1.4 + rng.gamma(2.2, 1.0, count))


def _seat_three_generations(rng: np.random.Generator, seats: _Seats) -> None:
    """In some homes the first child is married and has children."""
    count = len(seats.age)
    child = seats.age[:, _FIRST_CHILD]
    married = (child > 21) & (child < 42) & (rng.random(count) < 0.3)
    child_sex = seats.sex[:, _FIRST_CHILD]
    in_law = np.maximum(child + np.where(child_sex == MALE, -2.5, 3.0), 19.0)
    seats.age[married, _IN_LAW] = in_law[married]
    seats.sex[:, _IN_LAW] = 1 - child_sex
    seats.marital[married, _FIRST_CHILD] = MARRIED
    seats.marital[married, _IN_LAW] = MARRIED
    mother = np.where(child_sex == FEMALE, child, in_law)
    for number in range(2):
        age = mother - 19.5 - number * 3 - rng.random(count) * 4
        here = married & (age > 0.05) & (rng.random(count) < 0.72)
        seats.age[here, _GRANDCHILDREN + number] = age[here]
        seats.sex[:, _GRANDCHILDREN + number] = rng.random(count) > 0.512


def _seat_elders_and_others(rng: np.random.Generator, seats: _Seats) -> None:
    count = len(seats.age)
    for seat, below, share in ((_PARENT, HEAD, 0.085), (_PARENT_IN_LAW, SPOUSE, 0.045)):
        age = seats.age[:, below] + np.clip(rng.normal(26, 4, count), 18, 40)
        here = (age < 92) & (rng.random(count) < share)
        seats.age[here, seat] = age[here]
        seats.sex[:, seat] = rng.random(count) < 0.8
        seats.marital[:, seat] = WIDOWED
    here = (rng.random(count) < 0.09) & (seats.age[:, HEAD] > 27)
    other = 8 + rng.random(count) * 20
    seats.age[here, _OTHER] = other[here]
    seats.sex[:, _OTHER] = rng.random(count) > 0.48


def _flatten(
    rng: np.random.Generator, seats: _Seats, people: int, today: date
) -> Members:
    taken = ~np.isnan(seats.age)
    past = np.cumsum(taken.sum(axis=1))
    households = int(np.searchsorted(past, people)) + 1
    taken = taken[:households]
    surplus = int(past[households - 1]) - people
    # The last household loses its last seats; its head always stays.
    last = np.flatnonzero(taken[-1])
    taken[-1, last[len(last) - surplus :]] = False
    household, seat = np.nonzero(taken)
    days = np.floor(seats.age[:households][taken] * _YEAR).astype(np.int64)
    born = _default_birthdays(rng, np.datetime64(today, "D") - days)
    row = np.full(taken.shape, -1, dtype=np.int64)
    row[taken] = np.arange(people)
    marital = seats.marital[:households]
    # Only the trimmed last household can have lost its spouse.
    alone = (marital[:, HEAD] == MARRIED) & ~taken[:, SPOUSE]
    marital[alone, HEAD] = WIDOWED
    sex = seats.sex[:households]
    return Members(
        household=household,
        relation=_SEATS[seat].astype(np.int8),
        sex=sex[taken],
        born=born,
        marital=marital[taken],
        mother=_mothers(row, sex)[taken],
        spouse=_spouses(row)[taken],
        households=households,
    )


def _default_birthdays(rng: np.random.Generator, born: np.ndarray) -> np.ndarray:
    """Some of the old know only their year: 1 January, 1 July, 31 December."""
    year = born.astype("datetime64[Y]")
    rows = np.flatnonzero(
        (year < np.datetime64("1975")) & (rng.random(len(born)) < DEFAULT_BIRTHDAYS)
    )
    first = year[rows].astype("datetime64[D]")
    july = (year[rows].astype("datetime64[M]") + 6).astype("datetime64[D]")
    last = (year[rows] + 1).astype("datetime64[D]") - 1
    days = born.copy()
    days[rows] = np.stack([first, july, last])[
        rng.integers(0, 3, len(rows)), np.arange(len(rows))
    ]
    return days


def _mothers(row: np.ndarray, sex: np.ndarray) -> np.ndarray:
    """Household × seat: row of the mother where she lives here, else -1."""
    mother = np.full(row.shape, -1, dtype=np.int64)
    lone = np.where(sex[:, HEAD] == FEMALE, row[:, HEAD], -1)
    parents = np.where(row[:, SPOUSE] >= 0, row[:, SPOUSE], lone)
    for child in range(_FIRST_CHILD, _IN_LAW):
        mother[:, child] = parents
    daughter = sex[:, _FIRST_CHILD] == FEMALE
    for grandchild in (_GRANDCHILDREN, _GRANDCHILDREN + 1):
        mother[:, grandchild] = np.where(
            daughter, row[:, _FIRST_CHILD], row[:, _IN_LAW]
        )
    for elder, below in ((_PARENT, HEAD), (_PARENT_IN_LAW, SPOUSE)):
        mother[:, below] = np.where(sex[:, elder] == FEMALE, row[:, elder], -1)
    return mother


def _spouses(row: np.ndarray) -> np.ndarray:
    """Household × seat: row of husband or wife living here, else -1."""
    spouse = np.full(row.shape, -1, dtype=np.int64)
    spouse[:, HEAD] = row[:, SPOUSE]
    spouse[:, SPOUSE] = row[:, HEAD]
    in_law = row[:, _IN_LAW]
    spouse[:, _FIRST_CHILD] = in_law
    spouse[:, _IN_LAW] = np.where(in_law >= 0, row[:, _FIRST_CHILD], -1)
    return spouse
