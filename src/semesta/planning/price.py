"""What one person costs, month by month, and the income that is declared for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from semesta.kernel import Month, Rupiah, UserError
from semesta.law.contribution.bpu import SECTORS, bpu_bracket, bpu_minimum, sector_of

MOST_MONTHS = 12
OTHER_SECTOR = "other"


@dataclass(frozen=True)
class Price:
    """Rupiah per person: for each planned month, and for all of them.

    `switches`: the open questions of law that the price hangs on.
    """

    monthly: tuple[Rupiah, ...]
    law: str
    switches: tuple[str, ...] = ()

    @property
    def first(self) -> Rupiah:
        return self.monthly[0]

    @property
    def whole(self) -> Rupiah:
        return sum(self.monthly, Rupiah(0))


def price_of(
    first_month: Month, months: int, *, payer: str, sector: str = OTHER_SECTOR
) -> Price:
    """JKK and JKM in the lowest bracket for each month, as the law has it for `payer`.

    PP 44/2015 art. 20; the relief of PP 50/2025 does not reach payers from APBD.
    UserError `plan.months` unless 1 to 12 months, `law.payer` for an unknown payer.
    """
    check_months(months)
    answers = [
        bpu_minimum(first_month + n, payer=payer, sector=sector) for n in range(months)
    ]
    law = "; ".join(dict.fromkeys(line.law for a in answers for line in a.lines))
    switches = dict.fromkeys(name for a in answers for name in a.switches_used)
    return Price(tuple(answer.total for answer in answers), law, tuple(switches))


def sector_prices(first_month: Month, months: int, *, payer: str) -> dict[str, Price]:
    """The price for each sector of work; the same where no relief tells them apart."""
    return {
        sector: price_of(first_month, months, payer=payer, sector=sector)
        for sector in SECTORS
    }


def costs_of(
    occupations: Iterable[str | None], prices: dict[str, Price], *, last_month: Month
) -> list[int]:
    """Rupiah for each person over all months, by their occupation.

    Someone whose occupation nobody knows costs what other work costs, so that a plan
    never costs more than it says.
    """
    whole = {sector: int(price.whole) for sector, price in prices.items()}
    return [whole[sector_word(code or "", last_month)] for code in occupations]


@cache
def sector_word(occupation: str, month: Month) -> str:
    """The sector of an occupation code; `other` where the occupation is not known."""
    sector, _ = sector_of(occupation, month)
    return sector or OTHER_SECTOR


def check_months(months: int) -> None:
    """UserError `plan.months` unless the number of months is 1 to 12."""
    if 1 <= months <= MOST_MONTHS:
        return
    raise UserError(
        "plan.months",
        f"{months} bulan tidak dapat dipakai.",
        f"Iuran dibayar di muka untuk 1 sampai {MOST_MONTHS} bulan.",
        f"Pilih jumlah bulan antara 1 dan {MOST_MONTHS}.",
    )


def declared_income(first_month: Month) -> Rupiah:
    """The monthly income declared to the insurer: the base of the lowest bracket.

    The contribution is paid in the lowest bracket, so no higher income may be declared.
    """
    return bpu_bracket(first_month, monthly_income=0).base
