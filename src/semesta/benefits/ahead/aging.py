"""When a lapse is announced, who can act on it, and what comes in which month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from semesta.kernel import Month, UserError
from semesta.law.contribution.bpu import bpu_minimum
from semesta.ledger.standing import Lapse

# Days ahead at which a lapse is announced, once each.
THRESHOLDS = (60, 30, 7)
MONTHS_AHEAD = 12
LAPSE, AGE = "lapse", "age"


class Announcement(NamedTuple):
    """One person's lapse at one threshold. `price`: rupiah of the next unpaid month, None
    where an employer's wages decide it."""

    person_id: int
    lapses_on: date
    threshold: int
    payer: str
    price: int | None


class Coming(NamedTuple):
    """How many people something happens to in a month, by area."""

    month: date
    kind: str
    kelurahan: str
    people: int


def threshold_of(lapses_on: date, on: date) -> int | None:
    """The threshold a lapse has reached by a day; None when it is further off or past."""
    left = (lapses_on - on).days
    reached = [days for days in THRESHOLDS if 0 < left <= days]
    return min(reached, default=None)


def announcements(
    lapses: Iterable[Lapse], payers: Mapping[int, str], *, on: date
) -> list[Announcement]:
    """The announcements due on a day. `payers`: who paid last, by person."""
    prices: dict[tuple[Month, str], int | None] = {}
    found = []
    for lapse in lapses:
        threshold = threshold_of(lapse.lapses_on, on)
        if threshold is None:
            continue
        payer = payers.get(lapse.person_id, "")
        key = (lapse.paid_until, payer if lapse.segment == "BPU" else "")
        if key not in prices:
            prices[key] = _price(*key)
        found.append(
            Announcement(
                lapse.person_id, lapse.lapses_on, threshold, payer, prices[key]
            )
        )
    return found


def _price(month: Month, payer: str) -> int | None:
    """JKK and JKM of one month in the lowest bracket; None when it is not known."""
    if not payer:
        return None
    try:
        return int(bpu_minimum(month, payer=payer).total)
    except UserError:
        return None


def coming(days: Iterable[tuple[str, date, str]], *, on: date) -> list[Coming]:
    """Counts per month, kind and area of (kind, day, kelurahan) in the months ahead."""
    first = Month.of(on)
    counts = Counter(
        (Month.of(day).first_day, kind, kelurahan)
        for kind, day, kelurahan in days
        if day > on and Month.of(day) - first <= MONTHS_AHEAD
    )
    return [
        Coming(month, kind, kelurahan, people)
        for (month, kind, kelurahan), people in sorted(counts.items())
    ]
