"""Names composed from hand-made word lists, none copied from a real list.

The civil register's form is upper case without titles. Titles, degrees and gelar are
kept beside the name, because offices glue them on in their own ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from semesta.demo.households import FEMALE, HEAD, MALE, PARENT, SINGLE, Members
from semesta.demo.places import words

SINGLE_NAMES = 0.10
MIDWIFE = "A.Md.Keb"
_COHORT_EDGES = np.array([1970, 1996])
_COHORTS = ("old", "mid", "young")
# Part of men called Muhammad … and women called Siti …, by cohort.
_PREFIX = {
    ("men", "old"): ("MUHAMMAD", 0.04),
    ("men", "mid"): ("MUHAMMAD", 0.06),
    ("men", "young"): ("MUHAMMAD", 0.13),
    ("women", "old"): ("SITI", 0.05),
    ("women", "mid"): ("SRI", 0.04),
    ("women", "young"): ("SITI", 0.03),
}


@dataclass
class Names:
    """One row per person: the register's name, and what may be glued to it."""

    name: np.ndarray
    mother: np.ndarray
    father: np.ndarray
    haji: np.ndarray  # '', 'H.' or 'Hj.'
    degree: np.ndarray  # '', 'S.Pd', …
    gelar: np.ndarray  # '', 'St. Mudo', …


@cache
def _book() -> dict[tuple[str, str], tuple[list[str], list[str]]]:
    lists = words("names")
    return {
        (sex, cohort): (
            _words(lists[sex][cohort]["first"]),
            _words(lists[sex][cohort]["second"]),
        )
        for sex in ("men", "women")
        for cohort in _COHORTS
    }


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(text.upper().split()))


def _draw(rng: np.random.Generator, vocabulary: Sequence[str], count: int) -> list[str]:
    """`count` words; earlier words are commoner, as names are in any town."""
    weights = 1.0 / (np.arange(len(vocabulary)) + 22.0)
    drawn = rng.choice(len(vocabulary), size=count, p=weights / weights.sum())
    return np.array(vocabulary, dtype=object)[drawn].tolist()


def compose(
    rng: np.random.Generator, sex: np.ndarray, born_year: np.ndarray
) -> np.ndarray:
    """A name for each sex (0 man, 1 woman) and birth year; 10 % single words."""
    names = np.empty(len(sex), dtype=object)
    cohort = np.searchsorted(_COHORT_EDGES, born_year, side="right")
    for code, people in ((MALE, "men"), (FEMALE, "women")):
        for number, label in enumerate(_COHORTS):
            rows = np.flatnonzero((sex == code) & (cohort == number))
            names[rows] = _compose_group(rng, people, label, len(rows))
    return names


def _compose_group(
    rng: np.random.Generator, people: str, cohort: str, count: int
) -> list[str]:
    firsts, seconds = _book()[people, cohort]
    prefix, share = _PREFIX[people, cohort]
    first, second, third = (
        _draw(rng, vocabulary, count) for vocabulary in (firsts, seconds, seconds)
    )
    words_of = rng.random(count)
    # Older people are oftener called by one word; 10 % over all cohorts.
    single = SINGLE_NAMES * {"old": 2.8, "mid": 1.25, "young": 0.4}[cohort]
    three = single + {"old": 0.03, "mid": 0.10, "young": 0.28}[cohort]
    with_prefix = rng.random(count) < share
    names = []
    for a, b, c, kind, prefixed in zip(
        first, second, third, words_of.tolist(), with_prefix.tolist(), strict=True
    ):
        if kind < single:
            name = a
        else:
            parts = (a, b, c) if kind < three else (a, b)
            name = " ".join(dict.fromkeys(parts))
        names.append(f"{prefix} {name}" if prefixed and a != prefix else name)
    return names


def name_all(
    rng: np.random.Generator, members: Members, schooling: np.ndarray, today_year: int
) -> Names:
    """Names of everyone in a slice, with mothers and fathers. One row per person."""
    born_year = members.born.astype("datetime64[Y]").astype(int) + 1970
    age = today_year - born_year
    name = compose(rng, members.sex, born_year)
    mother, father = _parents(rng, members, name, born_year)
    return Names(
        name=name,
        mother=mother,
        father=father,
        haji=_haji(rng, members, age),
        degree=_degrees(rng, schooling, members.sex),
        gelar=_gelar(rng, members, age),
    )


def _parents(
    rng: np.random.Generator, members: Members, name: np.ndarray, born_year: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Names of mother and father, shared by brothers and sisters."""
    count = len(name)
    # Children of one household have the same absent parents; others have their own.
    family = np.where(
        (members.relation == 2) | (members.relation == 4),
        members.household,
        members.households + np.arange(count),
    )
    _, first, inverse = np.unique(family, return_index=True, return_inverse=True)
    earlier = born_year[first] - 26
    mothers = compose(rng, np.full(len(first), FEMALE), earlier)[inverse]
    fathers = compose(rng, np.full(len(first), MALE), earlier)[inverse]
    at_home = members.mother >= 0
    mothers[at_home] = name[members.mother[at_home]]
    husband = np.where(at_home, members.spouse[members.mother], -1)
    fathers[husband >= 0] = name[husband[husband >= 0]]
    head = np.flatnonzero(members.relation == HEAD)[members.household]
    lone_father = (members.relation == 2) & ~at_home & (members.sex[head] == MALE)
    fathers[lone_father] = name[head[lone_father]]
    return mothers, fathers


def _haji(rng: np.random.Generator, members: Members, age: np.ndarray) -> np.ndarray:
    went = rng.random(len(age)) < np.clip((age - 42) * 0.006, 0, 0.14)
    title = np.where(members.sex == FEMALE, "Hj.", "H.").astype(object)
    return np.where(went, title, "")


def _degrees(
    rng: np.random.Generator, schooling: np.ndarray, sex: np.ndarray
) -> np.ndarray:
    """A degree for most who have one. `schooling`: steps of LEVELS."""
    degree = np.full(len(schooling), "", dtype=object)
    lists = words("names")["titles"]
    for level, key in ((6, "d3"), (7, "s1"), (8, "s2"), (9, "s2")):
        rows = np.flatnonzero(
            (schooling == level) & (rng.random(len(schooling)) < 0.85)
        )
        degree[rows] = rng.choice(np.array(lists[key].split(), dtype=object), len(rows))
    degree[(sex == MALE) & (degree == MIDWIFE)] = "A.Md"
    return degree


def _gelar(rng: np.random.Generator, members: Members, age: np.ndarray) -> np.ndarray:
    gelar = np.full(len(age), "", dtype=object)
    bears = (members.sex == MALE) & (members.marital != SINGLE) & (age > 28)
    bears |= (members.sex == MALE) & (members.relation == PARENT)
    rows = np.flatnonzero(bears & (rng.random(len(age)) < 0.16))
    lists = words("names")["titles"]
    ranks = rng.choice(
        np.array(lists["gelar"].split(), dtype=object),
        len(rows),
        p=[0.45, 0.2, 0.12, 0.13, 0.10],
    )
    houses = rng.choice(np.array(lists["gelar_name"].split(), dtype=object), len(rows))
    gelar[rows] = ranks + " " + houses
    return gelar
