"""Policies are read whole or refused with every mistake and its line."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from semesta.eligibility.criteria import catalogue
from semesta.eligibility.policy_text import (
    check_policies,
    read_policy,
    write_policy,
)
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


def test_all_mistakes_are_told_at_once_with_their_lines() -> None:
    text = GOOD.replace("payer: APBD", "payer: DERMA").replace("year: 2026", "year: x")
    text = text.replace("criterion: alive", "criterion: hidup")
    text = text.replace("years: 65", "years: 0").replace("by: decile", "by: undian")
    lines = refused(text).splitlines()
    places = [line.split(":")[0] for line in lines]
    assert places == [f"kebijakan.yaml baris {n}" for n in (3, 4, 7, 8, 10)]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            "valid_from: 2026-06-01\nvalid_until: 2026-01-01",
            "baris 12: valid_until harus",
        ),
        ("valid_from: besok", "valid_from: harus berupa tanggal"),
        ('quotas: {"13.71.01.1001": 4}', "di luar wilayah 13.74"),
        ('quotas: {"13.74.01.1001": -4}', "tidak boleh kurang dari nol"),
        ('quotas: {"13.74.01": 4}\nquota_rule: {total: 9}', "tidak keduanya"),
        ("quota_rule: {total: 0}", "paling sedikit 1"),
        ("verification: {evidence: [sumpah]}", "harus salah satu dari"),
    ],
)
def test_mistakes_in_dates_quotas_and_evidence(more: str, message: str) -> None:
    assert message in refused(f"{GOOD}{more}\n")


@pytest.mark.parametrize(
    "use",
    [
        "occupation_in, with: {occupations: [astronot]}",
        "occupation_group_in, with: {groups: {Langit: [astronot]}}",
        """any_of, with: {either: [{criterion: alive}, {criterion: occupation_in,
        with: {occupations: [astronot]}}]}""",
    ],
)
def test_an_occupation_nobody_knows(use: str) -> None:
    text = GOOD.replace("criterion: age_below, with: {years: 65}", f"criterion: {use}")
    assert "baris 8: pekerjaan astronot tidak dikenal" in refused(text)


@pytest.mark.parametrize(
    ("use", "message"),
    [
        ("income_below, with: {per_day: 1, per_month: 2}", "isi tepat satu"),
        ("income_below", "isi tepat satu"),
        ("not_employed_by, with: {kind: kebun}", "isi kbli atau words"),
        ("not_employed_by, with: {kind: kebun, kbli: [sawit]}", "harus angka"),
        ("not_receiving_aid, with: {aids: [ZAKAT]}", "harus salah satu dari"),
        ("any_of, with: {either: [{criterion: alive}]}", "paling sedikit 2"),
        (
            "any_of, with: {either: [{criterion: any_of}, {criterion: x}]}",
            "tidak dikenal",
        ),
    ],
)
def test_parameters_that_make_no_sense(use: str, message: str) -> None:
    text = GOOD.replace("criterion: age_below, with: {years: 65}", f"criterion: {use}")
    assert message in refused(text)


def test_a_policy_holds_its_year_unless_it_says_otherwise() -> None:
    policy = read_policy(GOOD)
    assert (policy.first_day, policy.last_day) == (date(2026, 1, 1), date(2026, 12, 31))
    half = read_policy(f"{GOOD}valid_from: 2026-07-01\n")
    assert not half.holds_on(date(2026, 6, 30))
    assert half.holds_on(date(2026, 12, 31))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_a_policy_written_again_is_the_same_policy(file) -> None:
    policy = read_policy(file.read_text("utf-8"), file.name)
    again = read_policy(write_policy(policy))
    assert again.rules == policy.rules
    assert again.keys == policy.keys
    assert write_policy(again) == write_policy(policy)


class TestBesideEachOther:
    def test_the_same_days_for_one_payer_are_refused_with_both_names(self) -> None:
        other = GOOD.replace("year: 2026", "year: 2025") + "valid_until: 2026-02-28\n"
        with pytest.raises(UserError) as caught:
            check_policies([("satu.yaml", GOOD), ("dua.yaml", other)])
        assert caught.value.why == (
            "dua.yaml dan satu.yaml sama-sama berlaku untuk APBD di 13.74 dari "
            "1 Januari 2026 sampai dengan 28 Februari 2026"
        )

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("year: 2026", "year: 2025"),
            ("payer: APBD", "payer: BAZNAS"),
            ('region: "13.74"', 'region: "13.71"'),
        ],
    )
    def test_other_years_payers_and_regions_may_stand_side_by_side(
        self, old: str, new: str
    ) -> None:
        texts = [("satu.yaml", GOOD), ("dua.yaml", GOOD.replace(old, new))]
        assert len(check_policies(texts)) == 2

    def test_mistakes_of_all_files_are_told_at_once(self) -> None:
        with pytest.raises(UserError) as caught:
            check_policies(
                [
                    ("satu.yaml", GOOD.replace("payer: APBD", "payer: X")),
                    ("dua.yaml", "title: ["),
                    ("tiga.yaml", GOOD.replace("by: decile", "by: undian")),
                ]
            )
        why = caught.value.why
        assert "satu.yaml baris 4" in why
        assert "Berkas dua.yaml" in why
        assert "bukan YAML yang sah" in why
        assert "tiga.yaml baris 10" in why


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
