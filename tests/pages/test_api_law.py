"""The law for programs gives what the command and the pages give."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from semesta.law.cases import answer_case

CASE = {
    "event": {"kind": "death", "on": "2025-09-20"},
    "member": {"paid": [{"from": "2022-09", "until": "2025-10", "payer": "APBD"}]},
}


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(f"/api/v1/law/{path}", json.dumps(body), "application/json")


def test_a_case_is_answered_without_an_account(client: Client) -> None:
    response = post(client, "answers/benefit", CASE)

    assert response.status_code == 200
    plain = json.loads(json.dumps(answer_case(CASE), default=str))
    assert response.json()["lines"] == plain["lines"]
    assert response.json()["total"] == 42_000_000


def test_an_answer_can_be_asked_again(client: Client) -> None:
    stored = post(client, "answers/benefit", CASE).json()

    assert post(client, "replays", stored).json()["same"] is True
    changed = post(client, "replays", stored | {"total": 1}).json()
    assert changed["differences"] == [{"path": "total", "then": 1, "now": 42_000_000}]


def test_all_problems_of_a_case_in_the_one_shape(client: Client) -> None:
    bad = {"event": {"kind": "sakit", "on": "besok"}, "member": {"umur": 3}}

    response = post(client, "answers/benefit", bad)

    assert response.status_code == 400
    error = response.json()["error"]
    assert error["code"] == "law.case"
    assert error["why"].count("\n") == 2


def test_a_kind_that_does_not_exist(client: Client) -> None:
    assert post(client, "answers/ramalan", CASE).status_code == 422


def test_a_parameter_of_a_day(client: Client) -> None:
    response = client.get("/api/v1/law/parameters/jkm.lump_sum?on=2019-12-01")

    assert response.json()["parameters"][0]["value"] == 16_200_000
    assert len(response.json()["parameters"][0]["history"]) == 2
    assert client.get("/api/v1/law/parameters/jkm.x").status_code == 400
