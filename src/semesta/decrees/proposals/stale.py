"""Two people at one proposal: the later one is told, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from semesta.decrees.states import ACTIONS
from semesta.kernel import UserError


@dataclass(frozen=True)
class Done:
    """One step that somebody took meanwhile."""

    by: str
    at: datetime
    action: str
    note: str

    def sentence(self) -> str:
        said = f": {self.note}" if self.note else ""
        return f"{self.by} {ACTIONS[self.action]}{said}"


class StaleForm(UserError):
    """A form that was filled in before somebody else acted. `since`: what they did."""

    def __init__(self, since: Sequence[Done], *, mine: int, now: int) -> None:
        self.since = list(since)
        self.mine, self.now = mine, now
        super().__init__(
            "decree.stale",
            "Usulan ini berubah sejak Anda membukanya.",
            "; ".join(done.sentence() for done in since)
            or "Versi formulir tidak cocok.",
            "Baca perubahannya, lalu kirim lagi; yang sudah Anda ketik tetap ada.",
            exit_code=3,
        )
