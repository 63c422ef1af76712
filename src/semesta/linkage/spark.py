"""The same linkage spread over many machines: Spark brings rows together, DuckDB judges.

Engines differ in what `jaro_winkler`, `damerau`, `hash` or a regular expression mean, and a
weight must not depend on where it was worked out. So every function of a row or of a pair runs
in DuckDB here too, inside Spark's tasks, over the Arrow batches Spark hands out: names, keys
and weights are made by the very SQL of `normalise`, `blocking` and `scoring`. Spark groups,
counts and joins. The scored pairs, a small part of all, are then clustered as always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from semesta.linkage.blocking import (
    IDENTITY_COLUMNS,
    RULES,
    SIGNATURE,
    Capped,
    keys_sql,
    sides,
    worth_telling,
)
from semesta.linkage.exact import Trait, exact_groups
from semesta.linkage.levels import COLUMNS
from semesta.linkage.normalise import normalise
from semesta.linkage.scoring import (
    SAMPLE,
    Beside,
    Scored,
    evidence_sql,
    share_of,
    weighed_sql,
)
from semesta.warehouse.engines import duck

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

    from semesta.linkage.weighing import Model

_TYPES = {
    "keys": "array<string>", "contested": "boolean", "sig": "bigint", "rule": "int",
    "match_weight": "double", "evidence": "double",
}  # fmt: skip
# Found out over all rows, not in one.
_PLAIN = [name for name in IDENTITY_COLUMNS if name != "contested"]
_KEYS = sorted({key for _, *keys in sides() for key in keys})
_TYPES |= dict.fromkeys(_KEYS, "bigint")


class OnSpark(NamedTuple):
    """What Spark found: pairs compared and prior, capped blocks, shared numbers."""

    scored: Scored
    capped: list[Capped]
    shared: int


def score_on_spark(
    session: SparkSession, rows: Path, model: Model, out: Path, *, across_sources: bool
) -> OnSpark:
    """Score all pairs of a Parquet file of rows (see `rows.PERSON_COLUMNS`).

    Writes to `out`, as Parquet folders: `members` (row_id, node: its exact group's smallest
    row_id), `records` (rec: its smallest row_id, node, kelurahan) and `scored` (rec_l,
    rec_r, match_weight, rule: the pairs above `model.never_proposed`).
    """
    given = session.read.parquet(str(rows))
    identities = _in_duckdb(given, ("row_id", "source", *_PLAIN), _identities)
    placed, shared = _exact(identities.persist())
    placed = placed.persist()
    records = _records(placed, by_source=across_sources).persist()
    keys = _keys(records).persist()
    large = _large(keys).persist()
    proposed = _proposed(keys, large, across_sources=across_sources).persist()
    compared = proposed.count()
    share = _share(proposed, records, model, compared)
    prior = model.prior(share)
    pairs = _weighed(_side_by_side(proposed, records), model, prior)
    placed.select("row_id", "node").write.parquet(str(out / "members"))
    records.select("rec", "node", "kelurahan").write.parquet(str(out / "records"))
    pairs.write.parquet(str(out / "scored"))
    found = OnSpark(Scored(compared, share, prior), _capped(large), shared)
    for frame in (identities, placed, records, keys, large, proposed):
        frame.unpersist()
    return found


def _in_duckdb(
    frame: DataFrame, columns: tuple[str, ...], work: Callable[[Any], Any]
) -> DataFrame:
    """The frame with `work` done on each of its batches: it gets a DuckDB session in
    which the batch is the view `batch`, and returns a relation with these columns."""
    schema = ", ".join(f"{name} {_TYPES.get(name, 'string')}" for name in columns)

    def batches(given: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in given:
            with duck(threads=1) as con:
                con.register("batch", pa.Table.from_batches([batch]))
                yield from work(con).to_arrow_table().to_batches()

    return frame.mapInArrow(batches, schema)


def _identities(con: Any) -> Any:
    con.execute("CREATE TEMP TABLE person_rows AS FROM batch")
    normalise(con)
    return con.sql(f"SELECT row_id, source, {', '.join(_PLAIN)} FROM identities")


def _exact(identities: DataFrame) -> tuple[DataFrame, int]:
    """The rows with `node` and `contested`, as `exact.exact_pass` finds them, and shared
    numbers blanked; how many numbers were shared.

    Only numbers met in more than one form come to the driver.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    keyed = identities.withColumn("trait", f.to_json(f.struct(*Trait._fields)))
    traits = (
        keyed.where("nik IS NOT NULL OR kpj IS NOT NULL")
        .groupBy("trait", *Trait._fields)
        .agg(f.min("row_id").alias("first"))
    )
    met = [
        f.count(number).over(Window.partitionBy(number)).alias(f"{number}s")
        for number in ("nik", "kpj")
    ]
    joining = traits.select("*", *met).where("niks > 1 OR kpjs > 1").orderBy("first")
    groups, shared = _grouped(joining.toArrow())
    session = identities.sparkSession
    is_shared = f.coalesce(f.col("nik").isin(sorted(shared)), f.lit(False))
    # Equal rows under a placeholder are no evidence either, unless whole.
    alone = is_shared & f.expr("kpj IS NULL AND (bag IS NULL OR born IS NULL)")
    group = f.when(~alone, f.coalesce("root", "first")).otherwise(None)
    rows = (
        keyed.join(traits.select("trait", "first"), "trait", "left")
        .join(f.broadcast(session.createDataFrame(groups)), "trait", "left")
        .withColumn("node", f.coalesce(group, f.col("row_id")))
        .withColumn("nik_date", f.when(~is_shared, f.col("nik_date")))
        .withColumn("nik", f.when(~is_shared, f.col("nik")))
    )
    contested = rows.groupBy("nik").agg(
        (f.countDistinct("node") > 1).alias("contested")
    )
    rows = rows.join(contested.where("nik IS NOT NULL"), "nik", "left")
    return rows.select("row_id", "source", "node", *IDENTITY_COLUMNS), len(shared)


