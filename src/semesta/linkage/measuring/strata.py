"""The pairs of a linkage as strata, how many to look at in each, and which.

A pair is two rows. It stands in the sample's frame when the linkage joined it, or when it
was compared and kept. Strata: by what became of it (joined or apart) and by its weight,
the strongest between the two groups of the exact pass; pairs inside such a group, and
pairs joined only through others, have no weight of their own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from semesta.linkage.measuring.estimate import LOWEST
from semesta.linkage.weighing import probability

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

# Where bands of match weight begin, in bits above the threshold.
EDGES = (-6.0, -3.0, 0.0, 3.0, 6.0)
BAND = 3.0
# How alike the pairs of a band look, from the lowest.
BANDS = (
    "hampir tidak mirip",
    "kurang mirip",
    "di bawah ambang",
    "di atas ambang",
    "mirip",
    "sangat mirip",
)
# Each stratum is looked at at least so often, where the sample allows it.
LEAST = 8
# What the weights say may be wrong, so no share is taken for surer than this.
SUREST = 0.004
EXACT, CHAINED = "exact", "chained"


@dataclass(frozen=True)
class Stratum:
    """Pairs of one kind. `low`: the weight at which its band begins, in bits above the
    threshold (LOWEST at the open end); None where pairs have no weight."""

    code: str
    joined: bool
    low: float | None
    pairs: int

    @property
    def expected(self) -> float:
        """The share of true pairs the weights lead one to expect."""
        if self.low is None:
            return 1 - SUREST
        return min(max(probability(self.low + BAND / 2), SUREST), 1 - SUREST)


class Drawn(NamedTuple):
    """A pair of the sample, in the order in which it is to be looked at."""

    row_id_l: str
    row_id_r: str
    stratum: str
    match_weight: float | None


def allocate(strata: Sequence[Stratum], total: int) -> dict[str, int]:
    """How many pairs to look at per stratum code, `total` of them where there are enough.

    Each stratum gets its least; the rest goes where it tells most about the whole: by
    size and by how unsure the weights are (Neyman).
    """
    strata = [s for s in strata if s.pairs]
    if not strata:
        return {}
    least = min(LEAST, total // len(strata))
    given = {s.code: min(least, s.pairs) for s in strata}
    worth = {s.code: s.pairs * math.sqrt(s.expected * (1 - s.expected)) for s in strata}
    room = {s.code: s.pairs for s in strata}
    left = min(total, sum(room.values())) - sum(given.values())
    while left > 0:
        # The one furthest behind its share gets the next: exact, and few are drawn.
        behind = max(
            (code for code in given if given[code] < room[code]),
            key=lambda code: (worth[code] / (given[code] + 1), code),
        )
        given[behind] += 1
        left -= 1
    return given


def make_frame(
    con: DuckDBPyConnection, *, pairs: Path, clusters: Path, threshold: float
) -> list[Stratum]:
    """Create `couples` (groups a and b, joined, match_weight, stratum) and `members`.

    Returns the strata that hold any pairs, exact first, then by weight from above.
    """
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE kept AS SELECT * FROM read_parquet('{pairs}');
        CREATE OR REPLACE TEMP TABLE members AS
        SELECT c.row_id, c.cluster_id, coalesce(e.row_id_l, c.row_id) AS group_id
        FROM read_parquet('{clusters}') c
        LEFT JOIN kept e ON e.pass = 'exact' AND e.row_id_r = c.row_id;
        {COUPLES}
        """,
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE couples AS SELECT *, {_code()} AS stratum "
        "FROM met",
        {"threshold": threshold},
    )
    found = con.execute(
        "SELECT stratum, any_value(joined), sum(size)::BIGINT FROM couples GROUP BY 1"
    ).fetchall()
    sizes = {code: (joined, size) for code, joined, size in found if size}
    return [
        Stratum(code, joined=sizes[code][0], low=low, pairs=sizes[code][1])
        for code, low in _bands()
        if code in sizes
    ]


