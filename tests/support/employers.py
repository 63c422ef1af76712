"""Invented employers: as rows of the table duties read, and as records."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from semesta.compliance.found import EMPLOYERS
from semesta.registry.models import Employer

RECORD: dict[str, Any] = {
    "npp": "ZZ000001",
    "nib": "9900000000001",
    "scale": "kecil",
    "licensed_workers": 10,
    "registered_workers": 10,
    "projects": 1,
    "paid_until": None,
    "arrears_months": 0,
    "arrears_amount": 0,
}


def employers_table(*changes: dict[str, Any]) -> pa.Table:
    """One row per dictionary of what differs from a firm that does all its duties."""
    rows = [{"id": n, **RECORD, **change} for n, change in enumerate(changes, start=1)]
    return pa.Table.from_pylist(rows, schema=EMPLOYERS)


def an_employer(number: int, **changes: Any) -> Employer:
    """A stored firm that does all its duties, except for `changes`."""
    return Employer.objects.create(
        anchor=f"npp:ZZ{number:06d}",
        name=changes.pop("name", f"CV Contoh Bersama {number}"),
        kelurahan=changes.pop("kelurahan", "13.74.01.1001"),
        **{**RECORD, "npp": f"ZZ{number:06d}", "nib": f"99{number:011d}", **changes},
    )
