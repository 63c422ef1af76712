"""Linkage of one set of rows, from standard rows to clusters: the stage's pure heart.

normalise → exact pass → records and blocking keys → scored pairs → average-link clusters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from semesta.linkage.blocking import Capped, make_keys, make_records
from semesta.linkage.clustering import Bond, Clustering, Edge, Rules, average_link
from semesta.linkage.exact import exact_pass
from semesta.linkage.normalise import normalise
from semesta.linkage.scoring import score

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from semesta.linkage.weighing import Model

# Pairs below this weight are not kept in the result: no threshold will ever ask for them.
KEEP_FROM_WEIGHT = -10.0
# What a person's answer about a pair weighs: more than any evidence in the lists.
DECIDED_WEIGHT = 60.0


class Decided(NamedTuple):
    """A person's answer about two rows: the same human being, or two."""

    row_id_l: str
    row_id_r: str
    same: bool


class Doubtful(NamedTuple):
    """A pair of rows a person should look at."""

    row_id_l: str
    row_id_r: str
    match_weight: float
    kelurahan: str


@dataclass(frozen=True)
class Linked:
    """The result of a linkage: tables for the lake, doubtful pairs, and counts.

    `pairs`: row_id_l, row_id_r, match_weight, match_probability, pass (weights are null
    in the pass `exact`). `clusters`: row_id, cluster_id (the smallest row_id in it).
    """

    pairs: pa.Table
    clusters: pa.Table
    doubtful: list[Doubtful]
    capped: list[Capped]
    counts: dict[str, int]


def link(
    con: DuckDBPyConnection,
    model: Model,
    decided: Iterable[Decided] = (),
    *,
    across_sources: bool = False,
) -> Linked:
    """Link the rows in the session's table `person_rows` (see `rows.PERSON_COLUMNS`).

    The same rows give the same clusters in whatever order they come. With
    `across_sources` each source is taken to name nobody twice: only rows of different
    sources are compared.
    """
    normalise(con)
    shared = exact_pass(con)
    make_records(con, by_source=across_sources)
    capped = make_keys(con)
    people = _one(con, "SELECT count(DISTINCT exact_id) FROM records")
    scored = (
        score(con, model, people=people, across_sources=across_sources)
        if people > 1
        else _nothing_scored(con)
    )
    _apply_decisions(con, list(decided))
    clustering = _cluster(con, model, model.threshold)
    clusters = _clusters(con, clustering)
    counts = {
        "rows": clusters.num_rows,
        "shared_nik": shared,
        "exact_groups": people,
        "records": _one(con, "SELECT count(*) FROM records"),
        "scored_pairs": scored,
        "capped_blocks": sum(found.blocks for found in capped),
        "clusters": len(set(clusters["cluster_id"].to_pylist())),
    }
    return Linked(
        _pairs(con), clusters, _doubtful(con, clustering, counts), capped, counts
    )


def clusters_at(con: DuckDBPyConnection, model: Model, threshold: float) -> pa.Table:
    """The clusters that another threshold would have given, after `link` in a session."""
    return _clusters(con, _cluster(con, model, threshold))


def _one(con: DuckDBPyConnection, sql: str) -> int:
    row = con.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _nothing_scored(con: DuckDBPyConnection) -> int:
    con.execute(
        "CREATE OR REPLACE TEMP TABLE scored (rec_l BIGINT, rec_r BIGINT, "
        "match_weight DOUBLE, match_probability DOUBLE, pass VARCHAR)"
    )
    return 0


def _apply_decisions(con: DuckDBPyConnection, decided: list[Decided]) -> None:
    """Give pairs a person has decided on a weight that no evidence outweighs."""
    if not decided:
        return
    table = pa.table(
        {
            "l": [d.row_id_l for d in decided],
            "r": [d.row_id_r for d in decided],
            "weight": [DECIDED_WEIGHT if d.same else -DECIDED_WEIGHT for d in decided],
        }
    )
    con.register("arrow_decided", table)
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE decided AS
        WITH recs AS (
            SELECT i.row_id, r.rec, r.exact_id
            FROM identities i JOIN exact e USING (seq)
            JOIN records r ON r.exact_id = e.exact_id
        )
        SELECT least(a.rec, b.rec) AS rec_l, greatest(a.rec, b.rec) AS rec_r,
               min(d.weight) AS weight
        FROM arrow_decided d JOIN recs a ON a.row_id = d.l JOIN recs b ON b.row_id = d.r
        WHERE a.exact_id <> b.exact_id GROUP BY 1, 2;
        DELETE FROM scored USING decided d
        WHERE scored.rec_l = d.rec_l AND scored.rec_r = d.rec_r;
        INSERT INTO scored
        SELECT rec_l, rec_r, weight, (weight > 0)::DOUBLE, 'decided' FROM decided
        """
    )
    con.unregister("arrow_decided")


def _cluster(con: DuckDBPyConnection, model: Model, threshold: float) -> Clustering:
    """Nodes are the exact groups, numbered in order of their smallest row_id."""
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE nodes AS
        SELECT exact_id, count(*) AS size,
               row_number() OVER (ORDER BY exact_id) - 1 AS node
        FROM records GROUP BY exact_id
        """
    )
    sizes = con.execute("SELECT node, size FROM nodes").to_arrow_table().to_pydict()
    # Only groups with a bond near the threshold can be joined or doubtful.
    found = con.execute(BONDS, {"low": threshold - model.doubt})
    edges = [Edge(a, b, Bond(*bond)) for a, b, *bond in found.fetchall()]
    return average_link(
        edges,
        dict(zip(sizes["node"], sizes["size"], strict=True)),
        Rules(threshold, model.never_proposed, model.doubt),
    )