def _grouped(traits: pa.Table) -> tuple[pa.Table, set[str]]:
    """`trait, root` (the first row_id of its group), and the shared numbers."""
    columns = traits.select(list(Trait._fields)).to_pydict().values()
    labels, shared = exact_groups([Trait(*row) for row in zip(*columns, strict=True)])
    firsts = traits["first"].to_pylist()
    root = pa.array([firsts[label] for label in labels], pa.string())
    return pa.table({"trait": traits["trait"], "root": root}), shared


def _records(placed: DataFrame, *, by_source: bool) -> DataFrame:
    """One row per record, called by the smallest row_id behind it (`rec`)."""
    from pyspark.sql import functions as f

    source = ["source"] if by_source else []
    grouped = placed.groupBy("node", *IDENTITY_COLUMNS, *source).agg(
        f.min("row_id").alias("rec")
    )
    if not by_source:
        grouped = grouped.withColumn("source", f.lit(None).cast("string"))
    kept = ("rec", "node", "source", *IDENTITY_COLUMNS)
    return _in_duckdb(
        grouped,
        (*kept, "sig"),
        lambda con: con.sql(f"SELECT {', '.join(kept)}, {SIGNATURE} FROM batch"),
    )


def _keys(records: DataFrame) -> DataFrame:
    return _in_duckdb(
        records,
        ("rec", "node", "source", *_KEYS),
        lambda con: con.sql(
            f"SELECT rec, node, source, {', '.join(_KEYS)} FROM "
            f"(SELECT rec, node, source, {keys_sql()} FROM batch)"
        ),
    )


