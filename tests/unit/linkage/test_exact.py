"""The exact pass: same number and something else that agrees."""

from __future__ import annotations

from semesta.linkage.exact import Trait, exact_groups

NIK = "1374010101909001"


def trait(
    first: str | None = None,
    born: str | None = None,
    sex: str | None = None,
    *,
    nik: str | None = NIK,
    kpj: str | None = None,
) -> Trait:
    return Trait(nik, kpj, first, first, born, sex)


def groups(*traits: Trait) -> list[int]:
    return exact_groups(list(traits))[0]


def test_same_number_and_first_name() -> None:
    assert groups(trait("JSP", "01011990"), trait("JSP")) == [0, 0]


def test_same_number_and_birth_date_under_another_name() -> None:
    assert groups(trait("JSP", "01011990"), trait("BJNG", "01011990")) == [0, 0]


def test_same_number_alone_is_not_enough() -> None:
    assert groups(trait("JSP", "01011990"), trait("RSMN", "05061992")) == [0, 1]


def test_husband_and_wife_born_on_one_day_stay_two() -> None:
    husband, wife = trait("JSP", "01011990", "L"), trait("RSMN", "01011990", "P")
    assert groups(husband, wife) == [0, 1]


def test_rows_without_a_number_stay_alone() -> None:
    assert groups(trait("JSP", nik=None), trait("JSP", nik=None)) == [0, 1]


def test_membership_number_joins_rows_without_nik() -> None:
    found = groups(trait("JSP", kpj="99001"), trait("JSP", nik=None, kpj="99001"))
    assert found == [0, 0]


def test_a_placeholder_joins_only_what_agrees_in_name_and_date() -> None:
    people = [
        trait("JSP", "01011990"),
        trait("RSMN", "05061992"),
        trait("AL", "07071977"),
    ]
    again = trait("AL", "07071977", "L")
    nameless = trait("AL")
    found, shared = exact_groups([*people, again, nameless])
    assert found == [0, 1, 2, 2, 4]
    assert shared == {NIK}


def test_two_people_are_not_yet_a_placeholder() -> None:
    _, shared = exact_groups([trait("JSP", "01011990"), trait("RSMN", "05061992")])
    assert shared == set()
