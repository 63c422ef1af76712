"""Facts that lists tell by naming someone: as received rows, not as invented columns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from tests.support.people import a_person, a_registry_run
from tests.support.rows import TYPES, deliver, row_id

from semesta.eligibility import queries
from semesta.eligibility.facts import PEOPLE, build_facts
from semesta.registry.models import Person
from semesta.registry.queries import newest_run
from semesta.warehouse.snapshot import columns_of
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 2)
KPJ = "99000000001"


@pytest.fixture
def people() -> dict[str, Person]:
    return {"ani": a_person(), "budi": a_person(), "citra": a_person()}


@pytest.fixture(autouse=True)
def _truth_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("receives_pkh", "receives_bpnt"):
        monkeypatch.setitem(TYPES, name, pa.bool_())  # type: ignore[arg-type]


def facts_of(
    workspace: Workspace, people: dict[str, Person], *lists: tuple[str, list[Any]]
) -> dict[str, dict[str, Any]]:
    """The facts about each of them; each list has a row per (name, columns)."""
    rows = {}
    for supplier, said in lists:
        delivery = deliver(
            workspace, supplier, [{"name": who, **row} for who, row in said]
        )
        for number, (who, _) in enumerate(said, start=1):
            if who in people:
                rows[row_id(delivery, number)] = people[who]
    run = newest_run() or a_registry_run(workspace, rows)
    sources = queries.sources(queries.evidence(), run, workspace)
    table = build_facts(
        columns_of(Person.objects.all(), PEOPLE), sources, as_of=DAY, payer="APBD"
    )
    by_id = {row["person_id"]: row for row in table.to_pylist()}
    return {name: by_id[person.pk] for name, person in people.items()}


def test_nothing_is_known_without_lists(
    workspace: Workspace, people: dict[str, Person]
) -> None:
    for facts in facts_of(workspace, people).values():
        for name in ("lists", "lists_known", "aids", "aids_known", "seen_working"):
            assert facts[name] is None


def test_a_list_of_recipients_answers_for_everyone(
    workspace: Workspace, people: dict[str, Person]
) -> None:
    facts = facts_of(
        workspace,
        people,
        ("aid_recipients", [("ani", {"aid": "PKH"}), ("citra", {"aid": "BST"})]),
    )
    assert (facts["ani"]["aids"], facts["ani"]["aids_known"]) == (";PKH;", ";BST;PKH;")
    assert (facts["budi"]["aids"], facts["budi"]["aids_known"]) == (None, ";BST;PKH;")


def test_p3ke_answers_only_for_those_in_it(
    workspace: Workspace, people: dict[str, Person]
) -> None:
    row = {"receives_pkh": True, "receives_bpnt": False, "decile_p3ke": "1"}
    facts = facts_of(workspace, people, ("p3ke_individual", [("ani", row)]))
    assert (facts["ani"]["aids"], facts["ani"]["aids_known"]) == (";PKH;", ";BPNT;PKH;")
    assert facts["ani"]["decile_p3ke"] == 1
    assert facts["ani"]["lists"] == ";P3KE;"
    assert (facts["budi"]["aids_known"], facts["budi"]["decile_p3ke"]) == (None, None)
    assert facts["budi"]["lists_known"] == ";P3KE;"


def test_registers_and_farmers(workspace: Workspace, people: dict[str, Person]) -> None:
    facts = facts_of(
        workspace,
        people,
        ("worker_register", [("ani", {"list_name": "APTI  Ganting"})]),
        ("erdkk_farmers", [("ani", {}), ("budi", {})]),
    )
    assert facts["ani"]["lists"] == ";APTI GANTING;E-RDKK;"
    assert facts["budi"]["lists"] == ";E-RDKK;"
    assert facts["budi"]["lists_known"] == ";APTI GANTING;E-RDKK;"


def test_the_employer_is_found_by_npp_and_its_trade_by_nib(
    workspace: Workspace, people: dict[str, Person]
) -> None:
    firm = {"npp": "JJ1", "nib": "9120", "employer_name": "PT Sawit Jaya"}
    facts = facts_of(
        workspace,
        people,
        (
            "pu_participants",
            [("ani", {"kpj": KPJ, "npp": "JJ1"}), ("budi", {"npp": "JJ2"})],
        ),
        ("employers", [("", firm)]),
        ("oss_projects", [("", {"nib": "9120", "kbli": "01262"})]),
    )
    ani, budi = facts["ani"], facts["budi"]
    assert (ani["employers"], ani["employer_kbli"]) == (";PT SAWIT JAYA;", ";01262;")
    assert (budi["wage_earner"], budi["employers"]) == (True, None)


@pytest.mark.parametrize(
    ("forms", "seen"),
    [
        ([{"works": True}], True),
        ([{"works": False, "occupation": "petani"}], False),
        ([{"occupation": "ojek"}], True),
        ([{"occupation": "pelajar"}], False),
        ([{"works": True}, {"works": False}], None),
        ([{}], None),
    ],
)
def test_what_field_forms_say_about_work(
    workspace: Workspace, people: dict[str, Person], forms: list[Any], seen: bool | None
) -> None:
    said = [("ani", form) for form in forms]
    facts = facts_of(workspace, people, ("field_survey", said))
    assert facts["ani"]["seen_working"] is seen
    assert facts["budi"]["seen_working"] is None
