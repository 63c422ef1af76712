"""What becomes of everyone if a plan pays these people for these months: in columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from semesta.kernel import Month
from semesta.planning.assumptions import Floats, assumptions
from semesta.planning.outlook import HORIZON
from semesta.planning.people import Flags, Ints, People


@dataclass(frozen=True)
class Consequences:
    """The figures of one choice. Rupiah are whole; the year is twelve months long.

    `reach_3_months`, `reach_36_months`: chosen people who have that many months when
    the last paid month ends, `newly_…` those who had not before. `reaching_36[n]`: who
    passes the scholarship's minimum in month n. `lapses`: candidates, chosen or not,
    who were members and no longer are at the end of the year; `rights_lost_rupiah`
    what a death would have left their families, without scholarships, whose amount
    hangs on schools nobody has told. `unknown`: people whose months nobody knows; they
    count in nothing but people, months and cost. `unaged`: chosen without a known age.
    """

    people: int
    person_months: int
    cost: int
    reach_3_months: int
    newly_3_months: int
    reach_36_months: int
    newly_36_months: int
    reaching_36: tuple[int, ...]
    lapses: int
    rights_lost_rupiah: int
    scholarships_lost: int
    expected_benefits_rupiah: int
    expected_deaths: float
    expected_accidents: float
    expected_death_benefits: int
    expected_accident_benefits: int
    covered_before: int
    covered_after: int
    candidates: int
    unknown: int
    unaged: int
    objective: float


def consequences(
    people: People, months: Ints, costs: Ints, *, first_month: Month
) -> Consequences:
    """The figures of paying `months[i]` months (0: none) for candidate i.

    `costs[i]` is what that costs in rupiah. Coverage before is read in the month before
    the plan, coverage after in the last month that anyone is paid for.
    """
    chosen = months > 0
    told = people.known
    of = _Outlooks(people, months, first_month)
    has_3, has_36 = of("has_3") > 0, of("has_36") > 0
    new_3, new_36 = has_3 & (of("had_3") == 0), has_36 & (of("had_36") == 0)
    lapses = of("lapses") > 0
    opens = of("opens_in")[chosen & told & new_36]
    last = int(months.max(initial=0))
    expected = _expected(people, chosen & told, of)
    return Consequences(
        people=int(chosen.sum()),
        person_months=int(months.sum()),
        cost=int(costs[chosen].sum()),
        reach_3_months=int((chosen & has_3).sum()),
        newly_3_months=int((chosen & new_3).sum()),
        reach_36_months=int((chosen & has_36).sum()),
        newly_36_months=int((chosen & new_36).sum()),
        reaching_36=tuple(int((opens == n).sum()) for n in range(HORIZON)),
        lapses=int(lapses.sum()),
        rights_lost_rupiah=int(of("lost")[lapses].sum()),
        scholarships_lost=int(of("lost_scholarship")[lapses].sum()),
        covered_before=int((of("paid_before") > 0).sum()),
        covered_after=int(of.paid_in(max(0, last - 1)).sum()),
        candidates=len(people),
        unknown=int((~told).sum()),
        objective=round(float(np.nansum(gains(people, months, first_month))), 2),
        **expected,
    )


class _Outlooks:
    """Columns of the outlook, each person's for their own number of months."""

    def __init__(self, people: People, months: Ints, first_month: Month) -> None:
        self.people, self.months, self.first_month = people, months, first_month
        self.kinds = [int(n) for n in np.unique(months)]

    def __call__(self, name: str) -> Ints:
        found = np.zeros(len(self.people), np.int64)
        for kind in self.kinds:
            mine = self.months == kind
            found[mine] = self.people.of_situation(name, self.first_month, kind)[mine]
        return found

    def paid_in(self, month: int) -> Flags:
        found = np.zeros(len(self.people), bool)
        for kind in self.kinds:
            mine = self.months == kind
            found[mine] = self.people.paid_in(self.first_month, kind, month)[mine]
        return found


def _expected(people: People, counted: Flags, of: _Outlooks) -> dict[str, Any]:
    """Deaths, accidents and what families would receive within the year."""
    rates = death_rates(people)
    aged = counted & ~np.isnan(rates)
    insured = of("insured_months")[counted] / HORIZON
    deaths = rates[aged] * of("insured_months")[aged] / HORIZON
    paid = rates[aged] * of("all_rights")[aged] / HORIZON
    accidents = float(insured.sum()) * assumptions().accident_rate
    death_money = round(float(paid.sum()))
    accident_money = round(accidents * assumptions().accident_cost.rupiah)
    return {
        "expected_benefits_rupiah": death_money + accident_money,
        "expected_deaths": round(float(deaths.sum()), 2),
        "expected_accidents": round(accidents, 2),
        "expected_death_benefits": death_money,
        "expected_accident_benefits": accident_money,
        "unaged": int((counted & np.isnan(rates)).sum()),
    }


def death_rates(people: People) -> Floats:
    """Each candidate's chance of dying within a year; NaN without a known age."""
    return assumptions().death_rates(people.age)


def gains(people: People, months: Ints, first_month: Month) -> Floats:
    """The objective: expected rupiah of rights that the plan earns or keeps, each.

    Chance of dying in a year × (what a death leaves at once, averaged over the paid
    months of the year, + what it would leave at the year's end), less the same without
    the plan. Months of grace count only at the year's end and only with what is due at
    once, so nothing is gained by paying little and living on the grace. NaN where
    months or age are unknown.
    """
    nothing = np.zeros_like(months)
    gained = _rights(people, months, first_month) - _rights(
        people, nothing, first_month
    )
    return np.where(people.known, death_rates(people) * gained, np.nan)


def _rights(people: People, months: Ints, first_month: Month) -> Floats:
    of = _Outlooks(people, months, first_month)
    return of("paid_rights") / HORIZON + of("end_right")
