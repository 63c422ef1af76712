"""The proof that a plan is just: nobody below was taken before someone above unsaid.

Reads only the finished lines, not the code that made them, and works every reason out
again. What a line cannot show (a NIK that two people hold) is taken from the line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from semesta.planning.allocate import (
    BUDGET,
    CHOSEN,
    HOUSEHOLD,
    OUTCOMES,
    QUOTA,
    Limits,
    Line,
    areas_of,
)


@dataclass(frozen=True)
class Proof:
    """What was checked; `breaches` names the ranks whose reason is not true.

    `passed_over`: people above the last chosen rank who are not chosen, by reason.
    """

    chosen: int
    last_rank: int
    spent: int
    budget: int
    passed_over: dict[str, int]
    breaches: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.breaches


def prove(
    lines: Sequence[Line], costs: Sequence[int], *, budget: int, limits: Limits
) -> Proof:
    """Check every line of a plan, in order of rank, against its own reason."""
    chosen = [line for line in lines if line.outcome == CHOSEN]
    last = chosen[-1].rank if chosen else 0
    spent = sum(c for c, line in zip(costs, lines, strict=True) if not line.reason)
    above = [line for line in lines if line.rank < last and line.reason]
    breaches = [] if spent <= budget else [f"biaya {spent} melebihi anggaran {budget}"]
    breaches += _order(lines)
    breaches += _reasons(lines, costs, budget=budget, last=last, limits=limits)
    return Proof(
        chosen=len(chosen),
        last_rank=last,
        spent=spent,
        budget=budget,
        passed_over=dict(sorted(Counter(line.reason for line in above).items())),
        breaches=tuple(breaches),
    )


def _order(lines: Sequence[Line]) -> list[str]:
    wrong = [
        f"peringkat {line.rank} berada di urutan {place}"
        for place, line in enumerate(lines, start=1)
        if line.rank != place
    ]
    odd = [
        f"peringkat {line.rank}: {line.outcome} dengan alasan “{line.reason}”"
        for line in lines
        if OUTCOMES.get(line.reason) != line.outcome
    ]
    return wrong + odd


def _reasons(
    lines: Sequence[Line],
    costs: Sequence[int],
    *,
    budget: int,
    last: int,
    limits: Limits,
) -> list[str]:
    """Ranks whose reason is not true of those chosen above them."""
    households: Counter[int | None] = Counter()
    places: Counter[str] = Counter()
    left, ended, wrong = budget, False, []
    for line, cost in zip(lines, costs, strict=True):
        who = line.candidate
        areas = [a for a in areas_of(who.kelurahan) if a in limits.quotas]
        no_room = any(places[area] >= limits.quotas[area] for area in areas)
        if line.reason == BUDGET:
            if line.rank < last or not (ended or cost > left):
                wrong.append(f"peringkat {line.rank}: anggaran belum habis")
            ended = True
        full = limits.household_cap is not None and (
            who.household is not None
            and households[who.household] >= limits.household_cap
        )
        if line.reason == HOUSEHOLD and not full:
            wrong.append(f"peringkat {line.rank}: batas keluarga belum terisi")
        if line.reason == QUOTA and not no_room:
            wrong.append(f"peringkat {line.rank}: kuota belum terisi")
        if not line.reason:
            if full or no_room:
                wrong.append(f"peringkat {line.rank}: dipilih di atas batas")
            left -= cost
            households[who.household] += 1
            places.update(areas)
    return wrong
