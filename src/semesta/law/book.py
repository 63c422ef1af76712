"""`law_at(day)`: the law of one day, asked by key, and how unsure rules are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from semesta.kernel import UserError
from semesta.law.loader import LawBook, read_book
from semesta.law.schema import DatedValue, Switch


@cache
def law_book() -> LawBook:
    """The law files shipped with the package, read and checked once."""
    return read_book(files("semesta.law"))


@dataclass(frozen=True)
class Found:
    """A value in force on a day, with where it comes from."""

    key: str
    value: Any
    law: str
    label: str
    dated: DatedValue


class Reading:
    """How one question reads the law.

    `used` lists the uncertain rules on which the answer depends, `consulted` the values
    it looked up: together they let the same question be asked again, years later.
    """

    def __init__(self, overrides: Mapping[str, str] | None = None) -> None:
        self._switches = law_book().switches
        self._chosen = dict(overrides or {})
        self._used: dict[str, str] = {}
        self.consulted: dict[tuple[str, date], Found] = {}
        for key, choice in self._chosen.items():
            _check_choice(self._switches, key, choice)

    @classmethod
    def of(cls, switches: Overrides) -> Reading:
        """The reading that a caller shares with others, or a new one."""
        return switches if isinstance(switches, Reading) else cls(switches)

    def peek(self, key: str) -> str:
        """The reading chosen for a switch, without saying that it mattered."""
        return self._chosen.get(key, self._switches[key].default)

    def pick(self, key: str) -> str:
        """The reading chosen for a switch on which the answer depends."""
        self._used[key] = self.peek(key)
        return self._used[key]

    @property
    def used(self) -> tuple[str, ...]:
        return tuple(self._used)

    @property
    def choices(self) -> dict[str, str]:
        """The option taken for every switch on which the answer depends."""
        return dict(self._used)

    def aside(self) -> Reading:
        """A reading of the same options whose use is noted apart from this one."""
        return Reading(self._chosen)

    def join(self, other: Reading, *, without: str = "") -> None:
        """Take over what another reading looked up and used, save one switch."""
        self.consulted |= other.consulted
        self._used |= {
            key: choice for key, choice in other.choices.items() if key != without
        }

    def consult(self, found: Found) -> Found:
        """Remember a value that was looked up."""
        self.consulted[found.key, found.dated.from_] = found
        return found


# How a caller says which way uncertain rules are read: options by switch, or a reading
# shared by several questions about one case.
Overrides = Mapping[str, str] | Reading | None


def _check_choice(switches: Mapping[str, Switch], key: str, choice: str) -> None:
    if key not in switches:
        raise UserError(
            "law.switch",
            f"Pilihan hukum {key} tidak dikenal.",
            "Yang dikenal: " + ", ".join(sorted(switches)) + ".",
            "Pakai salah satu nama itu, atau hapus pilihannya.",
        )
    if choice not in switches[key].choices:
        raise UserError(
            "law.switch",
            f"{choice} bukan pilihan untuk {key}.",
            "Pilihannya: " + ", ".join(switches[key].choices) + ".",
            "Pakai salah satu pilihan itu.",
        )


class Law:
    """The law of one day (for contributions: of a month, by its first day)."""

    def __init__(self, on: date, reading: Reading | None = None) -> None:
        self.on = on
        self.reading = reading or Reading()
        self._book = law_book()

    def find(self, key: str) -> Found | None:
        """The value of a parameter on this day; None when no rule existed then.

        KeyError for a key that no file has.
        """
        parameter = self._book.parameters[key]
        for number, dated in enumerate(parameter.values):
            if self._holds(dated, parameter.values[number + 1 : number + 2]):
                law = self._book.cite(dated)
                found = Found(key, dated.value, law, parameter.label, dated)
                return self.reading.consult(found)
        return None

    def get(self, key: str) -> Found:
        """The value of a parameter on this day. UserError `law.no_rule` if none."""
        found = self.find(key)
        if found is None:
            parameter = self._book.parameters[key]
            raise UserError(
                "law.no_rule",
                f"Tidak ada aturan “{parameter.label}” untuk {self.on.isoformat()}.",
                "Aturan yang dimuat berlaku mulai "
                f"{parameter.values[0].from_.isoformat()}.",
                "Periksa tanggalnya; peristiwa sebelum itu harus dihitung tersendiri.",
            )
        return found

    def _holds(self, dated: DatedValue, following: list[DatedValue]) -> bool:
        until = dated.until
        if following and following[0].from_ == until:
            # A switch may move the day on which the next value takes over.
            until = self._starts(following[0])
        return self._starts(dated) <= self.on and (until is None or self.on < until)

    def _starts(self, dated: DatedValue) -> date:
        if dated.from_switch is None:
            return dated.from_
        days = self._book.switches[dated.from_switch].choices
        if min(days) <= self.on.isoformat() < max(days):
            return date.fromisoformat(self.reading.pick(dated.from_switch))
        return date.fromisoformat(self.reading.peek(dated.from_switch))


def law_at(on: date, reading: Reading | None = None) -> Law:
    """The law as it stood on a day; `reading` says how uncertain rules are read."""
    return Law(on, reading)
