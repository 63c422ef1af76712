"""A row that lost its NIK: what other lists have for such a person, as a hint only."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.support.clerk import AS_OF
from tests.support.office_files import HEADER, nik, person, workbook

from semesta.access.models import User
from semesta.intake.models import Delivery
from semesta.intake.queries import RowView, add_candidates, delivery_rows
from semesta.intake.services import take_in
from semesta.kernel import Actor
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db
GANTING, SIGANDO = "13.74.01.1001", "13.74.01.1002"


@pytest.fixture
def send(workspace: Workspace, officer: Actor, tmp_path: Path):
    def send_it(name: str, rows: list, area: str = "") -> Delivery:
        path = tmp_path / name
        path.write_bytes(workbook([HEADER, *rows]))
        return take_in(
            path=path, supplier="proposal", area=area, workspace=workspace, by=officer,
            as_of=AS_OF,
        )  # fmt: skip

    return send_it


def numeric(number: int) -> list:
    row = person(number)
    return [row[0], int(nik(number)), *row[2:]]


def held(delivery: Delivery, workspace: Workspace, area: str = "") -> list[RowView]:
    rows = delivery_rows(delivery, workspace=workspace, fate="held").rows
    add_candidates(rows, delivery, workspace=workspace, user=User(area=area))
    return rows


def test_another_list_knows_such_a_person(send, workspace: Workspace) -> None:
    send("Lama.xlsx", [person(1), person(2)])
    (row,) = held(send("Baru.xlsx", [numeric(1), person(3)]), workspace)
    assert [tuple(one) for one in row.candidates] == [(nik(1), "proposal")]
    assert row.clean["nik"] is None
    assert row.fate == "held"


def test_a_shared_name_with_another_birth_date_is_no_candidate(
    send, workspace: Workspace
) -> None:
    other = person(1)
    other[3] = "02-02-1982"
    send("Lama.xlsx", [other])
    (row,) = held(send("Baru.xlsx", [numeric(1)]), workspace)
    assert row.clean["born_on"] == date(1980, 1, 1)
    assert row.candidates == []


def test_two_people_of_one_name_and_day_are_both_told(
    send, workspace: Workspace
) -> None:
    for name, serial in (("Satu.xlsx", 8), ("Dua.xlsx", 9)):
        send(name, [[1, nik(serial), *person(1)[2:]]])
    (row,) = held(send("Baru.xlsx", [numeric(1)]), workspace)
    assert {one.nik for one in row.candidates} == {nik(8), nik(9)}


def test_lists_of_another_kelurahan_are_not_told(send, workspace: Workspace) -> None:
    send("Lama.xlsx", [person(1)], area=SIGANDO)
    delivery = send("Baru.xlsx", [numeric(1)], area=GANTING)
    assert held(delivery, workspace, area=GANTING)[0].candidates == []
    assert held(delivery, workspace)[0].candidates
