"""Rows of one person → one record, field by field, and where each value came from.

In: a session table `facts`, one row per linked row: `cluster_id, row_id, source, age` (unique,
from the newest row on, below 2^56) and the columns of `FACT_COLUMNS`. Out: `survivors` (one row per
cluster: the chosen value of each field) and `provenance` (cluster_id, field, value, row_id,
source, rule). Rules: `agreed` (all who say something say the same), `chosen` (others say
otherwise), `aside` (said otherwise, not chosen; the newest row per differing value).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Column of the standard rows → DuckDB type.
FACT_COLUMNS: Mapping[str, str] = {
    "nik": "VARCHAR", "family_card": "VARCHAR", "name": "VARCHAR", "titles": "VARCHAR",
    "sex": "VARCHAR", "born_on": "DATE", "born_at": "VARCHAR", "mother_name": "VARCHAR",
    "address": "VARCHAR", "rt": "VARCHAR", "rw": "VARCHAR", "kelurahan": "VARCHAR",
    "phone": "VARCHAR", "relation": "VARCHAR", "marital_status": "VARCHAR",
    "alive": "BOOLEAN", "died_on": "DATE", "works": "BOOLEAN", "occupation": "VARCHAR",
    "income": "BIGINT", "decile": "BIGINT", "kpj": "VARCHAR", "lives_here": "BOOLEAN",
}  # fmt: skip

RULES = {
    "agreed": "semua sumber sama",
    "chosen": "dipilih menurut urutan sumber, lalu daftar terbaru",
    "aside": "tidak dipakai: sumber lain didahulukan",
    "listed": "tercantum pada daftar ini",
}
NOT_NAMED = 90


@dataclass(frozen=True)
class FieldRule:
    """Whose word counts for a field, and why (Indonesian)."""

    sources: tuple[str, ...]
    why: str

    def rank_sql(self) -> str:
        """The place of a row's source in the order; sources not named come last."""
        whens = " ".join(
            f"WHEN '{source}' THEN {place}" for place, source in enumerate(self.sources)
        )
        return f"CASE source {whens} ELSE {NOT_NAMED} END"


def rules_text() -> str:
    """The shipped rules as written, for the record of what a run read."""
    return (files(__package__) / "survivorship.yaml").read_text("utf-8")


@cache
def field_rules() -> dict[str, FieldRule]:
    """The shipped rules of `survivorship.yaml`, one per field of `FACT_COLUMNS`."""
    rules = {
        name: FieldRule(tuple(entry["sources"]), entry["why"])
        for name, entry in yaml.safe_load(rules_text()).items()
    }
    if missing := set(FACT_COLUMNS) ^ set(rules):
        raise ValueError(
            f"survivorship.yaml and FACT_COLUMNS differ: {sorted(missing)}"
        )
    return rules


def survive(con: DuckDBPyConnection) -> None:
    """Create `survivors` and `provenance` from `facts` (see the module's text)."""
    _choose(con)
    _set_aside(con)
    _say_where_from(con)


def _choose(con: DuckDBPyConnection) -> None:
    """Per cluster and field the chosen value and the `age` of the row it stands on."""
    ranks = ", ".join(
        f"({rule.rank_sql()})::BIGINT << 56 AS {name}_rank"
        for name, rule in field_rules().items()
    )
    # Rows whose value is null are passed over by arg_min.
    parts = ", ".join(
        f"arg_min({name}, {name}_rank + age) AS {name}, "
        f"arg_min(age, {name}_rank + age) FILTER ({name} IS NOT NULL) AS {name}_age"
        for name in FACT_COLUMNS
    )
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE survivors AS
        WITH ranks AS (SELECT source, {ranks} FROM (SELECT DISTINCT source FROM facts))
        SELECT cluster_id, {parts} FROM facts JOIN ranks USING (source)
        GROUP BY cluster_id
        """
    )


def _set_aside(con: DuckDBPyConnection) -> None:
    """`aside`: values that were said but not chosen, each with its newest row."""
    names = ", ".join(FACT_COLUMNS)
    others = ", ".join(
        f"CASE WHEN r.{name} <> s.{name} THEN r.{name}::VARCHAR END AS {name}"
        for name in FACT_COLUMNS
    )
    differs = " OR ".join(f"r.{name} <> s.{name}" for name in FACT_COLUMNS)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE aside AS
        WITH others AS (
            SELECT r.cluster_id, r.row_id, r.source, r.age, {others}
            FROM facts r JOIN survivors s USING (cluster_id) WHERE {differs}
        )
        SELECT cluster_id, field, value, arg_min(row_id, age) AS row_id,
               arg_min(source, age) AS source
        FROM (UNPIVOT others ON {names} INTO NAME field VALUE value) GROUP BY ALL
        """
    )


def _say_where_from(con: DuckDBPyConnection) -> None:
    """`provenance` is a view: it is long, and read once."""
    chosen = " UNION ALL ".join(
        f"SELECT cluster_id, '{name}' AS field, {name}::VARCHAR AS value, "
        f"{name}_age AS age FROM survivors WHERE {name} IS NOT NULL"
        for name in FACT_COLUMNS
    )
    con.execute(
        f"""
        CREATE OR REPLACE TEMP VIEW provenance AS
        SELECT c.cluster_id, c.field, c.value, r.row_id, r.source,
               CASE WHEN a.field IS NULL THEN 'agreed' ELSE 'chosen' END AS rule
        FROM ({chosen}) c JOIN facts r USING (age)
        LEFT JOIN (SELECT DISTINCT cluster_id, field FROM aside) a
            ON a.cluster_id = c.cluster_id AND a.field = c.field
        UNION ALL
        SELECT cluster_id, field, value, row_id, source, 'aside' FROM aside
        """
    )
