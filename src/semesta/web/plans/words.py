"""Groups of people and parts of a comparison in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from semesta.kernel import Region
from semesta.planning.fairness import AGES, UNKNOWN, Share, age_word
from semesta.planning.scenarios import LABELS, MEANINGS, Outcome
from semesta.web import words

TITLES = {
    "kelurahan": "Kelurahan",
    "sex": "Jenis kelamin",
    "age": "Usia",
    "decile": "Desil",
}


@dataclass(frozen=True)
class Card:
    """One scenario as the page shows it; shares in per cent for the bars."""

    name: str
    label: str
    meaning: str
    figures: Any
    months: str
    is_policys: bool
    is_best: bool
    of_best: float | None
    of_people: float
    solver: str


def cards(outcomes: list[Outcome]) -> list[Card]:
    """The scenarios in their order, each beside the best and the largest."""
    most = max((o.figures.people for o in outcomes), default=0) or 1
    return [
        Card(
            name=o.name,
            label=LABELS[o.name],
            meaning=MEANINGS[o.name],
            figures=o.figures,
            months=_months(o),
            is_policys=o.is_policys,
            is_best=o.gap is not None and o.gap <= 1e-4,
            of_best=None if o.gap is None else 100 * (1 - o.gap),
            of_people=100 * o.figures.people / most,
            solver=o.solver,
        )
        for o in outcomes
    ]


def _months(outcome: Outcome) -> str:
    if outcome.months_each:
        return f"{outcome.months_each} bulan"
    kinds = sorted({int(n) for n in outcome.months if n})
    return " atau ".join(str(n) for n in kinds) + " bulan" if kinds else "–"


def groups(found: dict[str, list[Share]], region: Region) -> list[tuple[str, Any]]:
    """Each way of dividing people: its title, and (name, share) of each group."""
    return [
        (TITLES[kind], [(_named(kind, share.group, region), share) for share in shares])
        for kind, shares in found.items()
    ]


def _named(kind: str, group: str, region: Region) -> str:
    if group == UNKNOWN:
        return "Belum diketahui"
    if kind == "kelurahan":
        return str(region.area_name(group))
    if kind == "sex":
        return words.sex(group)
    if kind == "decile":
        return f"Desil\u00a0{int(group)}"
    lowest = age_word(*AGES[0])
    return f"Di bawah\u00a0{AGES[0][1]}" if group == lowest else group
