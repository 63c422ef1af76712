"""Two fines that are not the same: for paying late, and for ignoring warnings."""

from __future__ import annotations

from datetime import date

from semesta.kernel import Month, Rupiah, day_in_words
from semesta.law.answer import Line, PaidBy, in_words, percent_of
from semesta.law.book import Overrides, Reading, law_at
from semesta.law.due_dates import due_on


def months_between(start: date, end: date, *, started: bool) -> int:
    """Months from the day after `start` to `end`: full ones, or also one begun."""
    if end <= start:
        return 0
    months = Month.of(end) - Month.of(start)
    full = months if end.day >= start.day else months - 1
    exact = full == months and end.day == start.day
    return full if exact or not started else full + 1


def _months(
    start: date, end: date, reading: Reading, switch: str, *, matters: bool = True
) -> int:
    """Months as the switch counts them; it is used only where its options differ."""
    counts = {
        read: months_between(start, end, started=read == "started")
        for read in ("started", "full")
    }
    if matters and len(set(counts.values())) > 1:
        reading.pick(switch)
    return counts[reading.peek(switch)]


def late_fine(
    month: Month,
    *,
    contribution: int,
    paid_on: date,
    segment: str = "PU",
    switches: Overrides = None,
) -> Line:
    """The fine for paying one month's contribution late; nothing when in time.

    2 % for every month, borne by the employer and paid with the next month's
    contribution; BPU members pay none. PP 44/2015 art. 22, PP 45/2015 art. 31,
    PP 46/2015 art. 20. Line fine.late.
    """
    reading = Reading.of(switches)
    law = law_at(month.first_day, reading)
    bpu = segment == "BPU"
    rule = law.get("bpu.late_fine" if bpu else "employer.late_fine")
    due = due_on(month, segment, reading=reading)
    months = _months(due, paid_on, reading, "late_fine_months", matters=not bpu)
    amount = Rupiah(percent_of(contribution, rule.value) * months)
    words = (
        f"{in_words(rule.value)} × {Rupiah(contribution)} × {months} bulan terlambat "
        f"(jatuh tempo {day_in_words(due)}) = {amount}"
    )
    paid_by: PaidBy = "contributor" if bpu else "employer"
    return Line("fine.late", amount, rule.law, words, paid_by=paid_by)


def administrative_fine(
    *,
    contribution: int,
    from_day: date,
    until_day: date,
    switches: Overrides = None,
) -> Line:
    """The fine for ignoring two warnings: 0.1 % a month of what should have been paid.

    `contribution` is all that should have been paid, in whole rupiah. Counted from the
    end of the second warning to `until_day`; a switch says whether a month begun
    counts. PP 86/2013 art. 10(4)–(5). Line fine.administrative.
    """
    reading = Reading.of(switches)
    rule = law_at(from_day, reading).get("employer.admin_fine")
    months = _months(from_day, until_day, reading, "admin_fine_months")
    amount = percent_of(contribution * months, rule.value)
    words = (
        f"{in_words(rule.value)} × {Rupiah(contribution)} × {months} bulan "
        f"sejak teguran kedua berakhir = {amount}"
    )
    return Line("fine.administrative", amount, rule.law, words, paid_by="employer")
