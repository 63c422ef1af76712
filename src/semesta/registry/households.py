"""Families: one household per family card that the civil register or DTSEN knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def make_households(con: DuckDBPyConnection) -> None:
    """Create `households` and `homes` (cluster_id, family_card) from `survivors`.

    A card seen only on other lists is likelier a slip of the pen than a family. Address
    and place are the head's (else the first member's that has one); `members` counts
    those not known to be dead; the decile is the family list's.
    """
    con.execute(
        r"""
        CREATE OR REPLACE TEMP TABLE homes AS
        WITH issued AS (
            SELECT family_card FROM person_rows
            WHERE source IN ('dukcapil', 'dtsen_individual')
            UNION SELECT family_card FROM household_rows
        )
        SELECT cluster_id, family_card FROM survivors
        WHERE regexp_full_match(family_card, '\d{16}')
          AND family_card IN (SELECT family_card FROM issued)
        """
    )
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE households AS
        WITH people AS (
            SELECT s.*,
                   (CASE WHEN s.relation = 'kepala' THEN 0 ELSE 1 END, s.cluster_id) AS turn
            FROM homes h JOIN survivors s USING (cluster_id)
        )
        SELECT family_card,
               coalesce(arg_min(address, turn) FILTER (WHERE address IS NOT NULL), '')
                   AS address,
               coalesce(arg_min(rt, turn) FILTER (WHERE rt IS NOT NULL), '') AS rt,
               coalesce(arg_min(rw, turn) FILTER (WHERE rw IS NOT NULL), '') AS rw,
               coalesce(arg_min(kelurahan, turn) FILTER (WHERE kelurahan IS NOT NULL), '')
                   AS kelurahan,
               arg_min(decile, turn) FILTER (WHERE decile IS NOT NULL) AS decile,
               count(*) FILTER (WHERE alive IS NOT false) AS members
        FROM people GROUP BY family_card
        """
    )
