"""A contribution month; ranges of months are half-open, [from, until)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

NAMES = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus",
    "September", "Oktober", "November", "Desember",
)  # fmt: skip


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month. `Month(2026, 1) + 6 == Month(2026, 7)`."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"no such month: {self.month}")

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `2026-01`, `202601` or `01/2026` (all forms the insurer uses)."""
        text = text.strip()
        if m := re.fullmatch(r"(\d{4})-?(\d{2})", text):
            return cls(int(m[1]), int(m[2]))
        if m := re.fullmatch(r"(\d{1,2})[/-](\d{4})", text):
            return cls(int(m[2]), int(m[1]))
        raise ValueError(f"not a month: {text!r}")

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a day falls in."""
        return cls(day.year, day.month)

    @property
    def index(self) -> int:
        """Months since year 0: differences of indexes are numbers of months."""
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    def __add__(self, months: int) -> Month:
        year, month = divmod(self.index + months, 12)
        return Month(year, month + 1)

    def __sub__(self, other: Month) -> int:
        return self.index - other.index

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def in_words(self) -> str:
        """`Januari 2026`."""
        return f"{NAMES[self.month - 1]} {self.year}"


def day_in_words(day: date) -> str:
    """`3 Maret 2025`."""
    return f"{day.day} {Month.of(day).in_words()}"
