"""The days at which the invented city stands still."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from semesta.kernel import Month

TODAY = date(2026, 1, 31)
# When the city's events are written down: its clock stands still, like its calendar.
NOW = datetime(2026, 1, 31, 8, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
DECIDED_ON = date(2026, 1, 5)
# Signed on the day of the decision: whoever dies in between cannot be decreed.
DECREED_ON = DECIDED_ON
ANSWERED_ON = date(2026, 1, 12)
PAID_ON = date(2026, 1, 20)
FIRST_MONTH = Month(2026, 1)
PLANNED_MONTHS = 12
# The treasurer pays by semester; the second bill comes in July.
BILLED_MONTHS = 6
DECREE_NUMBER = "560/001/SK/DPMPTSP/2026"
POLICY = "13.74/2026-apbd"
REAL_SIZE = 62_731
REAL_BUDGET = 1_457_000_000


def budget_for(people: int) -> int:
    """The city's real budget, in proportion for a smaller or larger invented city."""
    return REAL_BUDGET * people // REAL_SIZE