def _entries(keys: DataFrame, columns: list[tuple[int, int, str]]) -> DataFrame:
    """The keys in long form: `number`, `place` (of the rule) and key per record."""
    from pyspark.sql import functions as f

    def entry(number: int, place: int, key: str) -> Column:
        return f.struct(
            f.lit(number).alias("number"), f.lit(place).alias("place"),
            f.col(key).alias("key"),
        )  # fmt: skip

    entries = f.explode(f.array(*(entry(*column) for column in columns)))
    long = keys.select("rec", "node", "source", entries.alias("entry"))
    return long.select("rec", "node", "source", "entry.*").where("key IS NOT NULL")


def _large(keys: DataFrame) -> DataFrame:
    """`place, key, records`: blocks that hold more records than their rule admits."""
    from pyspark.sql import functions as f

    own = [(n, n, f"k_{rule.code}") for n, rule in enumerate(RULES)]
    most = f.array(*(f.lit(rule.most) for rule in RULES))
    sizes = (
        _entries(keys, own).groupBy("place", "key").agg(f.count("*").alias("records"))
    )
    return sizes.where(f.col("records") > f.element_at(most, f.col("place") + 1))


def _capped(large: DataFrame) -> list[Capped]:
    from pyspark.sql import functions as f

    found = large.groupBy("place").agg(f.count("key"), f.sum("records")).collect()
    by_place = {place: (blocks, records) for place, blocks, records in found}
    return worth_telling(
        [Capped(rule.code, *by_place.get(n, (0, 0))) for n, rule in enumerate(RULES)]
    )


def _proposed(keys: DataFrame, large: DataFrame, *, across_sources: bool) -> DataFrame:
    """`rec_l, rec_r, rule`: each pair once, with the number of its first rule."""
    from pyspark.sql import functions as f

    numbered = list(enumerate(sides()))
    left = _entries(keys, [(n, place, key) for n, (place, key, _) in numbered])
    right = _entries(keys, [(n, place, key) for n, (place, _, key) in numbered])
    left = left.join(large.select("place", "key"), ["place", "key"], "anti")
    pairs = left.alias("l").join(right.alias("r"), ["number", "key"])
    pairs = pairs.where("l.node <> r.node AND l.rec < r.rec")
    if across_sources:
        pairs = pairs.where("NOT (l.source <=> r.source)")
    pairs = pairs.select(f.expr("l.rec AS rec_l"), f.expr("r.rec AS rec_r"), "number")
    return pairs.groupBy("rec_l", "rec_r").agg(
        f.min("number").cast("int").alias("rule")
    )


def _side_by_side(proposed: DataFrame, records: DataFrame) -> DataFrame:
    """The pairs with the compared columns of both records, ending in `_l` and `_r`."""
    from pyspark.sql import functions as f

    wide = proposed
    for side in "lr":
        one = records.select(
            f.col("rec").alias(f"rec_{side}"), f.col("sig").alias(f"sig_{side}"),
            *(f.col(c).alias(f"{c}_{side}") for c in COLUMNS),
        )  # fmt: skip
        wide = wide.join(one, f"rec_{side}")
    return wide


def _share(
    proposed: DataFrame, records: DataFrame, model: Model, compared: int
) -> float:
    """The share of the pairs that are one person, read from the same sample of them."""
    part = max(1, compared // SAMPLE)
    sample = _side_by_side(proposed, records).where(f"(sig_l ^ sig_r) % {part} = 0")
    evidence = _in_duckdb(
        sample, ("evidence",), lambda con: con.sql(evidence_sql(model, "FROM batch"))
    )
    found = evidence.toArrow()["evidence"].to_numpy()
    return share_of(model, found, Beside(0, model.share))


def _weighed(pairs: DataFrame, model: Model, prior: float) -> DataFrame:
    sql = weighed_sql(model, "FROM batch", prior=prior)
    columns = ("rec_l", "rec_r", "rule", "match_weight")
    return _in_duckdb(
        pairs, columns, lambda con: con.sql(f"SELECT {', '.join(columns)} FROM ({sql})")
    )
