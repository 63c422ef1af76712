"""Those who may be chosen: passing decisions joined with what the plan must know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from semesta.kernel import UserError
from semesta.planning.allocate import Limits
from semesta.planning.rank import RankKey
from semesta.warehouse.engines import arrow, duck, file_list

# What the plan reads of the register, one row per person.
PERSONS = pa.schema(
    [
        ("id", pa.int64()),
        ("nik", pa.string()),
        ("household_id", pa.int64()),
        ("kelurahan", pa.string()),
    ]
)


@dataclass(frozen=True)
class Rules:
    """What a policy says about choosing: payer, year, order, and limits."""

    payer: str
    year: int
    keys: tuple[RankKey, ...]
    limits: Limits

    def as_dict(self) -> dict[str, Any]:
        """The same for a run's inputs and for reading it back with `limits_from`."""
        return {
            "payer": self.payer,
            "year": self.year,
            "keys": [[key.column, key.highest_first] for key in self.keys],
            "household_cap": self.limits.household_cap,
            "quotas": dict(self.limits.quotas),
        }


def limits_from(rules: dict[str, Any]) -> Limits:
    """The limits in a run's stored rules."""
    return Limits(household_cap=rules["household_cap"], quotas=rules["quotas"])


def join_candidates(
    decisions: Path, persons: pa.Table, keys: Sequence[RankKey]
) -> pa.Table:
    """One row per person who passes, by id: nik, household, kelurahan, priority keys.

    `decisions` is the run's `decisions.parquet`. UserError `plan.priority` when the
    policy ranks by a column the decisions do not have.
    """
    with duck() as session:
        session.register("persons", persons)
        passed = session.sql(
            f"SELECT * FROM read_parquet({file_list([decisions])}) "
            "WHERE outcome = 'pass'"
        )
        if "choosable" in passed.columns:  # else nobody could be on pause
            passed = passed.filter("choosable")
        passed.create_view("passed")
        names = [key.column for key in keys]
        missing = [name for name in names if name not in passed.columns]
        if missing:
            raise UserError(
                "plan.priority",
                "Urutan prioritas kebijakan tidak dapat dipakai.",
                f"Keputusan tidak memuat: {', '.join(missing)}.",
                "Perbaiki bagian prioritas kebijakan, lalu nilai ulang kelayakan.",
            )
        own = ("person_id", "nik", "household", "kelurahan")
        extra = "".join(
            f', d."{name}"' for name in dict.fromkeys(names) if name not in own
        )
        return arrow(
            session.sql(
                "-- One row per person who passes.\n"
                f"SELECT d.person_id, p.nik, p.household_id AS household, p.kelurahan"
                f"{extra} FROM passed AS d JOIN persons AS p ON p.id = d.person_id "
                "ORDER BY d.person_id"
            )
        )
