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
# One value alone says something only where few share it: in short lists, or when it is rare.
RARE = 8


@dataclass(frozen=True)
class Rule:
    """A blocking rule: records whose `parts` (SQL) are all equal. `other`: the parts of
    the other record, where the two differ (a date in one NIK = the other's birth date).
    `most`: how many records a block may hold."""

    code: str
    parts: tuple[str, ...]
    other: tuple[str, ...] = ()
    when: str = "true"
    most: int = MOST_IN_BLOCK


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
    Rule("street_last_name", ("street", "kelurahan", "last_key")),
    Rule("other_id_swapped", ("other_digits", "born_year")),
    Rule("born_street", ("born", "street")),
    Rule("rare_born", ("born",), most=RARE),
    Rule("rare_street", ("street",), most=RARE),
    Rule("rare_name", ("bag",), most=RARE),
    Rule("rare_phone", ("phone",), most=RARE),
    Rule("rare_last_name", ("last_key", "kelurahan"), most=RARE),
    Rule("rare_first_name", ("first_key", "kelurahan"), most=RARE),
)

# Columns that make two rows of one exact group the same record.
IDENTITY_COLUMNS = (
    "nik", "nik_date", "contested", "other_id", "other_digits", "family_card",
    "name", "ordered", "joined", "keys", "bag", "first_key", "last_key", "sex", "born",
    "born_short", "born_year",
    "mother", "mother_bag", "mother_key", "birthplace", "street", "house", "rt", "rw",
    "kelurahan", "district", "phone", "kpj",
)  # fmt: skip


def _hashed(parts: tuple[str, ...]) -> str:
    """A hash of 63 bits: every engine can hold that."""
    return f"(hash({', '.join(parts)}) // 2)::BIGINT"


# Records that say the same have the same signature.
SIGNATURE = f"{_hashed(IDENTITY_COLUMNS)} AS sig"


@dataclass(frozen=True)
class Capped:
    """How many blocks of a rule were too large, and how many records stood in them."""

    rule: str
    blocks: int
    records: int


def make_records(con: DuckDBPyConnection, *, by_source: bool = False) -> int:
    """Create `records` and `members` out of `identities` and `exact`, which then go.

    Rows of one exact group with equal identities become one record: `rec` numbers them in
    order of their first row (`seq`), `node` numbers the groups. With `by_source` rows of
    different sources stay different records. `members` says for each row (seq, row_id)
    its node. Equal identities have equal signatures (`sig`). Returns the number of nodes.
    """
    columns = ", ".join([*IDENTITY_COLUMNS, *(["source"] if by_source else [])])
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE nodes AS
        SELECT exact_id, (row_number() OVER (ORDER BY exact_id) - 1)::INT AS node
        FROM exact GROUP BY exact_id;
        CREATE OR REPLACE TEMP TABLE members AS
        SELECT seq, row_id, node FROM identities JOIN exact USING (seq)
        JOIN nodes USING (exact_id) ORDER BY seq;
        CREATE OR REPLACE TEMP TABLE records AS
        WITH grouped AS (
            SELECT node, min(seq) AS seq, {columns}
            FROM identities JOIN members USING (seq) GROUP BY node, {columns}
        )
        SELECT (row_number() OVER (ORDER BY seq) - 1)::INT AS rec, *,
               {SIGNATURE}
        FROM grouped;
        DROP TABLE identities;
        DROP TABLE exact
        """
    )
    found = con.execute("SELECT count(*) FROM nodes").fetchone()
    return found[0] if found else 0


def make_keys(con: DuckDBPyConnection) -> list[Capped]:
    """Create `keys`: rec, node and source of the records, and one column `k_<rule>` (and
    `o_<rule>`) per rule. Returns what was capped.
    """
    source = "source" if "source" in _columns(con, "records") else "NULL AS source"
    con.execute(
        "CREATE OR REPLACE TEMP TABLE keys AS "
        f"SELECT rec, node, {source}, {keys_sql()} FROM records"
    )
    capped = [_cap(con, rule) for rule in RULES]
    return worth_telling(capped)


def worth_telling(capped: list[Capped]) -> list[Capped]:
    """What was left out of rules that are not about rare values: that a common value is
    not rare is no loss."""
    told = [rule.code for rule in RULES if rule.most > RARE]
    return [found for found in capped if found.blocks and found.rule in told]


def _columns(con: DuckDBPyConnection, table: str) -> set[str]:
    return {row[0] for row in con.execute(f"DESCRIBE {table}").fetchall()}


def keys_sql() -> str:
    """A select list of the rules' keys, over the columns of `records`."""
    sides = []
    for rule in RULES:
        sides.append(f"{_hash(rule.parts, rule.when)} AS k_{rule.code}")
        if rule.other:
            sides.append(f"{_hash(rule.other, rule.when)} AS o_{rule.code}")
    return ", ".join(sides)


