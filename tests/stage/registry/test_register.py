"""The registry over rows written by hand."""

from __future__ import annotations

from datetime import date

import pytest

from semesta.audit.models import Event, Run
from semesta.kernel import Actor
from semesta.linkage.services import link_rows
from semesta.registry import queries
from semesta.registry.models import Employer, Household, Person, RegistryRun
from semesta.registry.services import register
from semesta.warehouse.workspace import Workspace
from tests.support.rows import deliver, row_id

pytestmark = pytest.mark.django_db

YUSUF = {
    "nik": "1374010101909001", "name": "MUHAMMAD YUSUF", "sex": "L",
    "born_on": date(1990, 1, 1), "kelurahan": "13.74.01.1001",
    "family_card": "1374010101159001", "relation": "kepala", "address": "JL MELATI",
}  # fmt: skip
SITI = {
    "nik": "1374014203929002", "name": "SITI AMINAH", "sex": "P",
    "born_on": date(1992, 3, 2), "kelurahan": "13.74.01.1001",
    "family_card": "1374010101159001", "relation": "istri", "address": "JL MELATI",
}  # fmt: skip


def registered(workspace: Workspace, officer: Actor) -> RegistryRun:
    run = link_rows(workspace=workspace, by=officer)
    return register(linkage_run=run, workspace=workspace, by=officer)


def test_one_person_of_three_lists(workspace: Workspace, officer: Actor) -> None:
    deliver(workspace, "dukcapil", [YUSUF | {"alive": True}, SITI])
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
    yusuf = Person.objects.get(nik=YUSUF["nik"])
    assert yusuf.name == "MUHAMMAD YUSUF"
    assert (yusuf.alive, yusuf.died_on) == (False, date(2025, 11, 3))
    assert (yusuf.proposed, yusuf.works, yusuf.occupation) == (True, True, "ojek")
    assert yusuf.in_population_register
    assert Household.objects.get().members == 1
    origins = queries.provenance_of(yusuf.pk, workspace)
    alive = {(o.value, o.source, o.rule) for o in origins if o.field == "alive"}
    assert alive == {("false", "deaths", "chosen"), ("true", "dukcapil", "aside")}
