"""What a family receives when a member dies. Amounts go by the day of the event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import inf

from semesta.kernel import Month, Rupiah
from semesta.law.answer import Answer, Line, Payable, in_words, needs, percent_of
from semesta.law.book import Choices, Law, Overrides, law_at
from semesta.law.contribution import bpu_bracket
from semesta.law.membership import Standing

ARREARS = {"BPU": "bpu.grace_months", "PU": "pu.grace_months"}


def death_benefit(
    *,
    event_on: date,
    standing: Standing | None,
    segment: str = "BPU",
    switches: Overrides = None,
) -> Answer:
    """JKM for a death that was no work accident (PP 44/2015 art. 34, 42; PP 82/2019).

    `standing` is that of the day of death; None means nobody knows the paid months.
    Lines jkm.lump_sum, jkm.periodic, jkm.funeral, or jkm.short_membership; none for a
    member who had lapsed or never paid.
    """
    if standing is None:
        return needs("bulan iuran yang sudah dibayar (daftar peserta BPJS)")
    _check_day(standing, event_on)
    choices = Choices(switches)
    law = law_at(event_on, choices)
    barred = _barred(law, standing, segment)
    if barred is not None:
        return barred
    waits = _waits(standing, segment)
    if _is_short(law, standing, segment):
        lines = _short_lines(law, waits)
    else:
        lines = _full_lines(law, waits)
    used = _merged(standing.switches_used, choices.used)
    return Answer(lines, _sentence(lines, standing), (), _relevant(used))


def work_death_benefit(
    *,
    event_on: date,
    standing: Standing | None,
    monthly_income: int | None,
    switches: Overrides = None,
) -> Answer:
    """JKK cash for a BPU member's death by work accident or occupational disease.

    PP 44/2015 arts. 25, 39 and Annex III. Lines jkk.death, jkk.periodic, jkk.funeral;
    with overdue months all wait until the arrears are paid (art. 39(1)). No minimum
    number of months. `monthly_income` chooses the base; None gives unknown.
    """
    if standing is None:
        return needs("bulan iuran yang sudah dibayar (daftar peserta BPJS)")
    _check_day(standing, event_on)
    choices = Choices(switches)
    law = law_at(event_on, choices)
    barred = _barred(law, standing, "BPU", programme="JKK")
    if barred is not None:
        return barred
    if monthly_income is None:
        return needs("penghasilan sebulan yang didaftarkan")
    waits: Payable = "after_arrears" if standing.unpaid_months else "now"
    lines = (
        _work_death(law, monthly_income, waits),
        _fixed(law, "jkk.periodic", waits),
        _fixed(law, "jkk.funeral", waits),
    )
    used = _merged(standing.switches_used, choices.used)
    return Answer(lines, _sentence(lines, standing), (), _relevant(used))


def _check_day(standing: Standing, event_on: date) -> None:
    if standing.on is not None and standing.on != event_on:
        raise ValueError("the standing must be that of the day of the event")


def _barred(
    law: Law, standing: Standing, segment: str, programme: str = "JKM"
) -> Answer | None:
    """The answer when nothing is owed, or when it cannot be said; else None."""
    rule = law.get(ARREARS[segment])
    if standing.status == "never":
        return Answer((), "Tidak ada bulan iuran yang dibayar sebelum hari itu.")
    if standing.status != "lapsed":
        return None
    if segment == "PU":
        # The employer answers for its arrears, unless the worker had already left.
        return needs("apakah masih bekerja pada pemberi kerja yang menunggak itu")
    return Answer(
        (),
        f"Tidak ada manfaat {programme}: iuran menunggak {standing.unpaid_months} "
        f"bulan berturut-turut, lebih dari {rule.value} bulan ({rule.law}).",
    )


def _waits(standing: Standing, segment: str) -> Payable:
    """Whether cash beside the funeral waits for arrears: only for BPU (art. 42(1))."""
    overdue = standing.unpaid_months > 0 and segment == "BPU"
    return "after_arrears" if overdue else "now"


def _is_short(law: Law, standing: Standing, segment: str) -> bool:
    """Whether the member had too few months for the full JKM (Permenaker 1/2025).

    A switch counts as used when reading it the other way would change the answer.
    """
    minimum = law.get("jkm.minimum_months").value
    read = {switch: law.choices.peek(switch) for switch in _MINIMUM_SWITCHES}
    short = _months_counted(standing, law.on, segment, read) < minimum
    for switch, options in _MINIMUM_SWITCHES.items():
        for option in options:
            other = {**read, switch: option}
            if (_months_counted(standing, law.on, segment, other) < minimum) != short:
                law.choices.pick(switch)
    return short


_MINIMUM_SWITCHES = {
    "jkm_minimum_segments": ("bpu_only", "all"),
    "jkm_minimum_after_lapse": ("restarts", "continues"),
    "jkm_minimum_counts": ("paid_months", "calendar_months"),
}


def _months_counted(
    standing: Standing, on: date, segment: str, read: Mapping[str, str]
) -> float:
    """Months toward the minimum, as the switches in `read` count them."""
    if segment != "BPU" and read["jkm_minimum_segments"] == "bpu_only":
        return inf
    months = standing.spell_months
    if read["jkm_minimum_counts"] == "calendar_months" and standing.spell_from:
        months = Month.of(on) - standing.spell_from
    if read["jkm_minimum_after_lapse"] == "continues":
        months += standing.paid_months - standing.spell_months
    return months


def _full_lines(law: Law, waits: Payable) -> tuple[Line, ...]:
    return (
        _fixed(law, "jkm.lump_sum", waits),
        _fixed(law, "jkm.periodic", waits),
        _fixed(law, "jkm.funeral", "now"),
    )


def _fixed(law: Law, key: str, payable: Payable) -> Line:
    found = law.get(key)
    amount = Rupiah(found.value)
    words = f"{found.label}: {amount}{_when(payable)}"
    return Line(key, amount, found.law, words, payable)


def _short_lines(law: Law, waits: Payable) -> tuple[Line, ...]:
    found = law.get("jkm.short_membership")
    minimum = law.get("jkm.minimum_months").value
    why = f"belum {minimum} bulan menjadi peserta"
    parts: list[tuple[str, Payable]] = [("total", "now")]
    if waits == "after_arrears":
        if law.choices.pick("jkm_short_split") == "lump_and_funeral":
            parts = [("lump_sum", waits), ("funeral", "now")]
    return tuple(
        Line(
            "jkm.short_membership",
            Rupiah(found.value[part]),
            found.law,
            f"{why}: {Rupiah(found.value[part])}{_when(payable)}",
            payable,
        )
        for part, payable in parts
    )


def _work_death(law: Law, monthly_income: int, payable: Payable) -> Line:
    rule, least = law.get("jkk.death"), law.get("jkm.lump_sum")
    bracket = bpu_bracket(Month.of(law.on), monthly_income=monthly_income)
    percent, months = rule.value["percent"], rule.value["months"]
    amount = percent_of(bracket.base * months, percent)
    words = f"{in_words(percent)} × {months} × dasar upah {bracket.base} = {amount}"
    if amount < least.value:
        amount = Rupiah(least.value)
        words += f"; paling sedikit {amount}"
    return Line("jkk.death", amount, rule.law, words + _when(payable), payable)


def _when(payable: Payable) -> str:
    return "" if payable == "now" else ", sesudah tunggakan dilunasi"


def _sentence(lines: tuple[Line, ...], standing: Standing) -> str:
    answer = Answer(lines)
    if answer.payable_now == answer.total:
        return f"Ahli waris berhak atas {answer.total}."
    return (
        f"Ahli waris berhak atas {answer.total}: {answer.payable_now} segera, sisanya "
        f"sesudah tunggakan {standing.unpaid_months} bulan dilunasi."
    )


def _merged(*several: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(switch for used in several for switch in used))


def _relevant(used: tuple[str, ...]) -> tuple[str, ...]:
    # Tenure decides the scholarship, never the cash.
    return tuple(switch for switch in used if switch != "tenure_after_lapse")
