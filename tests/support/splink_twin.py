"""The same model scored by Splink: the twin that the SQL of the stage is held against."""

from __future__ import annotations

import logging
from typing import Any

from duckdb import DuckDBPyConnection

from semesta.linkage.blocking import conditions
from semesta.linkage.levels import COMPARISONS, ELSE, Comparison
from semesta.linkage.weighing import Model, probability


def splink_scores(
    con: DuckDBPyConnection, model: Model, *, prior: float
) -> dict[tuple[int, int], tuple[float, str]]:
    """(rec_l, rec_r) → match weight and first rule, from the session's records and keys."""
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    con.execute(
        "CREATE OR REPLACE TEMP TABLE keyed AS "
        "SELECT r.*, k.* EXCLUDE (rec, node, source) FROM records r JOIN keys k USING (rec)"
    )
    logging.getLogger("splink").setLevel(logging.ERROR)
    linker = Linker(
        DuckDBAPI(con).register("keyed"),
        splink_settings(model, prior=prior),
        log_level=None,
        validate_settings=False,
    )
    found = linker.inference.predict(warning_mode="never")
    rules = [code for code, _ in conditions()]
    rows = con.execute(
        f"SELECT rec_l, rec_r, match_weight, match_key::INT FROM {found.physical_name}"
    ).fetchall()
    return {(left, right): (weight, rules[key]) for left, right, weight, key in rows}


def splink_settings(model: Model, *, prior: float) -> dict[str, Any]:
    """The model as Splink 5 settings for its DuckDB dialect."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "rec",
        "probability_two_random_records_match": probability(prior),
        "comparisons": [_splink_comparison(model, c) for c in COMPARISONS],
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": sql, "sql_dialect": "duckdb"} for _, sql in conditions()
        ],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }


def _splink_comparison(model: Model, comparison: Comparison) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": comparison.null_sql,
            "label_for_charts": "null",
            "is_null_level": True,
        }
    ]
    for level in comparison.levels:
        m, u = model.m_and_u(comparison.code, level.code)
        levels.append(
            {
                "sql_condition": "ELSE" if level.sql == ELSE else level.sql,
                "label_for_charts": level.code,
                "m_probability": m,
                "u_probability": u,
            }
        )
    return {"output_column_name": comparison.code, "comparison_levels": levels}
