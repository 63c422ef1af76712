"""Identity numbers: text from the first byte on, masked whenever they are shown.

NIK: six digits region of first registration, six digits birth date (women: day + 40),
four digits serial. It has no check digit and never changes, not even when a birth date
is corrected (PP 40/2019 art. 31), so a mismatch is a hint and never a refusal.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Self

SIXTEEN_DIGITS = re.compile(r"\d{16}")
WOMEN_ADD_TO_DAY = 40


def mask(number: str) -> str:
    """`1374010101900001` → `1374********0001`: enough to tell apart, not to misuse."""
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}" if number else ""


class _Number(str):
    """Sixteen digits whose repr hides the middle, so that logs cannot leak it."""

    def __new__(cls, digits: str) -> Self:
        if not SIXTEEN_DIGITS.fullmatch(digits):
            raise ValueError("an identity number has sixteen digits")
        return super().__new__(cls, digits)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({mask(self)})"


class Nik(_Number):
    """A person's number, valid in form: sixteen digits with a possible date inside."""

    def __new__(cls, digits: str) -> Self:
        self = super().__new__(cls, digits)
        if digits[:2] == "00" or digits[12:] == "0000" or self._day_month() is None:
            raise ValueError("no NIK has these digits")
        return self

    def _day_month(self) -> tuple[int, int] | None:
        day, month = int(self[6:8]), int(self[8:10])
        if day > WOMEN_ADD_TO_DAY:
            day -= WOMEN_ADD_TO_DAY
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        return day, month

    @property
    def region(self) -> str:
        """District of first registration, not of residence: `137401`."""
        return self[:6]

    @property
    def sex(self) -> str:
        """`L` (laki-laki) or `P` (perempuan)."""
        return "P" if int(self[6:8]) > WOMEN_ADD_TO_DAY else "L"

    @property
    def serial(self) -> str:
        return self[12:]

    def born_on(self, *, not_after: date) -> date | None:
        """The birth date inside, in the latest century that is not in the future.

        None when the day does not exist (e.g. 30 February), which real NIK contain.
        """
        day, month = self._day_month() or (0, 0)
        year = not_after.year // 100 * 100 + int(self[10:12])
        for candidate in (year, year - 100):
            try:
                born = date(candidate, month, day)
            except ValueError:
                continue
            if born <= not_after:
                return born
        return None

    def agrees_with(self, born_on: date) -> bool:
        """Whether the six date digits are this birth date (either century)."""
        return self._day_month() == (born_on.day, born_on.month) and int(
            self[10:12]
        ) == (born_on.year % 100)


class FamilyCard(_Number):
    """A family card's number (nomor KK); it changes when the head of family does."""
