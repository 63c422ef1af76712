"""People's decisions: exact groups fall apart along them, and no evidence outweighs them."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from semesta.linkage.decisions import (
    Decided,
    GroupRow,
    contradictions,
    in_force,
    parts_of,
    with_what_follows,
)
from semesta.linkage.matching import Linked, link
from semesta.linkage.weighing import load_model

MODEL = load_model()
YUSUF: dict[str, Any] = {
    "nik": "1374010101909001", "name": "MUHAMMAD YUSUF", "sex": "L",
    "born_on": "1990-01-01", "kelurahan": "13.74.01.1001", "address": "JL MELATI NO 3",
    "family_card": "1374010101159001", "mother_name": "NURHAYATI",
}  # fmt: skip


def row(
    row_id: str, bag: str = "JSP", born: str = "01011990", source: str = "decree"
) -> GroupRow:
    return GroupRow(int(row_id[1:]), row_id, bag, born, source)


def apart(one: str, other: str) -> Decided:
    return Decided(one, other, same=False)


def same(one: str, other: str) -> Decided:
    return Decided(one, other, same=True)


def ids(parts: list[list[GroupRow]]) -> list[list[str]]:
    return [sorted(r.row_id for r in part) for part in parts]


def test_without_a_decision_about_it_a_group_stays_whole() -> None:
    rows = [row("r1"), row("r2")]
    assert ids(parts_of(rows, [apart("r1", "r9"), same("r1", "r2")])) == [["r1", "r2"]]


def test_rows_go_with_the_decided_row_they_agree_with() -> None:
    rows = [
        row("r1"),
        row("r2", born="05051995", source="proposal"),
        row("r3", born="05051995"),
        row("r4", bag="JSP MHMT", born="05051995"),
    ]
    found = parts_of(rows, [apart("r1", "r2")])
    assert ids(found) == [["r1"], ["r2", "r3", "r4"]]


def test_a_name_says_more_than_a_date_and_a_date_more_than_a_list() -> None:
    rows = [
        row("r1", source="proposal"),
        row("r2", bag="JSP MHMT", born="05051995"),
        row("r3", born="05051995"),
        row("r4", bag="AL", source="proposal", born="05051995"),
    ]
    assert ids(parts_of(rows, [apart("r1", "r2")])) == [["r1", "r3"], ["r2", "r4"]]


def test_a_tie_stays_with_the_smallest_row() -> None:
    rows = [row("r2"), row("r5"), row("r1")]
    assert ids(parts_of(rows, [apart("r5", "r2")])) == [["r1", "r2"], ["r5"]]


def test_what_is_unknown_agrees_with_nothing() -> None:
    rows = [
        row("r1", source="proposal"),
        GroupRow(2, "r2", "JSP", None, "decree"),
        GroupRow(3, "r3", "JSP", None, "decree"),
    ]
    assert ids(parts_of(rows, [apart("r1", "r2")])) == [["r1"], ["r2", "r3"]]


def test_rows_called_the_same_stay_together() -> None:
    rows = [row("r1"), row("r2", born="05051995"), row("r3")]
    found = parts_of(rows, [apart("r1", "r2"), same("r2", "r3")])
    assert ids(found) == [["r1"], ["r2", "r3"]]


def test_what_is_told_apart_stays_apart_whatever_leads_around_it() -> None:
    rows = [row("r1"), row("r2"), row("r3")]
    found = parts_of(rows, [same("r1", "r2"), same("r2", "r3"), apart("r1", "r3")])
    assert ids(found) == [["r1", "r2"], ["r3"]]


def test_three_told_apart_are_three() -> None:
    rows = [row("r1"), row("r2"), row("r3"), row("r4")]
    told = [apart("r1", "r2"), apart("r2", "r3"), apart("r1", "r3")]
    assert ids(parts_of(rows, told)) == [["r1", "r4"], ["r2"], ["r3"]]


def test_the_order_does_not_matter() -> None:
    rows = [
        row("r1"), row("r2", born="05051995"), row("r3", bag="AL"),
        row("r4", born="05051995", source="proposal"), row("r5", source="proposal"),
    ]  # fmt: skip
    told = [apart("r1", "r2"), apart("r3", "r4"), same("r5", "r3")]
    expected = parts_of(rows, told)
    for shuffled in itertools.permutations(rows):
        assert parts_of(shuffled, told[::-1]) == expected


# ── in a linkage ─────────────────────────────────────────────────────────────


def people(linked: Linked) -> dict[str, str]:
    columns = linked.clusters.to_pydict()
    return dict(zip(columns["row_id"], columns["cluster_id"], strict=True))


def test_rows_of_one_exact_group_can_be_told_apart(load: Any) -> None:
    rows = [YUSUF] * 4
    assert len(set(people(link(load(*rows), MODEL)).values())) == 1

    found = link(load(*rows), MODEL, [apart("r02", "r04")])

    assert people(found) == {"r01": "r01", "r02": "r01", "r03": "r01", "r04": "r04"}
    assert [p for p in found.pairs.to_pylist() if p["pass"] == "decided"] == [
        {"row_id_l": "r01", "row_id_r": "r04", "match_weight": -60.0,
         "match_probability": pytest.approx(0), "pass": "decided"}
    ]  # fmt: skip


def test_no_number_of_others_makes_up_for_a_decision(load: Any) -> None:
    """Ten records like both: their mean would join all of them."""
    streets = ["JL MAWAR", "JL MELATI", "JL ANGGREK", "JL DAHLIA", "JL KENANGA"]
    others = [{**YUSUF, "address": f"{street} NO 1"} for street in streets]
    others += [{**YUSUF, "nik": None, "address": street} for street in streets]
    told = [apart("r01", "r12")]

    found = people(link(load(YUSUF, *others, YUSUF), MODEL, told))

    assert found["r01"] != found["r12"]
    assert len(set(found.values())) == 2


def test_a_same_joins_whatever_speaks_against_it(load: Any) -> None:
    strangers = [
        {"name": "BUYUNG", "born_on": "1961-02-03", "sex": "L", "nik": "1374010302619002"},
        {"name": "BUYUNG", "born_on": "1961-02-03", "sex": "L", "address": "JL MAWAR",
         "nik": "1374010302619002"},
    ]  # fmt: skip
    told = [same("r01", "r02")]
    found = people(link(load(YUSUF, *strangers), MODEL, told))
    assert set(found.values()) == {"r01"}


# ── which decision counts ────────────────────────────────────────────────────


def test_the_newest_decision_about_a_pair_counts() -> None:
    told = [same("b", "a"), apart("a", "b")]
    assert in_force(told, {}) == [apart("a", "b")]


def test_a_decision_follows_a_row_to_its_successor() -> None:
    told = [apart("z", "b"), same("c", "d")]
    successors = {"b": "b2", "b2": "b3", "c": "d"}
    assert in_force(told, successors) == [apart("b3", "z")]


# ── what follows from decisions ──────────────────────────────────────────────


def test_what_is_the_same_as_one_is_apart_from_whom_that_is() -> None:
    given = [apart("a1", "b"), same("a2", "b")]
    assert with_what_follows(given) == sorted([*given, apart("a1", "a2")])
    assert contradictions(given) == 0


def test_the_same_through_another_is_the_same() -> None:
    found = with_what_follows([same("a", "b"), same("b", "c")])
    assert same("a", "c") in found


def test_nothing_follows_from_a_contradiction_but_it_is_counted() -> None:
    given = [same("a", "b"), same("b", "c"), apart("a", "c"), apart("c", "d")]
    found = with_what_follows(given)
    assert contradictions(given) == 1
    assert apart("a", "c") in found
    assert {apart("a", "d"), apart("b", "d"), apart("c", "d")} <= set(found)


def test_a_row_of_a_group_goes_with_the_one_it_was_called_the_same_as(
    load: Any,
) -> None:
    other = {"name": "BUYUNG", "nik": None, "born_on": "1971-05-06"}
    rows = [YUSUF, YUSUF, {**YUSUF, **other}]

    linked = link(load(*rows), MODEL, [apart("r01", "r03"), same("r02", "r03")])

    label = dict(zip(*linked.clusters.to_pydict().values(), strict=True))
    assert label["r02"] == label["r03"] != label["r01"]