BONDS = """
WITH pairs AS (
    SELECT s.*, least(a.node, b.node) AS a, greatest(a.node, b.node) AS b
    FROM scored s
    JOIN records l ON l.rec = s.rec_l JOIN nodes a ON a.exact_id = l.exact_id
    JOIN records r ON r.rec = s.rec_r JOIN nodes b ON b.exact_id = r.exact_id
), strong AS (
    SELECT a AS node FROM pairs WHERE match_weight >= $low
    UNION SELECT b FROM pairs WHERE match_weight >= $low
)
SELECT a, b, sum(match_weight ORDER BY rec_l, rec_r) AS total, count(*) AS pairs,
       max(match_weight) AS best,
       arg_max(rec_l, (match_weight, -rec_l, -rec_r)) AS rec_l,
       arg_max(rec_r, (match_weight, -rec_l, -rec_r)) AS rec_r
FROM pairs SEMI JOIN strong ON a = strong.node
WHERE b IN (FROM strong) GROUP BY a, b
"""


def _clusters(con: DuckDBPyConnection, clustering: Clustering) -> pa.Table:
    table = pa.table(
        {
            "node": pa.array(clustering.label.keys(), pa.int64()),
            "label": pa.array(clustering.label.values(), pa.int64()),
        }
    )
    con.register("arrow_labels", table)
    clusters = con.execute(
        """
        SELECT i.row_id, min(i.row_id) OVER (PARTITION BY l.label) AS cluster_id
        FROM identities i JOIN exact e USING (seq) JOIN nodes n USING (exact_id)
        JOIN arrow_labels l USING (node) ORDER BY i.row_id
        """
    ).to_arrow_table()
    con.unregister("arrow_labels")
    return clusters


def _pairs(con: DuckDBPyConnection) -> pa.Table:
    """Scored pairs by the first rows of their records, and the exact pass as a star."""
    return con.execute(
        f"""
        WITH named AS (SELECT r.rec, i.row_id FROM records r JOIN identities i USING (seq)),
        scored_rows AS (
            SELECT a.row_id AS l, b.row_id AS r, match_weight, match_probability, pass
            FROM scored s JOIN named a ON a.rec = s.rec_l JOIN named b ON b.rec = s.rec_r
            WHERE match_weight >= {KEEP_FROM_WEIGHT}
            UNION ALL
            SELECT h.row_id, i.row_id, NULL, NULL, 'exact'
            FROM exact e JOIN identities i USING (seq)
            JOIN identities h ON h.seq = e.exact_id WHERE e.seq <> e.exact_id
        )
        SELECT least(l, r) AS row_id_l, greatest(l, r) AS row_id_r,
               match_weight, match_probability, pass
        FROM scored_rows ORDER BY row_id_l, row_id_r
        """
    ).to_arrow_table()


def _doubtful(
    con: DuckDBPyConnection, clustering: Clustering, counts: dict[str, int]
) -> list[Doubtful]:
    doubts = clustering.doubts
    if not doubts:
        return []
    table = pa.table(
        {
            "mean": pa.array([d.mean for d in doubts], pa.float64()),
            "rec_l": pa.array([d.rec_l for d in doubts], pa.int64()),
            "rec_r": pa.array([d.rec_r for d in doubts], pa.int64()),
        }
    )
    con.register("arrow_doubts", table)
    rows = con.execute(
        """
        SELECT DISTINCT least(a.row_id, b.row_id) AS l, greatest(a.row_id, b.row_id) AS r,
               mean, coalesce(ra.kelurahan, rb.kelurahan, '') AS kelurahan
        FROM arrow_doubts d
        JOIN records ra ON ra.rec = d.rec_l JOIN identities a ON a.seq = ra.seq
        JOIN records rb ON rb.rec = d.rec_r JOIN identities b ON b.seq = rb.seq
        ORDER BY mean, l, r
        """
    ).fetchall()
    con.unregister("arrow_doubts")
    return [Doubtful(*row) for row in rows]
