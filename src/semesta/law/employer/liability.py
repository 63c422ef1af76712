"""What an employer owes a worker's family when a risk falls while it is in breach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from semesta.kernel import Rupiah
from semesta.law.answer import Answer, Line, needs
from semesta.law.book import Law, Overrides, Reading, law_at

JOINED = "program yang diikuti pemberi kerja"
REPORTED_WAGE = "upah yang dilaporkan pemberi kerja"


@dataclass(frozen=True)
class Breach:
    """How an employer falls short: a code of `employer.violations` and its facts."""

    violation: str
    reported_wage: int | None = None
    programmes: tuple[str, ...] | None = None


def owed_in_breach(
    breach: Breach,
    *,
    on: date,
    programme: str,
    insured: Callable[[int | None], Answer],
    monthly_wage: int | None,
    switches: Overrides = None,
) -> Answer:
    """Who owes what for one event: lines of the insurer, lines of the employer.

    `insured(wage)` answers what a properly registered worker with that wage would get;
    `programme` is JKK or JKM. Not registered, or this worker left out: the employer
    owes all. Wage under-reported: the shortfall. Programme not joined: all of that
    programme. PP 44/2015 arts. 27, 32, 35; arrears are the standing's matter
    (`cover_of`).
    """
    law = law_at(on, Reading.of(switches))
    charge = law.get("employer.charges_to_employer").value.get(breach.violation)
    kind = charge["charge"] if charge else "advance"
    if kind == "advance":
        return insured(monthly_wage)
    if kind == "shortfall" and programme == "JKM":
        # JKM does not go by the wage, so nothing is missing.
        return insured(monthly_wage)
    if kind == "shortfall":
        return _shortfall(law, breach, insured, monthly_wage)
    if kind == "missing" and breach.programmes is None:
        return needs(JOINED)
    if kind == "missing" and programme in (breach.programmes or ()):
        return insured(monthly_wage)
    return _charged(law, breach, insured(monthly_wage))


def _why(law: Law, breach: Breach) -> str:
    charged = law.get("employer.charges_to_employer")
    name = law.get("employer.violations").value[breach.violation]["name"].lower()
    article = charged.value[breach.violation]["article"]
    return f"{name}; {charged.law.partition(' Pasal')[0]} {article}"


def _charged(law: Law, breach: Breach, answer: Answer) -> Answer:
    if answer.unknown:
        return answer
    sentence = (
        f"Pemberi kerja sendiri yang wajib membayar {answer.total} "
        f"({_why(law, breach)})."
    )
    return answer.charged_to("employer", sentence)


def _shortfall(
    law: Law,
    breach: Breach,
    insured: Callable[[int | None], Answer],
    monthly_wage: int | None,
) -> Answer:
    """The insurer's lines on the reported wage, and what is missing to the real one."""
    if breach.reported_wage is None:
        return needs(REPORTED_WAGE)
    paid, full = insured(breach.reported_wage), insured(monthly_wage)
    if full.unknown or paid.unknown:
        return full if full.unknown else paid
    missing = [
        replace(
            line,
            amount=Rupiah(line.amount - low.amount),
            paid_by="employer",
            explanation=f"Kekurangan karena upah dilaporkan {low.amount} "
            f"dari {line.amount} ({_why(law, breach)})",
        )
        for low, line in zip(paid.lines, full.lines, strict=True)
        if line.amount > low.amount
    ]
    lines: tuple[Line, ...] = (*paid.lines, *missing)
    short = sum((line.amount for line in missing), Rupiah(0))
    sentence = paid.sentence
    if short:
        sentence += f" Pemberi kerja wajib menambah {short} ({_why(law, breach)})."
    used = dict.fromkeys([*paid.switches_used, *full.switches_used])
    return Answer(lines, sentence, (), tuple(used))
