"""What a row says beyond its columns: facts that depend on which list it stands on.

A death list's rows say "dead" by being there, a proposal's "works"; whether someone is a
civil servant, proposed, or in the population register is a matter of any row saying so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Occupations that are no work (codes of intake's occupation list).
NO_WORK = ("pelajar", "mengurus-rumah-tangga", "belum-bekerja", "pensiunan")
PUBLIC_SERVICE = ("pns", "tni-polri")


def _codes(codes: tuple[str, ...]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


# Yes-or-no facts of a person: what a row must be for the answer to be yes.
LISTED = {
    "is_civil_servant": "source = 'civil_servants' OR (source = 'dukcapil' "
    f"AND occupation IN ({_codes(PUBLIC_SERVICE)}))",
    "proposed": "source = 'proposal'",
    "in_population_register": "source = 'dukcapil'",
}


def make_facts(con: DuckDBPyConnection) -> None:
    """Create `facts` from `person_rows` (standard columns) and `household_rows`.

    The decile comes from the family list by the card the person's own DTSEN row (or, in
    want of one, any of their rows) carries, as a row of source `dtsen_family`.
    """
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE facts AS
        WITH said AS (
            SELECT * REPLACE (
                CASE WHEN source = 'deaths' OR died_on IS NOT NULL THEN false
                     ELSE alive END AS alive,
                coalesce(works, CASE
                    WHEN source = 'proposal' THEN true
                    WHEN occupation IS NOT NULL
                        THEN occupation NOT IN ({_codes(NO_WORK)}) END) AS works)
            FROM person_rows
        )
        SELECT * FROM said
        UNION ALL BY NAME
        SELECT cluster_id, row_id, source, age, decile FROM family_deciles
        """
    )


def make_family_deciles(con: DuckDBPyConnection) -> None:
    """Create `family_deciles`: for each cluster the newest row of its family's list."""
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE family_deciles AS
        WITH families AS (
            SELECT * FROM household_rows
            WHERE family_card IS NOT NULL AND decile IS NOT NULL
            QUALIFY row_number() OVER (
                PARTITION BY family_card ORDER BY age) = 1
        ), cards AS (
            SELECT cluster_id, arg_min(family_card, (
                CASE source WHEN 'dtsen_individual' THEN 0 WHEN 'dukcapil' THEN 1 ELSE 2 END,
                age)) AS family_card
            FROM person_rows
            WHERE family_card IN (SELECT family_card FROM families) GROUP BY cluster_id
        )
        SELECT * EXCLUDE family_card FROM cards JOIN families USING (family_card)
        """
    )


def make_standing(con: DuckDBPyConnection) -> None:
    """Create `standing`: per cluster its yes-or-no facts and its earliest turn."""
    facts = ", ".join(
        f"bool_or(coalesce({condition}, false)) AS {name}"
        for name, condition in LISTED.items()
    )
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE standing AS
        SELECT cluster_id,
               {facts},
               min(turn) AS first_turn
        FROM person_rows GROUP BY cluster_id
        """
    )


def listed_sql() -> str:
    """Provenance of the yes-or-no facts: the first row that puts a person on a list."""
    return " UNION ALL ".join(
        f"SELECT cluster_id, '{name}' AS field, 'true' AS value, "
        f"arg_min(row_id, turn) AS row_id, "
        f"arg_min(source, turn) AS source, 'listed' AS rule "
        f"FROM person_rows WHERE {condition} GROUP BY cluster_id"
        for name, condition in LISTED.items()
    )
