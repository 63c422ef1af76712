"""Whether a member's death opens the scholarship, and for which children."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from semesta.law.book import Choices, Overrides, law_at
from semesta.law.membership import Standing

YesNo = Literal["yes", "no", "unknown"]
Cause = Literal["illness", "work_accident"]


@dataclass(frozen=True)
class Right:
    """A right that exists or not; `why` is a sentence, `needs` the missing facts.

    `months_short` says how many paid months were lacking, 0 when none or not known.
    """

    answer: YesNo
    why: str
    law: str
    months_short: int = 0
    after_arrears: bool = False
    needs: tuple[str, ...] = ()
    switches_used: tuple[str, ...] = ()


@dataclass(frozen=True)
class Child:
    """A child of the member; None where nobody has said."""

    id: str
    born_on: date | None = None
    married: bool | None = None
    works: bool | None = None


@dataclass(frozen=True)
class ChildRight:
    """Whether one child may receive it on a day, and why."""

    child: str
    answer: YesNo
    why: str


def scholarship_right(
    *,
    event_on: date,
    standing: Standing | None,
    cause: Cause = "illness",
    segment: str = "BPU",
    switches: Overrides = None,
) -> Right:
    """Whether the event opens the scholarship (PP 82/2019 art. 34(1)d, 25(2)b.8).

    After a work accident none but membership is asked; otherwise enough paid months.
    `standing` is that of the day of death; None gives unknown.
    """
    choices = Choices(switches)
    law = law_at(event_on, choices)
    minimum = law.get("scholarship.jkm_minimum_months")
    if standing is None:
        fact = "bulan iuran yang sudah dibayar (daftar peserta BPJS)"
        return Right("unknown", f"Diperlukan: {fact}.", minimum.law, needs=(fact,))
    if standing.on is not None and standing.on != event_on:
        raise ValueError("the standing must be that of the day of the event")
    if standing.status in ("never", "lapsed"):
        return _without_cover(standing, segment, law.get("bpu.grace_months").law)
    waits = standing.unpaid_months > 0 and segment == "BPU"
    if cause == "work_accident":
        law_of_jkk = law.get("jkk.death").law
        why = "Kecelakaan kerja tidak mensyaratkan masa iur."
        return Right("yes", why, law_of_jkk, after_arrears=waits)
    months = _months(standing, choices, minimum.value)
    short = max(0, minimum.value - months)
    words = f"Masa iur {months} bulan, syaratnya {minimum.value} bulan"
    return Right(
        answer="no" if short else "yes",
        why=f"{words}; kurang {short} bulan." if short else f"{words}.",
        law=minimum.law,
        months_short=short,
        after_arrears=waits and not short,
        switches_used=choices.used,
    )


def _without_cover(standing: Standing, segment: str, law: str) -> Right:
    if segment == "PU" and standing.status == "lapsed":
        fact = "apakah masih bekerja pada pemberi kerja yang menunggak itu"
        return Right("unknown", f"Diperlukan: {fact}.", law, needs=(fact,))
    return Right("no", f"Saat itu {standing.status_in_words}.", law)


def _months(standing: Standing, choices: Choices, minimum: int) -> int:
    """Paid months as the switch reads them; it counts as used only where it decides."""
    readings = {
        "counts_all": standing.paid_months or standing.tenure_months,
        "restarts": standing.spell_months or standing.tenure_months,
    }
    if len({months >= minimum for months in readings.values()}) > 1:
        choices.pick("tenure_after_lapse")
    return readings[choices.peek("tenure_after_lapse")]


def eligible_children(children: list[Child], *, on: date) -> tuple[ChildRight, ...]:
    """Which children may receive the scholarship on a day, in the order given.

    Under 23, unmarried, not working (PP 82/2019 art. 25(3)); more than two are named
    alike, because then the heirs choose.
    """
    limit = law_at(on).get("scholarship.age_limit").value
    return tuple(_child_right(child, on, limit) for child in children)


def _child_right(child: Child, on: date, limit: int) -> ChildRight:
    if child.born_on is not None and age(child.born_on, on) >= limit:
        return ChildRight(child.id, "no", f"Sudah berusia {limit} tahun atau lebih.")
    if child.married:
        return ChildRight(child.id, "no", "Sudah menikah.")
    if child.works:
        return ChildRight(child.id, "no", "Sudah bekerja.")
    if child.born_on is None:
        return ChildRight(child.id, "unknown", "Diperlukan: tanggal lahir.")
    return ChildRight(child.id, "yes", f"Belum berusia {limit} tahun.")


def age(born_on: date, on: date) -> int:
    """Whole years of age on a day."""
    before = (on.month, on.day) < (born_on.month, born_on.day)
    return on.year - born_on.year - (1 if before else 0)
