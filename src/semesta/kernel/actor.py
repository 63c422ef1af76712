"""Who acts, when, and on what authority: every writer is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Actor:
    """One acting user (or the system itself) at one moment.

    `at` is timezone-aware; it comes from the face (page, API, command), because no
    stage reads the clock. `authority` names the rule or order acted on.
    """

    username: str
    at: datetime
    authority: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("Actor.at must carry a time zone")
