"""Blocking and scoring with Splink on the session's DuckDB; weights are given, not trained."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from semesta.linkage.blocking import conditions
from semesta.linkage.weighing import Model, splink_settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def score(con: DuckDBPyConnection, model: Model, *, people: int) -> int:
    """Create `scored` (rec_l, rec_r, match_weight, match_probability, pass) from `keyed`.

    `pass` is the code of the first blocking rule that proposed the pair. Returns the
    number of pairs.
    """
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    # Splink tells its progress at INFO and repeats the settings: nobody reads it here.
    logging.getLogger("splink").setLevel(logging.ERROR)
    linker = Linker(
        DuckDBAPI(con).register("keyed"),
        splink_settings(model, people=people),
        log_level=None,
        validate_settings=False,
    )
    found = linker.inference.predict(warning_mode="never")
    rules = ", ".join(f"'{code}'" for code, _ in conditions())
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE scored AS
        SELECT rec_l, rec_r, match_weight, match_probability,
               ([{rules}])[match_key::INT + 1] AS pass
        FROM {found.physical_name}
        """
    )
    found.drop_table_from_database_and_remove_from_cache()
    count = con.execute("SELECT count(*) FROM scored").fetchone()
    return count[0] if count else 0
