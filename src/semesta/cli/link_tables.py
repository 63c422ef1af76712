"""What `semesta link --input …` does: link any tables of people, and say how well."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from semesta.kernel import UserError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from semesta.linkage.matching import Growing, Linked
    from semesta.linkage.weighing import Model

MODES = ("dedupe", "link")
ENGINES = ("duckdb", "spark")


@dataclass(frozen=True)
class Tables:
    """Tables to link, and how: `mode`, `columns`, `model` and `engine` as on the command
    line; `state`: a folder that remembers what was linked before; `adapt`: weights fitted
    to these tables first."""

    inputs: list[Path]
    mode: str = "dedupe"
    columns: str = ""
    model: str = "person"
    engine: str = "duckdb"
    adapt: bool = False
    state: Path | None = None

    def check(self) -> None:
        """UserError `link.mode`, `link.engine` or `link.together`."""
        _check_one_of("link.mode", "Cara", self.mode, MODES)
        _check_one_of("link.engine", "Mesin", self.engine, ENGINES)
        asked = {
            "--adapt": self.adapt,
            "--state": self.state is not None,
            "--engine spark": self.engine == "spark",
        }
        chosen = [name for name, given in asked.items() if given]
        if len(chosen) > 1:
            raise UserError(
                "link.together",
                f"{chosen[0]} dan {chosen[1]} tidak dapat dipakai bersama.",
                "Ingatan dan Spark memakai bobot yang tetap, dan tidak saling mengenal.",
                "Pilih salah satunya.",
            )

    @property
    def across_sources(self) -> bool:
        return self.mode == "link"


def _check_one_of(code: str, what: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise UserError(
            code,
            f"{what} {given} tidak dikenal.",
            f"Yang dikenal: {', '.join(known)}.",
            "Pakai salah satunya.",
        )


def link_tables(
    tables: Tables, *, out: Path | None, clusters: Path | None, truth: Path | None
) -> dict[str, Any]:
    """Write pairs and clusters; returns counts, and with a truth the quality.

    UserError as `Tables.check`, and `link.columns`, `link.file`, `link.model`,
    `link.row_id`, `link.no_spark`.
    """
    from semesta.linkage.lists import load_tables, read_mapping
    from semesta.linkage.weighing import read_model
    from semesta.warehouse.engines import duck

    tables.check()
    weights, mapping = read_model(tables.model), read_mapping(tables.columns)
    with duck() as con:
        load_tables(con, tables.inputs, mapping)
        linked = _linked(con, tables, weights)
        _write(linked, out, clusters)
        figures: dict[str, Any] = {
            **linked.counts,
            "pairs": linked.pairs.num_rows,
            "model": linked.model.version,
            "threshold": linked.model.threshold,
            "prior": round(linked.prior, 2),
        }
        if truth is not None:
            figures["quality"] = _quality(con, linked.model, truth)
    return figures


def _linked(con: DuckDBPyConnection, tables: Tables, weights: Model) -> Linked:
    from semesta.linkage.matching import link

    if tables.engine == "spark":
        return _on_spark(con, tables, weights)
    return link(
        con,
        weights,
        across_sources=tables.across_sources,
        adapting=tables.adapt,
        growing=_growing(tables.state, weights, tables) if tables.state else None,
    )


def _growing(state: Path, weights: Model, tables: Tables) -> Growing:
    """Go on from what the folder remembers, and remember this there."""
    from semesta.linkage.growth import Memory, recollect
    from semesta.linkage.matching import Growing

    known = recollect(state, weights, across_sources=tables.across_sources)
    return Growing(known=known, memory=Memory.new(state))


def _on_spark(con: DuckDBPyConnection, tables: Tables, weights: Model) -> Linked:
    """Hand the rows to Spark, and finish with what it wrote."""
    from semesta.linkage.matching import finish_scored
    from semesta.linkage.spark import score_on_spark
    from semesta.warehouse.engines import spark_session

    session = spark_session()
    with TemporaryDirectory(prefix="semesta-") as folder:
        rows = Path(folder) / "rows.parquet"
        # Several row groups, so that several tasks can read them.
        con.execute(f"COPY person_rows TO '{rows}' (ROW_GROUP_SIZE 20480)")
        found = score_on_spark(
            session, rows, weights, Path(folder), across_sources=tables.across_sources
        )
        return finish_scored(con, weights, Path(folder), found)


def _write(linked: Linked, out: Path | None, clusters: Path | None) -> None:
    from semesta.warehouse.lake import write_parquet

    if out is not None:
        write_parquet(linked.pairs, out)
    if clusters is not None:
        write_parquet(linked.clusters, clusters)


def _quality(con: DuckDBPyConnection, model: Model, truth: Path) -> dict[str, Any]:
    from semesta.linkage.lists import read_truth
    from semesta.linkage.yardstick import measure_thresholds

    return measure_thresholds(con, model, read_truth(con, truth)).as_dict()
