"""Values that stand in a list's title and hold for all its rows: `Kode Perisai : A12`."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from semesta.intake.choosing import Mapped
from semesta.intake.fields import COLUMNS
from semesta.intake.maps import SupplierMap
from semesta.intake.rows import Standard

_LONGEST = 60


def fill_from_titles(
    standard: Standard, mapped: Sequence[Mapped], supplier: SupplierMap
) -> None:
    """Fill the supplier's title columns, table by table, where a row says nothing else.

    A table without such a title (the next page of a list) has the one before it.
    """
    for column, label in supplier.titles.items():
        values: list[str | None] = []
        value: str | None = None
        for one in mapped:
            value = title_value(one.table.titles, label) or value
            values += [value] * one.table.rows
        given = standard.columns.get(column, pa.nulls(standard.count, COLUMNS[column]))
        told = pa.array(values, COLUMNS[column])
        standard.columns[column] = pc.coalesce(given, told)


def title_value(titles: Sequence[str], label: str) -> str | None:
    """The word after `label :` in any of the titles, upper case; None when none has it."""
    words = r"\s+".join(map(re.escape, label.split()))
    for title in titles:
        if found := re.search(rf"\b{words}\s*[:=]\s*(\w[\w./-]*)", title, re.I):
            return found[1].upper()[:_LONGEST]
    return None
