"""A benefit case: what happened to a member, and everything the law answers to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

from pydantic import AliasChoices, Field, model_validator

from semesta.kernel import Month, day_in_words
from semesta.law.answer import Answer
from semesta.law.benefit.claim import (
    check_reported,
    deadlines,
    documents,
    in_kind,
    time_limit,
    years_later,
)
from semesta.law.benefit.death import death_benefit
from semesta.law.benefit.heirs import heirs_of
from semesta.law.benefit.scholarship import (
    Child,
    Right,
    Scholarship,
    scholarship_plan,
    scholarship_right,
)
from semesta.law.benefit.work_accident import Accident, accident_benefit
from semesta.law.book import Reading, law_at
from semesta.law.cases.case import Case, Day, Member, Money
from semesta.law.employer.liability import Breach, owed_in_breach
from semesta.law.membership import Paid, Standing, standing
from semesta.law.schema import Strict

Kind = Literal[
    "death", "work_death", "total_disability", "partial_disability", "work_accident"
]
Level = Literal["", "belum", "tk_sd", "smp", "sma", "pt", "tidak"]
Percent = Decimal | int
OPENS_SCHOLARSHIP = ("death", "work_death", "total_disability")
EMPLOYED_SINCE = "sejak kapan bekerja pada pemberi kerja itu"


class Transport(Strict):
    """What was paid for transport after an accident. Whole rupiah."""

    land: Money = 0
    sea: Money = 0
    air: Money = 0


class Costs(Strict):
    """What was paid for care and aids after an accident. Whole rupiah."""

    home_care: Money = 0
    prosthesis: Money = 0
    dentures: Money = 0
    hearing_aid: Money = 0
    glasses: Money = 0


class Event(Strict):
    """What happened, and when. Percents as a doctor set them by the law's table.

    `disease`: an occupational disease, `on` the day of its diagnosis.
    """

    kind: Kind
    on: Day
    reported_on: Day | None = None
    disability_percent: Percent | None = Field(
        default=None,
        ge=0,
        le=100,
        validation_alias=AliasChoices("disability_percent", "percent"),
    )
    function_loss_percent: Percent | None = Field(default=None, ge=0, le=100)
    days_unable: int | None = Field(default=None, ge=0)
    disease: bool = False
    transport: Transport = Transport()
    costs: Costs = Costs()

    def accident(self) -> Accident:
        """The same, as the law of work accidents asks for it."""
        return Accident(
            kind=self.kind,
            on=self.on,
            disability_percent=self.disability_percent,
            function_loss_percent=self.function_loss_percent,
            days_unable=self.days_unable,
            transport=self.transport.model_dump(),
            costs=self.costs.model_dump(),
        )


class ChildCase(Strict):
    """A child: left out means unmarried and not working; null means nobody knows."""

    id: str
    born_on: Day | None = None
    level: Level | None = ""
    year_of_level: int | None = Field(default=None, ge=1)
    married: bool | None = False
    works: bool | None = False

    def child(self) -> Child:
        return Child(
            self.id, self.born_on, self.married, self.works, self.level or "",
            self.year_of_level,
        )  # fmt: skip


class Family(Strict):
    """Which relatives are alive; left out means nobody knows."""

    spouse: bool | None = None
    child: bool | None = None
    parent: bool | None = None
    grandparent: bool | None = None
    grandchild: bool | None = None
    sibling: bool | None = None
    parent_in_law: bool | None = None
    will: bool | None = None


class EmployerCase(Strict):
    """How the member's employer falls short, if it does."""

    violation: Literal["PWBD", "PDS-TK", "PDS-UPAH", "PDS-PROGRAM", "TUNGGAKAN"]
    reported_wage: Money | None = None
    programmes: list[Literal["JKK", "JKM", "JHT", "JP"]] | None = None


