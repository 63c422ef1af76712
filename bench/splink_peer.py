"""The peer: files of people → pairs and clusters with Splink 5, as its own process.

`python -m bench.splink_peer MODEL PAIRS.parquet CLUSTERS.parquet TABLE…` prints counts
as JSON. One table is searched for doubles, several are linked to each other.
"""

from __future__ import annotations

import json
import logging
import math
import sys
import warnings

import duckdb
from splink import Linker, SettingsCreator
from splink.backends.duckdb import DuckDBAPI

from bench.splink_models import MODELS, PeerModel

# What Splink's own tutorial clusters at.
NATURAL_PROBABILITY = 0.95
NATURAL_WEIGHT = math.log2(NATURAL_PROBABILITY / (1 - NATURAL_PROBABILITY))
# Below this no threshold is ever tried.
LEAST_WEIGHT = -6.0
SAMPLED_PAIRS = 1e6


def main() -> None:
    """Train on the tables themselves, score, cluster, write both results."""
    code, pairs, clusters, *tables = sys.argv[1:]
    model, con = MODELS[code], duckdb.connect()
    linker = trained(con, model, tables)
    found = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT)
    people = linker.clustering.cluster_pairwise_predictions_at_threshold(
        found, threshold_match_weight=NATURAL_WEIGHT
    )
    con.execute(
        f"COPY (SELECT {model.row_id}_l AS row_id_l, {model.row_id}_r AS row_id_r, "
        f"match_weight FROM {found.physical_name}) TO '{pairs}' (FORMAT parquet)"
    )
    con.execute(
        f"COPY (SELECT {model.row_id} AS row_id, cluster_id "
        f"FROM {people.physical_name}) TO '{clusters}' (FORMAT parquet)"
    )
    counted = con.execute(f"SELECT count(*) FROM {found.physical_name}").fetchone()
    print(json.dumps({"scored_pairs": counted[0] if counted else 0}))


def trained(
    con: duckdb.DuckDBPyConnection, model: PeerModel, tables: list[str]
) -> Linker:
    """A linker over these tables with the prior, u and m estimated from them."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore")
    api = DuckDBAPI(con)
    frames = []
    for number, path in enumerate(tables):
        kind = (
            f"read_csv('{path}', all_varchar = true)"
            if path.endswith("csv")
            else f"'{path}'"
        )
        con.execute(
            f"CREATE TABLE list_{number} AS SELECT {model.row_id}, {model.select} FROM {kind}"
        )
        frames.append(api.register(f"list_{number}", dataset_display_name=f"t{number}"))
    settings = SettingsCreator(
        link_type="link_only" if len(frames) > 1 else "dedupe_only",
        unique_id_column_name=model.row_id,
        comparisons=model.comparisons(),
        blocking_rules_to_generate_predictions=model.blocking,
        retain_matching_columns=False,
    )
    linker = Linker(
        frames if len(frames) > 1 else frames[0],
        settings,
        log_level=logging.ERROR,
        validate_settings=False,
    )
    training = linker.training
    training.estimate_probability_two_random_records_match(
        model.exact, recall=model.exact_recall
    )
    training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=1)
    for rule in model.em:
        training.estimate_parameters_using_expectation_maximisation(rule)
    return linker


if __name__ == "__main__":
    main()
