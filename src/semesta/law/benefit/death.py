"""JKM: what a family receives when a member dies, and not by a work accident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from math import inf

from semesta.kernel import Month, Rupiah
from semesta.law.answer import Answer, Line, Payable, sum_of
from semesta.law.benefit.cover import cover_of, owed, when_in_words
from semesta.law.book import Law, Overrides, Reading, law_at
from semesta.law.membership import Standing

HEIRS = "Ahli waris"
# The switches that say how months toward the full benefit count, and their options.
MINIMUM_SWITCHES = {
    "jkm_minimum_segments": ("bpu_only", "all"),
    "jkm_minimum_after_lapse": ("restarts", "continues"),
    "jkm_minimum_counts": ("paid_months", "calendar_months"),
}


def death_benefit(
    *,
    event_on: date,
    standing: Standing | None,
    segment: str = "BPU",
    employed: bool | None = None,
    switches: Overrides = None,
) -> Answer:
    """JKM for a death that was no work accident (PP 44/2015 art. 34, 42; PP 82/2019).

    `standing` is that of the day of death; None means nobody knows the paid months.
    Lines jkm.lump_sum, jkm.periodic, jkm.funeral, or jkm.short_membership; none for a
    member who had lapsed or never paid. `employed`: see `cover_of`.
    """
    reading = Reading.of(switches)
    law = law_at(event_on, reading)
    cover = cover_of(law, standing, segment=segment, programme="JKM", employed=employed)
    if cover.refusal is not None or standing is None:
        return cover.refusal or Answer()
    if _is_short(law, standing, segment):
        lines = _short_lines(law, cover.rest)
    else:
        lines = full_death_lines(law, cover.rest)
    used = dict.fromkeys([*standing.switches_used, *reading.used])
    # Tenure decides the scholarship, never the cash.
    used.pop("tenure_after_lapse", None)
    answer = owed(Answer(lines, "", (), tuple(used)), cover, standing, HEIRS)
    if lines[0].code != "jkm.short_membership":
        return answer
    full, months = sum_of(full_death_lines(law)), law.get("jkm.minimum_months").value
    why = f" Belum {full}, karena belum {months} bulan menjadi peserta."
    return replace(answer, sentence=answer.sentence + why)


def _is_short(law: Law, standing: Standing, segment: str) -> bool:
    """Whether the member had too few months for the full JKM (Permenaker 1/2025).

    A switch counts as used when reading it the other way would change the answer.
    """
    minimum = law.get("jkm.minimum_months").value
    read = {switch: law.reading.peek(switch) for switch in MINIMUM_SWITCHES}
    short = _months_counted(standing, law.on, segment, read) < minimum
    for switch, options in MINIMUM_SWITCHES.items():
        for option in options:
            other = {**read, switch: option}
            if (_months_counted(standing, law.on, segment, other) < minimum) != short:
                law.reading.pick(switch)
    return short


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


def full_death_lines(law: Law, rest: Payable = "now") -> tuple[Line, ...]:
    """The three amounts of the full JKM; the funeral cost is always due at once."""
    return (
        fixed_line(law, "jkm.lump_sum", rest),
        fixed_line(law, "jkm.periodic", rest),
        fixed_line(law, "jkm.funeral", "now"),
    )


def fixed_line(law: Law, key: str, payable: Payable) -> Line:
    """An amount that the law names outright; its parameter's key is its code."""
    found = law.get(key)
    amount = Rupiah(found.value)
    words = f"{found.label}: {amount}{when_in_words(payable)}"
    return Line(key, amount, found.law, words, payable)


def _short_lines(law: Law, rest: Payable) -> tuple[Line, ...]:
    found = law.get("jkm.short_membership")
    minimum = law.get("jkm.minimum_months").value
    why = f"Belum {minimum} bulan menjadi peserta"
    parts: list[tuple[str, Payable]] = [("total", "now")]
    if rest == "after_arrears":
        if law.reading.pick("jkm_short_split") == "lump_and_funeral":
            parts = [("lump_sum", rest), ("funeral", "now")]
    return tuple(
        Line(
            "jkm.short_membership",
            Rupiah(found.value[part]),
            found.law,
            f"{why}: {Rupiah(found.value[part])}{when_in_words(payable)}",
            payable,
        )
        for part, payable in parts
    )
