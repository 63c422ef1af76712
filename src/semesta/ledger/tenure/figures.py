"""Figures of a guard table: who stands where, and what the coming months bring."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from semesta.kernel import Month

DAYS_AHEAD = (30, 60, 90)
MONTHS_AHEAD = 12
NEEDED = (
    "status", "months_to_36", "reaches_on", "loss_on", "loss_right", "loss_rupiah",
    "keep_monthly",
)  # fmt: skip


def figures_of(table: pa.Table, on: date) -> dict[str, Any]:
    """People by status; of those who lose something within 30, 60 and 90 days how many
    and how much; per coming month who reaches the scholarship's months if every month
    is paid (`reach`) and whose protection ends if none is (`lapse`). Wage workers lose
    nothing here: what their employer leaves unpaid is the employer's to answer for.
    """
    table = table.select([*NEEDED])
    losing = table.filter(pc.not_equal(table["loss_right"], "employer"))
    months = [Month.of(on) + n for n in range(MONTHS_AHEAD)]
    return {
        "people": table.num_rows,
        "by_status": _counted(table["status"]),
        "with_36_months": int(pc.sum(pc.equal(table["months_to_36"], 0)).as_py() or 0),
        "next_loss": {str(days): _within(losing, on, days) for days in DAYS_AHEAD},
        "months": _by_month(table["reaches_on"], losing["loss_on"], months),
    }


def _counted(column: pa.ChunkedArray) -> dict[str, int]:
    counted = {
        row["values"]: row["counts"] for row in column.value_counts().to_pylist()
    }
    return {str(value): counted[value] for value in sorted(counted)}


def _within(table: pa.Table, on: date, days: int) -> dict[str, int]:
    last = pa.scalar(on + timedelta(days=days), pa.date32())
    soon = table.filter(pc.less_equal(table["loss_on"], last))
    return {
        "people": soon.num_rows,
        "rupiah": int(pc.sum(soon["loss_rupiah"]).as_py() or 0),
        "keep_monthly": int(pc.sum(soon["keep_monthly"]).as_py() or 0),
    }


def _by_month(
    reaches_on: pa.ChunkedArray, loss_on: pa.ChunkedArray, months: Iterable[Month]
) -> list[dict[str, Any]]:
    reach, lapse = _per_month(reaches_on), _per_month(loss_on)
    return [
        {
            "month": str(month),
            "reach": reach.get(month.index, 0),
            "lapse": lapse.get(month.index, 0),
        }
        for month in months
    ]


def _per_month(days: pa.ChunkedArray) -> dict[int, int]:
    known = days.drop_null()
    index = pc.add(
        pc.multiply(pc.year(known), 12), pc.subtract(pc.month(known), 1)
    ).value_counts()
    return {row["values"]: row["counts"] for row in index.to_pylist()}
