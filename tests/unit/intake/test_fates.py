"""Fates: the gravest kind decides, codes are a stable and documented table."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from semesta.intake.fates import FATES, SEVERITY, fate_of, problems, problems_reference

CODE = re.compile(r'f?"((?:\{prefix\}|[a-z_]+)\.[a-z_0-9]+)"')
OTHER = ("file.", "table.", "columns.", "supplier.", "area.", "run.", "semesta.",
         "correction.", "delivery.")  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "fate"),
    [
        ((), "accepted"),
        (("warning",), "accepted"),
        (("warning", "corrected"), "corrected"),
        (("corrected", "held"), "held"),
        (("held", "refused", "corrected"), "refused"),
    ],
)
def test_the_gravest_kind_decides(kinds: tuple, fate: str) -> None:
    assert fate_of(kinds) == fate


def test_severities_are_positions_of_fates() -> None:
    assert sorted(set(SEVERITY.values())) == list(range(len(FATES)))


def test_codes_are_unique_and_well_formed() -> None:
    assert all(re.fullmatch(r"[a-z_]+\.[a-z_]+", code) for code in problems())
    listed = (files("semesta.intake") / "problems.yaml").read_text("utf-8")
    assert listed.count("- code: ") == len(problems())


def test_whoever_is_asked_is_asked_something() -> None:
    for problem in problems().values():
        if "held" in (problem.kind, problem.needed):
            assert problem.question, problem.code
        else:
            assert not problem.question, problem.code


def test_the_needed_kind_applies_only_where_needed() -> None:
    length = problems()["nik.length"]
    assert length.kind_where(needed=True) == "held"
    assert length.kind_where(needed=False) == "warning"


def test_facts_go_into_the_message() -> None:
    assert "baris 7" in problems()["row.duplicate"].text("refused", line=7)


def test_every_code_used_is_listed_and_every_listed_code_used() -> None:
    used = set()
    stage = files("semesta.intake")
    for path in (*stage.iterdir(), *(stage / "corrections").iterdir()):
        if not path.name.endswith(".py"):
            continue
        for code in CODE.findall(path.read_text("utf-8")):
            if code.startswith("{prefix}"):
                used |= {code.replace("{prefix}", p) for p in ("nik", "family_card")}
            elif not code.startswith(OTHER) and not code.endswith((".yaml", ".xml")):
                used.add(code)
    kinds = ("sex", "relation", "marital_status", "alive", "yes_no", "scale", "payer")
    used |= {
        f"{kind}.unknown"
        for kind in (*kinds, "work_status", "aid", "verdict", "refusal")
    }
    assert used == set(problems())


def test_the_reference_lists_every_code() -> None:
    page = problems_reference()
    assert all(f"`{code}`" in page for code in problems())
