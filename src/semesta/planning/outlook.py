"""What the law makes of a membership over the coming year, for each number of months.

People in the same situation have the same outlook, so the law's own functions answer
once per situation and everyone takes the answer of theirs. Nobody but the plan is taken
to pay; each month is read on its last day.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from semesta.kernel import Month
from semesta.law.benefit.death import death_benefit
from semesta.law.book import law_at
from semesta.law.membership import Paid, Standing, standing

HORIZON = 12
# A membership unpaid for a year is over, whichever way the law's open questions are read.
LONG_OVER = 12


class Situation(NamedTuple):
    """A person's paid months when the plan is made.

    `paid_until` is the month index after the last paid month, months paid ahead
    included; `known` is False while the insurer's list has not been delivered. Months
    are cut at the scholarship's minimum, beyond which they change nothing; of a
    membership long over only their sum matters.
    """

    known: bool
    spell_months: int
    earlier_months: int
    paid_until: int


NOBODY_KNOWS = Situation(False, 0, 0, 0)
NEVER = Situation(True, 0, 0, 0)


@dataclass(frozen=True)
class Outlook:
    """One situation over twelve months from the plan's first, when `months` are paid.

    In rupiah: `paid_rights` sums, over the months that anyone has paid, what a death
    would leave at once; `all_rights` the same over the whole year; `end_right` at the
    year's end; `lost` what a family loses by the lapse. `insured_months`: months not
    lapsed. `paid`: whether each month of the year is paid, by anyone. `opens_in`: the
    month (0 is the first) in which the scholarship opens, else -1.
    """

    paid_rights: int
    all_rights: int
    end_right: int
    insured_months: int
    had_3: bool
    has_3: bool
    had_36: bool
    has_36: bool
    opens_in: int
    lapses: bool
    lost: int
    lost_scholarship: bool
    months_lost: int
    paid_before: bool
    paid: tuple[bool, ...]


class _State(NamedTuple):
    """A membership on one day."""

    status: str
    total: int
    now: int
    full: bool
    scholarship: bool
    months: int


@lru_cache(maxsize=200_000)
def outlook(situation: Situation, first_month: Month, months: int) -> Outlook:
    """The year from `first_month` if the plan pays `months` months (0: none).

    ValueError for a situation nobody knows: there is no answer to give.
    """
    if not situation.known:
        raise ValueError("no outlook without known months")
    ranges = _ranges(situation, first_month, months)
    before = _state(ranges[:-1] if months else ranges, first_month + -1)
    year = [_state(ranges, first_month + n) for n in range(HORIZON)]
    last_paid = year[months - 1] if months else before
    member = [s for s in (before, *year) if s.status in ("active", "grace")]
    lapses = bool(member) and year[-1].status == "lapsed"
    held = member[-1] if lapses else None
    opens = [n for n, s in enumerate(year[:months]) if s.scholarship]
    paid = tuple(_is_paid(ranges, first_month + n) for n in range(HORIZON))
    return Outlook(
        paid_rights=sum(
            s.now for s, is_paid in zip(year, paid, strict=True) if is_paid
        ),
        all_rights=sum(s.now for s in year),
        end_right=year[-1].now,
        insured_months=sum(s.status in ("active", "grace") for s in year),
        had_3=before.full,
        has_3=last_paid.full,
        had_36=before.scholarship,
        has_36=last_paid.scholarship,
        opens_in=opens[0] if opens and not before.scholarship else -1,
        lapses=lapses,
        lost=held.total if held else 0,
        lost_scholarship=held.scholarship if held else False,
        months_lost=held.months if held else 0,
        paid_before=_is_paid(ranges, first_month + -1),
        paid=paid,
    )


def _is_paid(ranges: list[Paid], month: Month) -> bool:
    return any(r.paid_from.index <= month.index < r.paid_until.index for r in ranges)


def _ranges(situation: Situation, first_month: Month, months: int) -> list[Paid]:
    """Paid ranges that stand for a situation, the plan's own last.

    A spell is laid without the gaps it may have had, earlier months far before it.
    """
    until = situation.paid_until
    begins = until - situation.spell_months
    far = begins - 24
    found = []
    if situation.earlier_months:
        found.append(_paid(far - situation.earlier_months, far))
    if situation.spell_months or until:
        found.append(_paid(begins, until))
    if months:
        found.append(_paid(first_month.index, first_month.index + months))
    return found


def _paid(start: int, until: int) -> Paid:
    return Paid(_month(start), _month(until))


def _month(index: int) -> Month:
    return Month(index // 12, index % 12 + 1)


def _state(ranges: list[Paid], month: Month) -> _State:
    # Months paid beyond this one change nothing today, so different plans share answers.
    after = (month + 1).index
    begun = [
        Paid(r.paid_from, min(r.paid_until, month + 1))
        for r in ranges
        if r.paid_from.index < after
    ]
    return _state_of(tuple(begun), month)


@lru_cache(maxsize=500_000)
def _state_of(ranges: tuple[Paid, ...], month: Month) -> _State:
    day = last_day(month)
    held = standing(ranges, on=day)
    total, now = _rights(day, _law_reads(held, month))
    minimum = _scholarship_minimum(day)
    covered = held.status in ("active", "grace")
    return _State(
        status=held.status,
        total=total,
        now=now,
        full=covered and total >= _full(day),
        scholarship=covered and held.tenure_months >= minimum,
        months=held.tenure_months,
    )


class _Read(NamedTuple):
    """What the death benefit reads of a standing; more months than this mean the same."""

    status: str
    spell: int
    since: int
    earlier: int


def _law_reads(held: Standing, month: Month) -> _Read:
    most = _most(last_day(month))
    since = month - held.spell_from if held.spell_from else 0
    earlier = held.paid_months - held.spell_months
    return _Read(
        held.status, min(held.spell_months, most), min(since, most), min(earlier, most)
    )


@lru_cache(maxsize=10_000)
def _rights(day: date, read: _Read) -> tuple[int, int]:
    """JKM for a death on a day that was no accident: in all, and payable at once."""
    if read.status == "never":
        return 0, 0
    month = Month.of(day)
    held = Standing(
        status=read.status,  # type: ignore[arg-type]
        tenure_months=read.spell + read.earlier,
        unpaid_months=0 if read.status == "active" else 1,
        paid_until=month,
        spell_from=month + -read.since,
        spell_months=read.spell,
        paid_months=read.spell + read.earlier,
        spells=1,
        on=day,
    )
    answer = death_benefit(event_on=day, standing=held)
    return int(answer.total), int(answer.payable_now)


@lru_cache(maxsize=1_000)
def _scholarship_minimum(day: date) -> int:
    """Months from which a death opens the scholarship."""
    return int(law_at(day).get("scholarship.jkm_minimum_months").value)


@lru_cache(maxsize=1_000)
def _full(day: date) -> int:
    """The full JKM on a day."""
    most = _most(day)
    return _rights(day, _Read("active", most, most, 0))[0]


@lru_cache(maxsize=1_000)
def _most(day: date) -> int:
    """Months from which the death benefit is full: beyond, all mean the same."""
    return int(law_at(day).get("jkm.minimum_months").value)


def last_day(month: Month) -> date:
    """The last day of a month."""
    return date(
        month.year, month.month, calendar.monthrange(month.year, month.month)[1]
    )


def situations_of(
    rows: Iterable[tuple[str | None, int | None, int | None, date | None]],
    *,
    as_of: date,
    first_month: Month,
) -> list[Situation]:
    """Each person's situation from (standing, paid_months, spell_months, paid_until).

    A null standing means nobody knows; `as_of` is the day these were read. Months paid
    ahead that lie before the plan's first month will have begun by then, so they count.
    """
    cut = _scholarship_minimum(last_day(first_month))
    over = first_month.index - LONG_OVER
    return [_situation(row, Month.of(as_of), cut, over) for row in rows]


def _situation(
    row: tuple[str | None, int | None, int | None, date | None],
    read_in: Month,
    cut: int,
    over: int,
) -> Situation:
    said, paid, spell, until = row
    if said is None or paid is None or spell is None:
        return NOBODY_KNOWS
    if said == "never" or until is None:
        return NEVER
    if Month.of(until).index < over:
        return Situation(True, min(paid, cut), 0, over)
    ahead = max(0, Month.of(until).index - (read_in.index + 1))
    return Situation(
        known=True,
        spell_months=min(spell, cut) + ahead,
        earlier_months=min(max(0, paid - spell), cut),
        paid_until=Month.of(until).index,
    )
