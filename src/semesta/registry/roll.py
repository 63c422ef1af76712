"""The roll of employers: rows from the session, employers out, as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from semesta.registry.firms import Firm, FirmRow, join_firms

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SCHEMA = pa.schema(
    {
        "id": pa.int64(),
        "anchor": pa.string(),
        "name": pa.string(),
        "npp": pa.string(),
        "nib": pa.string(),
        "npwp": pa.string(),
        "scale": pa.string(),
        "address": pa.string(),
        "kelurahan": pa.string(),
        "licensed_workers": pa.int64(),
        "registered_workers": pa.int64(),
        "projects": pa.int64(),
        "paid_until": pa.date32(),
        "arrears_months": pa.int64(),
        "arrears_amount": pa.int64(),
    }
)
# Database columns that would refuse longer text.
WIDTHS = {"name": 160, "npp": 20, "nib": 13, "npwp": 20, "scale": 10, "address": 200}


def read_firms(con: DuckDBPyConnection) -> tuple[list[Firm], dict[str, int]]:
    """Employers from `firm_rows`, and the people registered under each NPP.

    A person counts once per NPP, as long as the insurer's list has not deactivated
    the membership number they are registered with.
    """
    rows = con.execute(
        """
        SELECT row_id, source,
               -age AS "order",
               coalesce(employer_name, name, '') AS name, coalesce(npp, '') AS npp,
               coalesce(nib, '') AS nib, coalesce(npwp, '') AS npwp,
               coalesce(scale, '') AS scale, coalesce(address, '') AS address,
               coalesce(kelurahan, '') AS kelurahan,
               coalesce(project_id, '') AS project_id,
               workers, paid_until, arrears_months, arrears_amount
        FROM firm_rows
        """
    ).to_arrow_table()
    registered = con.execute(
        """
        SELECT npp, count(DISTINCT cluster_id) FROM person_rows
        WHERE source = 'pu_participants' AND npp IS NOT NULL
          AND coalesce(kpj, '') NOT IN (
              SELECT kpj FROM person_rows
              WHERE source = 'deactivations' AND kpj IS NOT NULL)
        GROUP BY npp
        """
    ).fetchall()
    return join_firms(FirmRow(**row) for row in rows.to_pylist()), dict(registered)


def employer_table(
    firms: Sequence[Firm],
    registered: Mapping[str, int],
    ids: Sequence[int],
    anchors: Mapping[int, str],
) -> pa.Table:
    """One row per employer with the database's columns. `anchors`: those of known ids."""
    columns: dict[str, list] = {name: [] for name in SCHEMA.names}
    for firm, number in zip(firms, ids, strict=True):
        listed = sum(registered.get(npp, 0) for npp in firm.npps)
        values = {
            **{name: getattr(firm, name)[:width] for name, width in WIDTHS.items()},
            "id": number,
            "anchor": anchors.get(number, firm.row_ids[0]),
            "kelurahan": firm.kelurahan,
            "registered_workers": listed if firm.npps else None,
            "licensed_workers": firm.licensed_workers,
            "projects": firm.projects,
            "paid_until": firm.paid_until,
            "arrears_months": firm.arrears_months,
            "arrears_amount": firm.arrears_amount,
        }
        for name, value in values.items():
            columns[name].append(value)
    return pa.table(columns, schema=SCHEMA)