class BenefitCase(Case):
    """An event, the member, the family, and the employer where it is in breach."""

    event: Event
    member: Member = Member()
    children: list[ChildCase] = []
    chosen: list[str] = []
    family: Family = Family()
    employer: EmployerCase | None = None

    @model_validator(mode="after")
    def _children_by_name(self) -> BenefitCase:
        ids = [child.id for child in self.children]
        if len(set(ids)) != len(ids):
            raise ValueError("dua anak memakai id yang sama")
        if unknown := set(self.chosen) - set(ids):
            raise ValueError(f"chosen menyebut anak yang tidak ada: {sorted(unknown)}")
        return self

    def answer(self, reading: Reading) -> dict[str, Any]:
        """Every line, the scholarship, the heirs, papers and days, as one dictionary."""
        event = self.event
        check_reported(event.on, event.reported_on)
        # How tenure counts matters only where the scholarship hangs on it.
        aside = reading.aside()
        held = self._standing(aside)
        membership = self._membership(aside)
        reading.join(aside, without="tenure_after_lapse")
        cash = self._cash(held, reading)
        right = self._right(held, reading)
        plan = scholarship_plan(
            [child.child() for child in self.children],
            event_on=event.on,
            right=right,
            chosen=self.chosen,
            switches=reading,
        )
        expired = self._expired(reading)
        if expired:
            cash, right, plan = expired
        missing = [*cash.unknown, *right.needs]
        missing += [need for child in plan.children for need in child.needs]
        return {
            **cash.as_dict(),
            **_scholarship(right, plan),
            **membership,
            **self._claim(cash, right, reading),
            "unknown": list(dict.fromkeys(missing)),
            "switches_used": list(reading.used),
        }

    def _membership(self, reading: Reading) -> dict[str, Any]:
        held = self.member.standing(self.event.on, reading)
        return {
            "status": held.status if held else "unknown",
            "tenure_months": held.tenure_months if held else None,
        }

    @property
    def _left_out(self) -> bool:
        """Whether the employer never registered this worker at all."""
        return bool(self.employer and self.employer.violation in ("PWBD", "PDS-TK"))

    def _standing(self, reading: Reading) -> Standing | None:
        """The standing; for a worker left out of the insurance, as if registered."""
        on, since = self.event.on, self.member.employed_since
        if self._after_work(reading):
            left_on = self.member.left_work_on
            held = self.member.standing(left_on or on, reading)
            return held and replace(held, on=on)
        if not self._left_out:
            return self.member.standing(on, reading)
        begun = Month.of(since or on)
        ranges = [Paid(begun, Month.of(on) + 1)]
        return standing(ranges, on=on, segment=self.member.segment, switches=reading)

    def _after_work(self, reading: Reading) -> bool:
        """Whether a disease of an ended job is still covered (PP 44/2015 art. 48)."""
        left_on, on = self.member.left_work_on, self.event.on
        if left_on is None or left_on >= on or not self.event.disease:
            return False
        years = law_at(on, reading).get("jkk.after_work_years").value
        return years_later(left_on, years) >= on

    def _cash(self, held: Standing | None, reading: Reading) -> Answer:
        def insured(wage: int | None) -> Answer:
            return self._insured(held, wage, reading)

        if self.employer is None:
            return insured(self.member.monthly_income)
        programmes = self.employer.programmes
        breach = Breach(
            self.employer.violation,
            self.employer.reported_wage,
            tuple(programmes) if programmes is not None else None,
        )
        return owed_in_breach(
            breach,
            on=self.event.on,
            programme="JKM" if self.event.kind == "death" else "JKK",
            insured=insured,
            monthly_wage=self.member.monthly_income,
            switches=reading,
        )

    def _insured(
        self, held: Standing | None, wage: int | None, reading: Reading
    ) -> Answer:
        member = self.member
        if self.event.kind == "death":
            return death_benefit(
                event_on=self.event.on,
                standing=held,
                segment=member.segment,
                employed=member.employed,
                switches=reading,
            )
        return accident_benefit(
            self.event.accident(),
            standing=held,
            monthly_income=wage,
            segment=member.segment,
            employed=True if self._after_work(reading) else member.employed,
            switches=reading,
        )

    def _right(self, held: Standing | None, reading: Reading) -> Right:
        kind = self.event.kind
        if kind not in OPENS_SCHOLARSHIP:
            why = "Beasiswa hanya karena meninggal atau cacat total tetap."
            return Right("no", why, "")
        if self._left_out and kind == "death" and self.member.employed_since is None:
            why = f"Diperlukan: {EMPLOYED_SINCE}."
            asked = (EMPLOYED_SINCE,) if self.children else ()
            return Right("unknown", why, "", needs=asked)
        return scholarship_right(
            event_on=self.event.on,
            standing=held,
            cause="illness" if kind == "death" else "work_accident",
            segment=self.member.segment,
            employed=True if self._after_work(reading) else self.member.employed,
            switches=reading,
        )

    def _expired(self, reading: Reading) -> tuple[Answer, Right, Scholarship] | None:
        """Nothing is left to claim when the report comes after the time limit."""
        event = self.event
        limit = time_limit(event.kind, event.on, switches=reading)
        if limit is None or event.reported_on is None or event.reported_on <= limit:
            return None
        rule = law_at(event.on, reading).get("jkk.time_limit")
        why = f"Lewat batas waktu {rule.value} tahun, yaitu {day_in_words(limit)} ({rule.law})."
        return Answer((), why), Right("no", why, rule.law), Scholarship()

    def _claim(self, cash: Answer, right: Right, reading: Reading) -> dict[str, Any]:
        kind, on = self.event.kind, self.event.on
        covered = bool(cash.lines or cash.unknown)
        school = right.answer != "no" and bool(self.children)
        died = kind in ("death", "work_death")
        papers = documents(kind, on, scholarship=school, switches=reading)
        days = deadlines(
            kind,
            on,
            segment=self.member.segment,
            scholarship=school,
            switches=reading,
        )
        heirs = heirs_of(self._relatives(), on=on, switches=reading) if died else None
        care = in_kind(kind, on, switches=reading)
        return {
            "in_kind": [each.__dict__ for each in care] if covered else [],
            "heirs": heirs.as_dict() if heirs else None,
            "documents": [{"for": aim, "name": name} for aim, name in papers]
            if covered
            else [],
            "deadlines": [each.as_dict() for each in days] if covered else [],
        }

    def _relatives(self) -> Mapping[str, bool | None]:
        known = self.family.model_dump()
        return {**known, "child": True} if self.children else known


def _scholarship(right: Right, plan: Scholarship) -> dict[str, Any]:
    return {
        "scholarship": [year.as_dict() for year in plan.years],
        "scholarship_total": int(plan.total),
        "scholarship_payable": plan.payable,
        "scholarship_right": right.answer,
        "scholarship_why": right.why,
        "scholarship_law": right.law,
        "children": [
            {
                "child": each.child,
                "answer": each.answer,
                "why": each.why,
                "total": plan.total_of(each),
            }
            for each in plan.children
        ],
    }
