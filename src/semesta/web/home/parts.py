"""What a home page is made of: figures, and things that wait."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from semesta.coverage.figures import Figure
from semesta.decrees.models import Decree
from semesta.decrees.queries import EntryCounts


class Card(NamedTuple):
    """One figure with its label, what it means, and where to read on."""

    label: str
    value: str
    note: str
    url: str = ""
    tone: str = "green"


@dataclass(frozen=True)
class Task:
    """Something waiting: how much of it, what to do, why it matters, where."""

    count: int
    title: str
    why: str
    url: str


@dataclass
class Board:
    """A home page. `headline` is the coverage of the user's area, if measured."""

    lead: str
    headline: Figure | None
    decree: Decree | None = None
    listed: EntryCounts | None = None
    cards: list[Card] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    @property
    def waiting(self) -> list[Task]:
        return [task for task in self.tasks if task.count]

    @property
    def done(self) -> bool:
        return bool(self.tasks) and not self.waiting
