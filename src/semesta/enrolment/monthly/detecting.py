"""Changes of a month, found in columns: what lists and register say of those on decrees.

A row of a list counts for the person it was linked to; one that came after the newest
registration counts by its NIK when one member bears it. What a linked row says of life
and work counts only if the register, which weighs all lists, has come to say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from semesta.enrolment.monthly import kinds
from semesta.kernel import Month
from semesta.linkage.rows import LINKED_FATES, select_list
from semesta.warehouse.engines import arrow, duck, file_list

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# One row per entry whose person is paid for in the month; `person_id` is who they are
# today, `holder_nik` that person's number.
MEMBERS = pa.schema(
    [
        ("entry_id", pa.int64()),
        ("person_id", pa.int64()),
        ("nik", pa.string()),
        ("holder_nik", pa.string()),
        ("payer", pa.string()),
        ("born_on", pa.date32()),
        ("issued_on", pa.date32()),
        ("first_month", pa.date32()),
        ("registered", pa.bool_()),
        ("alive", pa.bool_()),
        ("died_on", pa.date32()),
        ("works", pa.bool_()),
    ]
)
FOUND = pa.schema(
    [
        ("entry_id", pa.int64()),
        ("kind", pa.string()),
        ("occurred_on", pa.date32()),
        ("row_id", pa.string()),
        ("delivery", pa.string()),
        ("fact", pa.string()),
        ("registered", pa.bool_()),
        ("twice", pa.bool_()),
    ]
)
SUPPLIERS = (
    "deaths", "dukcapil", "moves", "pu_participants", "deactivations",
    "bpu_participants", "payments",
)  # fmt: skip
_COLUMNS = {
    "row_id": "VARCHAR", "delivery": "VARCHAR", "source": "VARCHAR", "nik": "VARCHAR",
    "kpj": "VARCHAR", "alive": "BOOLEAN", "died_on": "DATE", "occurred_on": "DATE",
    "reason_text": "VARCHAR", "started_on": "DATE", "month_from": "DATE",
    "month_until": "DATE", "payer": "VARCHAR",
}  # fmt: skip
# Of the population register only the rows that may say something new.
_TELLING = "(source <> 'dukcapil' OR alive = false OR died_on IS NOT NULL)"


@dataclass(frozen=True)
class Lists:
    """Where the evidence lies: rows by supplier, `person_rows` and `provenance` of the
    newest registration, and the people merged into others (number → number)."""

    rows: Sequence[Path] = ()
    person_rows: Path | None = None
    provenance: Path | None = None
    merged: Mapping[int, int] = field(default_factory=dict)


def detect(members: pa.Table, lists: Lists, *, month: Month) -> pa.Table:
    """What changed for `members` (schema MEMBERS) up to the end of `month`.

    Schema FOUND, one row per entry and kind, with the newest row of a list that says so
    (blank where only the register does), in order of entry and kind.
    """
    until = (month + 1).first_day - timedelta(days=1)
    with duck() as con:
        con.register("members", members)
        _load_evidence(con, lists)
        parameters = {
            "first": month.first_day,
            "last": until,
            "limit": kinds.age_limit(month.first_day) or 0,
        }
        # Not every part asks for every parameter.
        parts = " UNION ALL BY NAME ".join(f"({sql})" for sql in _PARTS.values())
        con.execute(f"CREATE TABLE found AS {parts}", parameters)
        return arrow(con.sql(_ONE_PER_KIND)).cast(FOUND)


def _load_evidence(con: DuckDBPyConnection, lists: Lists) -> None:
    """Create `evidence`: rows of the lists with the member they are about."""
    con.register(
        "merged",
        pa.table(
            {
                "gone": pa.array(lists.merged.keys(), pa.int64()),
                "stays": pa.array(lists.merged.values(), pa.int64()),
            }
        ),
    )
    con.execute(
        _table_of("linked", "row_id VARCHAR, person_id BIGINT", lists.person_rows)
    )
    con.execute(
        _table_of(
            "worded",
            "person_id BIGINT, field VARCHAR, value VARCHAR, row_id VARCHAR, rule VARCHAR",
            lists.provenance,
        )
    )
    columns = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
    con.execute(f"CREATE TABLE said ({columns})")
    if lists.rows:
        rows = f"read_parquet({file_list(lists.rows)}, union_by_name=true)"
        there = [row[0] for row in con.execute(f"DESCRIBE FROM {rows}").fetchall()]
        fates = ", ".join(f"'{fate}'" for fate in LINKED_FATES)
        con.execute(
            f"INSERT INTO said FROM (SELECT {select_list(there, _COLUMNS)} FROM {rows} "
            f"WHERE fate IN ({fates})) WHERE {_TELLING}"
        )
    con.execute(_EVIDENCE)


def _table_of(name: str, columns: str, path: Path | None) -> str:
    """A view of a Parquet file's columns, or an empty table of them."""
    if path is None:
        return f"CREATE TABLE {name} ({columns})"
    names = ", ".join(part.split()[0] for part in columns.split(", "))
    return (
        f"CREATE VIEW {name} AS SELECT {names} FROM read_parquet({file_list([path])})"
    )


