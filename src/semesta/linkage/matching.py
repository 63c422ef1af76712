"""Linkage of one set of rows, from standard rows to clusters: the stage's pure heart.

normalise → exact pass → records and blocking keys → scored pairs → average-link clusters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from semesta.linkage.adapting import adapt
from semesta.linkage.blocking import Capped, make_keys, make_records, propose
from semesta.linkage.clustering import PER_BIT, Bonds, Clustering, Rules, average_link
from semesta.linkage.decisions import (
    FORCE_SQL,
    Decided,
    part_groups,
    weigh_decisions,
    with_what_follows,
)
from semesta.linkage.exact import exact_pass
from semesta.linkage.growth import Known, Memory, join_known, mark_fresh, recall_pairs
from semesta.linkage.normalise import normalise
from semesta.linkage.scoring import Scored, pass_sql, score

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from semesta.linkage.spark import OnSpark
    from semesta.linkage.weighing import Model


class Doubtful(NamedTuple):
    """A pair of rows a person should look at."""

    row_id_l: str
    row_id_r: str
    match_weight: float
    kelurahan: str


@dataclass(frozen=True)
class Growing:
    """`known`: a linkage to go on from, whose rows need not stand in `person_rows`;
    `gone`: deliveries whose rows of then do not count any more; `memory`: where to
    remember this one."""

    known: Known | None = None
    gone: Collection[str] = ()
    memory: Memory | None = None


@dataclass(frozen=True)
class Linked:
    """The result of a linkage: tables for the lake, doubtful pairs, and counts.

    `pairs`: row_id_l, row_id_r, match_weight, match_probability, pass (weights are null
    in the pass `exact`). `clusters`: row_id, cluster_id (the smallest row_id in it).
    `prior`: what every pair weighs before any evidence, in these lists.
    `model`: the weights used.
    """

    pairs: pa.Table
    clusters: pa.Table
    doubtful: list[Doubtful]
    capped: list[Capped]
    counts: dict[str, int]
    prior: float
    model: Model


def link(
    con: DuckDBPyConnection,
    model: Model,
    decided: Iterable[Decided] = (),
    *,
    across_sources: bool = False,
    adapting: bool = False,
    growing: Growing | None = None,
) -> Linked:
    """Link the rows in the session's table `person_rows` (see `rows.PERSON_COLUMNS`).

    The same rows give the same clusters in whatever order they come. With
    `across_sources` each source is taken to name nobody twice: only rows of different
    sources are compared. `adapting` fits the weights to these rows first (`adapting`).
    `growing`: what was linked before, and where to remember it now (`growth`).
    Afterwards the session holds `members`, `records`, `scored`.
    """
    growing, told = growing or Growing(), with_what_follows(decided)
    normalise(con)
    if growing.known:
        join_known(con, growing.known, growing.gone)
    if growing.memory:
        growing.memory.keep_identities(con)
    shared = exact_pass(con)
    part_groups(con, told)
    people = make_records(con, by_source=across_sources)
    capped = make_keys(con)
    if growing.known:
        mark_fresh(con, growing.known)
    propose(con, across_sources=across_sources, only_fresh=bool(growing.known))
    if adapting:
        model = adapt(con, model, across_sources=across_sources)
    scored = score(con, model, growing.known.pairs if growing.known else None)
    if growing.known:
        recall_pairs(con, growing.known, model, scored)
    if growing.memory:
        growing.memory.keep(con, model, scored, across_sources=across_sources)
    weigh_decisions(con, told)
    counts = {"shared_nik": shared, "exact_groups": people}
    return _linked(con, model, capped, scored, counts)


def finish_scored(
    con: DuckDBPyConnection, model: Model, folder: Path, found: OnSpark
) -> Linked:
    """Cluster what `spark.score_on_spark` wrote to a folder, as `link` does."""
    read = {
        name: f"read_parquet('{folder.as_posix()}/{name}/*.parquet')"
        for name in ("members", "records", "scored")
    }
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE members AS
        SELECT row_number() OVER (ORDER BY row_id) AS seq, row_id,
               (dense_rank() OVER (ORDER BY node) - 1)::INT AS node
        FROM {read["members"]} ORDER BY seq;
        CREATE OR REPLACE TEMP TABLE records AS
        SELECT (row_number() OVER (ORDER BY seq) - 1)::INT AS rec, m.node, seq,
               r.rec AS name, kelurahan
        FROM {read["records"]} r JOIN members m ON m.row_id = r.rec ORDER BY seq;
        CREATE OR REPLACE TEMP TABLE scored AS
        SELECT l.rec AS rec_l, r.rec AS rec_r, match_weight, rule::UTINYINT AS rule
        FROM {read["scored"]} s JOIN records l ON l.name = s.rec_l
        JOIN records r ON r.name = s.rec_r;
        """
    )
    groups = _one(con, "SELECT count(DISTINCT node) FROM members")
    counts = {"shared_nik": found.shared, "exact_groups": groups}
    return _linked(con, model, found.capped, found.scored, counts)


def _linked(
    con: DuckDBPyConnection,
    model: Model,
    capped: list[Capped],
    scored: Scored,
    counts: dict[str, int],
) -> Linked:
    """Cluster what has been scored, and say all of it."""
    clustering = _cluster(con, model, model.threshold)
    clusters = _clusters(con, clustering)
    counts = {
        "rows": clusters.num_rows,
        **counts,
        "records": _one(con, "SELECT count(*) FROM records"),
        "scored_pairs": scored.compared,
        "capped_blocks": sum(found.blocks for found in capped),
        "clusters": len(np.unique(clustering.label)),
    }
    doubtful = _doubtful(con, clustering)
    return Linked(_pairs(con), clusters, doubtful, capped, counts, scored.prior, model)


