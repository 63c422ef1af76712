"""Facts about everyone at a date: one row per person, null where nobody has said.

Built by DuckDB from a snapshot of the registry and the rows that are a person's
evidence. What a list says is null for everyone while it
has not been delivered, because silence then means nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from semesta.eligibility.listed import (
    AID_COLUMNS,
    FIRMS,
    make_aids,
    make_firms,
    make_lists,
    make_seen,
)
from semesta.eligibility.lists import rows_that_stood
from semesta.law.membership import standing_expr
from semesta.warehouse.engines import duck, file_list

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# The registry's columns that facts are made of, as Person names them.
PEOPLE = pa.schema(
    [
        ("id", pa.int64()),
        ("nik", pa.string()),
        ("family_card", pa.string()),
        ("household_id", pa.int64()),
        ("kelurahan", pa.string()),
        ("born_on", pa.date32()),
        ("alive", pa.bool_()),
        ("died_on", pa.date32()),
        ("lives_here", pa.bool_()),
        ("works", pa.bool_()),
        ("occupation", pa.string()),
        ("income", pa.int64()),
        ("decile", pa.int16()),
        ("is_civil_servant", pa.bool_()),
        ("proposed", pa.bool_()),
        ("in_population_register", pa.bool_()),
        ("merged_into_id", pa.int64()),
    ]
)
FACTS = pa.schema(
    [
        ("person_id", pa.int64()),
        ("nik", pa.string()),
        ("household_id", pa.int64()),
        ("kelurahan", pa.string()),
        ("in_population_register", pa.bool_()),
        ("age", pa.int32()),
        ("alive", pa.bool_()),
        ("lives_here", pa.bool_()),
        ("works", pa.bool_()),
        ("occupation", pa.string()),
        ("income", pa.int64()),
        ("decile", pa.int16()),
        ("decile_province", pa.int16()),
        ("decile_city", pa.int16()),
        ("decile_p3ke", pa.int16()),
        ("civil_servant", pa.bool_()),
        ("wage_earner", pa.bool_()),
        # Marked texts (see `listed.py`): names and KBLI codes of present employers; lists
        # and aids the person stands in, and those that say something about the person.
        ("employers", pa.string()),
        ("employer_kbli", pa.string()),
        ("lists", pa.string()),
        ("lists_known", pa.string()),
        ("aids", pa.string()),
        ("aids_known", pa.string()),
        ("seen_working", pa.bool_()),
        ("proposed", pa.bool_()),
        ("on_earlier_decree", pa.bool_()),
        # Membership as the law reads the paid months; null without the insurer's list.
        ("standing", pa.string()),
        ("paid_months", pa.int32()),
        ("spell_months", pa.int32()),
        ("paid_until", pa.date32()),
        ("own_paid_months", pa.int32()),
        ("other_payer", pa.string()),
        ("other_paid_until", pa.date32()),
    ]
)
# Lists whose rows tell facts, with the columns read of each. The others only matter by
# having been delivered at all.
READ = {
    "paid": {"month_from": "DATE", "month_until": "DATE", "payer": "VARCHAR"},
    "employed": {"kpj": "VARCHAR", "npp": "VARCHAR", "started_on": "DATE"},
    "departed": {"kpj": "VARCHAR", "occurred_on": "DATE"},
    "decreed": {},
    "surveyed": {"family_card": "VARCHAR"},
    "farmers": {},
    "poor": {"decile_p3ke": "SMALLINT", **AID_COLUMNS},
    "registered": {"list_name": "VARCHAR"},
    "aided": {"aid": "VARCHAR"},
    "seen": {"works": "BOOLEAN", "occupation": "VARCHAR"},
}
SUPPLIERS = {
    "paid": ("bpu_participants",),
    "employed": ("pu_participants",),
    "departed": ("deactivations",),
    "decreed": ("decree",),
    "surveyed": ("dtsen_individual",),
    "farmers": ("erdkk_farmers",),
    "poor": ("p3ke_individual",),
    "registered": ("worker_register",),
    "aided": ("aid_recipients",),
    "seen": ("field_survey",),
}
FAMILIES = "dtsen_family"
PRESENCE = ("dukcapil", "civil_servants", "proposal")
ALL_SUPPLIERS = (
    *(s for names in SUPPLIERS.values() for s in names),
    FAMILIES,
    *PRESENCE,
    *FIRMS,
)


@dataclass(frozen=True)
class Sources:
    """Where the evidence lies: `person_rows` of the registration, rows per supplier."""

    person_rows: Path
    rows: Mapping[str, Sequence[Path]] = field(default_factory=dict)

    def has(self, *suppliers: str) -> bool:
        """Whether any list of these suppliers was delivered."""
        return any(self.rows.get(supplier) for supplier in suppliers)

    def of(self, *suppliers: str) -> list[Path]:
        return [path for supplier in suppliers for path in self.rows.get(supplier, ())]


def build_facts(
    people: pa.Table, sources: Sources, *, as_of: date, payer: str
) -> pa.Table:
    """The facts table (schema FACTS), one row per person not merged, by person_id.

    `people` has the columns of PEOPLE, also of merged people; `payer` is the one whose
    policy is applied: months of all others make `other_payer` and `other_paid_until`.
    """
    with duck() as con:
        con.register("people", people)
        for name, columns in READ.items():
            _read_rows(con, name, columns, sources)
        _read_families(con, sources)
        _make_membership(con, as_of, payer)
        _make_employment(con, as_of)
        make_firms(con, {name: sources.of(name) for name in FIRMS})
        make_lists(con, {name: sources.has(*SUPPLIERS[name]) for name in READ})
        make_aids(con)
        make_seen(con)
        # Not `sql(…, params=…)`, which copies the result row by row.
        facts = con.execute(_FACTS_SQL, _parameters(sources, as_of))
        return facts.to_arrow_table().cast(FACTS)


def _read_rows(
    con: DuckDBPyConnection, name: str, columns: Mapping[str, str], sources: Sources
) -> None:
    """Create table `name`: the rows of its suppliers with the person they belong to."""
    paths = sources.of(*SUPPLIERS[name])
    wanted = {"row_id": "VARCHAR", **columns}
    if not paths:
        typed = ", ".join(f"{column} {kind}" for column, kind in wanted.items())
        con.execute(f"CREATE TABLE {name} (person_id BIGINT, {typed})")
        return
    con.execute(
        f"""
        -- One row per row of a list that stood its test and is a person's evidence.
        CREATE TABLE {name} AS
        SELECT coalesce(p.merged_into_id, p.id) AS person_id, r.*
        FROM ({rows_that_stood(con, paths, wanted)}) AS r
        JOIN read_parquet({file_list([sources.person_rows])}) AS e USING (row_id)
        JOIN people AS p ON p.id = e.person_id
        """
    )


def _read_families(con: DuckDBPyConnection, sources: Sources) -> None:
    """Create `families`: deciles per family card, of the family's last row."""
    columns = {
        "row_id": "VARCHAR", "family_card": "VARCHAR", "decile": "SMALLINT",
        "decile_province": "SMALLINT", "decile_city": "SMALLINT",
    }  # fmt: skip
    rows = rows_that_stood(con, sources.of(FAMILIES), columns)
    con.execute(
        f"""
        CREATE TABLE families AS SELECT * FROM ({rows})
        QUALIFY row_number() OVER (PARTITION BY family_card ORDER BY row_id DESC) = 1
        """
    )


