"""The scholarship of a member's children: the right, the children, year by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from semesta.kernel import Rupiah
from semesta.law.answer import Payable, YesNo
from semesta.law.benefit.cover import PAID_MONTHS, cover_of
from semesta.law.book import Found, Law, Overrides, Reading, law_at
from semesta.law.membership import Standing

Cause = Literal["illness", "work_accident"]
NOT_YET_AT_SCHOOL = "belum"
LEFT_SCHOOL = "tidak"


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
    """A child of the member; None where nobody has said.

    `level` is a level of `scholarship.levels`, `belum` for not yet at school, `tidak`
    for no longer; blank when unknown. `year_of_level` counts from 1 within the level.
    """

    id: str
    born_on: date | None = None
    married: bool | None = None
    works: bool | None = None
    level: str = ""
    year_of_level: int | None = None


@dataclass(frozen=True)
class ChildRight:
    """Whether one child may receive it, and why.

    `needs` names the facts that are missing, for the right or only for its amount.
    """

    child: str
    answer: Literal["yes", "no", "unknown", "not_chosen"]
    why: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class SchoolYear:
    """What one child receives for one school year. `number` counts from 1."""

    child: str
    number: int
    level: str
    year_of_level: int | None
    starts_on: date
    amount: Rupiah
    law: str

    def as_dict(self) -> dict[str, Any]:
        return {
            "child": self.child,
            "school_year": self.number,
            "level": self.level,
            "year_of_level": self.year_of_level,
            "starts_on": self.starts_on.isoformat(),
            "amount": int(self.amount),
            "law": self.law,
        }


@dataclass(frozen=True)
class Scholarship:
    """Every school year to come, if the child stays at school, single and out of work.

    `children` says for each child whether it receives, and why. `payable` is
    `after_arrears` when the family must first pay what was overdue.
    """

    years: tuple[SchoolYear, ...] = ()
    children: tuple[ChildRight, ...] = ()
    payable: Payable = "now"

    @property
    def total(self) -> Rupiah:
        return sum((year.amount for year in self.years), Rupiah(0))

    def total_of(self, child: ChildRight) -> Rupiah | None:
        """What one child receives in all; None while a fact for it is missing."""
        if child.needs:
            return None
        mine = (year.amount for year in self.years if year.child == child.child)
        return sum(mine, Rupiah(0))


def scholarship_right(
    *,
    event_on: date,
    standing: Standing | None,
    cause: Cause = "illness",
    segment: str = "BPU",
    employed: bool | None = None,
    switches: Overrides = None,
) -> Right:
    """Whether the event opens the scholarship (PP 82/2019 art. 34(1)d, 25(2)b.8).

    After a work accident (death or total disability) none but membership is asked;
    otherwise enough paid months. `standing` is that of the day of the event; None
    gives unknown. `employed`: see `cover_of`.
    """
    reading = Reading.of(switches)
    law = law_at(event_on, reading)
    minimum = law.get("scholarship.jkm_minimum_months")
    if standing is None:
        why = f"Diperlukan: {PAID_MONTHS}."
        return Right("unknown", why, minimum.law, needs=(PAID_MONTHS,))
    programme = "JKK" if cause == "work_accident" else "JKM"
    cover = cover_of(
        law, standing, segment=segment, programme=programme, employed=employed
    )
    if cover.refusal is not None:
        return _without_cover(law, standing, cover.refusal.unknown)
    waits = cover.rest == "after_arrears"
    if cause == "work_accident":
        why = "Kecelakaan kerja tidak mensyaratkan masa iur."
        return Right("yes", why, law.get("jkk.death").law, after_arrears=waits)
    return _by_months(standing, minimum, reading, waits=waits)


def _by_months(
    standing: Standing, minimum: Found, reading: Reading, *, waits: bool
) -> Right:
    months = _months(standing, reading, minimum.value)
    short = max(0, minimum.value - months)
    words = f"Masa iur {months} bulan, syaratnya {minimum.value} bulan"
    return Right(
        answer="no" if short else "yes",
        why=f"{words}; kurang {short} bulan." if short else f"{words}.",
        law=minimum.law,
        months_short=short,
        after_arrears=waits and not short,
        switches_used=reading.used,
    )


def _without_cover(law: Law, standing: Standing, missing: tuple[str, ...]) -> Right:
    rule = law.get("bpu.grace_months").law
    if missing:
        return Right("unknown", f"Diperlukan: {missing[0]}.", rule, needs=missing)
    if standing.status == "never":
        return Right("no", "Belum pernah ada iuran yang dibayar.", rule)
    if standing.status == "lapsed":
        overdue = f"iurannya menunggak {standing.unpaid_months} bulan"
        return Right("no", f"Kepesertaannya sudah nonaktif: {overdue}.", rule)
    return Right("no", "Saat itu sudah tidak bekerja.", rule)


def _months(standing: Standing, reading: Reading, minimum: int) -> int:
    """Paid months as the switch reads them; it counts as used only where it decides."""
    readings = {
        "counts_all": standing.paid_months or standing.tenure_months,
        "restarts": standing.spell_months or standing.tenure_months,
    }
    if len({months >= minimum for months in readings.values()}) > 1:
        reading.pick("tenure_after_lapse")
    return readings[reading.peek("tenure_after_lapse")]


def eligible_children(
    children: Sequence[Child], *, on: date, switches: Overrides = None
) -> tuple[ChildRight, ...]:
    """Which children may receive the scholarship on a day, in the order given.

    Under 23, unmarried, not working (PP 82/2019 art. 25(3)). A condition that fails
    decides; otherwise each missing fact makes it unknown. No age limit is on file
    before 2 December 2019.
    """
    found = law_at(on, Reading.of(switches)).find("scholarship.age_limit")
    limit = None if found is None else int(found.value)
    return tuple(_child_right(child, on, limit) for child in children)


def _child_right(child: Child, on: date, limit: int | None) -> ChildRight:
    too_old = limit and child.born_on and age(child.born_on, on) >= limit
    if too_old:
        return ChildRight(child.id, "no", f"Sudah berusia {limit} tahun atau lebih.")
    if child.married:
        return ChildRight(child.id, "no", "Sudah menikah.")
    if child.works:
        return ChildRight(child.id, "no", "Sudah bekerja.")
    if child.level == LEFT_SCHOOL:
        return ChildRight(child.id, "no", "Sudah tidak bersekolah.")
    facts = {
        "tanggal lahir": child.born_on if limit else on,
        "apakah sudah menikah": child.married,
        "apakah sudah bekerja": child.works,
    }
    missing = tuple(
        f"{fact} anak {child.id}" for fact, value in facts.items() if value is None
    )
    if missing:
        why = f"Diperlukan: {', '.join(missing)}."
        return ChildRight(child.id, "unknown", why, missing)
    why = f"Belum berusia {limit} tahun, belum menikah, dan belum bekerja."
    return ChildRight(child.id, "yes", why if limit else "Belum menikah dan bekerja.")


def age(born_on: date, on: date) -> int:
    """Whole years of age on a day."""
    before = (on.month, on.day) < (born_on.month, born_on.day)
    return on.year - born_on.year - (1 if before else 0)


def scholarship_plan(
    children: Sequence[Child],
    *,
    event_on: date,
    right: Right,
    chosen: Sequence[str] = (),
    switches: Overrides = None,
) -> Scholarship:
    """Every school year of every child that the right opens. Whole rupiah.

    The running school year counts; a year is paid when the child is below the age
    limit on its first day (for the running one: on the day of the event). Of more
    than two eligible children the family chooses (`chosen` ids); until it has, the two
    with most to receive, in the order given where equal. Before 2 December 2019 one
    lump sum per member. PP 82/2019 arts. 25(3), 34(3) and Annex III; PP 44/2015.
    """
    reading = Reading.of(switches)
    law = law_at(event_on, reading)
    payable: Payable = "after_arrears" if right.after_arrears else "now"
    if right.answer != "yes":
        rights = [ChildRight(child.id, right.answer, right.why) for child in children]
        return Scholarship((), tuple(rights), payable)
    rights = list(eligible_children(children, on=event_on, switches=reading))
    lump_sum = law.find("scholarship.lump_sum_2015")
    if lump_sum is not None:
        return _one_lump_sum(rights, lump_sum.value, lump_sum.law, event_on, payable)
    planned: dict[str, tuple[SchoolYear, ...]] = {}
    for number, child in enumerate(children):
        if rights[number].answer == "yes":
            rights[number], planned[child.id] = _plan_of(law, child, rights[number])
    most = law.get("scholarship.max_children").value["children"]
    kept = _chosen(planned, chosen, most)
    rights = [_if_kept(each, kept, planned, most) for each in rights]
    years = tuple(year for child in kept for year in planned[child])
    return Scholarship(years, tuple(rights), payable)


def _one_lump_sum(
    rights: list[ChildRight], amount: int, law: str, on: date, payable: Payable
) -> Scholarship:
    first = next((each for each in rights if each.answer == "yes"), None)
    if first is None:
        return Scholarship((), tuple(rights), payable)
    year = SchoolYear(first.child, 1, "", None, on, Rupiah(amount), law)
    return Scholarship((year,), tuple(rights), payable)


def _plan_of(
    law: Law, child: Child, right: ChildRight
) -> tuple[ChildRight, tuple[SchoolYear, ...]]:
    """A child's school years; none, and what is needed, while its class is unknown."""
    levels = {row["level"]: row for row in law.get("scholarship.levels").value}
    at_school = child.level in levels
    if not at_school and child.level != NOT_YET_AT_SCHOOL:
        return _waiting_for(right, f"jenjang sekolah anak {child.id}")
    if at_school and child.year_of_level is None:
        return _waiting_for(right, f"kelas anak {child.id} pada jenjangnya")
    return right, tuple(_years(law, child))


