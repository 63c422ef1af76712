"""The canonical columns linkage reads; a source that lacks one gives nulls."""

from __future__ import annotations

from collections.abc import Collection, Mapping

# Column → DuckDB type. The names are those of the standard rows.
PERSON_COLUMNS: Mapping[str, str] = {
    "row_id": "VARCHAR",
    "source": "VARCHAR",
    "nik": "VARCHAR",
    "family_card": "VARCHAR",
    "name": "VARCHAR",
    "sex": "VARCHAR",
    "born_on": "DATE",
    "born_at": "VARCHAR",
    "mother_name": "VARCHAR",
    "address": "VARCHAR",
    "rt": "VARCHAR",
    "rw": "VARCHAR",
    "kelurahan": "VARCHAR",
    "phone": "VARCHAR",
    "kpj": "VARCHAR",
}
LINKED_FATES = ("accepted", "corrected")


def select_list(available: Collection[str], wanted: Mapping[str, str]) -> str:
    """A SQL select list of the wanted columns, typed; null where not available.

    Blank text becomes null, so that a blank never counts as a value.
    """
    parts = []
    for name, kind in wanted.items():
        if name not in available:
            value = f"NULL::{kind}"
        elif kind == "VARCHAR":
            value = f"nullif(trim({name}::VARCHAR), '')"
        else:
            value = f"try_cast({name} AS {kind})"
        parts.append(f"{value} AS {name}")
    return ", ".join(parts)
