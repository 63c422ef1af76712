"""One plan's stored ranking: pages of it, what holds of it, who is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from semesta.planning.allocate import Limits, Line
from semesta.planning.fairness import Share, shares
from semesta.planning.proof import Proof, prove
from semesta.planning.ranking import lines_of, sentence

PER_PAGE = 50


@dataclass(frozen=True)
class Place:
    """One line of a ranking with the sentence that explains it."""

    person_id: int
    rank: int
    outcome: str
    reason: str
    kelurahan: str
    sentence: str


def costs_in(table: pa.Table, cost_each: int) -> list[int]:
    """Each candidate's cost; rankings stored before prices could differ have one."""
    if "cost" in table.column_names:
        return table["cost"].to_pylist()
    return [cost_each] * table.num_rows


def proof_of(table: pa.Table, *, cost_each: int, budget: int, limits: Limits) -> Proof:
    """Check a stored ranking line by line."""
    lines: Sequence[Line] = lines_of(table)
    return prove(lines, costs_in(table, cost_each), budget=budget, limits=limits)


def narrowed(
    table: pa.Table, *, outcome: str = "", people: Sequence[int] | None = None
) -> pa.Table:
    """The rows of one outcome (blank: all), of some people only (None: of all)."""
    if outcome:
        table = table.filter(pc.field("outcome") == outcome)
    if people is not None:
        table = table.filter(pc.field("person_id").isin(people))
    return table


def places(rows: pa.Table, *, candidates: int, last: int) -> list[Place]:
    """Rows as lines with their sentence."""
    names = ("person_id", "rank", "outcome", "reason", "kelurahan")
    return [
        Place(
            person_id=person,
            rank=rank,
            outcome=outcome,
            reason=reason,
            kelurahan=kelurahan,
            sentence=sentence(rank, outcome, reason, candidates=candidates, last=last),
        )
        for person, rank, outcome, reason, kelurahan in zip(
            *(rows[name].to_pylist() for name in names), strict=True
        )
    ]


def fairness_of(table: pa.Table) -> dict[str, list[Share]]:
    """Shares of candidates and chosen by what a ranking keeps: kelurahan, decile."""
    chosen = np.array([o == "chosen" for o in table["outcome"].to_pylist()], bool)
    found = {}
    for name in ("kelurahan", "decile"):
        if name in table.column_names:
            words = np.empty(table.num_rows, dtype=object)
            words[:] = [_word(value) for value in table[name].to_pylist()]
            found[name] = shares(words, chosen)
    return found


def _word(value: object) -> str:
    if value is None:
        return ""
    return f"{value:02d}" if isinstance(value, int) else str(value)
