"""What a case may say, and what an answer carries beside its amounts."""

from __future__ import annotations

from typing import Any

import pytest

from semesta.kernel import UserError
from semesta.law.cases import (
    answer_benefit,
    answer_contribution,
    answer_sanctions,
    answer_standing,
)

PAID = [{"from": "2024-08", "until": "2025-10", "payer": "APBD"}]


def benefit(kind: str = "death", **more: Any) -> dict[str, Any]:
    """A benefit case of 14 paid months; `more` goes beside event and member."""
    case = {"event": {"kind": kind, "on": "2025-09-20"}, "member": {"paid": PAID}}
    return case | more


def problems(ask: Any, case: Any) -> str:
    with pytest.raises(UserError) as caught:
        ask(case)
    assert caught.value.code == "law.case"
    return caught.value.why


class TestBadCases:
    def test_all_problems_at_once(self) -> None:
        case = benefit(children=[{"id": "a", "year_of_level": 0}], chosen=["b"])
        case["member"] = {
            "monthly_income": -1,
            "paid": [{"from": "2025-08", "until": "2025-08"}],
        }
        why = problems(answer_benefit, case)
        assert "member.monthly_income: tidak boleh kurang dari nol" in why
        assert "member.paid.0: until harus sesudah from" in why
        assert "children.0.year_of_level" in why

    def test_children(self) -> None:
        twice = benefit(children=[{"id": "a"}, {"id": "a"}])
        assert "id yang sama" in problems(answer_benefit, twice)
        nobody = benefit(children=[{"id": "a"}], chosen=["b"])
        assert "anak yang tidak ada" in problems(answer_benefit, nobody)

    @pytest.mark.parametrize("amount", ["900.000", 900_000.5, True])
    def test_money_is_whole_rupiah(self, amount: Any) -> None:
        case = {"month": "2025-05", "monthly_income": amount}
        assert "rupiah bulat" in problems(answer_contribution, case)

    def test_two_wages(self) -> None:
        case = {"segment": "PU", "month": "2026-05", "monthly_wage": 1, "daily_wage": 1}
        assert "pilih satu" in problems(answer_contribution, case)

    def test_days_in_the_wrong_order(self) -> None:
        case = {"violation": "PWBD", "found_on": "2026-03-02", "on": "2026-03-01"}
        assert "on mendahului found_on" in problems(answer_sanctions, case)

    def test_reported_before_it_happened(self) -> None:
        case = benefit()
        case["event"] = {
            "kind": "death",
            "on": "2025-09-20",
            "reported_on": "2025-09-19",
        }
        with pytest.raises(UserError, match=r"law\.reported"):
            answer_benefit(case)

    @pytest.mark.parametrize("case", [None, [], "x", 1])
    def test_no_case_at_all(self, case: Any) -> None:
        assert problems(answer_benefit, case)


class TestWhatIsMissing:
    def test_an_empty_benefit_case_names_what_it_needs(self) -> None:
        answer = answer_benefit(
            {"event": {"kind": "work_accident", "on": "2025-09-20"}}
        )
        assert answer["status"] == "unknown"
        assert answer["total"] == 0
        assert answer["unknown"]

    def test_a_contribution_without_a_month(self) -> None:
        assert answer_contribution({"segment": "PU"})["unknown"] == ["bulan iuran"]

    def test_a_pension_cap_nobody_has_announced(self) -> None:
        case = {
            "segment": "PU", "month": "2027-03", "monthly_wage": 5_000_000, "jkk_class": 1,
        }  # fmt: skip
        answer = answer_contribution(case)
        assert "contribution.jp" not in {line["code"] for line in answer["lines"]}
        assert "contribution.jht" in {line["code"] for line in answer["lines"]}
        assert "Maret 2027" in answer["unknown"][0]
        assert "Belum lengkap" in answer["sentence"]
        small = answer_contribution(case | {"size": "mikro"})
        assert small["unknown"] == []

    def test_children_without_a_class_keep_their_right(self) -> None:
        case = benefit("work_death", children=[{"id": "a", "born_on": "2015-05-01"}])
        case["member"] = {"paid": PAID, "monthly_income": 900_000}
        answer = answer_benefit(case)
        assert answer["total"] == 70_000_000
        assert answer["children"][0]["answer"] == "yes"
        assert answer["children"][0]["total"] is None
        assert answer["unknown"] == ["jenjang sekolah anak a"]


