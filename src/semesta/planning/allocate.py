"""Fill a budget in ranked order, and say for each candidate why they are in or out.

Everyone costs the same, so the walk down the ranking is also the best possible: no
other choice protects more people. A candidate is passed over only for a reason that
is written on their line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from semesta.kernel import Rupiah, UserError

CHOSEN, WAITING, CUT = "chosen", "waiting", "cut"
BUDGET, QUOTA, HOUSEHOLD, SHARED_NIK, NO_NIK = (
    "budget",
    "quota",
    "household_cap",
    "shared_nik",
    "no_nik",
)  # fmt: skip


class Candidate(NamedTuple):
    """Someone entitled, in ranked order. `household` None: no cap can apply."""

    person_id: int
    nik: str
    household: int | None
    kelurahan: str


class Line(NamedTuple):
    """What the plan says about one candidate.

    `outcome` is chosen, waiting (the budget or a quota ended first; may replace
    someone) or cut (may not); `reason` names the rule, blank for chosen.
    """

    rank: int
    candidate: Candidate
    outcome: str
    reason: str


@dataclass(frozen=True)
class Limits:
    """Rules that pass someone over: people per household, people per kelurahan or
    kecamatan (by code)."""

    household_cap: int | None = None
    quotas: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Room:
    """How much of each limit is used so far."""

    limits: Limits
    households: Counter[int] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)

    def obstacle(self, candidate: Candidate) -> str:
        """The limit that this candidate would exceed; blank when there is room."""
        cap, quotas = self.limits.household_cap, self.limits.quotas
        if cap is not None and candidate.household is not None:
            if self.households[candidate.household] >= cap:
                return HOUSEHOLD
        for place in _areas(candidate):
            if place in quotas and self.places[place] >= quotas[place]:
                return QUOTA
        return ""

    def take(self, candidate: Candidate) -> None:
        """Count a chosen candidate."""
        if candidate.household is not None:
            self.households[candidate.household] += 1
        self.places.update(_areas(candidate))


def _areas(candidate: Candidate) -> tuple[str, str]:
    """The kelurahan and its kecamatan: a quota may be set for either."""
    return candidate.kelurahan, candidate.kelurahan.rpartition(".")[0]


def allocate(
    ranked: Sequence[Candidate],
    *,
    budget: int,
    cost_each: int,
    limits: Limits | None = None,
) -> list[Line]:
    """One line per candidate in the given order; the chosen cost at most `budget`.

    `cost_each` is rupiah for one person over all planned months. Nobody is chosen after
    someone above them who was passed over without a reason other than the budget.
    UserError `plan.budget_too_small` when the budget does not pay for one person.
    """
    check_budget(budget, cost_each)
    places_left = budget // cost_each
    room = Room(limits or Limits())
    holders = Counter(candidate.nik for candidate in ranked)
    lines = []
    for number, candidate in enumerate(ranked, start=1):
        outcome, reason = _fate(candidate, holders, room, places_left)
        if outcome == CHOSEN:
            room.take(candidate)
            places_left -= 1
        lines.append(Line(number, candidate, outcome, reason))
    return lines


def _fate(
    candidate: Candidate, holders: Counter[str], room: Room, places_left: int
) -> tuple[str, str]:
    if not candidate.nik:
        return CUT, NO_NIK
    if holders[candidate.nik] > 1:
        # Paying on a number that is somebody else's protects nobody: ask first.
        return CUT, SHARED_NIK
    obstacle = room.obstacle(candidate)
    if obstacle == HOUSEHOLD:
        return CUT, HOUSEHOLD
    if obstacle == QUOTA:
        return WAITING, QUOTA
    if places_left < 1:
        return WAITING, BUDGET
    return CHOSEN, ""


def check_budget(budget: int, cost_each: int) -> None:
    """UserError `plan.budget_too_small` when the budget does not pay for one person."""
    if budget >= cost_each:
        return
    raise UserError(
        "plan.budget_too_small",
        f"Anggaran {Rupiah(budget)} tidak cukup untuk satu orang.",
        f"Satu orang memerlukan {Rupiah(cost_each)} untuk seluruh bulan rencana.",
        "Tambah anggaran, atau kurangi jumlah bulan.",
    )


def replacements(
    lines: Sequence[Line],
    vacated: Sequence[int],
    *,
    offered: Mapping[int, int | None] | None = None,
    unavailable: Iterable[int] = (),
    limits: Limits | None = None,
) -> dict[int, int | None]:
    """Who takes each vacated place: person id → id of the next in line, or None.

    `vacated` are all chosen people who will not be paid for, in the order in which
    their places are filled; `offered` says which of those places went to whom before,
    and they are not given again. Those in `unavailable` can take no place (dead, listed
    elsewhere). Limits hold for all who stay and come in.
    """
    offered = offered or {}
    gone = set(vacated)
    taken = {person for person in offered.values() if person is not None}
    room = Room(limits or Limits())
    for line in lines:
        person = line.candidate.person_id
        if (line.outcome == CHOSEN and person not in gone) or person in taken:
            room.take(line.candidate)
    barred = taken | set(unavailable)
    # Someone passed over for their household may step in once the household's place
    # is free again; a number nobody is sure of may not.
    waiting = [
        line.candidate
        for line in lines
        if line.outcome == WAITING or line.reason == HOUSEHOLD
        if line.candidate.person_id not in barred
    ]
    found: dict[int, int | None] = {}
    for place in vacated:
        if place in offered:
            continue
        successor = next((c for c in waiting if not room.obstacle(c)), None)
        if successor is not None:
            waiting.remove(successor)
            room.take(successor)
        found[place] = successor.person_id if successor else None
    return found
