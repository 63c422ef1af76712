"""The columnar ranking against a slow one in plain Python."""

from __future__ import annotations

import hashlib
from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from tests.support.enrolment import TABLE

from semesta.planning.rank import RankKey, rank

rows = st.lists(
    st.fixed_dictionaries(
        {
            "nik": st.sampled_from(["", "a", "b", "c", "d"]),
            "decile": st.one_of(st.none(), st.integers(1, 3)),
            "tenure_months": st.one_of(st.none(), st.integers(0, 4)),
        }
    ),
    max_size=20,
)
keys = st.lists(
    st.builds(RankKey, st.sampled_from(["decile", "tenure_months"]), st.booleans()),
    max_size=2,
    unique_by=lambda key: key.column,
)


def slow_rank(people: list[dict[str, Any]], order: list[RankKey]) -> list[int]:
    """Person ids in the published order, by sorting once per key from the last to the
    first (Python's sort keeps equal people in place)."""

    def drawn(person: dict[str, Any]) -> str:
        said = person["nik"] or f"record {person['person_id']}"
        return hashlib.sha256(f"2026:{said}".encode()).hexdigest()

    people = sorted(people, key=lambda person: person["person_id"])
    people = sorted(people, key=drawn)
    for key in reversed(order):
        known = [p for p in people if p[key.column] is not None]
        unknown = [p for p in people if p[key.column] is None]
        sign = -1 if key.highest_first else 1
        known = sorted(known, key=lambda p, k=key, s=sign: s * p[k.column])
        people = known + unknown
    return [person["person_id"] for person in people]


@given(rows, keys)
def test_same_order(drawn: list[dict[str, Any]], order: list[RankKey]) -> None:
    people = [{"person_id": n, **row} for n, row in enumerate(drawn, start=1)]
    table = pa.Table.from_pylist(people, schema=TABLE)
    found = rank(table, order, year=2026)
    assert found["person_id"].to_pylist() == slow_rank(people, order)