def _make_membership(con: DuckDBPyConnection, as_of: date, payer: str) -> None:
    """Create `membership` (the law's standing) and `payers` (whose months they are)."""
    import ibis

    con.execute(
        """
        CREATE TABLE ranges AS
        SELECT person_id, month_from AS paid_from, month_until AS paid_until,
               coalesce(payer, '') AS payer
        FROM paid WHERE month_until > month_from
        """
    )
    session = ibis.duckdb.from_connection(con)
    ranges = session.table("ranges")
    con.register("membership", session.to_pyarrow(standing_expr(ranges, as_of)))
    own = standing_expr(ranges.filter(ranges.payer == payer), as_of)
    con.register("own", session.to_pyarrow(own.select("person_id", "paid_months")))
    con.execute(
        """
        CREATE TABLE others AS
        SELECT person_id, max(paid_until) AS paid_until,
               arg_max(payer, paid_until) AS payer
        FROM ranges WHERE payer <> $payer AND payer <> '' GROUP BY person_id
        """,
        {"payer": payer},
    )


def _make_employment(con: DuckDBPyConnection, as_of: date) -> None:
    """Create `jobs` (person_id, npp): jobs on the insurer's list, not ended.

    A deactivation ends the jobs with its KPJ, or, where one of the two has no KPJ, the
    person's jobs begun before it.
    """
    con.execute(
        """
        CREATE TABLE jobs AS
        SELECT DISTINCT e.person_id, e.npp FROM employed AS e
        WHERE (e.started_on IS NULL OR e.started_on <= $as_of) AND NOT EXISTS (
            FROM departed AS l
            WHERE (l.kpj = e.kpj
                   OR (l.person_id = e.person_id AND (l.kpj IS NULL OR e.kpj IS NULL)))
              AND (l.occurred_on IS NULL OR l.occurred_on <= $as_of)
              AND (l.occurred_on IS NULL OR e.started_on IS NULL
                   OR l.occurred_on >= e.started_on))
        """,
        {"as_of": as_of},
    )


