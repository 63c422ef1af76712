"""What would change an answer: the same case with one thing different."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from semesta.kernel import Month, UserError
from semesta.law.book import Reading, law_at
from semesta.law.cases.benefit import BenefitCase
from semesta.law.cases.case import Member, Range
from semesta.law.cases.contribution import ContributionCase
from semesta.law.due_dates import last_overdue
from semesta.law.membership import GRACE


def benefit_variations(case: BenefitCase) -> list[dict[str, Any]]:
    """The same event if more, or fewer, months had been paid by its day.

    One entry per variation that can be answered: code, label (Indonesian), total,
    payable_now, scholarship_total, status.
    """
    if not case.member.paid:
        return []
    found = []
    for code, label, paid in _paid_otherwise(case):
        member = case.member.model_copy(update={"paid": paid})
        other = case.model_copy(update={"member": member})
        answer = other.answer(Reading(case.switches))
        if answer["unknown"] and not answer["lines"]:
            continue
        found.append(
            {
                "code": code,
                "label": label,
                **{
                    key: answer[key]
                    for key in (
                        "total", "payable_now", "scholarship_total", "status",
                        "tenure_months",
                    )
                },
            }
        )  # fmt: skip
    return found


def _paid_otherwise(case: BenefitCase) -> Iterator[tuple[str, str, list[Range]]]:
    """Code, label and paid ranges of each variation."""
    paid, on, member = list(case.member.paid or []), case.event.on, case.member
    last = max(range_.until for range_ in paid) + -1
    first = min(range_.from_ for range_ in paid)
    up_to_date = Month.of(on)
    if last < up_to_date:
        label = f"Bila iuran dibayar terus sampai {up_to_date.in_words()}"
        yield "paid_up", label, [*paid, _range(last + 1, up_to_date + 1)]
    yield (
        "one_more_month",
        f"Bila mulai dibayar satu bulan lebih awal ({(first + -1).in_words()})",
        [_range(first + -1, first), *paid],
    )
    law = law_at(on)
    needed = law.get("scholarship.jkm_minimum_months").value
    new = Month.of(on) - first + 1 < needed
    if case.event.kind == "death" and case.children and new:
        label = f"Bila {needed} bulan tanpa putus sudah dibayar"
        end = max(last + 1, up_to_date + 1)
        yield "long_enough", label, [_range(end + -needed, end)]
    yield from _unpaid(member, on)


def _unpaid(member: Member, on: date) -> Iterator[tuple[str, str, list[Range]]]:
    """The months up to the day left unpaid: one, and one more than is borne."""
    overdue = last_overdue(on, member.segment)
    grace = law_at(on).get(GRACE[member.segment]).value
    paid = member.paid or []
    paid_until = max(range_.until for range_ in paid)
    for code, count in (("one_unpaid", 1), ("lapsed", grace + 1)):
        cut = overdue + (1 - count)
        kept = [_cut(range_, cut) for range_ in paid]
        left = [range_ for range_ in kept if range_ is not None]
        # Only where these very months were paid would leaving them out change anything.
        if left and max(range_.until for range_ in left) == cut < paid_until:
            yield code, f"Bila {count} bulan terakhir tidak dibayar", left


def _cut(range_: Range, until: Month) -> Range | None:
    if range_.from_ >= until:
        return None
    return _range(range_.from_, min(range_.until, until), range_.payer)


def _range(from_: Month, until: Month, payer: str = "") -> Range:
    return Range.model_construct(from_=from_, until=until, payer=payer)


def contribution_variations(case: ContributionCase) -> list[dict[str, Any]]:
    """The same month with JHT, or paid by somebody else (BPU); with what it costs.

    One entry per variation that can be answered: code, label (Indonesian), total.
    """
    if case.segment != "BPU" or case.month is None:
        return []
    changes: list[tuple[str, str, dict[str, Any]]] = [
        ("with_jht", "Bila ditambah tabungan hari tua (JHT)", {"jht": True}),
        ("without_jht", "Tanpa tabungan hari tua (JHT)", {"jht": False}),
        ("paid_by_self", "Bila dibayar sendiri", {"payer": "SELF"}),
        ("paid_by_city", "Bila dibayar APBD kota", {"payer": "APBD"}),
    ]
    now = case.answer(Reading(case.switches))
    found = []
    for code, label, change in changes:
        other = case.model_copy(update=change)
        try:
            answer = other.answer(Reading(case.switches))
        except UserError:
            continue
        if not answer["unknown"] and answer["total"] != now["total"]:
            found.append({"code": code, "label": label, "total": answer["total"]})
    return found
