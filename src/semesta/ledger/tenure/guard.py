"""The tenure guard for one person: what is lost when, and what it costs to keep.

Counts what a family would no longer receive if nothing more were paid and the member
died afterwards, not at work. `columns` says the same for everyone; tests hold the
two together. PP 44/2015 arts. 38–42, PP 82/2019 arts. 25 and 34, Permenaker 1/2025.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from semesta.kernel import Month, UserError
from semesta.law.benefit.death import death_benefit
from semesta.law.book import Overrides, Reading, law_at
from semesta.law.contribution.bpu import bpu_minimum, sector_of
from semesta.law.membership import GRACE, Hold, Paid, Standing, hold, standing
from semesta.ledger.ranges import Span, gaps, month_at
from semesta.ledger.standing import PROTECTED, SEGMENTS, lapse_day
from semesta.ledger.tenure.children import (
    ChildFacts,
    ChildrenAtStake,
    children_at_stake,
)

# What is lost, in the words a page shows.
RIGHTS: dict[str, str] = {
    "jkm": "Santunan kematian penuh",
    "jkm_scholarship": "Santunan kematian penuh dan beasiswa anak",
    "jkm_short": "Santunan peserta baru",
    "employer": "Perlindungan; sesudah itu menjadi tanggungan pemberi kerja",
}


class PaidRange(NamedTuple):
    """One range of the ledger in force."""

    segment: str
    payer: str
    span: Span


@dataclass(frozen=True)
class Loss:
    """What ends on a day if nothing more is paid. Whole rupiah; None = not known."""

    on: date
    right: str
    rupiah: int | None


@dataclass(frozen=True)
class Guard:
    """One person's tenure and what threatens it, in the membership that holds longest.

    months_to_scholarship: paid months still lacking; reaches_on: the month in which the
    last of them begins if every month is paid. at_stake: the loss with the scholarship.
    keep_monthly: the price of the next month; arrears: of the overdue months;
    keep_to_scholarship: of all months up to the right. None wherever nobody knows.
    """

    segment: str
    standing: Standing
    gaps: tuple[Span, ...]
    months_to_scholarship: int
    reaches_on: Month | None
    loss: Loss | None
    scholarship_open: bool
    children: ChildrenAtStake
    payer: str
    keep_monthly: int | None
    arrears: int | None
    keep_to_scholarship: int | None

    @property
    def at_stake(self) -> int | None:
        """The loss in rupiah, the scholarship of the children added where it is open."""
        if self.loss is None or self.loss.rupiah is None:
            return None
        extra = self.children.scholarship if self.scholarship_open else 0
        return self.loss.rupiah + (extra or 0)


def guard_of(
    ranges: Iterable[PaidRange],
    *,
    on: date,
    occupation: str = "",
    children: Sequence[ChildFacts] | None = None,
    switches: Overrides = None,
) -> Guard | None:
    """The guard of one person; None when no paid month has begun.

    `children` are those of the family, None when nobody knows the family. `switches`:
    how uncertain rules are read.
    """
    ranges = list(ranges)
    reading = Reading.of(switches)
    asked = [
        member
        for segment in SEGMENTS
        if (member := _membership(ranges, segment, on, reading)) is not None
    ]
    if not asked:
        return None
    member = max(asked, key=lambda m: (m.protects, m.held.until, m.segment == "BPU"))
    needed = scholarship_months(on, reading)
    restarts = reading.peek("tenure_after_lapse") == "restarts"
    by_then = member.held.spell_months if restarts else member.held.paid_months
    loss = _loss(member, by_then >= needed, on, reading)
    day = loss.on - timedelta(days=1) if loss else on
    short = max(0, needed - member.standing.tenure_months)
    payer = _payer(ranges, member)
    price = _Prices(member.segment, payer, occupation, reading)
    lacking = max(0, needed - by_then)
    until = member.held.until
    arrears = member.standing.unpaid_months if member.protects else 0
    owed_from = member.standing.paid_until or until
    return Guard(
        segment=member.segment,
        standing=member.standing,
        gaps=_gaps(ranges, member.segment, on),
        months_to_scholarship=short,
        reaches_on=reached(member.standing, until, short, lacking, on)
        if short and member.protects
        else None,
        loss=loss,
        scholarship_open=loss is not None and by_then >= needed,
        children=children_at_stake(children, on=day, reading=reading),
        payer=payer,
        keep_monthly=price.of(until, 1),
        arrears=price.of(owed_from, arrears) if member.protects else None,
        keep_to_scholarship=price.of(until, lacking) if member.protects else None,
    )


@dataclass(frozen=True)
class _Membership:
    segment: str
    standing: Standing
    held: Hold

    @property
    def protects(self) -> bool:
        return self.standing.status in PROTECTED


def _membership(
    ranges: list[PaidRange], segment: str, on: date, reading: Reading
) -> _Membership | None:
    paid = [
        Paid(month_at(each.span.start), month_at(each.span.until))
        for each in ranges
        if each.segment == segment and each.span.months
    ]
    held = hold(paid, on=on, segment=segment, switches=reading)
    if held is None:
        return None
    now = standing(paid, on=on, segment=segment, switches=reading)
    return _Membership(segment, now, held)


def scholarship_months(on: date, reading: Reading | None = None) -> int:
    """Paid months that open the scholarship (PP 82/2019 art. 34(1)d)."""
    return int(law_at(on, reading).get("scholarship.jkm_minimum_months").value)


def _loss(
    member: _Membership, is_open: bool, on: date, reading: Reading
) -> Loss | None:
    if not member.protects:
        return None
    found = loss_at_end(
        member.segment,
        member.held.until,
        spell_months=member.held.spell_months,
        spell_from=member.held.spell_from,
        paid_months=member.held.paid_months,
        reading=reading,
    )
    if found is not None and found.right == "jkm" and is_open:
        return Loss(found.on, "jkm_scholarship", found.rupiah)
    return found


def loss_at_end(
    segment: str,
    until: Month,
    *,
    spell_months: int,
    spell_from: Month,
    paid_months: int,
    reading: Reading,
) -> Loss | None:
    """What the law still grants on the last day of a membership that ends at `until`.

    None before 2015, for which no rule is on file. A wage earner's family keeps its
    claim on the employer, so nobody can say in rupiah what is lost.
    """
    day = lapse_day(until, segment)
    if day is None:
        return None
    eve = day - timedelta(days=1)
    held = Standing(
        status="grace",
        tenure_months=paid_months,
        unpaid_months=int(law_at(eve, reading).get(GRACE[segment]).value),
        paid_until=until,
        spell_from=spell_from,
        spell_months=spell_months,
        paid_months=paid_months,
        spells=1,
        on=eve,
    )
    answer = death_benefit(
        event_on=eve, standing=held, segment=segment, switches=reading
    )
    if answer.unknown:
        return Loss(day, "employer", None)
    is_short = any(line.code == "jkm.short_membership" for line in answer.lines)
    return Loss(day, "jkm_short" if is_short else "jkm", int(answer.total))


def reached(
    now: Standing, until: Month, short: int, lacking: int, on: date
) -> Month | None:
    """The month in which the last missing month begins if every month is paid."""
    if lacking:
        return until + (lacking - 1)
    if now.paid_until is None:
        return None
    return min(now.paid_until + -1, Month.of(on)) + short


def _payer(ranges: list[PaidRange], member: _Membership) -> str:
    """Who paid the latest months of the membership."""
    mine = [
        (each.span.until, each.payer)
        for each in ranges
        if each.segment == member.segment
        and each.span.months
        and each.span.start < member.held.until.index
    ]
    return max(mine)[1]


def _gaps(ranges: list[PaidRange], segment: str, on: date) -> tuple[Span, ...]:
    this_month = Month.of(on).index
    whole = gaps(each.span for each in ranges if each.segment == segment)
    return tuple(gap for gap in whole if gap.until <= this_month)


@dataclass(frozen=True)
class _Prices:
    segment: str
    payer: str
    occupation: str
    reading: Reading

    def of(self, first: Month, months: int) -> int | None:
        if self.segment != "BPU":
            return None
        return price_of_months(first, months, self.payer, self.occupation, self.reading)


def price_of_months(
    first: Month, months: int, payer: str, occupation: str, reading: Reading
) -> int | None:
    """JKK and JKM of some months in the lowest bracket for this payer. Whole rupiah.

    None where the law cannot say: an unknown payer, or an unknown job in a month with a
    relief that depends on it.
    """
    choices = tuple(sorted(_all_choices(reading).items()))
    prices = [
        _month_price(first + n, payer, occupation, choices) for n in range(months)
    ]
    return None if None in prices else sum(price or 0 for price in prices)


def _all_choices(reading: Reading) -> Mapping[str, str]:
    names = ("relief_donor_payers", "relief_village_funds", "relief_transport_jobs")
    return {name: reading.peek(name) for name in names}


@cache
def _month_price(
    month: Month, payer: str, occupation: str, choices: tuple[tuple[str, str], ...]
) -> int | None:
    reading = Reading(dict(choices))
    try:
        sector, _ = sector_of(occupation, month, switches=reading)
        answer = bpu_minimum(month, payer=payer, sector=sector, switches=reading)
    except UserError:
        return None
    return None if answer.unknown else int(answer.total)


def as_row(guard: Guard) -> dict[str, Any]:
    """The guard in the columns of `columns.GUARD`, without the person."""
    loss = guard.loss
    return {
        "segment": guard.segment,
        "status": guard.standing.status,
        "tenure_months": guard.standing.tenure_months,
        "paid_months": guard.standing.paid_months,
        "unpaid_months": guard.standing.unpaid_months,
        "paid_until": guard.standing.paid_until.first_day
        if guard.standing.paid_until
        else None,
        "gap_months": sum(gap.months for gap in guard.gaps),
        "gaps": [
            {"gap_from": gap.first_day, "gap_until": gap.end_day} for gap in guard.gaps
        ],
        "months_to_36": guard.months_to_scholarship,
        "reaches_on": guard.reaches_on.first_day if guard.reaches_on else None,
        "loss_on": loss.on if loss else None,
        "loss_right": loss.right if loss else None,
        "loss_rupiah": loss.rupiah if loss else None,
        "scholarship_open": guard.scholarship_open,
        "children": guard.children.certain,
        "children_unsure": guard.children.unsure,
        "scholarship": guard.children.scholarship,
        "at_stake": guard.at_stake,
        "payer": guard.payer,
        "keep_monthly": guard.keep_monthly,
        "arrears": guard.arrears,
        "keep_to_36": guard.keep_to_scholarship,
    }
