"""Who is chosen, beside who could have been: by kelurahan, sex, age and decile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from semesta.planning.people import Flags, People, Words

UNKNOWN = ""
AGES = ((0, 25), (25, 35), (35, 45), (45, 55), (55, 65), (65, 200))


@dataclass(frozen=True)
class Share:
    """One group: how many candidates and chosen, and their shares in per cent.

    `rate` is how many in a hundred candidates of the group are chosen.
    """

    group: str
    candidates: int
    chosen: int
    of_candidates: float
    of_chosen: float
    rate: float


def fairness(people: People, chosen: Flags) -> dict[str, list[Share]]:
    """Shares by `kelurahan`, `sex`, `age` and `decile`; an unknown group is blank."""
    return {name: shares(words, chosen) for name, words in groups_of(people).items()}


def groups_of(people: People) -> Mapping[str, Words]:
    """The word of each candidate's group, for every way of dividing them."""
    return {
        "kelurahan": people.kelurahan,
        "sex": people.sex,
        "age": _ages(people),
        "decile": _deciles(people),
    }


def shares(words: Words, chosen: Flags) -> list[Share]:
    """One line per group in the order of its word; the unknown last."""
    everyone, taken = len(words), int(chosen.sum())
    names, place = np.unique(words.astype(str), return_inverse=True)
    all_of = np.bincount(place, minlength=len(names))
    taken_of = np.bincount(place[chosen], minlength=len(names))
    found = [
        Share(
            group=str(name),
            candidates=int(n),
            chosen=int(k),
            of_candidates=_percent(int(n), everyone),
            of_chosen=_percent(int(k), taken),
            rate=_percent(int(k), int(n)),
        )
        for name, n, k in zip(names, all_of, taken_of, strict=True)
    ]
    return sorted(found, key=lambda share: (share.group == UNKNOWN, share.group))


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def _ages(people: People) -> Words:
    found = np.full(len(people), UNKNOWN, dtype=object)
    for low, high in AGES:
        found[(people.age >= low) & (people.age < high)] = age_word(low, high)
    return found


def age_word(low: int, high: int) -> str:
    """`25–34`, in an order that its letters keep; the first is `00–24`."""
    return f"{low:02d}–{high - 1}" if high <= 100 else f"{low}+"


def _deciles(people: People) -> Words:
    found = np.full(len(people), UNKNOWN, dtype=object)
    known = ~np.isnan(people.decile)
    found[known] = [f"{int(value):02d}" for value in people.decile[known]]
    return found