# Groups are those of the exact pass: its first row is the left one of its every pair.
COUPLES = """
CREATE OR REPLACE TEMP TABLE groups AS
SELECT group_id, any_value(cluster_id) AS cluster_id, count(*) AS size
FROM members GROUP BY group_id;
CREATE OR REPLACE TEMP TABLE met AS
WITH weighed AS (
    SELECT least(l.group_id, r.group_id) AS a, greatest(l.group_id, r.group_id) AS b,
           max(match_weight) AS match_weight
    FROM kept p JOIN members l ON l.row_id = p.row_id_l
    JOIN members r ON r.row_id = p.row_id_r
    WHERE p.pass <> 'exact' AND l.group_id <> r.group_id GROUP BY 1, 2
), together AS (
    SELECT l.group_id AS a, r.group_id AS b FROM groups l
    JOIN groups r USING (cluster_id) WHERE l.group_id < r.group_id
), every AS (
    SELECT a, b, w.match_weight FROM weighed w FULL JOIN together USING (a, b)
)
SELECT a, b, match_weight, l.cluster_id = r.cluster_id AS joined, l.size * r.size AS size
FROM every JOIN groups l ON l.group_id = a JOIN groups r ON r.group_id = b
UNION ALL
SELECT group_id, group_id, NULL, true, size * (size - 1) // 2
FROM groups WHERE size > 1
"""


def _code() -> str:
    """SQL: the stratum of a couple."""
    bands = " ".join(
        f"WHEN match_weight - $threshold >= {edge} THEN '{edge:+g}'"
        for edge in reversed(EDGES)
    )
    return (
        f"CASE WHEN a = b THEN '{EXACT}' WHEN match_weight IS NULL THEN '{CHAINED}' "
        f"ELSE if(joined, 'joined', 'apart') || (CASE {bands} ELSE '' END) END"
    )


def _bands() -> list[tuple[str, float | None]]:
    """Stratum code and lower edge, in the order of a list."""
    bands = [*((f"{edge:+g}", edge) for edge in reversed(EDGES)), ("", LOWEST)]
    return [
        (EXACT, None),
        *((f"joined{name}", low) for name, low in bands),
        (CHAINED, None),
        *((f"apart{name}", low) for name, low in bands),
    ]


def stratum_words(code: str) -> str:
    """`joined+3` → what an officer reads for it."""
    if code in (EXACT, CHAINED):
        return {
            EXACT: "Digabung: nomor sama, nama atau tanggal lahir cocok",
            CHAINED: "Digabung lewat baris lain",
        }[code]
    words = {"joined": "Digabung", "apart": "Dipisah"}
    kind = next(kind for kind in words if code.startswith(kind))
    edges = ["", *(f"{edge:+g}" for edge in EDGES)]
    place = edges.index(code.removeprefix(kind))
    return f"{words[kind]}: {BANDS[place]}"


def draw(
    con: DuckDBPyConnection, wanted: Mapping[str, int], *, seed: str
) -> list[Drawn]:
    """So many pairs per stratum of `couples`, at random, in random order.

    The same seed draws the same; of a larger sample the smaller is a part, stratum by
    stratum, so that what was decided before goes on counting.
    """
    most = " ".join(f"WHEN '{code}' THEN {count}" for code, count in wanted.items())
    found = con.execute(
        f"""
        WITH frame AS (
            SELECT least(l.row_id, r.row_id) AS row_id_l,
                   greatest(l.row_id, r.row_id) AS row_id_r, stratum, match_weight
            FROM couples JOIN members l ON l.group_id = a JOIN members r ON r.group_id = b
            WHERE a <> b OR l.row_id < r.row_id
        ), shuffled AS (
            SELECT *, md5($seed || row_id_l || ' ' || row_id_r) AS lot FROM frame
        )
        SELECT row_id_l, row_id_r, stratum, match_weight FROM shuffled
        QUALIFY row_number() OVER (PARTITION BY stratum ORDER BY lot)
            <= CASE stratum {most} ELSE 0 END
        ORDER BY md5(lot)
        """,
        {"seed": seed},
    ).fetchall()
    return [Drawn(*row) for row in found]
