"""Clusters of rows → tables of people, households and provenance: the stage's pure heart.

In: session tables `person_rows` (linked rows with `cluster_id`, `turn`, `age`) and
`household_rows` (`turn`, `age`). Out: a `Registration`, its tables named as the database's columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from semesta.registry.households import make_households
from semesta.registry.standing import (
    listed_sql,
    make_facts,
    make_family_deciles,
    make_standing,
)
from semesta.registry.succession import Known, Succession, succeed
from semesta.registry.survivorship import survive

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Database column → how wide it is: longer text is cut, as the column would refuse it.
TEXT_COLUMNS: Mapping[str, int] = {
    "nik": 16, "family_card": 16, "name": 120, "titles": 60, "sex": 1, "born_at": 60,
    "mother_name": 120, "address": 200, "rt": 3, "rw": 3, "kelurahan": 13, "phone": 20,
    "relation": 20, "marital_status": 20, "occupation": 30, "kpj": 13,
}  # fmt: skip
OTHER_COLUMNS = (
    "born_on", "alive", "died_on", "lives_here", "works", "income", "decile"
)  # fmt: skip


@dataclass(frozen=True)
class Registration:
    """Everything a registration writes; `people` and `households` carry their ids."""

    people: pa.Table
    households: pa.Table
    person_rows: pa.Table
    provenance: pa.Table
    succession: Succession


def compile_registry(
    con: DuckDBPyConnection, known: Known, cards: Mapping[str, int]
) -> Registration:
    """Work out the registry. `known`: people registered before; `cards`: the ids of
    known households by family card."""
    make_family_deciles(con)
    make_facts(con)
    make_standing(con)
    survive(con)
    make_households(con)
    succession = _number_people(con, known)
    _number_households(con, cards)
    return Registration(
        people=_people(con),
        households=con.execute(
            "SELECT id, h.* FROM households h JOIN household_ids USING (family_card) "
            "ORDER BY id"
        ).to_arrow_table(),
        person_rows=con.execute(
            "SELECT person_id, row_id, delivery, source FROM person_rows "
            "JOIN person_ids USING (cluster_id) ORDER BY person_id, turn"
        ).to_arrow_table(),
        provenance=_provenance(con),
        succession=succession,
    )


def _number_people(con: DuckDBPyConnection, known: Known) -> Succession:
    """Create `person_ids` (cluster_id, person_id, anchor)."""
    found = con.execute(
        "SELECT cluster_id, row_id FROM person_rows JOIN standing USING (cluster_id) "
        "ORDER BY first_turn, turn"
    ).to_arrow_table()
    clusters: dict[str, list[str]] = {}
    for cluster, row in zip(
        found["cluster_id"].to_pylist(), found["row_id"].to_pylist(), strict=True
    ):
        clusters.setdefault(cluster, []).append(row)
    succession = succeed(clusters, known)
    anchor_of = {number: anchor for anchor, number in known.anchors.items()}
    anchor_of |= succession.anchors
    people = succession.person_of
    table = pa.table(
        {
            "cluster_id": list(people.keys()),
            "person_id": pa.array(people.values(), pa.int64()),
            "anchor": [anchor_of[number] for number in people.values()],
        }
    )
    _store(con, "person_ids", table)
    return succession


def _number_households(con: DuckDBPyConnection, cards: Mapping[str, int]) -> None:
    """Create `household_ids`; new cards are numbered in order."""
    found = con.execute("SELECT family_card FROM households ORDER BY 1").fetchall()
    highest = max(cards.values(), default=0)
    ids = {}
    for (card,) in found:
        if card not in cards:
            highest += 1
        ids[card] = cards.get(card, highest)
    table = pa.table(
        {
            "family_card": pa.array(ids.keys(), pa.string()),
            "id": pa.array(ids.values(), pa.int64()),
        }
    )
    _store(con, "household_ids", table)


def _store(con: DuckDBPyConnection, name: str, table: pa.Table) -> None:
    con.register("arrow_stored", table)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM arrow_stored")
    con.unregister("arrow_stored")


def _people(con: DuckDBPyConnection) -> pa.Table:
    texts = ", ".join(
        f"coalesce(left(s.{name}, {width}), '') AS {name}"
        for name, width in TEXT_COLUMNS.items()
    )
    others = ", ".join(f"s.{name}" for name in OTHER_COLUMNS)
    return con.execute(
        f"""
        SELECT p.person_id AS id, p.anchor, {texts}, {others},
               left(trim(regexp_replace(upper(strip_accents(coalesce(s.name, ''))),
                   '[^A-Z]+', ' ', 'g')), 120) AS search_name,
               t.is_civil_servant, t.proposed, t.in_population_register,
               i.id AS household_id, NULL::BIGINT AS merged_into_id
        FROM person_ids p JOIN survivors s USING (cluster_id)
        JOIN standing t USING (cluster_id)
        LEFT JOIN homes h USING (cluster_id)
        LEFT JOIN household_ids i ON i.family_card = h.family_card
        ORDER BY p.person_id
        """
    ).to_arrow_table()


def _provenance(con: DuckDBPyConnection) -> pa.Table:
    return con.execute(
        f"""
        SELECT person_id, field, value, row_id, source, rule
        FROM (FROM provenance UNION ALL {listed_sql()})
        JOIN person_ids USING (cluster_id)
        ORDER BY person_id, field, rule DESC, value
        """
    ).to_arrow_table()