def _waiting_for(
    right: ChildRight, fact: str
) -> tuple[ChildRight, tuple[SchoolYear, ...]]:
    why = f"{right.why} Untuk menghitung jumlahnya diperlukan: {fact}."
    return replace(right, why=why, needs=(fact,)), ()


def _years(law: Law, child: Child) -> Iterator[SchoolYear]:
    levels = law.get("scholarship.levels")
    limit = law.get("scholarship.age_limit").value
    starts_on = _first_school_year(law, child)
    number = 1
    for level, year, amount in _remaining(levels.value, child):
        tested_on = max(starts_on, law.on)
        if child.born_on is None or age(child.born_on, tested_on) >= limit:
            return
        yield SchoolYear(
            child.id, number, level, year, starts_on, Rupiah(amount), levels.law
        )
        number += 1
        starts_on = starts_on.replace(year=starts_on.year + 1)


def _remaining(
    levels: list[dict[str, Any]], child: Child
) -> Iterator[tuple[str, int, int]]:
    """Level, year within it and amount, from where the child stands to the last."""
    names = [row["level"] for row in levels]
    at = names.index(child.level) if child.level in names else 0
    first = child.year_of_level or 1
    for row in levels[at:]:
        for year in range(first, row["years"] + 1):
            yield row["level"], year, row["yearly"]
        first = 1


