"""What becomes of everyone: columns against the law's functions, one by one."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pytest
from tests.support.plan_people import FIRST, Drawn, people_from, some_people

from semesta.kernel import Month
from semesta.law.benefit.death import death_benefit
from semesta.law.membership import Paid, Standing, standing
from semesta.planning.assumptions import assumptions
from semesta.planning.consequences import consequences

COST = 16_800
FULL, FROM_MONTHS = 42_000_000, 36


class Slow(NamedTuple):
    """One person's year, read month by month on its last day."""

    held: list[Standing]
    before: Standing
    now: list[int]
    total: list[int]
    total_before: int
    paid: list[bool]


def _last_day(month: Month) -> date:
    return date.fromordinal((month + 1).first_day.toordinal() - 1)


def _rights(held: Standing, day: date) -> tuple[int, int]:
    if held.status == "never":
        return 0, 0
    answer = death_benefit(event_on=day, standing=held)
    return int(answer.total), int(answer.payable_now)


def _year(one: Drawn, months: int, first: Month) -> Slow:
    own = list(one.paid or [])
    paid = [*own, Paid(first, first + months)] if months else own
    days = [_last_day(first + n) for n in range(12)]
    held = [standing(paid, on=day) for day in days]
    rights = [_rights(each, day) for each, day in zip(held, days, strict=True)]
    eve = _last_day(first + -1)
    before = standing(own, on=eve)
    return Slow(
        held=held,
        before=before,
        now=[now for _, now in rights],
        total=[total for total, _ in rights],
        total_before=_rights(before, eve)[0],
        paid=[
            any(r.paid_from <= first + n < r.paid_until for r in paid)
            for n in range(12)
        ],
    )


def _rate(age: int | None) -> float | None:
    if age is None:
        return None
    bands = assumptions().mortality.per_thousand
    known = [band for band in bands if band.from_ <= age] or bands[:1]
    return float(known[-1].deaths) / 1000


def _covered(held: Standing) -> bool:
    return held.status in ("active", "grace")


def _lapse(year: Slow) -> tuple[int, bool] | None:
    """What a lapse within the year takes from the family; None without one."""
    path = [(year.before, year.total_before), *zip(year.held, year.total, strict=True)]
    members = [(held, total) for held, total in path if _covered(held)]
    if not members or year.held[-1].status != "lapsed":
        return None
    held, total = members[-1]
    return total, held.tenure_months >= FROM_MONTHS


def slowly(drawn: list[Drawn], months: list[int], first: Month) -> dict[str, Any]:
    """The same figures in plain Python."""
    told: Counter[str] = Counter()
    opens, worth, death_money, deaths, accidents = Counter(), 0.0, 0.0, 0.0, 0.0
    last = max(months, default=0)
    for one, n in zip(drawn, months, strict=True):
        told["people"] += n > 0
        told["person_months"] += n
        if one.paid is None:
            told["unknown"] += 1
            continue
        year, without, rate = _year(one, n, first), _year(one, 0, first), _rate(one.age)
        told["covered_before"] += any(
            r.paid_from <= first + -1 < r.paid_until for r in one.paid
        )
        told["covered_after"] += year.paid[max(0, last - 1)]
        if (lost := _lapse(year)) is not None:
            told["lapses"] += 1
            told["rights_lost_rupiah"] += lost[0]
            told["scholarships_lost"] += lost[1]
        if rate is not None:
            worth += rate * (_worth(year) - _worth(without))
        if not n:
            continue
        end = year.held[n - 1]
        told["reach_3_months"] += _covered(end) and year.total[n - 1] >= FULL
        reaches = _covered(end) and end.tenure_months >= FROM_MONTHS
        had = _covered(year.before) and year.before.tenure_months >= FROM_MONTHS
        told["reach_36_months"] += reaches
        if reaches and not had:
            told["newly_36_months"] += 1
            opens[next(k for k in range(n) if _opened(year.held[k]))] += 1
        insured = sum(map(_covered, year.held))
        accidents += insured / 12 * 0.0026
        if rate is not None:
            deaths += rate * insured / 12
            death_money += rate * sum(year.now) / 12
    return {
        **told,
        "reaching_36": tuple(opens[k] for k in range(12)),
        "objective": worth,
        "expected_deaths": deaths,
        "expected_accidents": accidents,
        "expected_death_benefits": death_money,
    }


def _opened(held: Standing) -> bool:
    return _covered(held) and held.tenure_months >= FROM_MONTHS


def _worth(year: Slow) -> float:
    paid = sum(now for now, is_paid in zip(year.now, year.paid, strict=True) if is_paid)
    return paid / 12 + year.now[-1]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("first", [FIRST, Month(2026, 4)])
def test_columns_say_what_the_law_says_of_each(seed: int, first: Month) -> None:
    drawn = some_people(60, seed=seed)
    rng = random.Random(seed)
    months = [rng.choice([0, 0, 2, 3, 6, 12]) for _ in drawn]
    found = consequences(
        people_from(drawn, first),
        np.array(months, np.int64),
        np.array([COST * n for n in months], np.int64),
        first_month=first,
    )
    expected = slowly(drawn, months, first)
    for name in ("objective", "expected_deaths", "expected_accidents"):
        assert getattr(found, name) == pytest.approx(expected.pop(name), abs=0.01)
    assert found.expected_death_benefits == pytest.approx(
        expected.pop("expected_death_benefits"), abs=1
    )
    assert found.cost == COST * sum(months)
    assert {name: getattr(found, name) for name in expected} == expected


def test_nobody_at_all() -> None:
    none = np.zeros(0, np.int64)
    found = consequences(people_from([]), none, none, first_month=FIRST)
    assert (found.people, found.cost, found.objective) == (0, 0, 0.0)
