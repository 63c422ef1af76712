"""The plan's result as columns: what is kept of it, and one person's line in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from semesta.planning import allocate
from semesta.planning.allocate import Candidate, Line

SCHEMA = pa.schema(
    [
        ("person_id", pa.int64()),
        ("rank", pa.int32()),
        ("outcome", pa.string()),
        ("reason", pa.string()),
        ("household", pa.int64()),
        ("kelurahan", pa.string()),
    ]
)

# Of the decisions, where there is one: false for those who pass but whose payment rests.
CHOOSABLE = "choosable"

REASONS = {
    allocate.BUDGET: "anggaran habis sebelum peringkat ini",
    allocate.QUOTA: "kuota kelurahan sudah terisi",
    allocate.HOUSEHOLD: "batas orang per keluarga sudah terisi",
    allocate.SHARED_NIK: "NIK-nya juga dipakai calon lain dan harus diperiksa dulu",
    allocate.NO_NIK: "NIK-nya belum diketahui",
    allocate.PAUSED: "pembayarannya sedang dijeda; tempatnya tetap",
}


def candidates_of(ranked: pa.Table) -> list[Candidate]:
    """A ranked table's rows as candidates, in its order."""
    columns = ("person_id", "nik", "household", "kelurahan")
    values = [ranked[name].to_pylist() for name in columns]
    choosable = _choosable(ranked)
    return [
        Candidate(person, nik or "", household, kelurahan or "", not free)
        for person, nik, household, kelurahan, free in zip(
            *values, choosable, strict=True
        )
    ]


def _choosable(ranked: pa.Table) -> list[bool]:
    if CHOOSABLE in ranked.column_names:
        return ranked[CHOOSABLE].to_pylist()
    return [True] * ranked.num_rows


def table_of(
    lines: Sequence[Line],
    ranked: pa.Table,
    keys: Sequence[str],
    costs: Sequence[int],
) -> pa.Table:
    """One row per candidate in order of rank, with the values of the priority keys
    and `cost`, rupiah for that candidate over all months.

    NIK and lot are left out: the file explains an order, it does not identify people.
    """
    columns = {
        "person_id": [line.candidate.person_id for line in lines],
        "rank": [line.rank for line in lines],
        "outcome": [line.outcome for line in lines],
        "reason": [line.reason for line in lines],
        "household": [line.candidate.household for line in lines],
        "kelurahan": [line.candidate.kelurahan for line in lines],
    }
    table = pa.table(columns, schema=SCHEMA)
    table = table.append_column("cost", pa.array(costs, pa.int64()))
    for key in dict.fromkeys(keys):
        if key not in table.column_names:
            table = table.append_column(key, ranked[key])
    return table


def lines_of(table: pa.Table) -> list[Line]:
    """The lines of a stored ranking, in order of rank (without NIK)."""
    values = [table[name].to_pylist() for name in SCHEMA.names]
    return [
        Line(rank, Candidate(person, "", household, kelurahan), outcome, reason)
        for person, rank, outcome, reason, household, kelurahan in zip(
            *values, strict=True
        )
    ]


@dataclass(frozen=True)
class Totals:
    """How many candidates had which outcome, and the last rank that was chosen."""

    candidates: int
    chosen: int
    waiting: int
    cut: int
    last_rank: int
    by_reason: dict[str, int]

    def as_dict(self) -> dict[str, Any]:
        return dict(self.__dict__)


def totals_of(lines: Sequence[Line]) -> Totals:
    """The figures of a plan."""
    outcomes = [line.outcome for line in lines]
    reasons = [line.reason for line in lines if line.reason]
    return Totals(
        candidates=len(lines),
        chosen=outcomes.count(allocate.CHOSEN),
        waiting=outcomes.count(allocate.WAITING),
        cut=outcomes.count(allocate.CUT),
        last_rank=max(
            (line.rank for line in lines if line.outcome == allocate.CHOSEN), default=0
        ),
        by_reason={reason: reasons.count(reason) for reason in sorted(set(reasons))},
    )


def sentence(
    rank: int, outcome: str, reason: str, *, candidates: int, last: int
) -> str:
    """Why somebody is in the plan or not, as told to a citizen."""
    place = f"Peringkat {_dotted(rank)} dari {_dotted(candidates)} calon"
    if outcome == allocate.CHOSEN:
        return f"{place}; dibiayai (batas peringkat {_dotted(last)})."
    word = "menunggu" if outcome == allocate.WAITING else "tidak dapat dibiayai"
    return f"{place}; {word}: {REASONS[reason]} (batas peringkat {_dotted(last)})."


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
