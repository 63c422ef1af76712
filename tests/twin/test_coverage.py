"""All figures once more, slowly: person by person, in plain Python."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.support.populations import (
    people_table,
    ranges_table,
    some_entries,
    some_people,
)

from semesta.coverage import tally
from semesta.coverage.definitions import Definition, definitions
from semesta.coverage.work import PUBLIC_SERVICE, wage_occupations
from semesta.kernel import Month
from semesta.law.membership import Standing
from semesta.ledger.ranges import span_of
from semesta.ledger.standing import standing_of_all, standings
from semesta.warehouse.engines import ibis_session

Standings = dict[str, Standing]


def is_alive(person: dict[str, Any], on: date) -> bool:
    if person["died_on"]:
        return bool(person["died_on"] > on)
    return person["alive"] is not False


def kind_of(person: dict[str, Any], own: Standings, on: date) -> str | None:
    """PU, BPU, or None for someone who is no potential worker."""
    if not is_alive(person, on) or person["born_on"] is None:
        return None
    born = person["born_on"]
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if not 15 <= age <= 64:
        return None
    if person["is_civil_servant"] or person["occupation"] in PUBLIC_SERVICE:
        return None
    wage_worker = own["PU"].status in ("active", "grace")
    if not (person["works"] or wage_worker):
        return None
    employed = wage_worker or person["occupation"] in wage_occupations()
    return "PU" if employed else "BPU"


def has(definition: Definition, standing: Standing) -> bool:
    counted = definition.numerator
    if counted.who == "active":
        return standing.status == "active"
    if standing.status not in ("active", "grace"):
        return False
    if counted.who == "protected":
        return True
    if counted.count == "tenure":
        return standing.tenure_months >= counted.months
    return standing.spell_months >= counted.months


def below(
    definition: Definition, segment: str, person: dict[str, Any], kind: str | None
) -> bool:
    if definition.denominator.who == "vulnerable_workers":
        decile = person["decile"]
        most = definition.denominator.max_decile
        return kind == "BPU" and decile is not None and decile <= most
    return kind is not None if segment == "ALL" else kind == segment


def count_slowly(
    people: list[dict[str, Any]], entries: list[dict[str, Any]], on: date
) -> Counter[tuple[str, str, str, str]]:
    """(definition, segment, kelurahan, above or below) → people."""
    paid: dict[int, list] = {}
    for row in entries:
        span = span_of(row["paid_from"], row["paid_until"])
        paid.setdefault(row["person_id"], []).append((row["segment"], span))
    found: Counter[tuple[str, str, str, str]] = Counter()
    for person in people:
        own = standings(paid.get(person["person_id"], ()), on)
        kind = kind_of(person, own, on)
        for definition in definitions():
            for segment in tally.segments_with_data(definition):
                slot = (definition.id, segment, person["kelurahan"])
                is_below = below(definition, segment, person, kind)
                memberships = own.values() if segment == "ALL" else [own[segment]]
                is_above = is_alive(person, on) and any(
                    has(definition, each) for each in memberships
                )
                if definition.numerator.within_denominator:
                    is_above = is_above and is_below
                found[*slot, "above"] += is_above
                if definition.denominator.who != "published":
                    found[*slot, "below"] += is_below
    return +found


def count_fast(
    folder: Path, people: list[dict[str, Any]], entries: list[dict[str, Any]], on: date
) -> Counter[tuple[str, str, str, str]]:
    pq.write_table(people_table(people), folder / "people.parquet")
    pq.write_table(ranges_table(entries), folder / "ranges.parquet")
    session = ibis_session()
    ranges = session.read_parquet(str(folder / "ranges.parquet"))
    classified = tally.classify(
        session.read_parquet(str(folder / "people.parquet")),
        standing_of_all(ranges, on),
        on,
    )
    found: Counter[tuple[str, str, str, str]] = Counter()
    for row in tally.count(classified, definitions()):
        for name, number in row.items():
            if name != "kelurahan":
                definition, segment, side = name.split("__")
                found[definition, segment, row["kelurahan"], side] = number
    return +found


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("on", [date(2026, 1, 31), date(2025, 5, 15)])
def test_every_figure(tmp_path: Path, seed: int, on: date) -> None:
    people, entries = some_people(seed, 300), some_entries(seed, 300)
    slow = count_slowly(people, entries, on)
    assert count_fast(tmp_path, people, entries, on) == slow
    measures = {slot[0] for slot in slow}
    assert measures == {each.id for each in definitions()}


def test_the_trend(tmp_path: Path) -> None:
    people, entries = some_people(9, 200), some_entries(9, 200)
    here = {p["person_id"] for p in people if p["kelurahan"].startswith("13.74.")}
    first, last = Month(2022, 1), Month(2026, 1)
    slow: dict[tuple[Month, str], set[int]] = {}
    for row in entries:
        month = max(first, Month.of(row["paid_from"]))
        while month < Month.of(row["paid_until"]) and month <= last:
            if row["person_id"] in here:
                slow.setdefault((month, row["segment"]), set()).add(row["person_id"])
                slow.setdefault((month, "ALL"), set()).add(row["person_id"])
            month += 1
    pq.write_table(people_table(people), tmp_path / "people.parquet")
    pq.write_table(ranges_table(entries), tmp_path / "ranges.parquet")
    session = ibis_session()
    rows = tally.trend(
        session.read_parquet(str(tmp_path / "ranges.parquet")),
        session.read_parquet(str(tmp_path / "people.parquet")),
        "13.74",
        first,
        last,
    )
    fast = {(Month.of(row["month"]), row["segment"]): row["people"] for row in rows}
    assert fast == {slot: len(found) for slot, found in slow.items()}
