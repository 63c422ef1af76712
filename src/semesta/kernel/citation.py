"""Where a number or a duty comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Citation:
    """An article of an instrument, e.g. `PP 44/2015` `Pasal 20(3)`."""

    instrument: str
    article: str = ""

    def __str__(self) -> str:
        return f"{self.instrument} {self.article}".strip()
