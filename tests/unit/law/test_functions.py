"""What the cases cannot say: days, sectors, shapes of answers, and misuse."""

from __future__ import annotations

from datetime import date

import pytest

from semesta.kernel import Month, Rupiah, UserError
from semesta.law.answer import percent_of
from semesta.law.benefit.death import MINIMUM_SWITCHES, death_benefit
from semesta.law.benefit.scholarship import age, scholarship_right
from semesta.law.book import law_book
from semesta.law.cases import answer_case, answer_text
from semesta.law.contribution.bpu import (
    bpu_bracket,
    bpu_minimum,
    bpu_monthly,
    sector_of,
)
from semesta.law.due_dates import due_on, last_overdue
from semesta.law.membership import Paid, standing
from semesta.law.reference import (
    glossary_markdown,
    parameters_markdown,
    switches_markdown,
)
from semesta.law.review import to_review

MAY = Month(2026, 5)


class TestDueDates:
    @pytest.mark.parametrize(
        ("month", "segment", "due"),
        [
            (Month(2025, 7), "BPU", date(2025, 7, 15)),
            (Month(2025, 6), "BPU", date(2025, 6, 16)),  # the 15th is a Sunday
            (Month(2025, 11), "BPU", date(2025, 11, 17)),  # a Saturday
            (Month(2025, 12), "PU", date(2026, 1, 15)),
            (Month(2025, 5), "PU", date(2025, 6, 16)),
        ],
    )
    def test_due_on(self, month: Month, segment: str, due: date) -> None:
        assert due_on(month, segment) == due

    def test_last_overdue(self) -> None:
        assert last_overdue(date(2026, 1, 15)) == Month(2025, 12)
        assert last_overdue(date(2026, 1, 16)) == Month(2026, 1)
        assert last_overdue(date(2026, 1, 31), "PU") == Month(2025, 12)

    def test_unknown_segment(self) -> None:
        with pytest.raises(UserError, match=r"law\.segment"):
            due_on(MAY, "JAKON")


class TestContribution:
    def test_minimum_is_the_lowest_bracket(self) -> None:
        assert bpu_minimum(MAY, payer="APBD").total == Rupiah(16_800)

    def test_every_bracket_starts_where_the_law_says(self) -> None:
        table = law_book().parameters["bpu.jkk.bracket"].values[0].value
        assert len(table) == 33
        for row in table:
            assert bpu_bracket(MAY, monthly_income=row["from"]).base == row["base"]
            if row["from"]:
                below = bpu_bracket(MAY, monthly_income=row["from"] - 1)
                assert below.number == row["number"] - 1

    def test_sector_of_occupations(self) -> None:
        assert sector_of("ojek", MAY) == ("transport", ())
        assert sector_of("petani", MAY) == ("other", ())
        assert sector_of("", MAY) == ("", ())
        assert sector_of("juru-parkir", MAY) == ("other", ("relief_transport_jobs",))
        wide = {"relief_transport_jobs": "drivers_and_helpers"}
        assert sector_of("juru-parkir", MAY, switches=wide)[0] == "transport"
        assert sector_of("ojek", Month(2024, 1)) == ("other", ())

    def test_the_answer_explains_itself(self) -> None:
        answer = bpu_monthly(MAY, monthly_income=0, payer="SELF")
        line = answer.lines[0]
        assert line.explanation == (
            "1% × dasar upah Rp1.000.000 (golongan 1) = Rp10.000; dibayar 50% = Rp5.000"
        )
        assert "PP 50/2025" in line.law
        assert "Mei 2026" in answer.sentence
        assert "tidak berlaku" in bpu_minimum(MAY, payer="APBD").sentence


class TestDeath:
    def test_standing_of_another_day_is_a_mistake(self) -> None:
        held = standing([Paid(Month(2025, 1), Month(2026, 1))], on=date(2025, 9, 1))
        for ask in (death_benefit, scholarship_right):
            with pytest.raises(ValueError, match="day of the event"):
                ask(event_on=date(2025, 9, 2), standing=held)

    def test_its_switches_have_the_options_of_the_file(self) -> None:
        for switch, options in MINIMUM_SWITCHES.items():
            assert list(options) == law_book().switches[switch].choices

    def test_lapsed_says_why(self) -> None:
        held = standing([Paid(Month(2025, 1), Month(2025, 2))], on=date(2025, 9, 20))
        answer = death_benefit(event_on=date(2025, 9, 20), standing=held)
        assert "menunggak 8 bulan" in answer.sentence
        assert "Pasal 42" in answer.sentence


class TestCases:
    def test_all_mistakes_of_a_case_at_once(self) -> None:
        text = "event: {kind: sakit, on: besok}\nmember: {umur: 3}\n"
        with pytest.raises(UserError) as caught:
            answer_text(text, "kasus.yaml")
        assert caught.value.code == "law.case"
        assert caught.value.why.count("kasus.yaml baris") == 3

    def test_a_case_that_asks_nothing(self) -> None:
        with pytest.raises(UserError, match=r"law\.case"):
            answer_case({"member": {}})
        with pytest.raises(UserError, match=r"law\.case"):
            answer_text("- 1", "kasus.yaml")
        with pytest.raises(UserError, match=r"law\.case"):
            answer_case({"month": "2026-13"})

    def test_the_shape_of_a_benefit(self) -> None:
        text = (
            "event: {kind: death, on: 2025-09-20}\n"
            "member: {paid: [{from: 2024-08, until: 2025-10, payer: APBD}]}\n"
        )
        answer = answer_text(text, "kasus.yaml")
        assert answer["total"] == 42_000_000
        line = answer["lines"][0]
        assert set(line) == {
            "code", "label", "amount", "law", "explanation", "payable", "paid_by",
        }  # fmt: skip
        assert answer["status"] == "active"


class TestSmall:
    def test_halves_go_up(self) -> None:
        assert percent_of(50, 1) == 1
        assert percent_of(49, 1) == 0

    @pytest.mark.parametrize(
        ("on", "years"),
        [(date(2026, 2, 28), 25), (date(2026, 3, 1), 26), (date(2028, 2, 29), 28)],
    )
    def test_age_of_a_leap_day_child(self, on: date, years: int) -> None:
        assert age(date(2000, 2, 29), on) == years

    def test_review_lists_what_is_unsure_or_old(self) -> None:
        now = to_review(date(2026, 11, 23))
        assert {item.key for item in now} >= {"jkm.minimum_months", "bpu.prepay_months"}
        assert all("di bawah B" in item.why for item in now)
        later = to_review(date(2028, 2, 29))
        assert len(later) > len(now)

    def test_reference_pages(self) -> None:
        pages = parameters_markdown(), switches_markdown(), glossary_markdown()
        for page in pages:
            assert page.startswith("<!-- Dibuat dari kode")
            assert page.endswith("\n")
        assert "| 2015-07-01 | – | Rp6.800 | PP 44/2015 Pasal 20 ayat (3) |" in pages[0]
        for switch in law_book().switches:
            assert f"## `{switch}`" in pages[1]
        assert "**PWBD**" in pages[2]
