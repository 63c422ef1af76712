"""What would become of a list under a map, computed without storing anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from semesta.intake.cells import bare, plain
from semesta.intake.choosing import fitting
from semesta.intake.drafting.sampling import SampleTable
from semesta.intake.fates import SEVERITY, problems
from semesta.intake.maps import SupplierMap
from semesta.intake.reading import Received, standard_of
from semesta.intake.rows import Standard
from semesta.kernel import Region

EXAMPLES = 3
_LONGEST = 40
_LONG = 15
_FEWEST_DIGITS = 9  # of a number that may name a person: KPJ, phone, NIK, NIP
_NUMBER = re.compile(r"[\dOoIl](?:[\dOoIl .'\-]*[\dOoIl])?")
_DAY = re.compile(r"\d{1,4}([-. ])\d{1,2}\1\d{1,4}(?: \d{1,2})?")


@dataclass(frozen=True)
class Noticed:
    """One thing noticed in how many rows, the first of them in a line of the sheet."""

    kind: str
    header: str
    message: str
    rows: int
    line: int


@dataclass(frozen=True)
class Preview:
    """Fates of the rows looked at, `of` how many the lists of this layout have, and what
    was noticed, gravest first."""

    rows: int
    of: int
    fates: dict[str, int]
    noticed: list[Noticed]


def preview(
    samples: Sequence[SampleTable],
    supplier: SupplierMap,
    received: Received,
    region: Region,
) -> Preview:
    """Judge the first rows of a file's lists under a map. UserError `columns.missing`
    when none of the lists is the map's."""
    mapped = fitting([one.table for one in samples], supplier)
    standard, _ = standard_of(mapped, supplier, received, region)
    taken = {id(one.table) for one in mapped}
    return Preview(
        rows=standard.count,
        of=sum(one.rows for one in samples if id(one.table) in taken),
        fates={str(fate): count for fate, count in standard.fates().items()},
        noticed=noticed(standard),
    )


def noticed(standard: Standard) -> list[Noticed]:
    """What was noticed in some rows, gravest and most frequent first."""
    found = [
        Noticed(
            kind=one.kind,
            header=one.header,
            message=problems()[one.code].text(one.kind, **(one.facts or ({},))[0]),
            rows=len(one.rows),
            line=int(standard.lines[one.rows[0]]),
        )
        for one in standard.met
        if len(one.rows)
    ]
    return sorted(found, key=lambda one: (-_gravity(one.kind), -one.rows))


def _gravity(kind: str) -> int:
    return next(grave for name, grave in SEVERITY.items() if name == kind)


def examples(column: pa.Array) -> list[str]:
    """The first few different values of a column, numbers that may name a person
    masked."""
    found: dict[str, None] = {}
    for cell in column.to_pylist():
        if text := plain(bare(cell or "")):
            found[masked_text(text[:_LONGEST])] = None
        if len(found) == EXAMPLES:
            break
    return list(found)


def masked_text(text: str) -> str:
    """A cell's text with every number that may name a person masked but for its ends;
    days and amounts stay readable."""
    return _NUMBER.sub(lambda match: _masked(match[0]), text)


def _masked(number: str) -> str:
    places = [place for place, letter in enumerate(number) if letter.isalnum()]
    figures = sum(map(str.isdigit, number))
    if (
        len(places) < _FEWEST_DIGITS
        or figures * 2 < len(places)
        or _DAY.fullmatch(number)
    ):
        return number
    hidden = set(places[4 : -4 if len(places) >= _LONG else -2])
    return "".join("*" if n in hidden else letter for n, letter in enumerate(number))
