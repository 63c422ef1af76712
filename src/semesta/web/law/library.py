"""The law files as entries to read: each parameter with its history, on one day. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from semesta.kernel import Month
from semesta.law.book import law_at, law_book
from semesta.law.schema import (
    CONFIDENCE_IN_WORDS,
    DatedValue,
    Instrument,
    Parameter,
    Switch,
)
from semesta.web import formats
from semesta.web.bars import Slice, slices
from semesta.web.law.labels import GROUPS
from semesta.web.law.tables import Headline, Table, headline, table
from semesta.web.words import plain


class Sureness(NamedTuple):
    """How sure a value is: the letter that notes use, its tone in a bar, the tone of
    its badge, and in words."""

    letter: str
    bar: str
    badge: str
    words: str

    @property
    def told(self) -> str:
        """`A: teks hukumnya dibaca`."""
        return f"{self.letter}: {self.words.lower()}" if self.letter else self.words


SURENESS = {
    "A": Sureness("A", "good", "good", "Teks hukumnya dibaca"),
    "B": Sureness("B", "info", "plain", "Sumber resmi, atau dua sumber"),
    "C": Sureness("C", "wait", "wait", "Satu sumber tidak resmi"),
    "OK": Sureness("", "bad", "wait", "Sumbernya belum dilihat"),
}
_UNSEEN = re.compile(r"(?:berkeyakinan )?OK-(?:hi|med|lo)")


@dataclass(frozen=True)
class Period:
    """One value in one period. `state` is `now`, `past` or `future` on the day asked.

    `share` is its part of the highest value of the history, in per cent, for a bar.
    """

    state: str
    words: str
    headline: Headline
    table: Table | None
    cite: str
    instrument: Instrument
    dated: DatedValue
    note: str
    sureness: Sureness
    sure: str
    switch: Switch | None
    share: float | None = None


@dataclass(frozen=True)
class Entry:
    """A parameter: what it is, what holds on the day asked, and its history, newest
    first. `now` is None when no rule holds on that day."""

    parameter: Parameter
    group: str
    description: str
    periods: tuple[Period, ...]
    switches: tuple[Switch, ...]

    @property
    def key(self) -> str:
        return self.parameter.key

    @property
    def now(self) -> Period | None:
        return next((one for one in self.periods if one.state == "now"), None)

    @property
    def shown(self) -> Period:
        """What holds on the day, or else the newest value, to show in its place."""
        return self.now or self.periods[0]


@lru_cache(maxsize=4)
def library(on: date) -> dict[str, Entry]:
    """Every parameter as an entry, by key, in the order of the groups."""
    parameters = law_book().parameters.values()
    order = list(GROUPS)

    def place(parameter: Parameter) -> tuple[int, str]:
        folder = parameter.key.partition(".")[0]
        known = order.index(folder) if folder in order else len(order)
        return known, folder

    return {one.key: _entry(one, on) for one in sorted(parameters, key=place)}


def group_name(key: str) -> str:
    """The heading a parameter stands under."""
    folder = key.partition(".")[0]
    return GROUPS.get(folder, plain(folder))


def _entry(parameter: Parameter, on: date) -> Entry:
    found = law_at(on).find(parameter.key)
    holds = found.dated if found else None
    shares = _shares(parameter)
    periods = tuple(
        _period(parameter, dated, _state(dated, holds, on), share)
        for dated, share in zip(parameter.values, shares, strict=True)
    )
    return Entry(
        parameter=parameter,
        group=group_name(parameter.key),
        description=described(parameter),
        periods=periods[::-1],
        switches=_switches(parameter),
    )


def _state(dated: DatedValue, holds: DatedValue | None, on: date) -> str:
    if dated is holds:
        return "now"
    later = dated.from_ > (holds.from_ if holds else on)
    return "future" if later else "past"


def _period(
    parameter: Parameter, dated: DatedValue, state: str, share: float | None
) -> Period:
    book = law_book()
    switch = book.switches[dated.from_switch] if dated.from_switch else None
    return Period(
        state=state,
        words=period_words(parameter.clock, dated, state),
        headline=headline(parameter, dated.value),
        table=table(parameter.key, dated.value) if parameter.unit != "day" else None,
        cite=book.cite(dated),
        instrument=book.instruments[dated.law],
        dated=dated,
        note=plain_note(dated.note),
        sureness=SURENESS[_class(dated)],
        sure=CONFIDENCE_IN_WORDS[dated.confidence],
        switch=switch,
        share=share,
    )


def period_words(clock: str, dated: DatedValue, state: str) -> str:
    """`sejak 2 Desember 2019`, `Agustus 2020 – Januari 2021`."""
    start, until = dated.from_, dated.until
    begin = "mulai" if state == "future" else "sejak"
    if clock == "month":
        if until is None:
            return f"{begin} {Month.of(start).in_words()}"
        return formats.month_range(start, until)
    if until is None:
        return f"{begin} {formats.day(start)}"
    return f"{formats.day(start)} – {formats.day(until - timedelta(days=1))}"


def _shares(parameter: Parameter) -> list[float | None]:
    values = [dated.value for dated in parameter.values]
    if parameter.unit == "flag" or len(values) < 2:
        return [None] * len(values)
    numbers = [v for v in values if isinstance(v, int | Decimal)]
    if len(numbers) < len(values) or not max(numbers):
        return [None] * len(values)
    return [float(100 * Decimal(v) / Decimal(max(numbers))) for v in numbers]


def _switches(parameter: Parameter) -> tuple[Switch, ...]:
    """Open questions this parameter hangs on, in its first day or in how it is read."""
    starts = [dated.from_switch for dated in parameter.values if dated.from_switch]
    ids = dict.fromkeys([*starts, *parameter.switches])
    return tuple(law_book().switches[id_] for id_ in ids)


def described(parameter: Parameter) -> str:
    """What a parameter is, with the names of other parameters turned into words."""
    book, text = law_book(), plain_note(parameter.description)
    for other in sorted(book.parameters, key=len, reverse=True):
        text = text.replace(other, f"“{book.parameters[other].label}”")
    return text


def plain_note(text: str) -> str:
    """A note without the codes of the law files."""
    for switch in law_book().switches.values():
        text = text.replace(switch.id, f"“{switch.question}”")
    return _UNSEEN.sub("belum dilihat sumbernya", text)


def sureness(entries: Iterable[Entry]) -> list[Slice]:
    """How many values are how sure, as a bar."""
    counts = dict.fromkeys(SURENESS, 0)
    for entry in entries:
        for period in entry.periods:
            counts[_class(period.dated)] += 1
    return slices((SURENESS[c].bar, SURENESS[c].told, n) for c, n in counts.items())


def _class(dated: DatedValue) -> str:
    """`OK-hi` and its like are one class."""
    return dated.confidence.partition("-")[0]