_EVIDENCE = """
CREATE TABLE evidence AS
WITH owned AS (
    SELECT s.*, l.person_id IS NOT NULL AS is_linked,
        coalesce(m.stays, l.person_id, by_nik.person_id) AS person_id
    FROM said s
    LEFT JOIN linked l USING (row_id)
    LEFT JOIN merged m ON m.gone = l.person_id
    LEFT JOIN (
        SELECT nik, min(person_id) AS person_id FROM members WHERE nik <> ''
        GROUP BY nik HAVING count(DISTINCT person_id) = 1
    ) by_nik ON l.row_id IS NULL AND by_nik.nik = s.nik
)
SELECT * FROM owned SEMI JOIN members USING (person_id)
"""

_PARTS = {
    kinds.DIED: """
        SELECT m.entry_id, 'died' AS kind, coalesce(m.died_on, e.died_on) AS occurred_on,
            e.row_id, e.delivery
        FROM members m
        LEFT JOIN evidence e ON e.person_id = m.person_id
            AND (e.died_on IS NOT NULL OR e.alive = false)
        WHERE (m.alive = false OR (e.row_id IS NOT NULL AND NOT e.is_linked))
            AND coalesce(m.died_on, e.died_on, $first) <= $last
    """,
    kinds.MOVED: """
        SELECT m.entry_id, 'moved' AS kind, e.occurred_on, e.row_id, e.delivery,
            e.reason_text AS fact
        FROM members m JOIN evidence e USING (person_id)
        WHERE e.source = 'moves' AND e.occurred_on BETWEEN m.issued_on AND $last
    """,
    kinds.WAGE_WORKER: """
        SELECT m.entry_id, 'wage_worker' AS kind, e.started_on AS occurred_on, e.row_id,
            e.delivery
        FROM members m JOIN evidence e USING (person_id)
        WHERE e.source = 'pu_participants'
            AND coalesce(e.started_on, $first) <= $last
            AND NOT EXISTS (
                FROM evidence l
                WHERE l.source = 'deactivations' AND coalesce(l.occurred_on, $first) <= $last
                    AND (l.kpj = e.kpj OR (l.person_id = e.person_id
                        AND (l.kpj IS NULL OR e.kpj IS NULL)))
                    AND (l.occurred_on IS NULL OR e.started_on IS NULL
                        OR l.occurred_on >= e.started_on))
    """,
    kinds.TURNED_65: """
        SELECT entry_id, 'turned_65' AS kind, birthday AS occurred_on
        FROM (SELECT *, (born_on + to_years($limit::INTEGER))::DATE AS birthday
              FROM members WHERE alive IS DISTINCT FROM false)
        WHERE $limit > 0 AND birthday BETWEEN first_month AND $last
    """,
    kinds.NO_WORK: """
        SELECT m.entry_id, 'no_work' AS kind, w.row_id,
            split_part(w.row_id, ':', 1) AS delivery
        FROM members m
        LEFT JOIN worded w ON w.person_id = m.person_id AND w.field = 'works'
            AND w.value = 'false' AND w.rule <> 'aside'
        WHERE m.works = false AND m.alive IS DISTINCT FROM false
    """,
    kinds.DOUBLE_PAYER: """
        SELECT m.entry_id, 'double_payer' AS kind, $first AS occurred_on, e.row_id,
            e.delivery, e.payer AS fact
        FROM members m JOIN evidence e USING (person_id)
        WHERE e.source IN ('bpu_participants', 'payments')
            AND e.payer <> '' AND e.payer <> m.payer
            AND e.month_from <= $first AND e.month_until > $first
    """,
    kinds.IDENTITY: """
        SELECT entry_id, 'identity' AS kind,
            count(*) OVER (PARTITION BY person_id, payer) > 1 AS twice
        FROM members
        QUALIFY twice OR (holder_nik <> '' AND holder_nik <> nik)
    """,
}
_ONE_PER_KIND = """
SELECT f.entry_id, f.kind, f.occurred_on, coalesce(f.row_id, '') AS row_id,
    coalesce(f.delivery, '') AS delivery, coalesce(f.fact, '') AS fact, m.registered,
    coalesce(f.twice, false) AS twice
FROM found f JOIN members m USING (entry_id)
QUALIFY row_number() OVER (
    PARTITION BY f.entry_id, f.kind
    ORDER BY f.occurred_on DESC NULLS LAST, f.row_id DESC NULLS LAST) = 1
ORDER BY f.entry_id, f.kind
"""
