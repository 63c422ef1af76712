"""Fill a budget in ranked order, and say for each candidate why they are in or out.

A candidate is passed over only for a reason that is written on their line. Where
everyone costs the same and no limit binds, the walk down the ranking is also the best
possible: no other choice protects more people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from semesta.kernel import Rupiah, UserError

CHOSEN, WAITING, CUT = "chosen", "waiting", "cut"
BUDGET, QUOTA, HOUSEHOLD, SHARED_NIK, NO_NIK, PAUSED = (
    "budget", "quota", "household_cap", "shared_nik", "no_nik", "paused",
)  # fmt: skip


# What becomes of someone passed over for a reason: waiting may still step in.
OUTCOMES = {
    "": CHOSEN,
    BUDGET: WAITING,
    QUOTA: WAITING,
    PAUSED: WAITING,
    HOUSEHOLD: CUT,
    SHARED_NIK: CUT,
    NO_NIK: CUT,
}


class Candidate(NamedTuple):
    """Someone entitled, in ranked order. `household` None: no cap can apply.

    `paused`: whose payment rests for now; they keep their place and take no money.
    """

    person_id: int
    nik: str
    household: int | None
    kelurahan: str
    paused: bool = False


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
        for place in areas_of(candidate.kelurahan):
            if place in quotas and self.places[place] >= quotas[place]:
                return QUOTA
        return ""

    def take(self, candidate: Candidate) -> None:
        """Count a chosen candidate."""
        if self.limits.household_cap is not None and candidate.household is not None:
            self.households[candidate.household] += 1
        if self.limits.quotas:
            self.places.update(areas_of(candidate.kelurahan))


def areas_of(kelurahan: str) -> tuple[str, str]:
    """The kelurahan and its kecamatan: a quota may be set for either."""
    return kelurahan, kelurahan.rpartition(".")[0]


def allocate(
    ranked: Sequence[Candidate],
    *,
    budget: int,
    cost_each: int | Sequence[int],
    limits: Limits | None = None,
) -> list[Line]:
    """One line per candidate in the given order; the chosen cost at most `budget`.

    `cost_each` is rupiah for one person over all planned months, or each candidate's
    own. Nobody is chosen after someone above them who was passed over without a reason
    other than the budget: the first who cannot be paid ends the list.
    UserError `plan.budget_too_small` when the budget does not pay for one person.
    """
    costs = [cost_each] * len(ranked) if isinstance(cost_each, int) else cost_each
    check_budget(budget, cost_each if isinstance(cost_each, int) else max(costs))
    reasons = walk(ranked, costs, budget=budget, limits=limits or Limits())
    return [
        Line(number, candidate, OUTCOMES[reason], reason)
        for number, (candidate, reason) in enumerate(
            zip(ranked, reasons, strict=True), start=1
        )
    ]


def walk(
    ranked: Sequence[Candidate],
    costs: Sequence[int],
    *,
    budget: float,
    limits: Limits,
) -> list[str]:
    """Why each candidate is passed over, in the given order; blank for the chosen.

    With an endless budget (`math.inf`) this says who is taken at any budget: whom a
    limit passes over depends only on those above.
    """
    room, left, limited = Room(limits), budget, _binds(limits)
    barred = _barred(ranked)
    reasons = []
    for place, candidate in enumerate(ranked):
        reason = barred.get(place, "")
        if not reason and limited:
            reason = room.obstacle(candidate)
        if not reason and costs[place] > left:
            left, reason = -1, BUDGET
        if not reason:
            left -= costs[place]
            if limited:
                room.take(candidate)
        reasons.append(reason)
    return reasons


def _binds(limits: Limits) -> bool:
    return limits.household_cap is not None or bool(limits.quotas)


def _barred(ranked: Sequence[Candidate]) -> dict[int, str]:
    """Who takes no place whatever the budget: by place in the order."""
    holders = Counter(candidate.nik for candidate in ranked)
    barred = {}
    for place, candidate in enumerate(ranked):
        if not candidate.nik:
            barred[place] = NO_NIK
        elif holders[candidate.nik] > 1:
            # Paying on a number that is somebody else's protects nobody: ask first.
            barred[place] = SHARED_NIK
        elif candidate.paused:
            barred[place] = PAUSED
    return barred


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
        if line.reason in (BUDGET, QUOTA, HOUSEHOLD)
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
