"""Who may find whom in the registry."""

from __future__ import annotations

import pytest

from semesta.access.models import User
from semesta.kernel.errors import NotAllowed, UserError
from semesta.registry import queries
from semesta.registry.models import Employer, Household, Person

pytestmark = pytest.mark.django_db

GANTING, PASAR_BARU = "13.74.01.1001", "13.74.02.1006"


def user(role: str = "petugas", area: str = "") -> User:
    return User(username="u", role=role, area=area)


@pytest.fixture(autouse=True)
def people() -> list[Person]:
    rows = [
        ("RAHMAT HIDAYAT", GANTING, "1374010101909001"),
        ("SITI RAHMAWATI", PASAR_BARU, "1374014101909002"),
        ("MUHAMMAD RAHMAN", "", "1374010202909003"),
        ("BARAHMA", GANTING, "1374010303909004"),
    ]
    return [
        Person.objects.create(
            anchor=f"d:1:{n}", name=name, search_name=name, kelurahan=place, nik=nik
        )
        for n, (name, place, nik) in enumerate(rows, 2)
    ]


def names(who: User, text: str) -> list[str]:
    return [person.name for person in queries.search_people(who, text).people]


def test_words_are_found_from_their_beginning() -> None:
    assert names(user(), "rah") == [
        "MUHAMMAD RAHMAN",
        "RAHMAT HIDAYAT",
        "SITI RAHMAWATI",
    ]
    assert names(user(), "siti rahm") == ["SITI RAHMAWATI"]
    assert names(user(), "rahm s") == ["SITI RAHMAWATI"]
    assert names(user(), "ahmat") == []


def test_full_nik() -> None:
    assert names(user(), "1374 0101 0190 9001") == ["RAHMAT HIDAYAT"]


@pytest.mark.parametrize(
    "text", ["", "ra", "a b c", "13740101", "%", "1374010101909001x"]
)
def test_the_register_is_not_leafed_through(text: str) -> None:
    with pytest.raises(UserError, match=r"people\.search_short"):
        queries.search_people(user(), text)


def test_signs_of_like_are_no_wildcards() -> None:
    assert names(user(), "rah%") == names(user(), "rah")
    assert names(user(), "r_hmat") == []


@pytest.mark.parametrize(
    ("area", "found"),
    [
        (GANTING, ["RAHMAT HIDAYAT"]),
        (PASAR_BARU, ["SITI RAHMAWATI"]),
        ("13.74.01", ["RAHMAT HIDAYAT"]),
        ("13.74.03", []),
    ],
)
def test_search_stays_in_the_area(area: str, found: list[str]) -> None:
    who = user("kelurahan", area)
    assert names(who, "rah") == found
    assert [p.name for p in queries.people_in_view(who) if "RAHM" in p.name][
        :1
    ] == found[:1]


def test_numbers_outside_the_area_find_nobody() -> None:
    assert names(user("kelurahan", PASAR_BARU), "1374010101909001") == []


def test_a_person_outside_the_area_is_denied(people: list[Person]) -> None:
    assert (
        queries.person_or_denied(user("kelurahan", GANTING), people[0].pk) == people[0]
    )
    for place in (people[1], people[2]):
        with pytest.raises(NotAllowed, match=r"access\.area"):
            queries.person_or_denied(user("kelurahan", GANTING), place.pk)


@pytest.mark.parametrize("role", ["pimpinan", "kepatuhan"])
def test_some_roles_see_no_people(role: str, people: list[Person]) -> None:
    with pytest.raises(NotAllowed, match=r"access\.role"):
        queries.search_people(user(role), "rahmat")
    with pytest.raises(NotAllowed, match=r"access\.role"):
        queries.person_or_denied(user(role), people[0].pk)


def test_merged_people_lead_to_the_other(people: list[Person]) -> None:
    first, second, *_ = people
    first.merged_into = second
    first.save()
    assert names(user(), "rah") == ["MUHAMMAD RAHMAN", "SITI RAHMAWATI"]
    assert queries.person_or_denied(user(), first.pk) == second
    assert names(user(), first.nik) == ["SITI RAHMAWATI"], "by the other's number too"
    assert names(user("kelurahan", GANTING), first.nik) == [], "not outside the area"
    assert queries.numbers_of(second.pk) == [second.pk, first.pk]


@pytest.fixture
def survivor(people: list[Person]) -> Person:
    """Of Ganting; a double from there and one from elsewhere were merged into her."""
    told = {"name": "SITI AMINAH", "search_name": "SITI AMINAH", "kelurahan": GANTING}
    one = Person.objects.create(anchor="s:1:2", **told)
    for n, (name, place) in enumerate(
        [
            ("SITTI AMINAH", GANTING),
            ("SITI AMINAH", GANTING),
            ("ZITI AMINA", PASAR_BARU),
        ]
    ):
        Person.objects.create(
            anchor=f"s:2:{n}", name=name, search_name=name, kelurahan=place,
            merged_into=one,
        )  # fmt: skip
    return one


def test_the_spelling_of_a_double_finds_the_survivor(survivor: Person) -> None:
    found = queries.search_people(user("kelurahan", GANTING), "sitti am")
    assert (found.people, found.more) == ([survivor], False)
    assert found.also == {survivor.pk: ["SITTI AMINAH"]}
    both = queries.search_people(user(), "aminah")
    assert (both.people, both.also) == ([survivor], found.also), "once, by either name"
    alone = queries.search_people(user(), "siti am")
    assert (alone.people, alone.also) == ([survivor], {}), "spelled alike is no news"


def test_a_double_leads_to_nobody_outside_the_area(survivor: Person) -> None:
    assert names(user(), "ziti") == ["SITI AMINAH"]
    for area in (GANTING, PASAR_BARU):
        found = queries.search_people(user("kelurahan", area), "ziti")
        assert (found.people, found.also) == ([], {})


def test_unknown_person() -> None:
    with pytest.raises(UserError, match=r"people\.unknown"):
        queries.person_or_denied(user(), 999_999)


def test_at_most_fifty_and_it_says_so() -> None:
    Person.objects.bulk_create(
        Person(anchor=f"x:1:{n}", name="ZAINAL", search_name="ZAINAL")
        for n in range(51)
    )
    found = queries.search_people(user(), "zainal")
    assert (len(found.people), found.more) == (50, True)


def test_households_and_employers_by_area() -> None:
    for n, place in enumerate((GANTING, PASAR_BARU)):
        Household.objects.create(family_card=f"137401010115900{n}", kelurahan=place)
        Employer.objects.create(anchor=f"e:1:{n}", name=f"CV {n}", kelurahan=place)
    assert queries.households(user("kelurahan", GANTING)).count() == 1
    assert queries.households(user()).count() == 2
    assert queries.employers(user("kepatuhan")).count() == 2
    with pytest.raises(NotAllowed):
        queries.employers(user("kelurahan", GANTING))


def test_before_the_first_registration(workspace) -> None:
    assert queries.provenance_of(1, workspace) == []
    assert queries.rows_of(1, workspace) == []
