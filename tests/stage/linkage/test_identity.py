"""Splitting rows off a person and joining two people, by hand and back again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.stage.linkage.conftest import Colleagues
from tests.support.rows import deliver, row_id

from semesta.audit.models import Event
from semesta.kernel.errors import UserError
from semesta.linkage import queries
from semesta.linkage.models import IdentityDecision
from semesta.linkage.services import (
    link_rows,
    merge_rows,
    split_rows,
    take_back_decision,
)
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

YUSUF: dict[str, Any] = {
    "nik": "1374010101909001", "name": "MUHAMMAD YUSUF", "sex": "L",
    "born_on": date(1990, 1, 1), "kelurahan": "13.74.01.1001",
    "address": "JL MELATI NO 3", "family_card": "1374010101159001",
}  # fmt: skip
BUYUNG: dict[str, Any] = {
    "nik": "1374010302619002", "name": "BUYUNG", "sex": "L",
    "born_on": date(1961, 2, 3), "kelurahan": "13.74.02.1006", "address": "JL MAWAR",
}  # fmt: skip


@pytest.fixture
def lists(workspace: Workspace) -> list[str]:
    """Row ids: three rows of Yusuf (two alike), two of Buyung."""
    register = deliver(workspace, "dukcapil", [YUSUF, BUYUNG])
    proposal = deliver(workspace, "proposal", [YUSUF, {**YUSUF, "nik": None}, BUYUNG])
    return [
        row_id(register, 1), row_id(proposal, 1), row_id(proposal, 2),
        row_id(register, 2), row_id(proposal, 3),
    ]  # fmt: skip


class People:
    """Links, and says who is who as letters in the order of the lists: `AAABB`."""

    def __init__(
        self, workspace: Workspace, lists: list[str], colleagues: Colleagues
    ) -> None:
        self.workspace, self.lists, self.colleagues = workspace, lists, colleagues

    def __call__(self) -> str:
        from tests.stage.linkage.test_link_rows import clusters

        run = link_rows(workspace=self.workspace, by=self.colleagues("ani"))
        found = clusters(self.workspace, run)
        heads: list[str] = []
        for row in self.lists:
            if found[row] not in heads:
                heads.append(found[row])
        return "".join("ABCDE"[heads.index(found[row])] for row in self.lists)

    def split(self, rows: list[str], others: list[str]) -> IdentityDecision:
        return split_rows(
            rows=rows, others=others, reason="anaknya", by=self.colleagues("ani")
        )

    def merge(self, rows: list[str], others: list[str]) -> IdentityDecision:
        return merge_rows(
            rows=rows,
            others=others,
            workspace=self.workspace,
            reason="dua NIK, satu KTP",
            by=self.colleagues("budi"),
        )


@pytest.fixture
def people(workspace: Workspace, lists: list[str], colleagues: Colleagues) -> People:
    return People(workspace, lists, colleagues)


def test_a_row_is_split_off_and_comes_back(people: People, lists: list[str]) -> None:
    assert people() == "AAABB"
    decision = people.split([lists[1]], [lists[0], lists[2]])
    assert people() == "ABACC"

    take_back_decision(decision=decision, by=people.colleagues("budi"))

    assert people() == "AAABB"
    decision.refresh_from_db()
    assert (decision.by, decision.taken_back_by) == ("ani", "budi")


def test_two_people_are_joined_and_come_apart(people: People, lists: list[str]) -> None:
    assert people() == "AAABB"
    decision = people.merge(lists[:3], lists[3:])
    assert people() == "AAAAA"
    take_back_decision(decision=decision, by=people.colleagues("ani"))
    assert people() == "AAABB"


def test_the_newest_word_counts(people: People, lists: list[str]) -> None:
    people()
    people.split([lists[1]], [lists[0], lists[2]])
    people.merge([lists[0], lists[2]], [lists[1]])
    assert people() == "AAABB"
    people.split([lists[2]], [lists[0], lists[1]])
    assert people() == "AABCC"


def test_the_same_again_is_said_once(people: People, lists: list[str]) -> None:
    first = people.split([lists[1]], [lists[0], lists[2]])
    again = people.split([lists[1]], [lists[2], lists[0]])
    assert again == first
    take_back_decision(decision=first, by=people.colleagues("ani"))
    take_back_decision(decision=first, by=people.colleagues("ani"))
    assert [e.action for e in Event.objects.order_by("seq")] == [
        "identity.split", "identity.taken_back",
    ]  # fmt: skip
    assert people.split([lists[1]], [lists[0], lists[2]]) != first


def test_decisions_are_found_by_any_of_their_rows(
    people: People, lists: list[str]
) -> None:
    split = people.split([lists[1]], [lists[0], lists[2]])
    merge = people.merge(lists[:3], lists[3:])
    assert queries.decisions_about([lists[1]]) == [merge, split]
    assert queries.decisions_about([lists[4]]) == [merge]


def test_the_trail_names_no_row(people: People, lists: list[str]) -> None:
    people.split([lists[1]], [lists[0]])
    assert Event.objects.get().detail == {"pairs": 1}


@pytest.mark.parametrize(
    ("code", "rows", "others", "reason"),
    [
        ("identity.nothing_split", [], ["b"], "x"),
        ("identity.nothing_split", ["a"], [], "x"),
        ("identity.nothing_split", ["a"], ["a", "b"], "x"),
        ("identity.reason", ["a"], ["b"], "  "),
    ],
)
def test_what_cannot_be_said(
    people: People, code: str, rows: list[str], others: list[str], reason: str
) -> None:
    with pytest.raises(UserError) as error:
        split_rows(rows=rows, others=others, reason=reason, by=people.colleagues("ani"))
    assert error.value.code == code


def test_a_person_is_not_joined_with_themselves(
    people: People, lists: list[str]
) -> None:
    with pytest.raises(UserError, match=r"identity\.nothing_merged"):
        people.merge(lists[:3], lists[1:])


def test_bonds_say_how_rows_hang_together(
    workspace: Workspace, people: People, lists: list[str]
) -> None:
    people()
    people.split([lists[1]], [lists[0], lists[2]])
    people()
    run = queries.newest_run()
    assert run is not None
    found = queries.bonds_among(workspace, run, lists[:3])
    kinds = {frozenset(b[:2]): b.kind for b in found}
    assert kinds[frozenset(lists[:2])] == "decided"
    assert kinds[frozenset((lists[0], lists[2]))] not in ("decided", "exact")
    buyung = queries.bonds_among(workspace, run, lists[3:])
    assert [b.kind for b in buyung] == ["exact"]
