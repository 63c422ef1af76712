"""The children who would lose a scholarship: how many, and what it would come to.

Who is a child of whom is what the family card says: head or spouse, and children of the
same household. Nobody tells us each child's class, so rupiah are an estimate: the class
of their age, as the law's own table of school years has it. Unknown stays unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from semesta.law.benefit.scholarship import (
    NOT_YET_AT_SCHOOL,
    Child,
    Right,
    eligible_children,
    scholarship_plan,
)
from semesta.law.book import Reading, law_at

PARENTS = ("kepala", "istri", "suami")
CHILD = "anak"
UNMARRIED = "belum-kawin"
OPEN = Right("yes", "", "")


class ChildFacts(NamedTuple):
    """What the registry knows of a child; None where nobody has said."""

    born_on: date | None
    married: bool | None
    works: bool | None


@dataclass(frozen=True)
class ChildrenAtStake:
    """Children who may receive a scholarship on a day, and those nobody can say it of.

    `scholarship`: rupiah of all school years to come for those the law lets receive,
    each in the class of their age. All None when the family is not known.
    """

    certain: int | None = None
    unsure: int | None = None
    scholarship: int | None = None


def children_at_stake(
    children: Sequence[ChildFacts] | None, *, on: date, reading: Reading
) -> ChildrenAtStake:
    """The children of one family on a day, by the law's own conditions."""
    if children is None or not rules_known(on):
        return ChildrenAtStake()
    named = [
        Child(str(n), each.born_on, each.married, each.works)
        for n, each in enumerate(children)
    ]
    answers = eligible_children(named, on=on, switches=reading)
    eligible = [
        each.born_on
        for each, answer in zip(children, answers, strict=True)
        if answer.answer == "yes" and each.born_on
    ]
    unsure = sum(1 for answer in answers if answer.answer == "unknown")
    amounts = sorted(
        (amount_of(school_cohort(born_on, on), on) for born_on in eligible),
        reverse=True,
    )
    return ChildrenAtStake(
        certain=len(eligible),
        unsure=unsure,
        scholarship=sum(amounts[: most_children(on)]),
    )


def rules_known(on: date) -> bool:
    """Whether the yearly scholarship of PP 82/2019 is on file for that day."""
    return law_at(on).find("scholarship.school_year") is not None


def most_children(on: date) -> int:
    """How many children of one member may receive (PP 82/2019 art. 34(1)d)."""
    return int(law_at(on).get("scholarship.max_children").value["children"])


def school_cohort(born_on: date, on: date) -> int:
    """The year in which a child is born, counted from the day school years begin.

    All of one cohort are equally old on the first day of any school year.
    """
    starts_in = _school_year(on)["starts_in"]
    return born_on.year + (1 if (born_on.month, born_on.day) > (starts_in, 1) else 0)


def _school_year(on: date) -> dict[str, Any]:
    return dict(law_at(on).get("scholarship.school_year").value)


@cache
def amount_of(cohort: int, on: date) -> int:
    """Rupiah of all school years to come from a death on a day, one child, in the class
    of its age: at school from the entry age on, no class repeated."""
    rule = _school_year(on)
    born_on = date(cohort, rule["starts_in"], 1)
    started = on.year if (on.month, on.day) >= (rule["starts_in"], 1) else on.year - 1
    level, year = _class_at(started - cohort - rule["entry_age"], on)
    child = Child("", born_on, False, False, level, year)
    return int(scholarship_plan([child], event_on=on, right=OPEN).total)


def _class_at(years_done: int, on: date) -> tuple[str, int | None]:
    """The level and the year within it after so many whole school years."""
    if years_done < 0:
        return NOT_YET_AT_SCHOOL, None
    for row in law_at(on).get("scholarship.levels").value:
        if years_done < row["years"]:
            return str(row["level"]), years_done + 1
        years_done -= row["years"]
    return "tidak", None
