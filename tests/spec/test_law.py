"""Every case of `tests/spec/law` is answered as its lawyer wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from semesta.kernel import UserError
from semesta.law.cases import answer_case
from semesta.law.document import Document

FOLDER = Path(__file__).parent / "law"
CASES = [
    pytest.param(case, id=f"{file.stem}-{number}")
    for file in sorted(FOLDER.glob("*.yaml"))
    for number, case in enumerate(
        Document(file.read_text("utf-8"), file.name).data, start=1
    )
]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    expect = dict(case["expect"])
    if "error" in expect:
        with pytest.raises(UserError) as caught:
            answer_case(case["given"])
        assert caught.value.code == expect["error"]
        return
    answer = answer_case(case["given"])
    seen = {key: _seen(answer, key) for key in expect}
    assert seen == expect, f"{case['law']}: {case['why']}"
    assert answer.get("unknown") or answer.get("total", 1) >= 0


def _seen(answer: dict[str, Any], key: str) -> Any:
    if key == "lines":
        return {line["code"]: line["amount"] for line in answer["lines"]}
    if key == "after_arrears":
        return [line["code"] for line in answer["lines"] if line["payable"] != "now"]
    return answer[key]


def test_there_are_enough_cases_and_all_golden_ones() -> None:
    cases = [parameter.values[0] for parameter in CASES]
    assert len(cases) >= 60
    assert {case.get("gold") for case in cases} >= set(range(1, 13))
    assert all(case["law"] and case["why"] for case in cases)
