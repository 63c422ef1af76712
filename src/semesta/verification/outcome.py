"""What a task's answers amount to: open, confirmed, corrected, refused, or disputed.

Each account has one voice, its newest answer. Where one answer is enough the newest of
all counts; where two people are asked, all who answered must say the same. An officer's
decision (`settles`) stands above them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from semesta.verification.said import CONFIRM, CORRECT, REFUSE, Said

OPEN, CONFIRMED, CORRECTED = "open", "confirmed", "corrected"
REFUSED, DISPUTED = "refused", "disputed"
STATES = (OPEN, CONFIRMED, CORRECTED, REFUSED, DISPUTED)
DECIDED = (CONFIRMED, CORRECTED, REFUSED)
_STATE_OF = {CONFIRM: CONFIRMED, CORRECT: CORRECTED, REFUSE: REFUSED}


@dataclass(frozen=True)
class Given:
    """One stored answer: who gave it, when, what it says, whether it settles a dispute.

    `number` orders answers by arrival.
    """

    number: int
    by: str
    at: datetime
    said: Said
    settles: bool = False


@dataclass(frozen=True)
class Outcome:
    """A task's state; `voices`: different accounts that answered; `standing`: the answer
    that counts, None while open or disputed."""

    state: str
    voices: int
    standing: Given | None = None


def outcome_of(answers: Sequence[Given], *, needed: int) -> Outcome:
    """The state of a task that `needed` different accounts must answer."""
    newest: dict[str, Given] = {}
    settled: Given | None = None
    for given in sorted(answers, key=lambda one: one.number):
        if given.settles:
            settled = given
        else:
            newest[given.by] = given
    voices = sorted(newest.values(), key=lambda one: one.number)
    if settled:
        return _decided(settled, len(voices))
    if len(voices) < needed:
        return Outcome(OPEN, len(voices))
    if needed > 1 and len({given.said.decisive() for given in voices}) > 1:
        return Outcome(DISPUTED, len(voices))
    return _decided(voices[-1], len(voices))


def _decided(given: Given, voices: int) -> Outcome:
    return Outcome(_STATE_OF[given.said.verdict], voices, given)
