"""The pages of plans: budgets, comparison, the slider, making a plan, its list."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from semesta.access.models import Role
from semesta.planning.models import BudgetLine, Plan
from semesta.planning.queries import newest_plan

EACH = 201_600


@pytest.fixture
def officer(as_role: Any) -> Any:
    return as_role(Role.OFFICER)


class TestCompare:
    def test_every_scenario_with_its_mark(self, officer: Any) -> None:
        page = officer.get(reverse("plans-compare")).content.decode()
        assert page.count("Hanya perbandingan") >= 2
        assert "Urutan kebijakan" in page
        assert "HiGHS" in page
        assert "UN World Population Prospects" in page

    def test_the_slider_wins_only_when_moved(self, officer: Any) -> None:
        url = reverse("plans-compare")
        moved = {"anggaran": EACH, "geser": 2 * EACH, "geser_semula": EACH}
        assert "Rp403.200" in officer.get(url, moved).content.decode()
        still = {"anggaran": 3 * EACH, "geser": EACH, "geser_semula": EACH}
        assert "Rp604.800" in officer.get(url, still).content.decode()

    def test_the_slider_gets_the_lower_part_alone(self, officer: Any) -> None:
        response = officer.get(
            reverse("plans-compare"), {"anggaran": EACH}, headers={"HX-Request": "true"}
        )
        page = response.content.decode()
        assert "<h1>" not in page
        assert 'hx-swap-oob="true"' in page

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ({"anggaran": 0}, "tidak cukup untuk satu orang"),
            ({"anggaran": 10**9, "pembayar": "DBH_SAWIT"}, "tidak boleh membayari"),
        ],
    )
    def test_a_question_without_an_answer_says_why(
        self, officer: Any, asked: dict[str, Any], said: str
    ) -> None:
        assert said in officer.get(reverse("plans-compare"), asked).content.decode()

    def test_nonsense_in_the_address_is_the_usual_question(self, officer: Any) -> None:
        asked = {"bulan": "99", "mulai": "kapan", "pembayar": "<b>", "anggaran": "x"}
        response = officer.get(reverse("plans-compare"), asked)
        assert response.status_code == 200

    def test_a_plan_is_made_of_what_the_policy_allows(self, officer: Any) -> None:
        asked = {"anggaran": EACH, "mulai": "2026-02", "bulan": 6}
        response = officer.post(
            reverse("plans-make"), {**asked, "cara": "many_shorter"}
        )
        made = newest_plan()
        assert made is not None
        assert response["Location"] == reverse("plans-plan", args=[made.pk])
        assert made.months == 3
        before = Plan.objects.count()
        officer.post(reverse("plans-make"), {**asked, "cara": "optimum"})
        assert Plan.objects.count() == before


def test_a_plans_page_proves_its_order_and_finds_people(officer: Any) -> None:
    plan = Plan.objects.get()
    url = reverse("plans-plan", args=[plan.pk])
    page = officer.get(url).content.decode()
    assert "Terbukti" in page
    assert "Peringkat 1 dari" in page
    nobody = officer.get(url, {"cari": "tidak ada orang ini"}).content.decode()
    assert "Tidak ada yang cocok" in nobody


def test_the_leader_sees_plans_and_makes_none(as_role: Any) -> None:
    leader = as_role(Role.LEADER)
    page = leader.get(reverse("plans-compare")).content.decode()
    assert "Susun rencana" not in page
    assert "Catat anggaran" not in leader.get(reverse("plans")).content.decode()


def test_who_is_paid_by_whom(officer: Any) -> None:
    next_year = {"mulai": "2027-01"}
    empty = officer.get(reverse("plans-payers"), next_year).content.decode()
    assert "Belum ada anggaran" in empty
    for payer in ("APBD", "CSR", "DBH_SAWIT"):
        BudgetLine.objects.create(year=2026, payer=payer, name=payer, amount=5_000_000)
    page = officer.get(reverse("plans-payers")).content.decode()
    assert "Terlindungi bersama" in page
    assert "tidak membayari seorang pun" in page