def _hash(parts: tuple[str, ...], when: str) -> str:
    present = " AND ".join(f"{part} IS NOT NULL" for part in parts)
    return f"CASE WHEN {when} AND {present} THEN ({_hashed(parts)}) END"


def _cap(con: DuckDBPyConnection, rule: Rule) -> Capped:
    """Blank the rule's keys in blocks that are too large; count them."""
    key, other = f"k_{rule.code}", f"o_{rule.code}" if rule.other else None
    found = con.execute(
        f"CREATE OR REPLACE TEMP TABLE too_large AS SELECT {key} AS key, count(*) AS records "
        f"FROM keys WHERE {key} IS NOT NULL GROUP BY 1 HAVING count(*) > {rule.most}; "
        "SELECT count(*), coalesce(sum(records), 0) FROM too_large"
    ).fetchone()
    blocks, records = found or (0, 0)
    if blocks:
        for column in filter(None, (key, other)):
            con.execute(
                f"UPDATE keys SET {column} = NULL "
                f"WHERE {column} IN (SELECT key FROM too_large)"
            )
    return Capped(rule.code, blocks, int(records))


def propose(
    con: DuckDBPyConnection, *, across_sources: bool = False, only_fresh: bool = False
) -> None:
    """Create `proposed` (rec_l, rec_r, rule) from `keys`: each pair of records of
    different nodes once, with the number of the first rule that proposes it.

    With `across_sources` only records of different sources are compared, with
    `only_fresh` only pairs with a record of the table `fresh`.
    """
    apart = "AND l.source IS DISTINCT FROM r.source" if across_sources else ""
    if only_fresh:
        con.execute(
            "CREATE OR REPLACE TEMP TABLE fresh_keys AS FROM keys SEMI JOIN fresh USING (rec)"
        )
    left, order = ("fresh_keys", "<>") if only_fresh else ("keys", "<")
    # A rule of one side has two numbers, so turning a pair round keeps what it means.
    found = " UNION ALL ".join(
        f"SELECT least(l.rec, r.rec) AS rec_l, greatest(l.rec, r.rec) AS rec_r, "
        f"{number}::UTINYINT AS rule "
        f"FROM {left} l JOIN keys r ON {sql} AND l.rec {order} r.rec {apart}"
        for number, (_, sql) in enumerate(conditions())
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE proposed AS "
        f"SELECT rec_l, rec_r, min(rule) AS rule FROM ({found}) GROUP BY rec_l, rec_r"
    )


def sides() -> list[tuple[int, str, str]]:
    """Each way two records can meet: the place of the rule, and the key of either. A rule
    of two sides has two, for either record may be the one with the other's key."""
    found = []
    for place, rule in enumerate(RULES):
        key, other = f"k_{rule.code}", f"o_{rule.code}" if rule.other else ""
        found += (
            [(place, key, other), (place, other, key)] if other else [(place, key, key)]
        )
    return found


def conditions() -> list[tuple[str, str]]:
    """Rule code and SQL condition over `l` and `r`, for each of the `sides`."""
    return [
        (RULES[place].code, f"l.{left} = r.{right} AND l.node <> r.node")
        for place, left, right in sides()
    ]


def rule_codes() -> list[str]:
    """The code behind each number of a rule in `proposed`."""
    return [code for code, _ in conditions()]
