"""Policies are read whole or refused with every mistake and its line."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from semesta.eligibility.criteria import catalogue
from semesta.eligibility.policy_text import read_policy
from semesta.eligibility.priority import KEYS
from semesta.eligibility.reference import criteria_markdown
from semesta.kernel import UserError
from semesta.law.book import law_at

SHIPPED = [
    file
    for region in sorted(
        (files("semesta") / "policies").iterdir(), key=lambda f: f.name
    )
    for file in region.iterdir()
]
GOOD = """title: Contoh
region: "13.74"
year: 2026
payer: APBD
instrument: Perwako contoh
criteria:
  - {criterion: alive, clause: Pasal 1}
  - {criterion: age_below, with: {years: 65}, clause: Pasal 2}
priority:
  - {by: decile, order: lowest}
"""


def refused(text: str) -> str:
    with pytest.raises(UserError) as caught:
        read_policy(text, "kebijakan.yaml")
    assert caught.value.code == "policy.file"
    return caught.value.why


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_shipped_policies_are_whole_and_named_after_their_content(file) -> None:
    policy = read_policy(file.read_text("utf-8"), file.name)
    assert str(file).endswith(f"{policy.slug}.yaml")
    assert all("contoh" in use.clause for use in policy.criteria)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_shipped_policies_keep_the_insurers_age_limit(file) -> None:
    policy = read_policy(file.read_text("utf-8"), file.name)
    limit = law_at(date(policy.year, 1, 1)).get("bpu.max_age").value
    used = {use.criterion: use.with_ for use in policy.criteria}
    assert used["age_below"]["years"] <= limit


def test_a_good_policy() -> None:
    policy = read_policy(GOOD)
    assert policy.slug == "13.74/2026-apbd"
    assert [(k.column, k.highest_first) for k in policy.priority] == [("decile", False)]
    assert policy.priority[0].label == KEYS["decile"].label
    assert [rule.criterion.name for rule in policy.rules] == ["alive", "age_below"]
    assert policy.household_cap is None


def test_unknown_criterion_lists_those_known() -> None:
    why = refused(GOOD.replace("criterion: alive", "criterion: hidup"))
    assert why.startswith("kebijakan.yaml baris 7: syarat hidup tidak dikenal")
    assert all(name in why for name in catalogue())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("payer: APBD", "payer: DERMAWAN", "baris 4: pembayar DERMAWAN tidak dikenal"),
        ("years: 65", "tahun: 65", "baris 8: years: wajib diisi"),
        ("years: 65", "years: 165", "baris 8"),
        ("by: decile", "by: undian", "urutan undian tidak dikenal"),
        ("order: lowest", "order: teratas", "harus salah satu dari"),
        ("criterion: age_below, with: {years: 65}", "criterion: alive", "dua kali"),
        ("year: 2026", "year: dua", "baris 3: year: harus berupa bilangan bulat"),
        ("title: Contoh\n", "", "title: wajib diisi"),
        ("by: decile,", "by: decile, with: {a: 1},", "tidak dikenal"),
    ],
)
def test_mistakes(old: str, new: str, message: str) -> None:
    assert message in refused(GOOD.replace(old, new))


def test_not_yaml() -> None:
    with pytest.raises(UserError) as caught:
        read_policy("title: [", "kebijakan.yaml")
    assert caught.value.code == "policy.file"


def test_lists_need_one_of_the_two() -> None:
    text = GOOD.replace(
        "criterion: alive,",
        "criterion: on_list, with: {proposed: false, earlier_decree: false},",
    )
    assert "harus true" in refused(text)


def test_every_criterion_speaks_to_citizens() -> None:
    for criterion in catalogue().values():
        for text in (criterion.passed, criterion.failed, criterion.unknown):
            assert text.endswith(".")
        assert criterion.missing
        assert criterion.office


def test_reference_page_names_everything() -> None:
    page = criteria_markdown()
    for name in (*catalogue(), *KEYS):
        assert f"`{name}`" in page
