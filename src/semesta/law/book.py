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

Overrides = Mapping[str, str] | None


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


class Choices:
    """How the uncertain rules are read in one question; `used` lists those it met."""

    def __init__(self, overrides: Overrides = None) -> None:
        self._switches = law_book().switches
        self._chosen = dict(overrides or {})
        self._used: dict[str, str] = {}
        for key, choice in self._chosen.items():
            _check_choice(self._switches, key, choice)

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

    def __init__(self, on: date, choices: Choices | None = None) -> None:
        self.on = on
        self.choices = choices or Choices()
        self._book = law_book()

    def find(self, key: str) -> Found | None:
        """The value of a parameter on this day; None when no rule existed then.

        KeyError for a key that no file has.
        """
        parameter = self._book.parameters[key]
        for number, dated in enumerate(parameter.values):
            if self._holds(dated, parameter.values[number + 1 : number + 2]):
                law = self._book.cite(dated)
                return Found(key, dated.value, law, parameter.label, dated)
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
            return date.fromisoformat(self.choices.pick(dated.from_switch))
        return date.fromisoformat(self.choices.peek(dated.from_switch))


def law_at(on: date, choices: Choices | None = None) -> Law:
    """The law as it stood on a day; `choices` says how uncertain rules are read."""
    return Law(on, choices)
