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

from semesta.kernel import Month, UserError
from semesta.law.book import Reading, law_book
from semesta.law.membership import Paid, Standing, standing
from semesta.law.schema import Strict


def _month(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return Month.parse(value)
    except ValueError as error:
        raise ValueError("harus berupa bulan, mis. 2026-05") from error


def _whole(value: Any) -> Any:
    if isinstance(value, bool) or (value is not None and not isinstance(value, int)):
        raise ValueError("harus berupa rupiah bulat, tanpa titik dan tanpa kutip")
    return value


def _possible(value: int) -> int:
    if value < 0:
        raise ValueError("tidak boleh kurang dari nol")
    if value > MOST_MONEY:
        raise ValueError("terlalu besar")
    return value


def _of_our_time(value: date | Month) -> date | Month:
    if not EARLIEST.year <= value.year <= LATEST.year:
        raise ValueError(f"tahunnya harus {EARLIEST.year} sampai {LATEST.year}")
    return value


EARLIEST, LATEST = date.fromisoformat("1900-01-01"), date.fromisoformat("2100-12-31")
Day = Annotated[date, AfterValidator(_of_our_time)]
MonthText = Annotated[
    Month, BeforeValidator(_month), AfterValidator(_of_our_time), PlainSerializer(str)
]
# More than any contract or wage: beyond it a number is a slip of the keyboard.
MOST_MONEY = int("1_000_000_000_000_000")
Money = Annotated[int, BeforeValidator(_whole), AfterValidator(_possible)]
Segment = Literal["BPU", "PU"]


def _word(what: str, key: str, *, column: str = "") -> AfterValidator:
    """A validator for a code that a parameter of the law lists; blank is allowed.

    The codes are the keys of a mapping, or a column of a list. Checked here and not
    only where the law is asked, so that a case's mistakes are told all at once.
    """

    def check(value: str | int | None) -> str | int | None:
        table = law_book().parameters[key].values[-1].value
        known = [str(row[column]) if column else str(row) for row in table]
        if value not in ("", None) and str(value) not in known:
            raise ValueError(f"{what} {value} tidak dikenal; pilih {', '.join(known)}")
        return value

    return AfterValidator(check)


Payer = Annotated[str, _word("pembayar", "bpu.payers")]
Size = Annotated[str, _word("skala usaha", "employer.programmes")]
Violation = Annotated[str, _word("pelanggaran", "employer.violations")]
RiskClass = Annotated[int | None, _word("kelas JKK", "pu.jkk.rate", column="class")]
Sector = Literal["", "transport", "other"]


def _readable(switches: dict[str, str]) -> dict[str, str]:
    try:
        Reading(switches)
    except UserError as error:
        raise ValueError(f"{error.what} {error.why}") from error
    return switches


class Case(Strict):
    """What every case may say: which way uncertain rules are read."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        arbitrary_types_allowed=True,
    )
    switches: Annotated[dict[str, str], AfterValidator(_readable)] = {}


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

    `employed`: still worked on the day of the event, a wage earner for that employer;
    null when nobody knows. `employed_since` matters only where the employer never registered them,
    `left_work_on` only for an occupational disease found afterwards.
    """

    model_config = Case.model_config
    segment: Segment = "BPU"
    born_on: Day | None = None
    monthly_income: Money | None = Field(
        default=None, validation_alias=AliasChoices("monthly_income", "monthly_wage")
    )
    sector: Sector = ""
    paid: list[Range] | None = None
    employed: bool | None = True
    employed_since: Day | None = None
    left_work_on: Day | None = None

    def standing(self, on: date, reading: Reading) -> Standing | None:
        """The member's standing on a day; None when the paid months are not known."""
        if self.paid is None:
            return None
        ranges = [Paid(r.from_, r.until, r.payer) for r in self.paid]
        return standing(ranges, on=on, segment=self.segment, switches=reading)
