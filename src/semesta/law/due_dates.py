"""Until when a contribution month can be paid on time, and which months are overdue."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache

from semesta.kernel import Month
from semesta.law.book import Reading, law_at
from semesta.law.known import check_known

WEEKEND = (calendar.SATURDAY, calendar.SUNDAY)
_DUE_DAY = {"BPU": "bpu.due_day", "PU": "pu.due_day"}


def check_segment(segment: str) -> None:
    """UserError `law.segment` unless contributions of this segment fall due monthly."""
    check_known(segment, _DUE_DAY, code="law.segment", what="Segmen")


def due_on(
    month: Month,
    segment: str = "BPU",
    *,
    programme: str = "",
    reading: Reading | None = None,
) -> date:
    """The last day on which `month` can be paid on time.

    A Saturday, Sunday or national holiday moves it to the next working day
    (PP 44/2015 art. 21, 24(3)–(4)). JHT of BPU members is due a month after their JKK
    and JKM (PP 46/2015 art. 21(3)).
    """
    check_segment(segment)
    later = (segment, programme) == ("BPU", "JHT")
    key = "bpu.jht.due_day" if later else _DUE_DAY[segment]
    rule = law_at(month.first_day, reading).get(key).value
    day = (month + rule["months_later"]).first_day.replace(day=rule["day"])
    return working_day_from(day)


def working_day_from(day: date) -> date:
    """The day itself, or the next one that is no Saturday, Sunday or holiday."""
    while day.weekday() in WEEKEND or day in _holidays(day.year):
        day += timedelta(days=1)
    return day


def after_working_days(day: date, count: int) -> date:
    """The `count`-th working day after a day."""
    for _ in range(count):
        day = working_day_from(day + timedelta(days=1))
    return day


def last_overdue(
    on: date, segment: str = "BPU", *, reading: Reading | None = None
) -> Month:
    """The newest month whose last day for payment has passed by `on`."""
    check_segment(segment)
    later = law_at(on, reading).get(_DUE_DAY[segment]).value["months_later"]
    month = Month.of(on) + -later
    return month if due_on(month, segment, reading=reading) < on else month + -1


@cache
def _holidays(year: int) -> frozenset[date]:
    import holidays

    return frozenset(holidays.country_holidays("ID", years=year))
