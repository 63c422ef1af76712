"""What every kind of case shares: strict fields, months as text, whole rupiah."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AliasChoices,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_validator,
)

from semesta.kernel import Month
from semesta.law.book import Reading
from semesta.law.membership import Paid, Standing, standing
from semesta.law.schema import Strict


def _month(value: Any) -> Any:
    return Month.parse(value) if isinstance(value, str) else value


def _whole(value: Any) -> Any:
    if isinstance(value, bool) or (value is not None and not isinstance(value, int)):
        raise ValueError("harus berupa rupiah bulat, tanpa titik dan tanpa kutip")
    return value


def _not_negative(value: int | None) -> int | None:
    if value is not None and value < 0:
        raise ValueError("tidak boleh kurang dari nol")
    return value


MonthText = Annotated[Month, BeforeValidator(_month), PlainSerializer(str)]
Money = Annotated[int, BeforeValidator(_whole), AfterValidator(_not_negative)]
Segment = Literal["BPU", "PU"]


class Case(Strict):
    """What every case may say: which way uncertain rules are read."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        arbitrary_types_allowed=True,
    )
    switches: dict[str, str] = {}


class Range(Strict):
    """Paid months of one payer, `until` exclusive."""

    model_config = Case.model_config
    from_: MonthText = Field(alias="from")
    until: MonthText
    payer: str = ""

    @model_validator(mode="after")
    def _order(self) -> Range:
        if self.until <= self.from_:
            raise ValueError("until harus sesudah from (until tidak termasuk)")
        return self


class Member(Strict):
    """A member as a case describes them; `paid` left out means nobody knows.

    `employed` (PU): worked for the employer on the day of the event; null when nobody
    knows. `employed_since` matters only where the employer never registered them.
    """

    model_config = Case.model_config
    segment: Segment = "BPU"
    born_on: date | None = None
    monthly_income: Money | None = Field(
        default=None, validation_alias=AliasChoices("monthly_income", "monthly_wage")
    )
    sector: str = ""
    paid: list[Range] | None = None
    employed: bool | None = True
    employed_since: date | None = None

    def standing(self, on: date, reading: Reading) -> Standing | None:
        """The member's standing on a day; None when the paid months are not known."""
        if self.paid is None:
            return None
        ranges = [Paid(r.from_, r.until, r.payer) for r in self.paid]
        return standing(ranges, on=on, segment=self.segment, switches=reading)
