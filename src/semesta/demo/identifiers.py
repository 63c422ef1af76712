"""NIK and family card numbers of invented people, none given twice.

A NIK is district, day of birth (women + 40), serial. At great sizes the 999 serials of
a day and district run out; then people carry the prefix of a neighbouring district, as
movers do. The registers below count what is handed out. Their size does not depend on
the city's.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from semesta.demo.households import FEMALE

FIRST_SERIAL, SERIALS = 9001, 999
OTHER_PREFIX_SHARE = 0.08
CITY_PREFIXES = ("137401", "137402")
# First registered elsewhere: the regencies round about, Padang, Bukittinggi, the
# rantau.
OTHER_PREFIXES = (
    "130406", "130404", "130610", "130608", "130503", "137101", "137105", "137502",
    "137601", "147108", "147106", "317502", "317106", "327324", "127107",
)  # fmt: skip
# Only for people whose own district has run out of serials on their birthday.
SPARE_PREFIXES = tuple(
    f"13{kab:02d}{kec:02d}" for kab in (4, 6, 5) for kec in range(11, 19)
)
_FIRST_DAY = np.datetime64("1910-01-01")
_DAYS = 366 * 130
_CARD_FIRST, _CARD_DAYS = np.datetime64("2008-01-02"), 6_560  # to the end of 2025
WRONG_DATE_SHARE = 0.008


def _turn(counts: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """How often each key came before, in `counts` (updated) or in `keys`."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])[: len(keys)]
    lengths = np.diff(np.r_[starts, len(keys)]).astype(np.int64)
    within = np.arange(len(keys)) - np.repeat(starts, lengths)
    turn = np.empty(len(keys), dtype=np.int64)
    turn[order] = counts[ordered] + within
    counts[ordered[starts]] += lengths
    return turn


class NumberRegister:
    """Hands out NIK and family card numbers; the same calls give the same numbers."""

    def __init__(self) -> None:
        prefixes = len(CITY_PREFIXES) + len(OTHER_PREFIXES)
        self._niks = np.zeros(prefixes * 2 * _DAYS, dtype=np.int32)
        self._spares = np.zeros(2 * _DAYS, dtype=np.int32)
        self._cards = np.zeros(len(CITY_PREFIXES) * _CARD_DAYS, dtype=np.int32)

    def niks(
        self,
        rng: np.random.Generator,
        district: np.ndarray,
        sex: np.ndarray,
        born: np.ndarray,
    ) -> np.ndarray:
        """One NIK per person. `district`: position in CITY_PREFIXES of the home."""
        count = len(sex)
        prefix = np.where(
            rng.random(count) < OTHER_PREFIX_SHARE,
            len(CITY_PREFIXES) + rng.integers(0, len(OTHER_PREFIXES), count),
            district,
        )
        shown = self._days_shown(rng, born)
        person_day = (shown - _FIRST_DAY).astype(np.int64) * 2 + sex
        turn = _turn(self._niks, prefix * (2 * _DAYS) + person_day)
        names = np.array([*CITY_PREFIXES, *OTHER_PREFIXES], dtype=object)[prefix]
        late = np.flatnonzero(turn >= SERIALS)
        if len(late):
            spare = _turn(self._spares, person_day[late])
            if spare.max() >= SERIALS * len(SPARE_PREFIXES):
                raise ValueError("no NIK left for a birthday")
            names[late] = np.array(SPARE_PREFIXES, dtype=object)[spare // SERIALS]
            turn[late] = spare % SERIALS
        digits = _date_digits(shown, np.where(sex == FEMALE, 40, 0))
        serial = np.char.mod("%04d", FIRST_SERIAL + turn).astype(object)
        return names + digits + serial

    @staticmethod
    def _days_shown(rng: np.random.Generator, born: np.ndarray) -> np.ndarray:
        """The date inside the NIK: for a few the one believed before a correction.

        A NIK does not change when a birth date is corrected (PP 40/2019).
        """
        wrong = rng.random(len(born)) < WRONG_DATE_SHARE
        shift = rng.integers(1, 400, len(born))
        return np.where(wrong, born - shift, born)

    def cards(self, rng: np.random.Generator, district: np.ndarray) -> np.ndarray:
        """One card number per household; serials count down, away from NIKs."""
        issued = (_CARD_DAYS * np.sqrt(rng.random(len(district)))).astype(np.int64)
        turn = _turn(self._cards, district * _CARD_DAYS + issued)
        if len(turn) and turn.max() >= SERIALS:
            raise ValueError("no family card number left for a day")
        digits = _date_digits(
            _CARD_FIRST + issued, np.zeros(len(issued), dtype=np.int64)
        )
        prefix = np.array(CITY_PREFIXES, dtype=object)[district]
        return prefix + digits + np.char.mod("%04d", 9999 - turn).astype(object)


def _date_digits(days: np.ndarray, add: np.ndarray) -> np.ndarray:
    """`ddmmyy` of each day, `add` on top of the day of the month."""
    months = days.astype("datetime64[M]")
    day = (days - months).astype(np.int64) + 1 + add
    month = months.astype(np.int64) % 12 + 1
    year = (months.astype("datetime64[Y]").astype(np.int64) + 1970) % 100
    return np.char.mod("%06d", day * 10_000 + month * 100 + year).astype(object)


def pension_numbers(
    born: np.ndarray, sex: np.ndarray, today: date, turn: np.ndarray
) -> list[str]:
    """NIP: birth date, month of appointment, sex, serial from 901."""
    born_year = born.astype("datetime64[Y]").astype(np.int64) + 1970
    start = np.minimum(born_year + 24 + turn % 9, today.year - 1)
    days = np.datetime_as_string(born, unit="D")
    return [
        f"{day.replace('-', '')}{year}{1 + t % 12:02d}{1 + s}{901 + t % 99}"
        for day, year, s, t in zip(
            days.tolist(), start.tolist(), sex.tolist(), turn.tolist(), strict=True
        )
    ]
