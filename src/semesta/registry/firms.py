"""Employers: rows of the insurer's list and of the licences that are one firm.

Joined by NPP, NIB or NPWP; by name only when exactly one group on each side bears it, and
nothing they both carry differs. Deterministic and deliberately careful: a wrong join would
accuse a firm of another's duty.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from semesta.linkage.unions import Unions

LEGAL_FORMS = re.compile(
    r"\b(P\.?T|C\.?V|U\.?D|P\.?D|FA|TBK|PERSERO|PERSEROAN TERBATAS)\b\.?"
)


@dataclass(frozen=True)
class FirmRow:
    """One row of the insurer's employer list or one licensed project.

    `order` sorts rows by age: the larger, the newer. Blank means not stated.
    """

    row_id: str
    source: str
    order: int
    name: str
    npp: str = ""
    nib: str = ""
    npwp: str = ""
    scale: str = ""
    address: str = ""
    kelurahan: str = ""
    project_id: str = ""
    workers: int | None = None
    paid_until: date | None = None
    arrears_months: int | None = None
    arrears_amount: int | None = None


@dataclass
class Firm:
    """One employer: the newest value of each field over its rows, insurer's list first.

    `licensed_workers` sums the newest row of each project (self-declared); None without
    a licence.
    """

    row_ids: list[str]
    name: str
    npp: str
    nib: str
    npwp: str
    scale: str
    address: str
    kelurahan: str
    licensed_workers: int | None
    projects: int
    paid_until: date | None
    arrears_months: int | None
    arrears_amount: int | None
    npps: set[str] = field(default_factory=set)


def firm_key(name: str) -> str:
    """A firm's name without its legal form and punctuation: `PT. Sago Jaya` → `SAGOJAYA`."""
    return re.sub(r"[^A-Z0-9]", "", LEGAL_FORMS.sub(" ", name.upper()))


def digits(number: str) -> str:
    """Only the digits of a number, so that `01.234.567-8` equals `012345678`."""
    return re.sub(r"\D", "", number)


def join_firms(rows: Iterable[FirmRow]) -> list[Firm]:
    """Employers from rows, in order of their first rows."""
    ordered = sorted(rows, key=lambda row: (row.order, row.row_id))
    unions = Unions(len(ordered))
    _join_by_number(ordered, unions)
    _join_by_name(ordered, unions)
    groups: dict[int, list[FirmRow]] = defaultdict(list)
    for place, row in enumerate(ordered):
        groups[unions.root(place)].append(row)
    return [_firm(group) for _, group in sorted(groups.items())]


def _join_by_number(rows: Sequence[FirmRow], unions: Unions) -> None:
    seen: dict[tuple[str, str], int] = {}
    for place, row in enumerate(rows):
        for kind in ("npp", "nib", "npwp"):
            value = getattr(row, kind)
            number = value if kind == "npp" else digits(value)
            if number:
                unions.join(seen.setdefault((kind, number), place), place)


def _join_by_name(rows: Sequence[FirmRow], unions: Unions) -> None:
    sides: dict[str, dict[bool, set[int]]] = defaultdict(lambda: defaultdict(set))
    numbers: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    has_list: dict[int, bool] = defaultdict(bool)
    for place, row in enumerate(rows):
        root = unions.root(place)
        has_list[root] |= row.source == "employers"
        for kind in ("nib", "npwp"):
            if getattr(row, kind):
                numbers[root][kind].add(digits(getattr(row, kind)))
    for place, row in enumerate(rows):
        if key := firm_key(row.name):
            root = unions.root(place)
            sides[key][has_list[root]].add(root)
    for groups in sides.values():
        listed, licensed = groups[True], groups[False]
        if len(listed) == len(licensed) == 1:
            one, other = *listed, *licensed
            if not _differ(numbers[one], numbers[other]):
                unions.join(one, other)


def _differ(one: dict[str, set[str]], other: dict[str, set[str]]) -> bool:
    return any(
        one[kind] and other[kind] and not one[kind] & other[kind]
        for kind in ("nib", "npwp")
    )


def _firm(rows: list[FirmRow]) -> Firm:
    """`rows` are oldest first; the newest row of the insurer's list speaks first."""
    newest = sorted(rows, key=lambda r: (r.source != "employers", -r.order, r.row_id))
    listed = [row for row in newest if row.source == "employers"]
    projects: dict[str, FirmRow] = {}
    for row in rows:
        if row.source != "employers":
            projects[row.project_id or row.row_id] = row
    declared = [row.workers for row in projects.values() if row.workers is not None]

    def first(name: str) -> str:
        return next((value for row in newest if (value := getattr(row, name))), "")

    return Firm(
        row_ids=[row.row_id for row in rows],
        name=first("name"),
        npp=first("npp"),
        nib=first("nib"),
        npwp=first("npwp"),
        scale=first("scale"),
        address=first("address"),
        kelurahan=first("kelurahan"),
        licensed_workers=sum(declared) if declared else None,
        projects=len(projects),
        paid_until=listed[0].paid_until if listed else None,
        arrears_months=listed[0].arrears_months if listed else None,
        arrears_amount=listed[0].arrears_amount if listed else None,
        npps={row.npp for row in rows if row.npp},
    )
