"""Two records of one human being, joined by hand and taken apart again: later stages
follow, and nothing is lost on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from tests.support.rows import deliver

from semesta.access.models import User
from semesta.benefits.models import BenefitCase
from semesta.benefits.queries import cases_of
from semesta.benefits.services import watch
from semesta.coverage.services import measure
from semesta.eligibility.queries import decision_of
from semesta.eligibility.services import judge
from semesta.kernel import Actor
from semesta.ledger import queries as ledger
from semesta.ledger.services import post
from semesta.linkage.services import link_rows, merge_rows, take_back_decision
from semesta.registry.models import Person
from semesta.registry.queries import person_or_denied, rows_of, search_people
from semesta.registry.services import register
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

TODAY = date(2026, 1, 2)
CITY = User(username="petugas", role="petugas")
YUSUF: dict[str, Any] = {
    "nik": "1374010101909001", "name": "MUHAMMAD YUSUF", "sex": "L",
    "born_on": date(1990, 1, 1), "kelurahan": "13.74.01.1001",
    "address": "JL MELATI NO 3", "family_card": "1374010101159001",
}  # fmt: skip
BUYUNG: dict[str, Any] = {
    "nik": "1374010302619002", "name": "BUYUNG", "sex": "L",
    "born_on": date(1961, 2, 3), "kelurahan": "13.74.02.1006", "address": "JL MAWAR",
}  # fmt: skip


def paid(person: dict[str, Any], kpj: str, first: str, until: str) -> dict[str, Any]:
    months = [date.fromisoformat(f"{month}-01") for month in (first, until)]
    return {
        **person, "kpj": kpj, "month_from": months[0], "month_until": months[1],
        "payer": "APBD", "programmes": "JKK+JKM", "amount": "16800",
    }  # fmt: skip


@dataclass
class Office:
    """Runs the stages; `run` does it all after somebody has changed their mind."""

    workspace: Workspace
    by: Actor

    def run(self) -> None:
        linked = link_rows(workspace=self.workspace, by=self.by)
        register(linkage_run=linked, workspace=self.workspace, by=self.by)
        post(workspace=self.workspace, by=self.by)
        judge(
            policy_slug="13.74/2026-apbd", as_of=TODAY, workspace=self.workspace,
            by=self.by,
        )  # fmt: skip
        watch(on=TODAY, workspace=self.workspace, by=self.by)

    def rows(self, person: Person) -> list[str]:
        return [row["row_id"] for row in rows_of(person.pk, self.workspace)]

    def seen(self, person: Person) -> dict[str, Any]:
        """What the stages say of a person, under whatever number they are looked up."""
        holder = person_or_denied(CITY, person.pk)
        decision = decision_of(person.pk, self.workspace)
        run = measure(on=TODAY, workspace=self.workspace, by=self.by)
        return {
            "found": [p.pk for p in search_people(CITY, person.nik).people],
            "months": ledger.timeline_of(holder.pk).paid_months,
            "tenure": ledger.standing_of(holder.pk, TODAY)["BPU"].tenure_months,
            "people_paid": ledger.totals()["people"],
            "judged": decision is not None,
            "cases": cases_of(holder).exclude(status="unknown").count(),
            "counted": run.run.counts["people"],
        }


@pytest.fixture
def office(workspace: Workspace, officer: Actor) -> Office:
    deliver(workspace, "dukcapil", [YUSUF, BUYUNG])
    deliver(
        workspace, "bpu_participants",
        [
            paid(YUSUF, "26012345678", "2025-01", "2025-05"),
            paid(BUYUNG, "26012345679", "2025-05", "2026-01"),
        ],
    )  # fmt: skip
    office = Office(workspace, officer)
    office.run()
    return office


@pytest.fixture
def yusuf(office: Office) -> Person:
    return Person.objects.get(nik=YUSUF["nik"])


@pytest.fixture
def buyung(office: Office) -> Person:
    return Person.objects.get(nik=BUYUNG["nik"])


def test_a_merge_is_followed_and_undone(
    office: Office, yusuf: Person, buyung: Person
) -> None:
    before = office.seen(yusuf), office.seen(buyung)
    assert [side["months"] for side in before] == [4, 8]
    decision = merge_rows(
        rows=office.rows(yusuf), others=office.rows(buyung), workspace=office.workspace,
        reason="satu orang, dua NIK", by=office.by,
    )  # fmt: skip

    office.run()

    gone, stays = sorted(
        Person.objects.filter(pk__in=(yusuf.pk, buyung.pk)),
        key=lambda p: p.merged_into_id is None,
    )
    assert gone.merged_into == stays
    together = office.seen(stays)
    assert together["months"] == 12
    assert together["people_paid"] == before[0]["people_paid"] - 1
    assert together["counted"] == before[0]["counted"] - 1
    assert together["judged"]
    assert decision_of(gone.pk, office.workspace) is None
    assert office.seen(gone) == {**together, "judged": False}, "found by either number"

    take_back_decision(decision=decision, by=office.by)
    office.run()

    assert (office.seen(yusuf), office.seen(buyung)) == before
    assert not Person.objects.exclude(merged_into=None).exists()


def test_the_death_of_one_is_the_death_of_both(
    office: Office, yusuf: Person, buyung: Person
) -> None:
    deliver(office.workspace, "deaths", [{**BUYUNG, "died_on": date(2025, 12, 20)}])
    office.run()
    alone = BenefitCase.objects.get(person=buyung)
    decision = merge_rows(
        rows=office.rows(yusuf), others=office.rows(buyung), workspace=office.workspace,
        reason="satu orang, dua NIK", by=office.by,
    )  # fmt: skip
    office.run()
    stays = person_or_denied(CITY, buyung.pk)
    assert cases_of(stays).exclude(status="unknown").get().tenure_months == 12

    take_back_decision(decision=decision, by=office.by)
    office.run()

    again = BenefitCase.objects.get(person=buyung)
    assert (again.status, again.tenure_months) == (alone.status, alone.tenure_months)
    assert not cases_of(yusuf).exclude(status="unknown").exists()
