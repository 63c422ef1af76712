"""Those who may be chosen: passing decisions joined with what the plan must know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from semesta.kernel import Month, NotPossible, UserError
from semesta.planning.allocate import Limits
from semesta.planning.payers import jobs_of, refusal
from semesta.planning.rank import RankKey
from semesta.planning.ranking import CHOOSABLE
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
# What comparing scenarios reads of everyone besides, as `facts.parquet` has it.
FACTS = {
    "age": "INTEGER", "decile": "SMALLINT", "income": "BIGINT", "occupation": "VARCHAR",
    "standing": "VARCHAR", "paid_months": "INTEGER", "spell_months": "INTEGER",
    "paid_until": "DATE",
}  # fmt: skip
SEXES = pa.schema([("id", pa.int64()), ("sex", pa.string())])


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
    decisions: Path,
    persons: pa.Table,
    keys: Sequence[RankKey],
    wanted: Sequence[str] = (),
) -> pa.Table:
    """One row per person who passes, by id: nik, household, kelurahan, priority keys.

    `decisions` is the run's `decisions.parquet`. People whose payment rests stay in it
    and keep their place: the column `choosable` of the decisions comes along, where there
    is one, and so do the `wanted` columns. UserError `plan.priority` when the
    policy ranks by a column the decisions do not have.
    """
    with duck() as session:
        session.register("persons", persons)
        passed = session.sql(
            f"SELECT * FROM read_parquet({file_list([decisions])}) "
            "WHERE outcome = 'pass'"
        )
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
        also = [n for n in (*wanted, CHOOSABLE) if n in passed.columns]
        extra = "".join(
            f', d."{name}"'
            for name in dict.fromkeys([*names, *also])
            if name not in own
        )
        return arrow(
            session.sql(
                "-- One row per person who passes.\n"
                f"SELECT d.person_id, p.nik, p.household_id AS household, p.kelurahan"
                f"{extra} FROM passed AS d JOIN persons AS p ON p.id = d.person_id "
                "ORDER BY d.person_id"
            )
        )


def with_facts(ranked: pa.Table, facts: Path, sexes: pa.Table) -> pa.Table:
    """A ranked table with FACTS, `sex` and `running_months` added, in its order.

    `running_months`: paid months of a membership that still runs, 0 for one that does
    not, null where nobody knows.
    """
    columns = ", ".join(f"f.{name}::{kind} AS {name}" for name, kind in FACTS.items())
    kept = [name for name in ranked.column_names if name not in FACTS]
    own = ", ".join(f'r."{name}"' for name in kept)
    with duck() as session:
        session.register("ranked", ranked)
        session.register("sexes", sexes)
        return arrow(
            session.sql(
                f"""
                SELECT {own}, {columns}, coalesce(s.sex, '') AS sex,
                    CASE WHEN f.standing IN ('active', 'grace') THEN f.spell_months
                         WHEN f.standing IS NOT NULL THEN 0 END AS running_months
                FROM ranked AS r
                LEFT JOIN read_parquet({file_list([facts])}) AS f USING (person_id)
                LEFT JOIN sexes AS s ON s.id = r.person_id
                ORDER BY r.rank
                """
            )
        )


def payable(candidates: pa.Table, *, payer: str, month: Month) -> pa.Table:
    """The candidates this payer may pay for. UserError `plan.payer_may_not` if none."""
    jobs = jobs_of(payer, month)
    if jobs is None or not candidates.num_rows:
        return candidates
    # Without the column nobody's work is known, and the unknown may not be paid for.
    if "occupation" in candidates.column_names:
        mine = candidates.filter(pc.field("occupation").isin(sorted(jobs)))
        if mine.num_rows:
            return mine
    raise refusal(payer, month)


def check_somebody(candidates: pa.Table) -> None:
    """NotPossible `plan.nobody` when there is nobody to choose from."""
    if candidates.num_rows:
        return
    raise NotPossible(
        "plan.nobody",
        "Tidak ada calon untuk rencana ini.",
        "Tidak seorang pun memenuhi semua syarat kebijakan.",
        "Periksa keputusan kelayakan dan data yang masih kurang.",
    )
