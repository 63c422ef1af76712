"""From a plan's ranking to the names of a proposal: who is left out, who steps in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from semesta.decrees.decree import PROBLEMS
from semesta.kernel import UserError
from semesta.planning.allocate import CHOSEN, Limits, Line, replacements

BY_HAND = "by_hand"


@dataclass(frozen=True)
class LeftOut:
    """Someone the plan chose who cannot be listed. `code` is a key of `PROBLEMS`, or
    `by_hand` with the maker's own `reason`."""

    person_id: int
    rank: int
    code: str
    reason: str


@dataclass(frozen=True)
class SteppedIn:
    """The next in rank who takes the place of someone left out."""

    person_id: int
    rank: int
    instead_of: int


@dataclass(frozen=True)
class Composition:
    """The names of a proposal. `listed`: chosen by the plan and staying, (id, rank).

    `vacant`: places nobody can fill, because the waiting list has ended.
    """

    listed: list[tuple[int, int]]
    left_out: list[LeftOut]
    stepped_in: list[SteppedIn]
    vacant: int

    @property
    def people(self) -> int:
        return len(self.listed) + len(self.stepped_in)

    @property
    def differs(self) -> bool:
        return bool(self.left_out)

    def fingerprint(self) -> str:
        """What an officer confirms: it changes when anybody leaves or comes in."""
        parts = [
            *(f"-{one.person_id}:{one.code}" for one in self.left_out),
            *(f"+{one.person_id}:{one.instead_of}" for one in self.stepped_in),
        ]
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def reasons_of(
    problems: Mapping[str, Sequence[int]], by_hand: Mapping[int, str]
) -> dict[int, tuple[str, str]]:
    """Person id → (code, reason in words); the gravest problem of each is told."""
    found = {person: (BY_HAND, reason) for person, reason in by_hand.items()}
    for code in PROBLEMS:
        for person in problems.get(code, ()):
            found.setdefault(person, (code, PROBLEMS[code]))
    return found


def compose(
    lines: Sequence[Line],
    reasons: Mapping[int, tuple[str, str]],
    *,
    unavailable: Iterable[int] = (),
    limits: Limits | None = None,
) -> Composition:
    """Leave out whom `reasons` names, and let the next in rank step in.

    `lines` is the plan's ranking; those in `unavailable` can take no place.
    """
    chosen = [line for line in lines if line.outcome == CHOSEN]
    ranks = {line.candidate.person_id: line.rank for line in lines}
    left_out = [
        LeftOut(line.candidate.person_id, line.rank, *reasons[line.candidate.person_id])
        for line in chosen
        if line.candidate.person_id in reasons
    ]
    successors = replacements(
        lines,
        [one.person_id for one in left_out],
        unavailable={*unavailable, *reasons},
        limits=limits,
    )
    stepped_in = [
        SteppedIn(successor, ranks[successor], place)
        for place, successor in successors.items()
        if successor is not None
    ]
    return Composition(
        listed=[
            (line.candidate.person_id, line.rank)
            for line in chosen
            if line.candidate.person_id not in reasons
        ],
        left_out=left_out,
        stepped_in=stepped_in,
        vacant=len(left_out) - len(stepped_in),
    )


def check_confirmed(composition: Composition, confirmed: str) -> None:
    """UserError `decree.difference` unless the difference shown is the one there is."""
    if not composition.differs or confirmed == composition.fingerprint():
        return
    raise UserError(
        "decree.difference",
        f"{len(composition.left_out)} orang pilihan rencana tidak dapat ditetapkan.",
        "Sebabnya dan penggantinya harus Anda lihat dan setujui lebih dahulu; daftarnya "
        "mungkin berubah sejak ditampilkan.",
        "Periksa daftar perbedaan, lalu setujui.",
    )