def _parameters(sources: Sources, as_of: date) -> dict[str, object]:
    return {
        "as_of": as_of,
        "register": sources.has("dukcapil"),
        "servants": sources.has("civil_servants"),
        "employers": sources.has(*SUPPLIERS["employed"]),
        "proposals": sources.has("proposal"),
        "decrees": sources.has(*SUPPLIERS["decreed"]),
        "insurer": sources.has(*SUPPLIERS["paid"]),
    }


_FACTS_SQL = """
-- One row per person not merged. $as_of date; the others: which lists were delivered.
WITH cards AS (
    SELECT person_id, min(family_card) AS family_card FROM surveyed
    WHERE family_card IN (SELECT family_card FROM families) GROUP BY person_id
)
SELECT
    p.id AS person_id, nullif(p.nik, '') AS nik, p.household_id,
    nullif(p.kelurahan, '') AS kelurahan,
    CASE WHEN $register OR p.in_population_register
        THEN p.in_population_register END AS in_population_register,
    year($as_of) - year(p.born_on)
        - ((month($as_of), day($as_of)) < (month(p.born_on), day(p.born_on)))::INT
        AS age,
    CASE WHEN p.died_on <= $as_of THEN false
         WHEN p.died_on > $as_of THEN true ELSE p.alive END AS alive,
    p.lives_here, p.works, nullif(p.occupation, '') AS occupation, p.income, p.decile,
    f.decile_province, f.decile_city, k.decile_p3ke,
    CASE WHEN $servants OR p.is_civil_servant
        THEN p.is_civil_servant END AS civil_servant,
    CASE WHEN $employers THEN w.person_id IS NOT NULL END AS wage_earner,
    w.employers, w.employer_kbli, l.lists, (SELECT known FROM known_lists) AS lists_known,
    a.aids, a.aids_known, s.works AS seen_working,
    CASE WHEN $proposals OR p.proposed THEN p.proposed END AS proposed,
    CASE WHEN $decrees THEN d.person_id IS NOT NULL END AS on_earlier_decree,
    CASE WHEN $insurer THEN coalesce(m.status, 'never') END AS standing,
    CASE WHEN $insurer THEN coalesce(m.paid_months, 0) END AS paid_months,
    CASE WHEN $insurer THEN coalesce(m.spell_months, 0) END AS spell_months,
    m.paid_until,
    CASE WHEN $insurer THEN coalesce(own.paid_months, 0) END AS own_paid_months,
    o.payer AS other_payer, o.paid_until AS other_paid_until
FROM people AS p
LEFT JOIN cards AS c ON c.person_id = p.id
LEFT JOIN families AS f
    ON f.family_card = coalesce(c.family_card, nullif(p.family_card, ''))
LEFT JOIN wage_earners AS w ON w.person_id = p.id
LEFT JOIN list_members AS l ON l.person_id = p.id
LEFT JOIN aid_answers AS a ON a.person_id = p.id
LEFT JOIN seen_at_work AS s ON s.person_id = p.id
LEFT JOIN (SELECT person_id, min(decile_p3ke) AS decile_p3ke FROM poor
           GROUP BY person_id) AS k ON k.person_id = p.id
LEFT JOIN (SELECT DISTINCT person_id FROM decreed) AS d ON d.person_id = p.id
LEFT JOIN membership AS m ON m.person_id = p.id
LEFT JOIN own ON own.person_id = p.id
LEFT JOIN others AS o ON o.person_id = p.id
WHERE p.merged_into_id IS NULL
ORDER BY p.id
"""
