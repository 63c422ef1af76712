"""The level of schooling each person has finished."""

from __future__ import annotations

import numpy as np

# The civil register's ten words, in its own spelling; a level is a position in this
# list.
LEVELS = (
    "TIDAK/BELUM SEKOLAH",
    "BELUM TAMAT SD/SEDERAJAT",
    "TAMAT SD/SEDERAJAT",
    "SLTP/SEDERAJAT",
    "SLTA/SEDERAJAT",
    "DIPLOMA I/II",
    "AKADEMI/DIPLOMA III/S. MUDA",
    "DIPLOMA IV/STRATA I",
    "STRATA II",
    "STRATA III",
)
_ADULT = {  # from this age on: shares of levels 0 … 9
    18: [0.01, 0.02, 0.06, 0.16, 0.56, 0.01, 0.05, 0.12, 0.01, 0.00],
    26: [0.01, 0.02, 0.08, 0.17, 0.43, 0.01, 0.07, 0.185, 0.02, 0.005],
    45: [0.01, 0.04, 0.14, 0.19, 0.40, 0.02, 0.05, 0.125, 0.02, 0.005],
    60: [0.04, 0.12, 0.26, 0.19, 0.26, 0.02, 0.03, 0.07, 0.009, 0.001],
}


def finish_school(rng: np.random.Generator, age: np.ndarray) -> np.ndarray:
    """The level finished by each person of this age in years. One row per person."""
    level = np.zeros(len(age), dtype=np.int8)
    level[age >= 7] = 1
    level[age >= 13] = 2
    level[age >= 16] = 3
    starts = sorted(_ADULT)
    for start, stop in zip(starts, [*starts[1:], 200], strict=True):
        rows = np.flatnonzero((age >= start) & (age < stop))
        shares = np.array(_ADULT[start])
        level[rows] = rng.choice(10, size=len(rows), p=shares / shares.sum())
    for first, highest in ((21, 4), (22, 6), (24, 7), (29, 8)):  # too young for more
        level[age < first] = np.minimum(level[age < first], highest)
    return level
