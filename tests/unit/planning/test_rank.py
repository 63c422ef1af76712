"""The published order: keys first, unknown last, then the lot."""

from __future__ import annotations

from tests.support.enrolment import candidates_table

from semesta.planning.rank import RankKey, lot, rank

DECILE = RankKey("decile")
TENURE = RankKey("tenure_months", highest_first=True)


def order(table) -> list[int]:
    return table["person_id"].to_pylist()


def test_keys_in_the_policys_order() -> None:
    table = candidates_table(
        {"decile": 2, "tenure_months": 40},
        {"decile": 1, "tenure_months": 3},
        {"decile": 1, "tenure_months": 30},
    )
    found = rank(table, [DECILE, TENURE], year=2026)
    assert order(found) == [3, 2, 1]
    assert found["rank"].to_pylist() == [1, 2, 3]
    assert order(rank(table, [TENURE, DECILE], year=2026)) == [1, 3, 2]


def test_unknown_values_come_last_either_way() -> None:
    table = candidates_table({"decile": None}, {"decile": 9}, {"decile": 1})
    assert order(rank(table, [DECILE], year=2026)) == [3, 2, 1]
    highest = RankKey("decile", highest_first=True)
    assert order(rank(table, [highest], year=2026)) == [2, 3, 1]


def test_equal_people_are_ordered_by_their_lot() -> None:
    table = candidates_table({}, {}, {}, {})
    found = rank(table, [DECILE], year=2026)
    lots = found["lot"].to_pylist()
    assert lots == sorted(lots)
    assert lots[0] == lot(2026, found["nik"].to_pylist()[0], 0)


def test_another_year_draws_other_lots() -> None:
    table = candidates_table(*[{}] * 20)
    assert order(rank(table, [], year=2026)) != order(rank(table, [], year=2027))


def test_someone_without_a_nik_still_has_a_place() -> None:
    table = candidates_table({"nik": ""}, {"nik": ""}, {"nik": None})
    found = rank(table, [], year=2026)
    assert len(set(found["lot"].to_pylist())) == 3


def test_nobody() -> None:
    assert rank(candidates_table(), [DECILE], year=2026).num_rows == 0
