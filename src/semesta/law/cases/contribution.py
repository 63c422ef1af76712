"""A contribution case: one month of one member, or one construction project."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from semesta.kernel import Month
from semesta.law.answer import Answer, needs, sum_of
from semesta.law.book import Reading, law_book
from semesta.law.cases.case import (
    Case,
    Day,
    Money,
    MonthText,
    Payer,
    RiskClass,
    Sector,
    Size,
)
from semesta.law.contribution.bpu import bpu_monthly, sector_of
from semesta.law.contribution.construction import construction_contribution
from semesta.law.contribution.migrant import migrant_contribution
from semesta.law.contribution.pu import Employment, monthly_wage_of, pu_monthly
from semesta.law.due_dates import due_on
from semesta.law.employer.fines import late_fine

MONTH = "bulan iuran"


class ContributionCase(Case):
    """What one month costs, and who pays which part.

    `paid_on` adds the fine for paying late. BPU: monthly_income, sector (or
    occupation), payer, jht, is_employer. PU: monthly_wage (or daily_wage, or earnings
    by month), jkk_class, size, industry. JAKON: contract_value, or monthly_wage of all
    workers together. PMI: via_agency, contract_months, jht_amount.
    """

    segment: Literal["BPU", "PU", "JAKON", "PMI"] = "BPU"
    month: MonthText | None = None
    paid_on: Day | None = None
    monthly_income: Money | None = None
    monthly_wage: Money | None = None
    sector: Sector = ""
    occupation: str = ""
    payer: Payer = ""
    jht: bool = False
    is_employer: bool = False
    daily_wage: Money | None = None
    earnings: list[Money] = []
    weather: bool = False
    jkk_class: RiskClass = None
    size: Size = ""
    jkp: bool = True
    industry: str = ""
    active_workers: int | None = Field(default=None, ge=0)
    jkk_paid_up: bool | None = None
    contract_value: Money | None = None
    via_agency: bool | None = None
    contract_months: int | None = None
    jht_amount: Money = 0

    @model_validator(mode="after")
    def _one_wage(self) -> ContributionCase:
        given = [self.monthly_wage, self.daily_wage, self.earnings or None]
        if sum(wage is not None for wage in given) > 1:
            raise ValueError("pilih satu: monthly_wage, daily_wage, atau earnings")
        return self

    def answer(self, reading: Reading) -> dict[str, Any]:
        """Lines per programme and payer; `due_on` is the last day for paying.

        `due_on_jht`, for a BPU member who saves, comes a month later.
        """
        month = self.month or self._newest()
        if month is None:
            answer = needs(MONTH)
        else:
            answer = self._with_fine(self._lines(month, reading), reading)
        saves = any(line.code == "contribution.jht" for line in answer.lines)
        later = saves and self.segment == "BPU"
        return {
            **answer.as_dict(),
            "due_on": self._due_on(reading),
            "due_on_jht": self._due_on(reading, "JHT") if later else None,
            "switches_used": list(reading.used),
        }

    def _newest(self) -> Month | None:
        """For what is paid once, and not by the month: the newest rule on file."""
        once = {"JAKON": "jakon.slices", "PMI": "pmi.contribution"}
        if self.segment not in once:
            return None
        values = law_book().parameters[once[self.segment]].values
        return Month.of(values[-1].from_)

    def _lines(self, month: Month, reading: Reading) -> Answer:
        if self.segment == "PU":
            return pu_monthly(month, self._employment(month), switches=reading)
        if self.segment == "JAKON":
            return construction_contribution(
                month,
                contract_value=self.contract_value,
                monthly_wages=self.monthly_wage,
                switches=reading,
            )
        if self.segment == "PMI":
            return migrant_contribution(
                month,
                via_agency=self.via_agency,
                contract_months=self.contract_months,
                jht=self.jht_amount,
                switches=reading,
            )
        sector: str = self.sector
        if not sector and self.occupation:
            sector, _ = sector_of(self.occupation, month, switches=reading)
        return bpu_monthly(
            month,
            monthly_income=self.monthly_income,
            payer=self.payer,
            sector=sector,
            jht=self.jht,
            is_employer=self.is_employer,
            switches=reading,
        )

    def _employment(self, month: Month) -> Employment:
        wage = (
            self.monthly_wage if self.monthly_wage is not None else self.monthly_income
        )
        if self.daily_wage is not None or self.earnings:
            wage = monthly_wage_of(
                month,
                daily=self.daily_wage,
                earnings=self.earnings,
                weather=self.weather,
            )
        return Employment(
            monthly_wage=wage,
            jkk_class=self.jkk_class,
            size=self.size,
            jkp=self.jkp,
            industry=self.industry,
            active_workers=self.active_workers,
            jkk_paid_up=self.jkk_paid_up,
        )

    def _with_fine(self, answer: Answer, reading: Reading) -> Answer:
        monthly = self.segment in ("BPU", "PU")
        if self.paid_on is None or self.month is None or not monthly:
            return answer
        borne = [line for line in answer.lines if line.paid_by != "government"]
        if not borne:
            return answer
        fine = late_fine(
            self.month,
            contribution=sum_of(borne),
            paid_on=self.paid_on,
            segment=self.segment,
            switches=reading,
        )
        if not fine.amount:
            return answer
        sentence = f"{answer.sentence} Denda karena terlambat {fine.amount}."
        return Answer((*answer.lines, fine), sentence, (), reading.used)

    def _due_on(self, reading: Reading, programme: str = "") -> str | None:
        if self.month is None or self.segment not in ("BPU", "PU"):
            return None
        day = due_on(self.month, self.segment, programme=programme, reading=reading)
        return day.isoformat()
