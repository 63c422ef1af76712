"""Lists that grow: what was compared before is not compared again.

After a linkage its evidence can be remembered in a folder; the next one reads only the new
rows, and compares only records it has not seen. A pair's evidence hangs on what its two
records say and on nothing else, so it is remembered by their signatures.

The same answer as from scratch but for this: a block that has meanwhile grown too large
still counts for the pairs it once proposed, and the share of true pairs among those let go
is taken as it was. How little that changes is measured (`python -m bench growth`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from semesta.linkage.blocking import IDENTITY_COLUMNS
from semesta.linkage.scoring import Beside, Scored

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from semesta.linkage.weighing import Model

INDEX = "known.json"
# What is remembered, as SQL over the session's tables at the end of a linkage. The rows'
# identities are written before anything is blanked in them.
IDENTITIES = "SELECT * EXCLUDE seq FROM identities ORDER BY row_id"
GROUPS = "SELECT row_id, min(row_id) OVER (PARTITION BY node) AS root FROM members"
SIGNATURES = "SELECT sig, count(*) AS records FROM records GROUP BY sig"
EVIDENCE = """
SELECT l.sig AS sig_l, r.sig AS sig_r, match_weight - $prior AS evidence, rule FROM scored
JOIN records l ON l.rec = rec_l JOIN records r ON r.rec = rec_r WHERE rule IS NOT NULL
"""


@dataclass(frozen=True)
class Known:
    """A linkage that was remembered in a folder; `index` is its JSON."""

    folder: Path
    index: dict[str, Any]

    @property
    def pairs(self) -> Beside:
        """Its pairs, to be counted beside those compared now."""
        return Beside(self.index["compared"], self.index["share"])

    def table(self, name: str) -> str:
        """SQL that reads one of its tables."""
        path = self.folder / f"{name}-{self.index['edition']}.parquet"
        return f"read_parquet({_quoted(path)})"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def recollect(folder: Path, model: Model, *, across_sources: bool) -> Known | None:
    """What was remembered there, if it can be gone on from with these weights.

    None when nothing was, or by other weights, columns, or another version of the engine
    (signatures are its hashes).
    """
    index = _index(folder)
    if index.get("by") != _by(model, across_sources=across_sources):
        return None
    return Known(folder, index)


def _index(folder: Path) -> dict[str, Any]:
    try:
        return json.loads((folder / INDEX).read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def _by(model: Model, *, across_sources: bool) -> dict[str, Any]:
    return {
        "model": model.sha256,
        "columns": list(IDENTITY_COLUMNS),
        "across_sources": across_sources,
        "engine": duckdb.__version__,
    }


def join_known(
    con: DuckDBPyConnection, known: Known, gone: Collection[str] = ()
) -> None:
    """Put the rows remembered beside those of `identities`; rows that stand there anew,
    and rows of deliveries that are `gone`, are forgotten."""
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE identities AS
        WITH together AS (
            SELECT * FROM {known.table("identities")}
            WHERE split_part(row_id, ':', 1) NOT IN (SELECT unnest($gone::VARCHAR[]))
              AND row_id NOT IN (SELECT row_id FROM identities)
            UNION ALL BY NAME SELECT * EXCLUDE seq FROM identities
        ) SELECT row_number() OVER (ORDER BY row_id) AS seq, * FROM together
        ORDER BY seq
        """,
        {"gone": list(gone)},
    )


def mark_fresh(con: DuckDBPyConnection, known: Known) -> None:
    """Create `fresh` (rec): the records that must be compared with all others.

    These are records whose signature is new, or is met more often than before, and those
    of exact groups that have fallen apart: they were never compared with each other.
    """
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE fresh AS
        WITH placed AS (
            SELECT root, node FROM {known.table("groups")} JOIN members USING (row_id)
        ), loose AS (
            SELECT DISTINCT node FROM placed WHERE root IN (
                SELECT root FROM placed GROUP BY root HAVING count(DISTINCT node) > 1)
        ), now AS ({SIGNATURES}), more AS (
            SELECT sig FROM now LEFT JOIN {known.table("signatures")} AS k USING (sig)
            WHERE now.records > coalesce(k.records, 0)
        )
        SELECT rec FROM records WHERE sig IN (FROM more) OR node IN (FROM loose)
        """
    )


def recall_pairs(
    con: DuckDBPyConnection, known: Known, model: Model, scored: Scored
) -> None:
    """Add to `scored` the pairs remembered between records that are not fresh."""
    con.execute(
        f"""
        INSERT INTO scored
        WITH old AS (
            SELECT rec, k.node, sig, k.source
            FROM records JOIN keys k USING (rec) ANTI JOIN fresh USING (rec)
        )
        SELECT least(l.rec, r.rec), greatest(l.rec, r.rec),
               any_value(evidence) + $prior AS match_weight, min(rule)
        FROM {known.table("evidence")} e
        JOIN old l ON l.sig = e.sig_l JOIN old r ON r.sig = e.sig_r
        WHERE l.node <> r.node AND evidence + $prior > $floor
          AND (NOT $apart OR l.source IS DISTINCT FROM r.source)
        GROUP BY ALL
        """,
        {
            "prior": scored.prior,
            "floor": model.never_proposed,
            "apart": known.index["by"]["across_sources"],
        },
    )


@dataclass(frozen=True)
class Memory:
    """Where a linkage is to be remembered, and under which edition of its files.

    The index is written last and names the edition, so a kill leaves what was there.
    `told` is kept in it for whoever asks later what it was a linkage of.
    """

    folder: Path
    edition: int
    told: Mapping[str, str]

    @classmethod
    def new(cls, folder: Path, *, told: Mapping[str, str] | None = None) -> Memory:
        """The next edition in this folder."""
        return cls(folder, _index(folder).get("edition", 0) + 1, told or {})

    def keep_identities(self, con: DuckDBPyConnection) -> None:
        """Write the rows as they are before the exact pass."""
        self._write(con, "identities", IDENTITIES)

    def keep(
        self,
        con: DuckDBPyConnection,
        model: Model,
        scored: Scored,
        *,
        across_sources: bool,
    ) -> None:
        """Write the rest, then the index, and let earlier editions go."""
        self._write(con, "groups", f"{GROUPS} ORDER BY row_id")
        self._write(con, "signatures", f"{SIGNATURES} ORDER BY sig")
        evidence = EVIDENCE.replace("$prior", repr(scored.prior))
        self._write(con, "evidence", f"{evidence} ORDER BY ALL")
        index = {
            "edition": self.edition,
            "compared": scored.compared,
            "share": scored.share,
            "told": dict(self.told),
            "by": _by(model, across_sources=across_sources),
        }
        part = self.folder / f"{INDEX}.part"
        part.write_text(json.dumps(index), "utf-8")
        part.replace(self.folder / INDEX)
        for path in self.folder.glob("*.parquet"):
            if not path.stem.endswith(f"-{self.edition}"):
                path.unlink()

    def _write(self, con: DuckDBPyConnection, name: str, sql: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{name}-{self.edition}.parquet"
        con.execute(f"COPY ({sql}) TO {_quoted(path)} (COMPRESSION zstd)")
