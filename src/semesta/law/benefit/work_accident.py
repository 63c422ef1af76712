"""JKK: what a work accident or an occupational disease entitles to.

Cash goes by the monthly wage, for members outside an employment relation (BPU) by the
base of their income bracket. PP 44/2015 arts. 25, 38, 39 and Annex III; PP 82/2019.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from semesta.kernel import Month, Rupiah, day_in_words
from semesta.law.answer import Answer, Line, Payable, in_words, needs, percent_of
from semesta.law.benefit.cover import cover_of, owed, when_in_words
from semesta.law.benefit.death import HEIRS, fixed_line, full_death_lines
from semesta.law.book import Law, Overrides, Reading, law_at
from semesta.law.contribution.bpu import bpu_bracket
from semesta.law.membership import Standing

KINDS = ("work_death", "total_disability", "partial_disability", "work_accident")
INCOME = "penghasilan atau upah sebulan yang didaftarkan"
DISABILITY = "persentase cacat menurut dokter (tabel Lampiran III)"
DAYS_UNABLE = "lama tidak mampu bekerja (hari)"
NO_RULE = {
    "home_care": "perawatan di rumah",
    "prosthesis": "alat ganti anggota badan",
    "dentures": "gigi tiruan",
    "hearing_aid": "alat bantu dengar",
    "glasses": "kacamata",
}
TRANSPORT = {"land": "darat, sungai, atau danau", "sea": "laut", "air": "udara"}


@dataclass(frozen=True)
class Accident:
    """What happened at work. Percents of the annex's table, costs in whole rupiah.

    `kind` is one of KINDS. None where nobody has said; costs nobody had are left out.
    `costs` has home_care, prosthesis (the government hospital's price), dentures,
    hearing_aid, glasses; `transport` has land, sea, air.
    """

    kind: str
    on: date
    disability_percent: Decimal | int | None = None
    function_loss_percent: Decimal | int | None = None
    days_unable: int | None = None
    transport: Mapping[str, int] = field(default_factory=dict)
    costs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Question:
    """One accident under the law of its day, for one monthly wage."""

    accident: Accident
    law: Law
    wage: Rupiah
    wage_in_words: str
    payable: Payable

    def line(self, code: str, amount: int, law: str, words: str) -> Line:
        explanation = words + when_in_words(self.payable)
        return Line(code, Rupiah(amount), law, explanation, self.payable)


def accident_benefit(
    accident: Accident,
    *,
    standing: Standing | None,
    monthly_income: int | None,
    segment: str = "BPU",
    employed: bool | None = None,
    switches: Overrides = None,
) -> Answer:
    """JKK cash for one accident. Lines jkk.death, jkk.total_disability,
    jkk.partial_disability, jkk.periodic, jkk.funeral, jkk.unable_to_work,
    jkk.transport, and jkk.<cost> as far as facts for them are given.

    No minimum number of months. With overdue months of a BPU member all cash waits
    until the arrears are paid (art. 39(1)). `standing` is that of the day of the
    accident; `employed`: see `cover_of`.
    """
    reading = Reading.of(switches)
    law = law_at(accident.on, reading)
    cover = cover_of(law, standing, segment=segment, programme="JKK", employed=employed)
    if cover.refusal is not None or standing is None:
        return cover.refusal or Answer()
    missing = _missing(law, accident, monthly_income)
    if missing or monthly_income is None:
        return needs(*missing)
    wage, words = monthly_wage(law, segment, monthly_income)
    question = _Question(accident, law, wage, words, cover.rest)
    used = dict.fromkeys(standing.switches_used)
    lines = tuple(_lines(question))
    used.update(dict.fromkeys(reading.used))
    used.pop("tenure_after_lapse", None)
    receiver = HEIRS if accident.kind == "work_death" else "Peserta"
    return owed(Answer(lines, "", (), tuple(used)), cover, standing, receiver)


def monthly_wage(law: Law, segment: str, monthly_income: int) -> tuple[Rupiah, str]:
    """The wage that JKK cash is reckoned by, and how an explanation names it."""
    if segment != "BPU":
        return Rupiah(monthly_income), f"upah {Rupiah(monthly_income)}"
    month = Month.of(law.on)
    bracket = bpu_bracket(month, monthly_income=monthly_income, switches=law.reading)
    return bracket.base, f"dasar upah {bracket.base}"


def _missing(law: Law, accident: Accident, monthly_income: int | None) -> list[str]:
    missing = [] if monthly_income is not None else [INCOME]
    if accident.kind == "partial_disability" and accident.disability_percent is None:
        missing.append(DISABILITY)
    if accident.kind == "work_accident" and accident.days_unable is None:
        missing.append(DAYS_UNABLE)
    # A cost for which no rule of that time is on file is unknown, not refused.
    missing += [
        f"aturan {NO_RULE[name]} pada {day_in_words(law.on)}"
        for name, cost in accident.costs.items()
        if cost and law.find(f"jkk.{name}") is None
    ]
    return missing


def _lines(question: _Question) -> Iterator[Line]:
    yield from _CASH[question.accident.kind](question)
    yield from _unable_to_work(question)
    yield from _transport(question)
    yield from _costs(question)


def _death(question: _Question) -> Iterator[Line]:
    law = question.law
    rule = law.get("jkk.death")
    percent, months = rule.value["percent"], rule.value["months"]
    amount = percent_of(question.wage * months, percent)
    words = f"{in_words(percent)} × {months} × {question.wage_in_words} = {amount}"
    least = least_for_death(law, amount)
    if amount < least:
        amount = least
        words += f"; paling sedikit {amount}"
    yield question.line("jkk.death", amount, rule.law, words)
    yield fixed_line(law, "jkk.periodic", question.payable)
    yield fixed_line(law, "jkk.funeral", question.payable)


def least_for_death(law: Law, amount: Rupiah) -> Rupiah:
    """At least the death benefit of JKM; a switch says which part of it is meant."""
    lump_sum, *others = full_death_lines(law)
    whole = Rupiah(lump_sum.amount + sum(line.amount for line in others))
    if amount >= whole:
        return Rupiah(lump_sum.amount)
    read = law.reading.pick("jkk_death_minimum")
    return whole if read == "whole" else Rupiah(lump_sum.amount)


def _total_disability(question: _Question) -> Iterator[Line]:
    rule = question.law.get("jkk.total_disability")
    percent, months = rule.value["percent"], rule.value["months"]
    amount = percent_of(question.wage * months, percent)
    words = f"{in_words(percent)} × {months} × {question.wage_in_words} = {amount}"
    yield question.line("jkk.total_disability", amount, rule.law, words)
    yield fixed_line(question.law, "jkk.periodic", question.payable)


def _partial_disability(question: _Question) -> Iterator[Line]:
    accident, rule = question.accident, question.law.get("jkk.partial_disability")
    percent = Decimal(accident.disability_percent or 0)
    words = f"{in_words(percent)}"
    if accident.function_loss_percent is not None:
        words = f"{in_words(accident.function_loss_percent)} × {words}"
        percent = percent * Decimal(accident.function_loss_percent) / 100
    amount = percent_of(question.wage * rule.value["months"], percent)
    words += f" × {rule.value['months']} × {question.wage_in_words} = {amount}"
    yield question.line("jkk.partial_disability", amount, rule.law, words)


def _nothing(question: _Question) -> Iterator[Line]:
    yield from ()


_CASH: dict[str, Callable[[_Question], Iterator[Line]]] = {
    "work_death": _death,
    "total_disability": _total_disability,
    "partial_disability": _partial_disability,
    "work_accident": _nothing,
}


def _unable_to_work(question: _Question) -> Iterator[Line]:
    """STMB, step by step: whole months at each step's percent, days as a share."""
    days, rule = question.accident.days_unable, question.law.get("jkk.unable_to_work")
    if not days:
        return
    per_month = question.law.get("jkk.unable_days_per_month").value
    amount, parts = Rupiah(0), []
    for step in rule.value:
        here = min(days, step["months"] * per_month) if step["months"] else days
        if not here:
            break
        share = Decimal(question.wage * here) / per_month
        amount += percent_of(share, step["percent"])
        parts.append(f"{here} hari × {in_words(step['percent'])}")
        days -= here
    words = f"{' + '.join(parts)} dari {question.wage_in_words} sebulan = {amount}"
    yield question.line("jkk.unable_to_work", amount, rule.law, words)


def _transport(question: _Question) -> Iterator[Line]:
    rule = question.law.get("jkk.transport")
    for mode, cost in question.accident.transport.items():
        if cost:
            most = Rupiah(rule.value[mode])
            words = f"Angkutan {TRANSPORT[mode]} {Rupiah(cost)}, paling tinggi {most}"
            yield question.line("jkk.transport", min(cost, most), rule.law, words)


def _costs(question: _Question) -> Iterator[Line]:
    for name, cost in question.accident.costs.items():
        if not cost:
            continue
        rule = question.law.get(f"jkk.{name}")
        if name == "prosthesis":
            added = rule.value["added_percent"]
            amount = Rupiah(cost) + percent_of(cost, added)
            words = f"{rule.label}: {Rupiah(cost)} + {in_words(added)} = {amount}"
        else:
            most = rule.value["most"] if isinstance(rule.value, dict) else rule.value
            amount = Rupiah(min(cost, most))
            words = f"{rule.label}: {Rupiah(cost)}, paling tinggi {Rupiah(most)}"
            if isinstance(rule.value, dict):
                words += f", paling lama {rule.value['years']} tahun"
        yield question.line(f"jkk.{name}", amount, rule.law, words)
