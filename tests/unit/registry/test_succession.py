"""Numbers of people from one registration to the next."""

from __future__ import annotations

from semesta.registry.succession import Known, succeed


def known(rows: dict[str, int], *, merged: set[int] = frozenset()) -> Known:
    anchors: dict[str, int] = {}
    for row, person in sorted(rows.items()):
        if person not in anchors.values():
            anchors[row] = person
    return Known(rows, anchors, frozenset(merged), max(rows.values(), default=0))


def test_the_first_registration_numbers_in_order() -> None:
    found = succeed({"x": ["r1", "r4"], "a": ["r2"]}, Known())
    assert found.person_of == {"x": 1, "a": 2}
    assert found.anchors == {1: "r1", 2: "r2"}


def test_a_new_row_keeps_the_number_and_new_people_follow() -> None:
    before = known({"r1": 1, "r2": 2})
    found = succeed({"c": ["r2", "r5"], "d": ["r1"], "e": ["r6"]}, before)
    assert found.person_of == {"c": 2, "d": 1, "e": 3}
    assert found.merged == {}


def test_most_rows_inherit_and_the_other_is_merged() -> None:
    before = known({"r1": 1, "r2": 2, "r3": 2})
    found = succeed({"c": ["r1", "r2", "r3"]}, before)
    assert found.person_of == {"c": 2}
    assert found.merged == {1: 2}


def test_a_split_leaves_the_number_with_the_larger_part() -> None:
    before = known({"r1": 1, "r2": 1, "r3": 1})
    found = succeed({"c": ["r1"], "d": ["r2", "r3"]}, before)
    assert found.person_of == {"d": 1, "c": 2}
    # r1 is still the anchor of person 1, so the newcomer gets one of its own.
    assert found.anchors == {2: "r1#2"}


def test_an_undone_merge_gives_the_old_number_back() -> None:
    before = Known({"r1": 1, "r2": 1}, {"r1": 1, "r2": 2}, frozenset({2}), 2)
    found = succeed({"c": ["r1"], "d": ["r2"]}, before)
    assert found.person_of == {"c": 1, "d": 2}
    assert found.revived == {2}


def test_nothing_changes_without_news() -> None:
    clusters = {"c": ["r1", "r3"], "d": ["r2"]}
    first = succeed(clusters, Known())
    rows = {row: first.person_of[c] for c, rows in clusters.items() for row in rows}
    anchors = {anchor: number for number, anchor in first.anchors.items()}
    again = succeed(clusters, Known(rows, anchors, frozenset(), 2))
    assert again.person_of == first.person_of
    assert (again.anchors, again.merged) == ({}, {})


def test_numbers_come_back_however_many_rows_came_since() -> None:
    # 2 was merged into 1, then the merged person gained rows that are 2's.
    rows = {"r1": 1, "r2": 1, "r5": 1, "r6": 1, "r7": 1}
    before = Known(rows, {"r1": 1, "r2": 2}, frozenset({2}), 2)
    found = succeed({"d": ["r2", "r5", "r6", "r7"], "c": ["r1"]}, before)
    assert found.person_of == {"c": 1, "d": 2}


def test_a_first_row_that_changed_hands_brings_no_number_along() -> None:
    rows = {"r1": 1, "r2": 1, "r3": 3, "r4": 3}
    before = Known(rows, {"r1": 1, "r2": 2, "r3": 3}, frozenset({2}), 3)
    found = succeed({"c": ["r1"], "d": ["r2", "r3", "r4"]}, before)
    assert found.person_of == {"c": 1, "d": 3}


def test_a_row_parted_twice_gets_the_number_of_the_first_time() -> None:
    rows = {"r1": 1, "r2": 1, "r3": 1}
    before = Known(rows, {"r1": 1, "r1#2": 2}, frozenset({2}), 2)
    found = succeed({"c": ["r1"], "d": ["r2", "r3"]}, before)
    assert found.person_of == {"d": 1, "c": 2}
