"""Every criterion says what its cases say; the same cases run on Spark."""

from __future__ import annotations

import pytest
from tests.support.facts import cases, results_of_cases

from semesta.eligibility.criteria import catalogue
from semesta.warehouse.engines import ibis_session


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return results_of_cases(ibis_session(), tmp_path_factory.mktemp("cases"))


@pytest.mark.parametrize("number", range(len(cases())))
def test_case(number: int, results: list[str]) -> None:
    case = cases()[number]
    assert results[number] == case["expect"], case["why"]


def test_every_criterion_passes_fails_and_is_unknown_somewhere() -> None:
    seen = {(case["criterion"], case["expect"]) for case in cases()}
    expected = {
        (name, word) for name in catalogue() for word in ("pass", "fail", "unknown")
    }
    assert expected <= seen
