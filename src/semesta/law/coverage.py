"""What coverage is measured against: denominators by name, targets by plan and year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from semesta.law.book import law_at
from semesta.law.known import check_known


@dataclass(frozen=True)
class Denominator:
    """One way to count those who should be covered, and who counts so."""

    id: str
    name: str
    numerator: str
    used_by: str
    law: str


@dataclass(frozen=True)
class Target:
    """The share a plan wants covered in a year; None where nobody has seen the number.

    `denominator` is the id of what it is measured against, blank when the plan does not
    say: two targets with different denominators cannot be compared.
    """

    plan: str
    year: int
    percent: Decimal | None
    denominator: str
    law: str


def denominators(on: date) -> tuple[Denominator, ...]:
    """Every denominator in use, in the order D1, D2, …"""
    found = law_at(on).get("coverage.denominators")
    return tuple(Denominator(**row, law=found.law) for row in found.value)


def denominator(name: str, on: date) -> Denominator:
    """The denominator of this id. UserError `law.denominator` when there is none."""
    known = {each.id: each for each in denominators(on)}
    check_known(name, known, code="law.denominator", what="Pembagi")
    return known[name]


def targets(on: date, plan: str = "") -> tuple[Target, ...]:
    """The targets of one plan (RPJMN, RPJPN, RKP, UCJ, BPU) or of all, by year."""
    law = law_at(on)
    found = [law.get("coverage.targets"), law.get("coverage.targets_bpu")]
    return tuple(
        Target(
            row["plan"],
            row["year"],
            None if row["percent"] is None else Decimal(row["percent"]),
            row.get("denominator") or "",
            source.law,
        )
        for source in found
        for row in source.value
        if plan in ("", row["plan"])
    )
