"""A death against what was paid by that day: is something owed, and why or why not.

The cash of the death programme (JKM) is worked out; a death at work owes more (JKK),
which nobody can say before the cause is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from semesta.kernel import Month, UserError, day_in_words
from semesta.law.answer import Answer
from semesta.law.benefit.death import death_benefit
from semesta.law.membership import Standing
from semesta.ledger.ranges import Span
from semesta.ledger.standing import PROTECTED, lapse_day, standings

Status = Literal["found", "not_protected", "unknown"]
SEGMENT_IN_WORDS = {"BPU": "bukan penerima upah (BPU)", "PU": "penerima upah (PU)"}
NEVER_PAID = "Tidak terlindungi: belum pernah ada iuran yang dibayar sebelum meninggal."


@dataclass(frozen=True)
class Death:
    """A person recorded as dead; a day is None when nobody has said it."""

    person_id: int
    died_on: date | None
    born_on: date | None


@dataclass(frozen=True)
class Entitlement:
    """What the law grants for one death. Whole rupiah; `why` is one sentence or two.

    `segment` is the membership that pays, blank when none does; `lost_on` the first
    day without protection, when there had been one.
    """

    status: Status
    why: str
    segment: str = ""
    lines: tuple[dict[str, Any], ...] = ()
    expected_total: int = 0
    payable_now: int = 0
    tenure_months: int = 0
    lost_on: date | None = None


@dataclass(frozen=True)
class _Question:
    segment: str
    standing: Standing
    answer: Answer


def entitle(death: Death, spans: Iterable[tuple[str, Span]]) -> Entitlement:
    """The entitlement of one death, from the person's paid (segment, span) pairs.

    unknown when a day is missing or impossible, when no rule of that time is on file,
    or when the law needs a fact that nobody has given. For someone never paid for the
    day does not matter.
    """
    spans = list(spans)
    if not spans:
        return Entitlement("not_protected", NEVER_PAID)
    problem = _impossible(death)
    if problem or death.died_on is None:
        return Entitlement("unknown", problem)
    day = death.died_on
    try:
        asked = [
            _Question(
                segment,
                standing,
                death_benefit(event_on=day, standing=standing, segment=segment),
            )
            for segment, standing in standings(spans, day).items()
        ]
    except UserError as error:
        return Entitlement("unknown", f"{error.what} {error.fix}")
    granted = [each for each in asked if each.answer.total > 0]
    if granted:
        return _found(granted, day)
    if any(each.answer.unknown for each in asked):
        return _unknown(asked)
    return _not_protected(asked)


def _impossible(death: Death) -> str:
    """Why the day of death cannot be used; blank when it can."""
    if death.died_on is None:
        return (
            "Tercatat meninggal, tetapi tanggalnya belum diketahui; "
            "tanyakan akta kematian kepada Dukcapil atau kelurahan."
        )
    if death.born_on and death.died_on < death.born_on:
        return (
            f"Tanggal meninggal ({day_in_words(death.died_on)}) mendahului tanggal "
            f"lahir ({day_in_words(death.born_on)}); perlu dibetulkan oleh Dukcapil."
        )
    return ""


def _found(granted: list[_Question], day: date) -> Entitlement:
    """Of two memberships the one that owes more; the other is named, not added."""
    best = max(granted, key=lambda each: (each.answer.total, each.answer.payable_now))
    standing = best.standing
    why = (
        f"Terlindungi saat meninggal pada {day_in_words(day)} sebagai peserta "
        f"{SEGMENT_IN_WORDS[best.segment]}: {standing.status_in_words}, "
        f"{standing.paid_months} bulan iuran. {best.answer.sentence}"
    )
    others = [each.segment for each in granted if each is not best]
    if others:
        why += f" Juga peserta {', '.join(others)}; manfaatnya tidak dijumlahkan."
    return Entitlement(
        status="found",
        why=why,
        segment=best.segment,
        lines=tuple(line.as_dict() for line in best.answer.lines),
        expected_total=int(best.answer.total),
        payable_now=int(best.answer.payable_now),
        tenure_months=standing.tenure_months,
    )


def _unknown(asked: list[_Question]) -> Entitlement:
    open_question = next(each for each in asked if each.answer.unknown)
    standing = open_question.standing
    why = (
        f"Belum dapat dipastikan: sebagai peserta "
        f"{SEGMENT_IN_WORDS[open_question.segment]} iuran terakhir untuk "
        f"{_last_month(standing)}. Perlu diketahui: "
        f"{', '.join(open_question.answer.unknown)}."
    )
    return Entitlement(
        "unknown", why, tenure_months=standing.tenure_months, lost_on=_lost_on(asked)
    )


def _not_protected(asked: list[_Question]) -> Entitlement:
    lost_on = _lost_on(asked)
    members = [each for each in asked if each.standing.status != "never"]
    if not members:
        return Entitlement("not_protected", NEVER_PAID)
    last = max(members, key=lambda each: each.standing.paid_until or Month(1, 1))
    when = f", perlindungan hilang sejak {day_in_words(lost_on)}" if lost_on else ""
    return Entitlement(
        "not_protected",
        f"Tidak terlindungi: iuran terakhir untuk {_last_month(last.standing)}{when}, "
        f"sesudah {last.standing.paid_months} bulan dibayar.",
        tenure_months=last.standing.tenure_months,
        lost_on=lost_on,
    )


def _last_month(standing: Standing) -> str:
    return (standing.paid_until + -1).in_words() if standing.paid_until else "-"


def _lost_on(asked: list[_Question]) -> date | None:
    """The day on which the last of the memberships ended."""
    days = [
        lapse_day(each.standing.paid_until, each.segment)
        for each in asked
        if each.standing.paid_until and each.standing.status not in PROTECTED
    ]
    return max((day for day in days if day), default=None)
