"""Every case of `tests/spec/law` is answered as its lawyer wrote."""

from __future__ import annotations

from typing import Any

import pytest
from tests.spec.asking import asked, case_files, seen

from semesta.kernel import UserError

CASES = [
    pytest.param(case, id=f"{name}-{number}")
    for name, cases in case_files()
    for number, case in enumerate(cases, start=1)
]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    expect = dict(case["expect"])
    if "error" in expect:
        with pytest.raises(UserError) as caught:
            asked(case)
        assert caught.value.code == expect["error"]
        return
    answer = asked(case)
    found = {key: seen(answer, key) for key in expect}
    assert found == expect, f"{case['law']}: {case['why']}"


def test_there_are_enough_cases_and_all_golden_ones() -> None:
    cases = [parameter.values[0] for parameter in CASES]
    assert len(cases) >= 200
    assert {case.get("gold") for case in cases} >= set(range(1, 17))
    assert all(case["law"] and case["why"] and case["expect"] for case in cases)


def test_no_case_is_written_twice() -> None:
    asked_for = [
        (case.values[0].get("ask"), str(case.values[0]["given"])) for case in CASES
    ]
    doubled = [given for given in asked_for if asked_for.count(given) > 1]
    assert not doubled
