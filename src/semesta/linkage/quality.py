"""How good a linkage is, measured against a truth the caller brings.

Only rows that stand in both tables count: rows intake holds or refuses are not linked, so
they are neither found nor missed here. Stages never look for a truth themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1, each 0 … 1 (1 where there was nothing to find)."""

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, right: int, found: int, true: int) -> Score:
        return cls.of_shares(
            right / found if found else 1.0, right / true if true else 1.0
        )

    @classmethod
    def of_shares(cls, precision: float, recall: float) -> Score:
        both = precision + recall
        return cls(precision, recall, 2 * precision * recall / both if both else 0.0)


@dataclass(frozen=True)
class Quality:
    """Pairs: two rows in one cluster. Clusters: one counts as right only when it holds
    exactly the rows of one person. B-cubed: for a row, the share of its cluster that is
    its person (precision) and of its person that is in its cluster (recall), averaged
    over rows. `largest` is the number of rows in the largest cluster."""

    rows: int
    people: int
    clusters_found: int
    largest: int
    pairs: Score
    clusters: Score
    b_cubed: Score

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def truth_rows(
    con: DuckDBPyConnection, truth: pa.Table, places: Mapping[tuple[str, str], str]
) -> pa.Table:
    """`row_id, person_id` from truth lines `file, sheet, line, person_id`.

    `places` gives for each (file, sheet) of the truth the beginning of its row ids,
    `<delivery name>:<sheet number>`; lines of other sheets are left out.
    """
    con.register("arrow_truth", truth)
    con.register(
        "arrow_places",
        pa.table(
            {
                "file": [file for file, _ in places],
                "sheet": [sheet for _, sheet in places],
                "place": list(places.values()),
            }
        ),
    )
    found = con.execute(
        "SELECT place || ':' || line AS row_id, person_id::VARCHAR AS person_id "
        "FROM arrow_truth t JOIN arrow_places p "
        "ON p.file = t.file AND p.sheet = coalesce(t.sheet::VARCHAR, '') "
        "WHERE person_id IS NOT NULL ORDER BY row_id"
    ).to_arrow_table()
    con.unregister("arrow_truth")
    con.unregister("arrow_places")
    return found


MEASURED = """
WITH cells AS (
    SELECT cluster_id, person_id, count(*) AS n
    FROM arrow_clusters JOIN arrow_truth USING (row_id) GROUP BY ALL
), found AS (
    SELECT cluster_id, sum(n) AS n, count(*) AS people FROM cells GROUP BY 1
), people AS (
    SELECT person_id, sum(n) AS n, count(*) AS parts FROM cells GROUP BY 1
)
SELECT (SELECT sum(n) FROM cells), (SELECT count(*) FROM people),
       (SELECT count(*) FROM found), (SELECT max(n) FROM found),
       (SELECT sum(n * (n - 1) / 2) FROM cells),
       (SELECT sum(n * (n - 1) / 2) FROM found),
       (SELECT sum(n * (n - 1) / 2) FROM people),
       (SELECT count(*) FROM cells JOIN found f USING (cluster_id)
        JOIN people p USING (person_id) WHERE f.people = 1 AND p.parts = 1),
       -- As whole numbers, so that the order of adding cannot matter.
       (SELECT sum((c.n * c.n / f.n * 1e9)::BIGINT)
        FROM cells c JOIN found f USING (cluster_id)) / 1e9,
       (SELECT sum((c.n * c.n / p.n * 1e9)::BIGINT)
        FROM cells c JOIN people p USING (person_id)) / 1e9
"""


def measure(con: DuckDBPyConnection, clusters: pa.Table, truth: pa.Table) -> Quality:
    """Compare `clusters` (row_id, cluster_id) with `truth` (row_id, person_id)."""
    con.register("arrow_clusters", clusters)
    con.register("arrow_truth", truth)
    row = con.execute(MEASURED).fetchone()
    con.unregister("arrow_clusters")
    con.unregister("arrow_truth")
    *counts, pure, gathered = [value or 0 for value in row or [0] * 10]
    rows, people, groups, largest, right, found, true, whole = map(int, counts)
    return Quality(
        rows,
        people,
        groups,
        largest,
        Score.of(right, found, true),
        Score.of(whole, groups, people),
        Score.of_shares(
            float(pure) / rows if rows else 1.0, float(gathered) / rows if rows else 1.0
        ),
    )
