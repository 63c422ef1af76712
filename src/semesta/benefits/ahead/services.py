"""The only writer of announcements and of the coming months."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from semesta.benefits.ahead import aging, queries
from semesta.benefits.ahead.models import ComingMonth, LapseAnnouncement
from semesta.ledger.standing import Lapse

TOGETHER = 500


def announce(lapses: Iterable[Lapse], places: Mapping[int, str], *, on: date) -> int:
    """Announce lapses at the threshold they have reached, each person, lapse and
    threshold once, in the caller's transaction. Returns how many are new.

    `places`: kelurahan by person.
    """
    due = [
        lapse for lapse in lapses if aging.threshold_of(lapse.lapses_on, on) is not None
    ]
    told = set(
        LapseAnnouncement.objects.filter(lapses_on__gt=on).values_list(
            "person_id", "lapses_on", "threshold"
        )
    )
    payers = queries.last_payers(lapse.person_id for lapse in due)
    new = [
        LapseAnnouncement(
            **each._asdict(), kelurahan=places[each.person_id], announced_on=on
        )
        for each in aging.announcements(due, payers, on=on)
        if (each.person_id, each.lapses_on, each.threshold) not in told
    ]
    LapseAnnouncement.objects.bulk_create(new, batch_size=TOGETHER)
    return len(new)


def keep_coming_months(days: Iterable[tuple[str, date, str]], *, on: date) -> None:
    """Replace the calendar of the coming months by these (kind, day, kelurahan)."""
    ComingMonth.objects.all().delete()
    ComingMonth.objects.bulk_create(
        [ComingMonth(**each._asdict()) for each in aging.coming(days, on=on)],
        batch_size=TOGETHER,
    )
