"""Survivorship in SQL against the same rules told slowly in plain Python."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from semesta.registry.survivorship import FACT_COLUMNS, field_rules, survive
from semesta.warehouse.engines import duck

ARROW = {
    "VARCHAR": pa.string(), "DATE": pa.date32(), "BOOLEAN": pa.bool_(), "BIGINT": pa.int64(),
}  # fmt: skip
SOURCES = ["dukcapil", "dtsen_individual", "proposal", "deaths", "decree", "e_rdkk"]
VALUES = {
    "VARCHAR": st.sampled_from(["A", "B", "C"]),
    "DATE": st.sampled_from([date(1990, 1, 1), date(1991, 2, 3)]),
    "BOOLEAN": st.booleans(),
    "BIGINT": st.integers(1, 3),
}
# A few fields of each type; the others stay blank.
DRAWN = ["nik", "name", "kelurahan", "phone", "born_on", "alive", "works", "decile"]

ROW = st.fixed_dictionaries(
    {
        "cluster_id": st.sampled_from(["k1", "k2"]),
        "source": st.sampled_from(SOURCES),
        **{name: st.none() | VALUES[FACT_COLUMNS[name]] for name in DRAWN},
    }
)


def slowly(rows: list[dict[str, Any]]) -> set[tuple]:
    """Provenance as a set of (cluster, field, value, row_id, source, rule)."""
    found = set()
    people: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        people[row["cluster_id"]].append(row)
    for cluster, records in people.items():
        for name, rule in field_rules().items():
            said = [row for row in records if row.get(name) is not None]
            if not said:
                continue
            places = {source: place for place, source in enumerate(rule.sources)}
            best = min(said, key=lambda r: (places.get(r["source"], 99), r["age"]))
            others: dict[Any, dict[str, Any]] = {}
            for row in sorted(said, key=lambda r: r["age"]):
                if row[name] != best[name]:
                    others.setdefault(row[name], row)
            verdict = "chosen" if others else "agreed"
            for row, word in [
                (best, verdict),
                *((r, "aside") for r in others.values()),
            ]:
                text = row[name]
                text = str(text).lower() if isinstance(text, bool) else str(text)
                found.add((cluster, name, text, row["row_id"], row["source"], word))
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ROW, max_size=9), st.randoms(use_true_random=False))
def test_sql_and_python_agree(rows: list[dict[str, Any]], random: Any) -> None:
    ages = list(range(1, len(rows) + 1))
    random.shuffle(ages)
    for place, (row, age) in enumerate(zip(rows, ages, strict=True)):
        row |= {"row_id": f"r{place}", "age": age}
    kinds = {name: ARROW[kind] for name, kind in FACT_COLUMNS.items()}
    kinds |= dict.fromkeys(("cluster_id", "row_id", "source"), pa.string())
    kinds["age"] = pa.int64()
    table = pa.table(
        {n: pa.array([row.get(n) for row in rows], kind) for n, kind in kinds.items()}
    )
    with duck() as con:
        con.register("facts", table)
        survive(con)
        found = con.execute(
            "SELECT cluster_id, field, value, row_id, source, rule FROM provenance"
        ).fetchall()
    assert len(found) == len(set(found))
    assert set(found) == slowly(rows)
