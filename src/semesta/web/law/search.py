"""Finding something in the law by words people use. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple, TypeVar

from semesta.law.book import law_book
from semesta.law.schema import Instrument, Switch, Term
from semesta.web.law.labels import FEATURED
from semesta.web.law.library import Entry, library
from semesta.web.law.tables import Table

T = TypeVar("T")
LONGEST = 80
FEW = 3
_DOTS = re.compile(r"(?<=\d)\.(?=\d)")


@dataclass(frozen=True)
class Reference:
    """An instrument with what amends it and what it decides here."""

    instrument: Instrument
    amends: tuple[Instrument, ...]
    amended_by: tuple[Instrument, ...]
    entries: tuple[Entry, ...]


class Group(NamedTuple):
    """The entries of one folder; `first` are those that tell most about it."""

    folder: str
    heading: str
    entries: tuple[Entry, ...]

    @property
    def first(self) -> list[Entry]:
        told = FEATURED.get(self.folder, ())
        chosen = [entry for entry in self.entries if entry.key in told]
        chosen.sort(key=lambda entry: told.index(entry.key))
        return chosen or list(self.entries[:FEW])


@dataclass(frozen=True)
class Found:
    """What matches, part by part; everything when nothing was asked."""

    groups: tuple[Group, ...]
    references: tuple[Reference, ...]
    switches: tuple[Switch, ...]
    terms: tuple[Term, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for group in self.groups for entry in group.entries)


def find(text: str, on: date) -> Found:
    """Entries, instruments, questions and words that have every word of the text."""
    asked = _words(text[:LONGEST])
    texts = _entry_texts(on)
    entries = _kept(library(on).values(), lambda entry: texts[entry.key], asked)
    terms = sorted(law_book().terms.values(), key=lambda term: term.term.lower())
    return Found(
        groups=_grouped(entries),
        references=_kept(_references(on), _reference_text, asked),
        switches=_kept(law_book().switches.values(), _switch_text, asked),
        terms=_kept(terms, _term_text, asked),
    )


def _grouped(entries: Iterable[Entry]) -> tuple[Group, ...]:
    """Entries by folder, in the order given."""
    grouped = groupby(entries, key=lambda entry: entry.key.partition(".")[0])
    groups = ((folder, tuple(inside)) for folder, inside in grouped)
    return tuple(Group(folder, inside[0].group, inside) for folder, inside in groups)


def _kept(
    things: Iterable[T], text_of: Callable[[T], str], asked: tuple[str, ...]
) -> tuple[T, ...]:
    return tuple(
        thing
        for thing in things
        if not asked or all(word in _plain(text_of(thing)) for word in asked)
    )


def _plain(text: str) -> str:
    """Lower case, and amounts without their dots: `Rp16.800` is found by `16800`."""
    return _DOTS.sub("", text.casefold())


def _words(text: str) -> tuple[str, ...]:
    return tuple(_plain(text).split())


@lru_cache(maxsize=4)
def _entry_texts(on: date) -> dict[str, str]:
    """What each entry is found by: said once a day, asked at every letter typed."""
    return {key: _entry_text(entry) for key, entry in library(on).items()}


def _entry_text(entry: Entry) -> str:
    one = entry.parameter
    said = [one.key, one.label, entry.description, entry.group, one.gaps_because]
    for period in entry.periods:
        law, dated = period.instrument, period.dated
        parts = [text for pair in period.headline.parts for text in pair]
        said += [period.headline.text, *parts, _table_text(period.table)]
        said += [str(dated.value), period.words, period.cite, law.title, dated.note]
    return " ".join(said)


def _table_text(table: Table | None) -> str:
    if table is None:
        return ""
    heads = [head.label for head in table.heads]
    return " ".join([*heads, *(cell.text for row in table.rows for cell in row)])


def _reference_text(one: Reference) -> str:
    law = one.instrument
    return f"{law.id} {law.short} {law.title} {law.note} {law.status}"


def _switch_text(one: Switch) -> str:
    options = " ".join(option.means for option in one.options)
    laws = " ".join(law_book().instruments[law].short for law in one.law)
    said = (one.id, one.question, options, one.why_default, one.consequence, laws)
    return " ".join(said)


def _term_text(one: Term) -> str:
    return f"{one.term} {one.long} {one.means} {one.law} {' '.join(one.also)}"


@lru_cache(maxsize=4)
def _references(on: date) -> tuple[Reference, ...]:
    instruments = law_book().instruments
    return tuple(
        Reference(
            one,
            tuple(instruments[other] for other in one.amends),
            tuple(law for law in instruments.values() if one.id in law.amends),
            tuple(
                entry
                for entry in library(on).values()
                if any(period.dated.law == one.id for period in entry.periods)
            ),
        )
        for one in instruments.values()
    )
