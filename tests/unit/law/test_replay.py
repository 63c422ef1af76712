"""An old question asked again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from semesta.kernel import UserError
from semesta.law.cases import answer_case, replay

CASES: dict[str, dict[str, Any]] = {
    "benefit": {
        "event": {"kind": "death", "on": "2025-09-20"},
        "member": {
            "paid": [
                {"from": "2020-01", "until": "2022-01"},
                {"from": "2024-10", "until": "2025-10"},
            ]
        },
    },
    "contribution": {"month": "2026-05", "monthly_income": 900_000, "payer": "BAZNAS",
                     "sector": "other"},
    "sanctions": {"violation": "PDS-UPAH", "found_on": "2026-03-02"},
    "standing": {"on": "2025-10-16", "member": {"paid": [{"from": "2025-01",
                                                         "until": "2025-07"}]}},
}  # fmt: skip


def stored(kind: str, **changes: Any) -> dict[str, Any]:
    """An answer as a file holds it, with parts of it changed."""
    answer = json.loads(json.dumps(answer_case(CASES[kind], kind=kind), default=str))
    return answer | changes


@pytest.mark.parametrize("kind", CASES)
def test_every_kind_gives_the_same_again(kind: str) -> None:
    found = replay(stored(kind))
    assert found.same
    assert found.changed == ()
    assert found.version_then == found.version_now


def test_a_switch_that_is_read_otherwise_now() -> None:
    before = stored("contribution", total=16_800)
    before["readings"]["relief_donor_payers"] = "full"
    found = replay(before)
    assert not found.same
    assert {"path": "total", "then": 16_800, "now": 8_400} in found.differences
    assert found.changed == (
        {"switch": "relief_donor_payers", "then": "full", "now": "relief"},
    )


def test_a_choice_made_in_the_case_is_kept() -> None:
    case = CASES["contribution"] | {"switches": {"relief_donor_payers": "full"}}
    answer = answer_case(case)
    assert answer["total"] == 16_800
    assert replay(json.loads(json.dumps(answer, default=str))).same


def test_a_value_that_did_not_exist_then() -> None:
    before = stored("benefit")
    before["consulted"] = [
        each for each in before["consulted"] if each["key"] != "jkm.funeral"
    ]
    found = replay(before)
    assert found.same
    assert [each["parameter"] for each in found.changed] == ["jkm.funeral"]


def test_lines_that_came_or_went() -> None:
    before = stored("benefit")
    before["lines"].pop()
    found = replay(before)
    assert [each["path"] for each in found.differences] == ["lines"]


@pytest.mark.parametrize(
    "wrong", [None, [], {}, {"kind": "ramalan"}, {"kind": "benefit"}]
)
def test_what_is_no_answer_is_refused(wrong: Any) -> None:
    with pytest.raises(UserError, match=r"law\.replay"):
        replay(wrong)