def clusters_at(con: DuckDBPyConnection, model: Model, threshold: float) -> pa.Table:
    """The clusters that another threshold would have given, after `link` in a session.

    Pairs below `model.never_proposed` are not kept, so no lower threshold can be tried.
    """
    return _clusters(con, _cluster(con, model, threshold))


def _one(con: DuckDBPyConnection, sql: str) -> int:
    row = con.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _cluster(con: DuckDBPyConnection, model: Model, threshold: float) -> Clustering:
    """Nodes are the exact groups, numbered in order of their smallest row_id."""
    sizes = con.execute(
        "SELECT count(*) AS size FROM records GROUP BY node ORDER BY node"
    ).fetchnumpy()["size"]
    # Only groups with a bond near the threshold can be joined or doubtful.
    con.execute(BONDS, {"low": threshold - model.doubt, "per_bit": PER_BIT})
    found = con.execute("FROM bonds ORDER BY a, b").fetchnumpy()
    bonds = Bonds(**found, origin=np.arange(len(found["a"])))
    return average_link(
        bonds, sizes, Rules(threshold, model.never_proposed, model.doubt)
    )


BONDS = f"""
CREATE OR REPLACE TEMP TABLE between_nodes AS
SELECT least(l.node, r.node) AS a, greatest(l.node, r.node) AS b, {FORCE_SQL} AS match_weight,
       rec_l, rec_r
FROM scored s JOIN records l ON l.rec = s.rec_l JOIN records r ON r.rec = s.rec_r;
CREATE OR REPLACE TEMP TABLE bonds AS
WITH strong AS (
    SELECT a AS node FROM between_nodes WHERE match_weight >= $low
    UNION SELECT b FROM between_nodes WHERE match_weight >= $low
)
SELECT a, b, sum(round(match_weight * $per_bit)::BIGINT)::BIGINT AS total,
       count(*) AS pairs, max(match_weight) AS best
FROM between_nodes SEMI JOIN strong ON a = strong.node
WHERE b IN (FROM strong) GROUP BY a, b
"""


def _clusters(con: DuckDBPyConnection, clustering: Clustering) -> pa.Table:
    labels = pa.table(
        {"node": np.arange(len(clustering.label)), "label": clustering.label}
    )
    con.register("arrow_labels", labels)
    clusters = con.execute(
        """
        SELECT row_id, min(row_id) OVER (PARTITION BY label) AS cluster_id
        FROM members JOIN arrow_labels USING (node) ORDER BY row_id
        """
    ).to_arrow_table()
    con.unregister("arrow_labels")
    return clusters


def _pairs(con: DuckDBPyConnection) -> pa.Table:
    """Scored pairs by the first rows of their records, and the exact pass as a star."""
    return con.execute(
        f"""
        WITH named AS (SELECT rec, row_id FROM records JOIN members USING (seq)),
        scored_rows AS (
            SELECT a.row_id AS l, b.row_id AS r, match_weight,
                   1 / (1 + pow(2.0, -match_weight)) AS match_probability,
                   coalesce({pass_sql()}, 'decided') AS pass
            FROM scored s JOIN named a ON a.rec = s.rec_l JOIN named b ON b.rec = s.rec_r
            UNION ALL
            SELECT first, row_id, NULL, NULL, 'exact' FROM (
                SELECT row_id, min(row_id) OVER (PARTITION BY node) AS first FROM members
            ) WHERE row_id <> first
        )
        SELECT least(l, r) AS row_id_l, greatest(l, r) AS row_id_r,
               match_weight, match_probability, pass
        FROM scored_rows ORDER BY row_id_l, row_id_r
        """
    ).to_arrow_table()


def _doubtful(con: DuckDBPyConnection, clustering: Clustering) -> list[Doubtful]:
    """Each doubt as the best pair of rows between its two groups."""
    doubts = clustering.doubts
    table = pa.table(
        {
            "mean": pa.array([d.mean for d in doubts], pa.float64()),
            "bond": pa.array([d.bond for d in doubts], pa.int64()),
        }
    )
    con.register("arrow_doubts", table)
    rows = con.execute(
        """
        WITH numbered AS (
            SELECT a, b, row_number() OVER (ORDER BY a, b) - 1 AS bond FROM bonds
        ), best AS (
            SELECT mean, min_by(rec_l, (-match_weight, rec_l, rec_r)) AS rec_l,
                   min_by(rec_r, (-match_weight, rec_l, rec_r)) AS rec_r
            FROM arrow_doubts JOIN numbered USING (bond)
            JOIN between_nodes USING (a, b) GROUP BY a, b, mean
        )
        SELECT least(a.row_id, b.row_id) AS l, greatest(a.row_id, b.row_id) AS r,
               mean, coalesce(ra.kelurahan, rb.kelurahan, '') AS kelurahan
        FROM best d
        JOIN records ra ON ra.rec = d.rec_l JOIN members a ON a.seq = ra.seq
        JOIN records rb ON rb.rec = d.rec_r JOIN members b ON b.seq = rb.seq
        ORDER BY mean, l, r
        """
    ).fetchall()
    con.unregister("arrow_doubts")
    return [Doubtful(*row) for row in rows]