def _first_school_year(law: Law, child: Child) -> date:
    """The first day of the running school year, or of the one the child starts in."""
    rule = law.get("scholarship.school_year").value
    starts_on = law.on.replace(month=rule["starts_in"], day=1)
    if starts_on > law.on:
        starts_on = starts_on.replace(year=starts_on.year - 1)
    if child.level == NOT_YET_AT_SCHOOL and child.born_on is not None:
        starts_on = starts_on.replace(year=starts_on.year + 1)
        while age(child.born_on, starts_on) < rule["entry_age"]:
            starts_on = starts_on.replace(year=starts_on.year + 1)
    return starts_on


def _chosen(
    planned: dict[str, tuple[SchoolYear, ...]], chosen: Sequence[str], most: int
) -> list[str]:
    """The children who receive: those named, else those with most to come."""

    def rank(child: str) -> tuple[int, int]:
        named = list(chosen).index(child) if child in chosen else len(chosen)
        return named, -sum(year.amount for year in planned[child])

    best = sorted((child for child in planned if planned[child]), key=rank)[:most]
    return [child for child in planned if child in best]


def _if_kept(
    right: ChildRight,
    kept: list[str],
    planned: dict[str, tuple[SchoolYear, ...]],
    most: int,
) -> ChildRight:
    if right.answer != "yes" or right.child in kept or right.needs:
        return right
    if not planned.get(right.child):
        why = "Tidak ada lagi tahun sekolah sebelum batas usia."
        return replace(right, answer="no", why=why)
    why = f"Paling banyak {most} anak; keluarga boleh memilih anak ini sebagai ganti."
    return replace(right, answer="not_chosen", why=why)
