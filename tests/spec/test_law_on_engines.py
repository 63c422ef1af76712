"""The cases a lawyer wrote hold for tables as well as for one person (DuckDB)."""

from __future__ import annotations

import ibis
import pytest
from tests.spec.on_engines import ask_group, expected, grouped

from semesta.warehouse.engines import ibis_session

KINDS = ("contribution BPU", "contribution PU", "standing", "death", "work_death")


@pytest.mark.parametrize("kind", KINDS)
def test_cases_in_bulk(kind: str) -> None:
    session, asked = ibis_session(), 0
    for terms, cases in grouped(kind).items():
        table = ask_group(kind, terms, cases, ibis.memtable)
        rows = session.to_pyarrow(table).to_pylist()
        found = {row["person_id"]: row for row in rows}
        for case in cases:
            wanted = expected(kind, case)
            row = found.get(case.number)
            if wanted is None:
                assert row is None
            else:
                assert row is not None, case.given
                assert {name: row[name] for name in wanted} == wanted, case.given
            asked += 1
    assert asked >= 10