class TestWhatWouldChangeIt:
    def codes(self, answer: dict[str, Any]) -> dict[str, int]:
        return {each["code"]: each["total"] for each in answer["what_if"]}

    def test_one_month_more_and_one_less(self) -> None:
        case = benefit()
        case["member"] = {"paid": [{"from": "2025-08", "until": "2025-10"}]}
        changed = self.codes(answer_benefit(case))
        assert changed["one_more_month"] == 42_000_000
        assert changed["one_unpaid"] == 10_000_000
        assert "paid_up" not in changed

    def test_arrears_that_would_be_paid(self) -> None:
        case = benefit()
        case["member"] = {"paid": [{"from": "2024-08", "until": "2025-06"}]}
        answer = answer_benefit(case)
        assert answer["total"] == 0
        assert self.codes(answer) == {
            "paid_up": 42_000_000, "one_more_month": 0,
        }  # fmt: skip

    def test_months_that_would_lapse(self) -> None:
        assert self.codes(answer_benefit(benefit()))["lapsed"] == 0

    def test_enough_months_for_the_scholarship(self) -> None:
        child = {"id": "a", "born_on": "2015-05-01", "level": "smp", "year_of_level": 1}
        answer = answer_benefit(benefit(children=[child]))
        assert answer["scholarship_total"] == 0
        found = {each["code"]: each for each in answer["what_if"]}
        assert found["long_enough"]["scholarship_total"] > 0

    def test_an_event_that_cannot_be_reckoned_has_no_variations(self) -> None:
        # Without an income only that nothing is owed can be said.
        assert self.codes(answer_benefit(benefit("work_death"))) == {"lapsed": 0}

    def test_nothing_is_known_so_nothing_changes(self) -> None:
        case = {"event": {"kind": "death", "on": "2025-09-20"}}
        assert answer_benefit(case)["what_if"] == []

    def test_a_contribution_paid_by_somebody_else(self) -> None:
        case = {
            "month": "2026-05", "monthly_income": 0, "sector": "other", "payer": "APBD",
        }  # fmt: skip
        assert self.codes(answer_contribution(case)) == {
            "with_jht": 36_800, "paid_by_self": 8_400,
        }  # fmt: skip
        assert answer_contribution(case | {"segment": "JAKON"})["what_if"] == []


class TestOtherThings:
    def test_the_day_of_payment(self) -> None:
        answer = answer_contribution({"month": "2025-06", "monthly_income": 0})
        assert answer["due_on"] == "2025-06-16"
        assert answer["due_on_jht"] is None
        saving = {"month": "2025-06", "monthly_income": 0, "jht": True}
        assert answer_contribution(saving)["due_on_jht"] == "2025-07-15"
        project = {"segment": "JAKON", "month": "2025-06", "contract_value": 1}
        assert answer_contribution(project)["due_on"] is None

    def test_an_occupation_says_the_sector(self) -> None:
        case = {
            "month": "2026-02", "monthly_income": 0, "payer": "SELF", "occupation": "ojek",
        }  # fmt: skip
        assert answer_contribution(case)["total"] == 8_400

    def test_the_step_of_the_day(self) -> None:
        case = {"violation": "PWBD", "found_on": "2026-03-02"}
        steps = {
            day: answer_sanctions(case | {"on": day})["step_on"]
            for day in ("2026-03-02", "2026-03-13", "2026-03-24", "2026-04-23")
        }
        assert list(steps.values()) == ["warning_1", "warning_2", "fine", "withheld"]

    def test_months_are_written_as_months(self) -> None:
        answer = answer_standing({"on": "2025-07-16", "member": {"paid": PAID}})
        assert answer["given"]["member"]["paid"][0]["from"] == "2024-08"

    def test_an_expired_claim_says_so(self) -> None:
        case = benefit("work_death")
        case["event"] = case["event"] | {
            "on": "2019-11-20",
            "reported_on": "2021-11-21",
        }
        case["member"] = {
            "monthly_income": 0,
            "paid": [{"from": "2019-01", "until": "2020-01"}],
        }
        answer = answer_benefit(case)
        assert answer["total"] == 0
        assert "Lewat batas waktu 2 tahun" in answer["sentence"]
