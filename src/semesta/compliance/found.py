"""What a duty says about one employer: observed numbers, law, one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from semesta.law.book import Law

# The columns of the employers' table that duties may read; one row per employer.
EMPLOYERS = pa.schema(
    [
        ("id", pa.int64()),
        ("npp", pa.string()),
        ("nib", pa.string()),
        ("scale", pa.string()),
        ("licensed_workers", pa.int64()),
        ("registered_workers", pa.int64()),
        ("projects", pa.int64()),
        ("paid_until", pa.date32()),
        ("arrears_months", pa.int64()),
        ("arrears_amount", pa.int64()),
    ]
)


@dataclass(frozen=True)
class Found:
    """One breach of one duty by one employer.

    `workers_exposed` is how many workers are without (full) protection because of it,
    None when unknown. `observed` holds the numbers the finding rests on.
    """

    employer_id: int
    kind: str
    workers_exposed: int | None
    observed: dict[str, int | str | None]
    law: str
    explanation: str


class Duty(Protocol):
    """A module in `duties`: one duty of employers, and how a breach is seen."""

    KIND: str

    @staticmethod
    def find(employers: pa.Table, law: Law) -> Iterator[Found]: ...


def breached_article(law: Law, kind: str) -> str:
    """The article that a kind of breach breaks, as the law of the day has it."""
    return str(law.get("employer.violations").value[kind]["article"])
