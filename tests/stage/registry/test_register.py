"""The registry over rows written by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.support.rows import deliver, row_id

from semesta.audit.models import Event, Run
from semesta.kernel import Actor
from semesta.linkage.services import link_rows
from semesta.registry import queries
from semesta.registry.models import Employer, Household, Person, RegistryRun
from semesta.registry.services import register
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

GANTING = "13.74.01.1001"
YUSUF: dict[str, Any] = {
    "nik": "1374010101909001", "name": "MUHAMMAD YUSUF", "sex": "L",
    "born_on": date(1990, 1, 1), "kelurahan": GANTING, "address": "JL MELATI",
    "family_card": "1374010101159001", "relation": "kepala", "alive": True,
}  # fmt: skip
SITI: dict[str, Any] = {
    "nik": "1374014203929002", "name": "SITI AMINAH", "sex": "P",
    "born_on": date(1992, 3, 2), "kelurahan": GANTING, "address": "JL MELATI",
    "family_card": "1374010101159001", "relation": "istri", "alive": True,
}  # fmt: skip


def registered(workspace: Workspace, officer: Actor) -> RegistryRun:
    run = link_rows(workspace=workspace, by=officer)
    return register(linkage_run=run, workspace=workspace, by=officer)


def person(nik: str) -> Person:
    return Person.objects.get(nik=nik, merged_into=None)


def test_one_person_of_three_lists(workspace: Workspace, officer: Actor) -> None:
    deliver(workspace, "dukcapil", [YUSUF, SITI])
    deliver(
        workspace, "proposal",
        [{"nik": YUSUF["nik"], "name": "MOH. JUSUF", "occupation": "ojek", "phone": "0812"}],
    )  # fmt: skip
    deliver(
        workspace, "deaths",
        [{"nik": YUSUF["nik"], "name": "M YUSUF", "died_on": date(2025, 11, 3)}],
    )  # fmt: skip
    run = registered(workspace, officer)
    assert (run.persons, run.households) == (2, 1)
    yusuf = person(YUSUF["nik"])
    assert yusuf.name == "MUHAMMAD YUSUF"
    assert yusuf.search_name == "MUHAMMAD YUSUF"
    assert (yusuf.alive, yusuf.died_on) == (False, date(2025, 11, 3))
    assert (yusuf.proposed, yusuf.works, yusuf.occupation) == (True, True, "ojek")
    assert yusuf.in_population_register
    assert not yusuf.is_civil_servant
    assert person(SITI["nik"]).works is None
    assert person(SITI["nik"]).household == yusuf.household
    assert Household.objects.get().members == 1


def test_what_contradicts_stays_in_sight(workspace: Workspace, officer: Actor) -> None:
    deliver(workspace, "dukcapil", [YUSUF])
    dead = deliver(
        workspace, "deaths",
        [{"nik": YUSUF["nik"], "name": "M YUSUF", "died_on": date(2025, 11, 3)}],
    )  # fmt: skip
    registered(workspace, officer)
    origins = queries.provenance_of(person(YUSUF["nik"]).pk, workspace)
    alive = {(o.value, o.source, o.rule) for o in origins if o.field == "alive"}
    assert alive == {("false", "deaths", "chosen"), ("true", "dukcapil", "aside")}
    died = next(o for o in origins if o.field == "died_on")
    assert (died.row_id, died.rule) == (row_id(dead, 1), "agreed")
    listed = [o for o in origins if o.rule == "listed"]
    assert [(o.field, o.source) for o in listed] == [
        ("in_population_register", "dukcapil")
    ]


def test_the_newest_list_of_a_source_wins_and_a_blank_never(
    workspace: Workspace, officer: Actor
) -> None:
    old, new = date(2024, 12, 31), date(2025, 12, 31)
    moved = {**YUSUF, "address": "JL MAWAR", "rt": "002", "phone": None}
    deliver(workspace, "dukcapil", [moved], as_of=new, label="new")
    deliver(workspace, "dukcapil", [{**YUSUF, "rw": "005"}], as_of=old, label="old")
    registered(workspace, officer)
    yusuf = person(YUSUF["nik"])
    assert (yusuf.address, yusuf.rt, yusuf.rw) == ("JL MAWAR", "002", "005")


def test_decile_comes_with_the_family_card(
    workspace: Workspace, officer: Actor
) -> None:
    deliver(workspace, "dukcapil", [YUSUF, SITI])
    # DTSEN still has Siti in another family.
    other = "1374010101159002"
    deliver(workspace, "dtsen_individual", [{**SITI, "family_card": other}])
    families = [
        {"family_card": YUSUF["family_card"], "decile": 2},
        {"family_card": other, "decile": 4},
    ]
    deliver(workspace, "dtsen_family", families, subject="household")
    registered(workspace, officer)
    assert (person(YUSUF["nik"]).decile, person(SITI["nik"]).decile) == (2, 4)
    assert Household.objects.get().decile == 2


def test_a_card_only_a_proposal_knows_makes_no_family(
    workspace: Workspace, officer: Actor
) -> None:
    deliver(workspace, "proposal", [YUSUF])
    assert registered(workspace, officer).households == 0
    assert person(YUSUF["nik"]).family_card == YUSUF["family_card"]


@pytest.mark.parametrize(
    ("supplier", "row", "is_one"),
    [
        ("civil_servants", {}, True),
        ("dukcapil", {"occupation": "pns"}, True),
        ("dukcapil", {"occupation": "tni-polri"}, True),
        ("proposal", {"occupation": "pns"}, False),
        ("dukcapil", {"occupation": "petani"}, False),
    ],
)
def test_civil_servants(
    workspace: Workspace,
    officer: Actor,
    supplier: str,
    row: dict[str, Any],
    is_one: bool,
) -> None:
    deliver(workspace, supplier, [{**YUSUF, **row}])
    registered(workspace, officer)
    assert person(YUSUF["nik"]).is_civil_servant is is_one


@pytest.mark.parametrize(
    ("rows", "works"),
    [
        ({"dukcapil": {"occupation": "pelajar"}}, False),
        ({"dukcapil": {"occupation": "petani"}}, True),
        (
            {
                "dukcapil": {"occupation": "petani"},
                "dtsen_individual": {"works": False},
            },
            False,
        ),
        ({"dtsen_individual": {"works": False}, "proposal": {}}, True),
        ({"proposal": {"works": False}}, False),
        ({"civil_servants": {}}, None),
    ],
)
def test_works(
    workspace: Workspace,
    officer: Actor,
    rows: dict[str, dict[str, Any]],
    works: bool | None,
) -> None:
    for supplier, row in rows.items():
        deliver(workspace, supplier, [{**YUSUF, **row}])
    registered(workspace, officer)
    assert person(YUSUF["nik"]).works is works


# ── again and again ──────────────────────────────────────────────────────────


def test_twice_is_once(workspace: Workspace, officer: Actor) -> None:
    deliver(workspace, "dukcapil", [YUSUF, SITI])
    first = registered(workspace, officer)
    before = list(Person.objects.values()), Run.objects.count(), Event.objects.count()
    assert registered(workspace, officer) == first
    after = list(Person.objects.values()), Run.objects.count(), Event.objects.count()
    assert before == after


def test_numbers_stay_when_a_new_list_comes(
    workspace: Workspace, officer: Actor
) -> None:
    deliver(workspace, "dukcapil", [YUSUF, SITI])
    registered(workspace, officer)
    numbers = dict(Person.objects.values_list("nik", "pk"))
    anchors = dict(Person.objects.values_list("nik", "anchor"))
    newcomer = {
        **YUSUF,
        "nik": "1374012007859003",
        "name": "DARWIS",
        "born_on": date(1985, 7, 20),
    }
    deliver(workspace, "proposal", [newcomer, {**SITI, "occupation": "penjahit"}])
    run = registered(workspace, officer)
    now = dict(Person.objects.values_list("nik", "pk"))
    assert {nik: now[nik] for nik in numbers} == numbers
    assert now[newcomer["nik"]] == max(numbers.values()) + 1
    assert {
        n: a for n, a in Person.objects.values_list("nik", "anchor") if n in anchors
    } == anchors
    assert person(SITI["nik"]).occupation == "penjahit"
    assert run.run.counts["new_persons"] == 1
    assert run.run.counts["changed_persons"] == 1


def test_who_is_merged_points_to_the_other(
    workspace: Workspace, officer: Actor
) -> None:
    # Nothing joins these two until a row comes that has both numbers.
    one = deliver(
        workspace, "bpu_participants", [{"name": "JUSUF", "kpj": "26000000001"}]
    )
    other = deliver(
        workspace, "decree", [{"name": "MUHAMMAD YUSUF", "nik": YUSUF["nik"]}]
    )
    registered(workspace, officer)
    first, second = Person.objects.order_by("pk")
    assert first.anchor == row_id(one, 1)
    assert second.anchor == row_id(other, 1)
    deliver(workspace, "pu_participants", [{**YUSUF, "kpj": "26000000001"}])
    run = registered(workspace, officer)
    assert run.persons == 1
    merged = Person.objects.get(merged_into__isnull=False)
    kept = Person.objects.get(merged_into=None)
    assert merged.merged_into == kept
    assert {merged.pk, kept.pk} == {first.pk, second.pk}
    assert len(queries.rows_of(kept.pk, workspace)) == 3


# ── employers ────────────────────────────────────────────────────────────────


def test_employers_from_list_licences_and_participants(
    workspace: Workspace, officer: Actor
) -> None:
    deliver(
        workspace, "employers",
        [
            {"npp": "ZZ000001", "employer_name": "PT SAGO JAYA", "nib": "9900001000017",
             "arrears_months": 3, "arrears_amount": 1_500_000, "paid_until": date(2025, 10, 1)},
            {"npp": "ZZ000002", "employer_name": "CV LAWANG"},
        ],
        subject="employer",
    )  # fmt: skip
    deliver(
        workspace, "oss_projects",
        [
            {"nib": "9900001000017", "employer_name": "SAGO JAYA", "project_id": "P1",
             "workers": 4, "scale": "mikro"},
            {"nib": "9900001000017", "employer_name": "SAGO JAYA", "project_id": "P2",
             "workers": 5},
        ],
        subject="employer",
    )  # fmt: skip
    deliver(
        workspace, "pu_participants",
        [
            {**YUSUF, "npp": "ZZ000001", "kpj": "26000000001"},
            {**SITI, "npp": "ZZ000001", "kpj": "26000000002"},
        ],
    )  # fmt: skip
    deliver(workspace, "deactivations", [{**SITI, "kpj": "26000000002"}])
    registered(workspace, officer)
    sago, lawang = Employer.objects.order_by("npp")
    assert (sago.licensed_workers, sago.projects, sago.registered_workers) == (9, 2, 1)
    assert (sago.arrears_months, sago.arrears_amount) == (3, 1_500_000)
    assert (sago.scale, sago.paid_until) == ("mikro", date(2025, 10, 1))
    assert (lawang.licensed_workers, lawang.registered_workers) == (None, 0)
    numbers = {e.npp: e.pk for e in (sago, lawang)}
    deliver(workspace, "employers", [{"npp": "ZZ000003", "employer_name": "UD TALAGO"}],
            subject="employer")  # fmt: skip
    registered(workspace, officer)
    now = dict(Employer.objects.values_list("npp", "pk"))
    assert {npp: now[npp] for npp in numbers} == numbers
    assert len(now) == 3
