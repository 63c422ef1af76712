"""Which records are compared at all: equality of one key per rule, in blocks of bounded size.

A rule's key is a 64-bit hash of the named columns, null when one of them is missing or when
the block holds too many records: large blocks hold chance agreements and cost the square of
their size. What was capped is counted and reported, never silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_IN_BLOCK = 60


@dataclass(frozen=True)
class Rule:
    """A blocking rule: records whose `parts` (SQL) are all equal. `other`: the parts of
    the other record, where the two differ (a date in one NIK = the other's birth date)."""

    code: str
    parts: tuple[str, ...]
    other: tuple[str, ...] = ()
    when: str = "true"


RULES = (
    Rule("nik", ("nik",)),
    Rule("nik_front_first_name", ("nik[1:12]", "first_key")),
    Rule("nik_back_first_name", ("nik[7:16]", "first_key")),
    Rule("nik_ends_names", ("nik[1:6]", "nik[13:16]", "first_key", "last_key")),
    Rule("other_id", ("other_id",)),
    Rule("born_first_name", ("born", "first_key")),
    Rule("born_last_name", ("born", "last_key")),
    Rule("nik_date_first_name", ("nik_date", "first_key"), ("born_short", "first_key")),
    Rule("name_kelurahan", ("bag", "kelurahan")),
    Rule("names_district", ("first_key", "last_key", "district")),
    Rule("card_first_name", ("family_card", "first_key")),
    Rule("card_born", ("family_card", "born")),
    Rule("name_year", ("bag", "born_year")),
    Rule("joined_name", ("joined",), when="length(joined) >= 14"),
    Rule("born_kelurahan_sex", ("born", "kelurahan", "sex")),
    Rule("street_first_name", ("street", "kelurahan", "first_key")),
)

# Columns that make two rows of one exact group the same record.
IDENTITY_COLUMNS = (
    "nik", "nik_date", "contested", "other_id", "family_card", "name", "joined", "keys", "bag",
    "first_key", "last_key", "sex", "born", "mother", "mother_bag", "mother_key",
    "birthplace", "street", "rt", "rw", "kelurahan", "district", "phone", "kpj",
)  # fmt: skip


@dataclass(frozen=True)
class Capped:
    """How many blocks of a rule were too large, and how many records stood in them."""

    rule: str
    blocks: int
    records: int


def make_records(con: DuckDBPyConnection, *, by_source: bool = False) -> None:
    """Create `records`: rows of one exact group with equal identities become one record.

    `rec` numbers them in order of their first row; `rows` counts the rows behind one.
    With `by_source` rows of different sources stay different records.
    """
    columns = ", ".join([*IDENTITY_COLUMNS, *(["source"] if by_source else [])])
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE records AS
        WITH grouped AS (
            SELECT exact_id, min(seq) AS seq, count(*) AS rows, {columns}
            FROM identities JOIN exact USING (seq) GROUP BY exact_id, {columns}
        )
        SELECT row_number() OVER (ORDER BY seq) AS rec, *,
               born[1:4] || born[7:8] AS born_short, born[5:8] AS born_year
        FROM grouped ORDER BY seq
        """
    )


def make_keys(con: DuckDBPyConnection) -> list[Capped]:
    """Create `keyed`: the records with one column `k_<rule>` (and `o_<rule>`) per rule.

    Returns what was capped.
    """
    names, sides = [], []
    for rule in RULES:
        sides.append((f"k_{rule.code}", _hash(rule.parts, rule.when)))
        if rule.other:
            sides.append((f"o_{rule.code}", _hash(rule.other, rule.when)))
    for name, _ in sides:
        names.append(name)
    select = ", ".join(f"{sql} AS {name}" for name, sql in sides)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE hashed AS SELECT rec, exact_id, {select} FROM records"
    )
    capped = [_cap(con, rule) for rule in RULES]
    columns = ", ".join(f"h.{name}" for name in names)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE keyed AS SELECT r.*, {columns} "
        "FROM records r JOIN hashed h USING (rec)"
    )
    return [found for found in capped if found.blocks]


def _hash(parts: tuple[str, ...], when: str) -> str:
    present = " AND ".join(f"{part} IS NOT NULL" for part in parts)
    return f"CASE WHEN {when} AND {present} THEN hash({', '.join(parts)}) END"


def _cap(con: DuckDBPyConnection, rule: Rule) -> Capped:
    """Blank the rule's keys in blocks that are too large; count them."""
    key, other = f"k_{rule.code}", f"o_{rule.code}" if rule.other else None
    found = con.execute(
        f"CREATE OR REPLACE TEMP TABLE too_large AS SELECT {key} AS key, count(*) AS records "
        f"FROM hashed WHERE {key} IS NOT NULL GROUP BY 1 HAVING count(*) > {MOST_IN_BLOCK}; "
        "SELECT count(*), coalesce(sum(records), 0) FROM too_large"
    ).fetchone()
    blocks, records = found or (0, 0)
    if blocks:
        for column in filter(None, (key, other)):
            con.execute(
                f"UPDATE hashed SET {column} = NULL "
                f"WHERE {column} IN (SELECT key FROM too_large)"
            )
    return Capped(rule.code, blocks, int(records))


def conditions() -> list[tuple[str, str]]:
    """Rule code and SQL condition over `l` and `r`, in order; two for one-sided rules."""
    found = []
    for rule in RULES:
        key, other = f"k_{rule.code}", f"o_{rule.code}"
        if rule.other:
            found.append((rule.code, f"l.{key} = r.{other}"))
            found.append((rule.code, f"l.{other} = r.{key}"))
        else:
            found.append((rule.code, f"l.{key} = r.{key}"))
    return [(code, f"{sql} AND l.exact_id <> r.exact_id") for code, sql in found]
