"""What the law files may contain. Periods are half-open: `until` is the day after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from semesta.kernel import Month, day_in_words

Confidence = Literal["A", "B", "C", "OK-hi", "OK-med", "OK-lo"]
CONFIDENCE_IN_WORDS: dict[str, str] = {
    "A": "teks hukumnya dibaca",
    "B": "sumber resmi BPJS Ketenagakerjaan, atau dua sumber yang sama",
    "C": "satu sumber tidak resmi",
    "OK-hi": "pengetahuan umum, belum dilihat sumbernya, keyakinan tinggi",
    "OK-med": "pengetahuan umum, belum dilihat sumbernya, keyakinan sedang",
    "OK-lo": "pengetahuan umum, belum dilihat sumbernya, keyakinan rendah",
}
# Below B, a value must be checked again before money depends on it.
SURE: frozenset[str] = frozenset({"A", "B"})

Unit = Literal[
    "rupiah", "percent", "months", "days", "years", "day", "flag", "text", "list",
    "table",
]  # fmt: skip
_TYPES: dict[str, tuple[type, ...]] = {
    "rupiah": (int,), "percent": (int, Decimal), "months": (int,), "days": (int,),
    "years": (int,), "day": (dict,), "flag": (bool,), "text": (str,), "list": (list,),
    "table": (list, dict),
}  # fmt: skip


def _first_of_month(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}", value):
        return f"{value}-01"
    return value


Day = Annotated[date, BeforeValidator(_first_of_month)]
# A month where nobody has seen the day: it must not be shown as the first of the month.
DayOrMonth = date | Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class Strict(BaseModel):
    """A record in which an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Instrument(Strict):
    """A law or regulation that is cited."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    short: str
    title: str
    in_force_from: DayOrMonth | None = None
    in_force_until: DayOrMonth | None = None
    amends: list[str] = []
    status: Literal["berlaku", "diubah", "dicabut", "berakhir", "contoh"]
    confidence: Confidence
    note: str = ""

    @property
    def since(self) -> str:
        """`17 Oktober 2022`, `Mei 2025` where only the month is known; blank if none."""
        return _in_words(self.in_force_from)

    @property
    def until(self) -> str:
        """The first day, or month, on which it no longer holds, in words."""
        return _in_words(self.in_force_until)


def _in_words(when: date | str | None) -> str:
    if when is None:
        return ""
    if isinstance(when, str):
        return Month.parse(when).in_words()
    return day_in_words(when)


class DatedValue(Strict):
    """A value and the period in which it holds, with its source.

    `from_switch` names a switch whose choice is the first day, when that is uncertain.
    """

    from_: Day = Field(alias="from")
    until: Day | None = None
    value: Any
    law: str
    article: str = ""
    confidence: Confidence
    last_checked: date
    from_switch: str | None = None
    note: str = ""

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.until is not None and self.until <= self.from_:
            raise ValueError("until harus sesudah from")
        return self


class Parameter(Strict):
    """One number, list or table of the law, with its whole history.

    `clock` says which day chooses the value: the contribution month or the event.
    `gaps_because` explains days between two values on which no rule exists; `switches`
    names the uncertain rules that decide how the value is read.
    """

    key: str
    label: str
    unit: Unit
    clock: Literal["month", "day"]
    description: str = ""
    gaps_because: str = ""
    switches: list[str] = []
    values: list[DatedValue] = Field(min_length=1)

    def problems(self) -> Iterator[tuple[int, str]]:
        """What is wrong with a value or its period: its place in `values`, and why."""
        for number, value in enumerate(self.values):
            if self.clock == "month" and value.from_.day != 1:
                yield number, "harus mulai pada awal bulan"
            if not isinstance(value.value, _TYPES[self.unit]) or (
                self.unit != "flag" and isinstance(value.value, bool)
            ):
                yield number, f"nilainya bukan {self.unit}"
            if number:
                yield from self._seam(number)

    def _seam(self, number: int) -> Iterator[tuple[int, str]]:
        before, after = self.values[number - 1], self.values[number]
        if before.until is None or before.until > after.from_:
            yield number, "tumpang tindih dengan nilai sebelumnya"
        elif before.until < after.from_ and not self.gaps_because:
            yield (
                number,
                "ada jeda sesudah nilai sebelumnya; bila benar, jelaskan di gaps_because",
            )


class Option(Strict):
    """One way to read an uncertain rule."""

    id: str
    means: str


class Switch(Strict):
    """A point of law that is not settled: what is assumed, what else is possible."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    question: str
    default: str
    options: list[Option] = Field(min_length=2)
    why_default: str
    consequence: str
    settled_by: str
    law: list[str] = []

    @model_validator(mode="after")
    def _default_is_an_option(self) -> Self:
        if self.default not in self.choices:
            raise ValueError(f"default harus salah satu dari {', '.join(self.choices)}")
        return self

    @property
    def choices(self) -> list[str]:
        return [option.id for option in self.options]


class Term(Strict):
    """A word of the field as pages explain it."""

    term: str
    means: str
    long: str = ""
    law: str = ""
    also: list[str] = []
