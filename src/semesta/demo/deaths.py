"""Deaths and moves since January 2023, and what the register knows of them.

Rates per 1,000 a year are those of Indonesia in 2023 for ages 15–69; the other ages are
continued by hand. Men die 1.2 times, women 0.8 times as often.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from semesta.demo.households import FEMALE
from semesta.demo.seeds import banded

SINCE = np.datetime64("2023-01-01")
PER_THOUSAND = {
    0: 14.0, 1: 0.9, 5: 0.5, 10: 0.6, 15: 1.00, 20: 1.34, 25: 1.42, 30: 1.68, 35: 2.27,
    40: 3.29, 45: 5.06, 50: 7.80, 55: 12.08, 60: 18.80, 65: 29.6, 70: 46.0, 75: 72.0,
    80: 115.0, 85: 180.0,
}  # fmt: skip
MEN, WOMEN = 1.2, 0.8
REGISTER_CATCHES = 0.85
MOVED_SHARE = 0.006


@dataclass
class Lives:
    """One row per person. NaT = has not happened."""

    died: np.ndarray  # datetime64[D]
    moved: (
        np.ndarray
    )  # datetime64[D]: left the city, so no longer in the register's extract
    register_knows: np.ndarray  # the register shows the death


def rate(age: np.ndarray, sex: np.ndarray) -> np.ndarray:
    """Deaths per person and year at this age in years and sex."""
    bands = sorted(PER_THOUSAND)
    both = banded(age, [float(a) for a in bands[1:]], [PER_THOUSAND[a] for a in bands])
    return both / 1000 * np.where(sex == FEMALE, WOMEN, MEN)


def live(
    rng: np.random.Generator, born: np.ndarray, sex: np.ndarray, today: date
) -> Lives:
    """Who died or moved away between January 2023 and `today`. One row per person."""
    end = np.datetime64(today, "D")
    start = np.maximum(born, SINCE)
    years = (end - start).astype(np.int64) / 365.2425
    # The age in the middle of the time lived through stands for all of it.
    middle = (start - born).astype(np.int64) / 365.2425 + years / 2
    survived = rng.standard_exponential(len(born)) / rate(middle, sex)
    dies = survived < years
    day = start + np.floor(np.where(dies, survived, 0) * 365.2425).astype(np.int64)
    died = np.where(dies, np.minimum(day, end), np.datetime64("NaT"))
    moves = ~dies & (rng.random(len(born)) < MOVED_SHARE) & (born < SINCE)
    when = end - rng.integers(20, 700, len(born))
    return Lives(
        died=died,
        moved=np.where(moves, when, np.datetime64("NaT")),
        register_knows=dies & (rng.random(len(born)) < REGISTER_CATCHES),
    )
