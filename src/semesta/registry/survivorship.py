"""Rows of one person → one record, field by field, and where each value came from.

In: a session table `facts`, one row per linked row: `cluster_id, row_id, delivery, source,
as_of, position, line` and the columns of `FACT_COLUMNS`. Out: `survivors` (one row per
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
    "income": "BIGINT", "decile": "BIGINT", "kpj": "VARCHAR",
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
        raise ValueError(f"survivorship.yaml and FACT_COLUMNS differ: {sorted(missing)}")
    return rules


def survive(con: DuckDBPyConnection) -> None:
    """Create `survivors` and `provenance` from `facts` (see the module's text)."""
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE ranked AS
        SELECT *, row_number() OVER (
            ORDER BY as_of DESC, position DESC, line DESC, row_id
        ) AS age FROM facts
        """
    )
    _choose(con)
    _say_where_from(con)


def _choose(con: DuckDBPyConnection) -> None:
    """`chosen`: per cluster and field a struct of value, row and whether all agree."""
    parts = []
    for name, rule in field_rules().items():
        rank = f"({rule.rank_sql()}) * 1000000000::BIGINT + age"
        known = f"FILTER (WHERE {name} IS NOT NULL)"
        parts.append(
            f"arg_min({{'value': {name}, 'row_id': row_id, 'source': source}}, {rank}) "
            f"{known} AS {name}, min({name}) = max({name}) AS {name}_agreed"
        )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE chosen AS SELECT cluster_id, "
        + ", ".join(parts)
        + " FROM ranked GROUP BY cluster_id"
    )
    values = ", ".join(f"{name}.value AS {name}" for name in FACT_COLUMNS)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE survivors AS SELECT cluster_id, {values} FROM chosen"
    )


def _say_where_from(con: DuckDBPyConnection) -> None:
    winners = [
        f"SELECT cluster_id, '{name}' AS field, {name}.value::VARCHAR AS value, "
        f"{name}.row_id AS row_id, {name}.source AS source, "
        f"CASE WHEN {name}_agreed THEN 'agreed' ELSE 'chosen' END AS rule "
        f"FROM chosen WHERE {name} IS NOT NULL"
        for name in FACT_COLUMNS
    ]
    losers = [
        f"SELECT r.cluster_id, '{name}', r.{name}::VARCHAR, arg_min(r.row_id, r.age), "
        f"arg_min(r.source, r.age), 'aside' FROM ranked r JOIN chosen c USING (cluster_id) "
        f"WHERE NOT c.{name}_agreed AND r.{name} <> c.{name}.value GROUP BY ALL"
        for name in FACT_COLUMNS
    ]
    con.execute(
        "CREATE OR REPLACE TEMP TABLE provenance AS "
        + " UNION ALL ".join([*winners, *losers])
    )
