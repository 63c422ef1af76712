"""Months paid for people against months the insurer accepted for them.

Per person and payer: the lines of bills on one side, entries of the ledger on the
other. Nothing here knows a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from semesta.ledger.ranges import Span, merge, months_in, subtract


class BilledLine(NamedTuple):
    """One person on one bill; `paid_up`: the whole bill is paid."""

    bill: int
    person: int
    payer: str
    span: Span
    amount: int
    paid_up: bool


class AcceptedSpan(NamedTuple):
    """Months the insurer accepted for a person; the amount is None when not said."""

    person: int
    payer: str
    span: Span
    amount: int | None


@dataclass(frozen=True)
class Found:
    """One difference. `amount`: the rupiah that are at odds, never below 0.

    `bill` or `person` is None where the difference is not about one.
    """

    kind: str
    payer: str
    bill: int | None
    person: int | None
    span: Span
    months_paid: int
    months_accepted: int
    amount: int

    @property
    def key(self) -> str:
        """The same difference always has the same key."""
        return (
            f"{self.kind}:{self.payer}:{self.bill or 0}:{self.person or 0}:"
            f"{self.span.start}:{self.span.until}:{self.months_accepted}:{self.amount}"
        )


@dataclass(frozen=True)
class Compared:
    """Differences, how many lines matched, and rupiah accepted per bill."""

    differences: list[Found]
    matched: int
    accepted: dict[int, int]


Slot = tuple[int, str]


def compare(
    lines: Iterable[BilledLine],
    accepted: Iterable[AcceptedSpan],
    *,
    paid: Mapping[int, int],
    periods: Mapping[str, list[Span]],
) -> Compared:
    """Hold bills against what was accepted.

    `paid`: rupiah paid per bill; `periods`: per payer the months its decrees are about.
    Months accepted in them that nobody billed are a difference too; of earlier months
    nobody has bills.
    """
    theirs: dict[Slot, list[AcceptedSpan]] = {}
    for span in accepted:
        theirs.setdefault((span.person, span.payer), []).append(span)
    found: list[Found] = []
    sums: dict[int, int] = {}
    billed: dict[Slot, list[Span]] = {}
    matched = 0
    about: dict[int, BilledLine] = {}
    for line in lines:
        slot = (line.person, line.payer)
        billed.setdefault(slot, []).append(line.span)
        about[line.bill] = line
        months, amount = _accepted_of(line, theirs.get(slot, ()))
        sums[line.bill] = sums.get(line.bill, 0) + min(amount, line.amount)
        difference = _difference(line, months, amount)
        matched += difference is None and months == line.span.months
        found += [difference] if difference else []
    found += _beyond_payment(sums, paid, about)
    found += _never_billed(theirs, billed, periods)
    capped = {bill: min(total, paid.get(bill, 0)) for bill, total in sums.items()}
    return Compared(found, matched, capped)


def _accepted_of(line: BilledLine, spans: Iterable[AcceptedSpan]) -> tuple[int, int]:
    """Months of the line that were accepted, and the rupiah that are theirs."""
    inside = []
    amount = 0
    for each in spans:
        common = Span(
            max(each.span.start, line.span.start), min(each.span.until, line.span.until)
        )
        if not common.months:
            continue
        inside.append(common)
        whole = each.amount
        if whole is None:
            whole = line.amount * each.span.months // line.span.months
        amount += whole * common.months // each.span.months
    return months_in(inside), amount


def _difference(line: BilledLine, months: int, amount: int) -> Found | None:
    if not line.paid_up:
        return None
    if not months:
        kind, at_odds = "not_accepted", line.amount
    elif months != line.span.months:
        kind, at_odds = "months", max(0, line.amount - amount)
    elif amount != line.amount:
        kind, at_odds = "amount", abs(line.amount - amount)
    else:
        return None
    return Found(
        kind, line.payer, line.bill, line.person, line.span, line.span.months, months,
        at_odds,
    )  # fmt: skip


def _beyond_payment(
    accepted: Mapping[int, int],
    paid: Mapping[int, int],
    about: Mapping[int, BilledLine],
) -> list[Found]:
    """Bills of which more was accepted than was paid."""
    return [
        Found(
            kind="not_paid",
            payer=about[bill].payer,
            bill=bill,
            person=None,
            span=about[bill].span,
            months_paid=0,
            months_accepted=0,
            amount=total - paid.get(bill, 0),
        )
        for bill, total in accepted.items()
        if total > paid.get(bill, 0)
    ]


def _never_billed(
    theirs: Mapping[Slot, list[AcceptedSpan]],
    billed: Mapping[Slot, list[Span]],
    periods: Mapping[str, list[Span]],
) -> list[Found]:
    found = []
    for (person, payer), spans in theirs.items():
        for each in spans:
            for period in merge(periods.get(payer, [])):
                common = Span(
                    max(each.span.start, period.start),
                    min(each.span.until, period.until),
                )
                for part in subtract(common, billed.get((person, payer), [])):
                    amount = (each.amount or 0) * part.months // each.span.months
                    found.append(
                        Found(
                            "not_paid",
                            payer,
                            None,
                            person,
                            part,
                            0,
                            part.months,
                            amount,
                        )
                    )
    return found
