"""The printed form of a verification round: pages of five people with boxes to tick.

A page's code, as letters and as a QR, names round and page and nobody on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from semesta.kernel import Region
from semesta.reports.codes import qr_svg
from semesta.reports.words import long_date


class Visit(NamedTuple):
    """One person to be visited, as the form prints them; ordered by page and line."""

    page_code: str
    line: int
    name: str
    address: str
    kelurahan: str
    rw: str
    rt: str
    occupation: str


def form_data(
    visits: Iterable[Visit], region: Region, *, due_on: date, reasons: Iterable[str]
) -> dict[str, Any]:
    """All that `templates/field_form.typ` prints, page by page in the order given."""
    pages = []
    for code, group in groupby(visits, key=lambda visit: visit.page_code):
        people = list(group)
        first = people[0]
        pages.append(
            {
                "code": code,
                "qr": qr_svg(code),
                "place": _place(first, region),
                "people": [
                    {
                        "number": str(one.line),
                        "name": one.name,
                        "address": one.address or "alamat tidak diketahui",
                        "work": one.occupation or "pekerjaan tidak diketahui",
                    }
                    for one in people
                ],
            }
        )
    return {
        "region": region.name,
        "due_on": long_date(due_on),
        "reasons": list(reasons),
        "pages": pages,
    }


def _place(visit: Visit, region: Region) -> str:
    parts = [f"Kelurahan {region.area_name(visit.kelurahan)}"]
    parts += [f"RW {visit.rw}"] if visit.rw else []
    parts += [f"RT {visit.rt}"] if visit.rt else []
    return ", ".join(parts)
