"""The twelve regions' policies: written without code, each deciding as its cases say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.support.facts import facts_file, shipped_policies

from semesta.eligibility.judge import LETTERS, PASS
from semesta.eligibility.policy_text import check_policies, read_policy
from semesta.eligibility.services import decide
from semesta.law.document import Document

CASES = Path(__file__).parent / "eligibility" / "regions.yaml"
USUAL = {
    "nik": "1374010107809001", "in_population_register": True, "alive": True, "age": 40,
    "works": True, "wage_earner": False, "civil_servant": False, "decile": 2,
    "proposed": True, "paid_months": 0, "standing": "never", "spell_months": 0,
}  # fmt: skip
TEXTS = {
    f"{file.parent.name}/{file.stem}": file.read_text("utf-8")
    for file in shipped_policies()
}
REGIONS: list[dict[str, Any]] = Document(CASES.read_text("utf-8"), CASES.name).data


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: region["policy"])
def test_region(region: dict[str, Any], tmp_path: Path) -> None:
    policy = read_policy(TEXTS[region["policy"]], region["policy"])
    usual = {**USUAL, **region["usual"]}
    wanted = [
        {"person": {}, "expect": PASS, "because": []},
        *region["others"],
    ]
    people = [{**usual, **each["person"]} for each in wanted]
    decisions = decide(facts_file(people, tmp_path), policy, as_of=policy.first_day)
    found = [
        {
            "person": each["person"],
            "expect": row["outcome"],
            "because": [
                use.criterion
                for letter, use in zip(row["results"], policy.criteria, strict=True)
                if LETTERS[letter] != PASS
            ],
        }
        for each, row in zip(wanted, decisions.to_pylist(), strict=True)
    ]
    assert found == wanted


def test_every_shipped_policy_has_cases_and_twelve_regions_are_there() -> None:
    assert set(TEXTS) == {region["policy"] for region in REGIONS}
    assert len({slug.split("/")[0] for slug in TEXTS}) == 12


def test_they_can_stand_beside_each_other() -> None:
    assert len(check_policies(TEXTS.items())) == len(TEXTS)
