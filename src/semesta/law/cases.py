"""Questions written down as cases (YAML or JSON), and their answers in a fixed shape.

A case with `event` asks for a benefit, one with `month` for a contribution, one with
`on` for a standing. The same cases are the specification in `tests/spec/law`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError

from semesta.kernel import Month, UserError
from semesta.law.answer import Answer
from semesta.law.contribution import bpu_monthly
from semesta.law.death import death_benefit, work_death_benefit
from semesta.law.document import Document
from semesta.law.membership import Paid, Standing, standing
from semesta.law.schema import Strict
from semesta.law.scholarship import (
    Child,
    eligible_children,
    scholarship_right,
)


def _month(value: Any) -> Any:
    return Month.parse(value) if isinstance(value, str) else value


MonthText = Annotated[Month, BeforeValidator(_month)]


class Case(Strict):
    """What every case may say: which way uncertain rules are read."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        arbitrary_types_allowed=True,
    )
    switches: dict[str, str] = {}


class Range(Case):
    """Paid months, `until` exclusive."""

    from_: MonthText = Field(alias="from")
    until: MonthText
    payer: str = ""


class Member(Case):
    """A member as a case describes them; `paid` None means nobody knows."""

    segment: Literal["BPU", "PU"] = "BPU"
    born_on: date | None = None
    monthly_income: int | None = None
    sector: str = ""
    paid: list[Range] | None = None

    def standing(self, on: date, switches: dict[str, str]) -> Standing | None:
        if self.paid is None:
            return None
        ranges = [Paid(r.from_, r.until, r.payer) for r in self.paid]
        return standing(ranges, on=on, segment=self.segment, switches=switches)


class ChildCase(Case):
    """A child as a case describes them."""

    id: str
    born_on: date | None = None
    level: str = ""
    year_of_level: int | None = None
    married: bool | None = None
    works: bool | None = None


class EventCase(Case):
    """What happened, and when."""

    kind: Literal["death", "work_death"]
    on: date
    reported_on: date | None = None


class BenefitCase(Case):
    """A death and what is known of the member and the children."""

    event: EventCase
    member: Member
    children: list[ChildCase] = []

    def answer(self) -> dict[str, Any]:
        on = self.event.on
        held = self.member.standing(on, self.switches)
        cash = self._cash(held)
        right = scholarship_right(
            event_on=on,
            standing=held,
            cause="work_accident" if self.event.kind == "work_death" else "illness",
            segment=self.member.segment,
            switches=self.switches,
        )
        used = dict.fromkeys([*cash.switches_used, *right.switches_used])
        return {
            **cash.as_dict(),
            "scholarship_right": right.answer,
            "scholarship_why": right.why,
            "scholarship_children": self._children(right.answer),
            "status": held.status if held else "unknown",
            "tenure_months": held.tenure_months if held else None,
            "unknown": list(dict.fromkeys([*cash.unknown, *right.needs])),
            "switches_used": list(used),
        }

    def _cash(self, held: Standing | None) -> Answer:
        if self.event.kind == "work_death":
            return work_death_benefit(
                event_on=self.event.on,
                standing=held,
                monthly_income=self.member.monthly_income,
                switches=self.switches,
            )
        return death_benefit(
            event_on=self.event.on,
            standing=held,
            segment=self.member.segment,
            switches=self.switches,
        )

    def _children(self, right: str) -> dict[str, str]:
        if right != "yes":
            return {child.id: right for child in self.children}
        children = [
            Child(child.id, child.born_on, child.married, child.works)
            for child in self.children
        ]
        rights = eligible_children(children, on=self.event.on) if children else ()
        return {right.child: right.answer for right in rights}


class ContributionCase(Case):
    """A month's contribution of one member."""

    segment: Literal["BPU"] = "BPU"
    month: MonthText
    monthly_income: int | None = None
    sector: str = ""
    payer: str = ""

    def answer(self) -> dict[str, Any]:
        return bpu_monthly(
            self.month,
            monthly_income=self.monthly_income,
            payer=self.payer,
            sector=self.sector,
            switches=self.switches,
        ).as_dict()


class StandingCase(Case):
    """A member's standing on a day."""

    on: date
    member: Member

    def answer(self) -> dict[str, Any]:
        held = self.member.standing(self.on, self.switches)
        if held is None:
            return {"status": "unknown", "unknown": ["bulan iuran yang sudah dibayar"]}
        return {
            "status": held.status,
            "tenure_months": held.tenure_months,
            "unpaid_months": held.unpaid_months,
            "paid_until": str(held.paid_until) if held.paid_until else None,
            "spell_from": str(held.spell_from) if held.spell_from else None,
            "spell_months": held.spell_months,
            "spells": held.spells,
            "unknown": [],
            "switches_used": list(held.switches_used),
        }


KINDS: dict[str, type[BenefitCase] | type[ContributionCase] | type[StandingCase]] = {
    "event": BenefitCase,
    "month": ContributionCase,
    "on": StandingCase,
}


def answer_case(given: Any) -> dict[str, Any]:
    """The answer to a parsed case. UserError `law.case` names all its mistakes."""
    keys = given if isinstance(given, dict) else {}
    kind = next((model for key, model in KINDS.items() if key in keys), None)
    if kind is None:
        raise _bad_case(["tidak ada event, month, atau on di dalamnya"])
    try:
        return kind.model_validate(given).answer()
    except ValidationError as error:
        raise _bad_case(
            f"{'.'.join(map(str, item['loc']))}: {item['msg']}"
            for item in error.errors(include_url=False, include_input=False)
        ) from error


def answer_case_text(text: str, name: str) -> dict[str, Any]:
    """The answer to a case as written in a file; problems name its lines."""
    document = Document(text, name)
    keys = document.data if isinstance(document.data, dict) else {}
    kind = next((model for key, model in KINDS.items() if key in keys), None)
    if kind is None:
        raise _bad_case([f"{name}: tidak ada event, month, atau on di dalamnya"])
    try:
        return kind.model_validate(document.data).answer()
    except ValidationError as error:
        raise _bad_case(document.problems(error)) from error


def _bad_case(problems: Iterable[str]) -> UserError:
    return UserError(
        "law.case",
        "Kasus ini tidak dapat dihitung.",
        "\n".join(problems),
        "Perbaiki bagian yang disebut; contoh kasus ada di tests/spec/law.",
    )
