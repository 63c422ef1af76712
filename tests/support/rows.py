"""Standard rows written by hand, with the delivery they belong to."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from semesta.intake.models import Delivery
from semesta.warehouse.lake import write_parquet
from semesta.warehouse.workspace import Workspace

CORE = (
    "nik", "family_card", "name", "titles", "sex", "born_on", "born_at", "mother_name",
    "address", "rt", "rw", "kelurahan", "phone",
)  # fmt: skip
TYPES: Mapping[str, pa.DataType] = {
    **{name: pa.string() for name in CORE},
    "born_on": pa.date32(), "died_on": pa.date32(), "paid_until": pa.date32(),
    "month_from": pa.date32(), "month_until": pa.date32(), "alive": pa.bool_(),
    "works": pa.bool_(), "decile": pa.int64(), "income": pa.int64(), "workers": pa.int64(),
    "arrears_months": pa.int64(), "arrears_amount": pa.int64(), "line": pa.int64(),
    "codes": pa.list_(pa.string()),
}  # fmt: skip
WHEN = datetime(2026, 1, 2, 1, 0, tzinfo=UTC)


def deliver(
    workspace: Workspace,
    supplier: str,
    rows: Iterable[Mapping[str, Any]],
    *,
    subject: str = "person",
    as_of: date = date(2025, 12, 31),
    label: str = "",
) -> Delivery:
    """A read delivery with these rows; each row gives the columns it has.

    `fate` defaults to accepted, lines count from 2. `label` tells apart two lists of one
    supplier. Returns the Delivery; `row_id(delivery, n)` names its rows.
    """
    rows = list(rows)
    name = hashlib.sha256(f"{supplier}{label}{rows!r}".encode()).hexdigest()[:16]
    names = list(dict.fromkeys([*CORE, *(key for row in rows for key in row)]))
    columns: dict[str, list] = {column: [] for column in names}
    columns |= {key: [] for key in ("row_id", "delivery", "source", "subject", "line")}
    columns |= {"fate": [], "codes": []}
    for place, row in enumerate(rows):
        filled = {
            "row_id": f"{name}:1:{place + 2}", "delivery": name, "source": supplier,
            "subject": subject, "line": place + 2, "fate": "accepted", "codes": [],
        } | dict(row)  # fmt: skip
        for key, values in columns.items():
            values.append(filled.get(key))
    table = pa.table(
        {k: pa.array(v, TYPES.get(k, pa.string())) for k, v in columns.items()}
    )
    sha256 = write_parquet(table, workspace.lake / "rows" / f"{name}.parquet")
    fates = Counter(columns["fate"])
    return Delivery.objects.create(
        name=name, sha256=name * 4, supplier=supplier, subject=subject,
        filename=f"{supplier}.csv", size=1, status="read", rows=len(rows),
        accepted=fates["accepted"], corrected=fates["corrected"], held=fates["held"],
        refused=fates["refused"], rows_sha256=sha256, as_of=as_of, received_at=WHEN,
        received_by="petugas",
    )  # fmt: skip


def row_id(delivery: Delivery, number: int) -> str:
    """The id of the delivery's row with this number, from 1."""
    return f"{delivery.name}:1:{number + 1}"
