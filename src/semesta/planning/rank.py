"""The published order in which candidates are taken.

First the keys the policy names, in its order; where people are equal in all of them, a
lot that anyone can repeat: the SHA-256 of `year:NIK`, lowest first. The rule is public
and nobody chose the numbers; the hashes themselves are not published, because a NIK has
too few possible values to stay hidden behind one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

LOT = "lot"


@dataclass(frozen=True)
class RankKey:
    """One key of the order: a column of the candidates, lowest or highest first."""

    column: str
    highest_first: bool = False


def lot(year: int, nik: str, person_id: int) -> str:
    """The number a person draws; someone without a NIK draws by record number."""
    drawn = nik or f"record {person_id}"
    return hashlib.sha256(f"{year}:{drawn}".encode()).hexdigest()


def rank(candidates: pa.Table, keys: Sequence[RankKey], *, year: int) -> pa.Table:
    """Candidates in the published order, with `lot` and `rank` (from 1) added.

    `candidates` has one row per person with `person_id`, `nik` and every key's column.
    A value that is unknown comes after all known ones, whichever way the key runs.
    """
    drawn = [
        lot(year, nik or "", person_id)
        for nik, person_id in zip(
            candidates["nik"].to_pylist(),
            candidates["person_id"].to_pylist(),
            strict=True,
        )
    ]
    table = candidates.append_column(LOT, pa.array(drawn, pa.string()))
    orders = [
        (key.column, "descending" if key.highest_first else "ascending")
        for key in (*keys, RankKey(LOT), RankKey("person_id"))
    ]
    # Arrow puts nulls last by itself, in either direction.
    order = pc.sort_indices(table, sort_keys=orders)
    ranks = pa.array(range(1, table.num_rows + 1), pa.int32())
    return table.take(order).append_column("rank", ranks)
