"""The pictures of the guard: who comes to 36 months, and who falls out, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from semesta.kernel import Month
from semesta.warehouse.workspace import Workspace
from semesta.web.charts import HALF, Chart, draw, month_counts
from semesta.web.formats import SHORT, number


def reach_chart(months: Sequence[dict[str, Any]], workspace: Workspace) -> Chart:
    """How many come to 36 months in each month ahead if every month is paid."""
    return _chart(
        months,
        "reach",
        "Orang yang mencapai 36 bulan bila iurannya tidak putus",
        workspace,
    )


def lapse_chart(months: Sequence[dict[str, Any]], workspace: Workspace) -> Chart:
    """How many fall out in each month ahead if nothing more is paid."""
    return _chart(
        months,
        "lapse",
        "Orang yang nonaktif bila tidak ada lagi yang dibayar",
        workspace,
    )


def _chart(
    months: Sequence[dict[str, Any]], name: str, what: str, workspace: Workspace
) -> Chart:
    counts = [(_short(Month.parse(each["month"])), each[name]) for each in months]
    most = max(months, key=lambda each: each[name])
    when = Month.parse(most["month"]).in_words()
    alt = (
        f"{what}, per bulan dua belas bulan ke depan. Terbanyak "
        f"{number(most[name])} orang pada {when}. Angkanya ada pada tabel."
    )
    return draw(month_counts(counts), alt=alt, wide=HALF, workspace=workspace)


def _short(month: Month) -> str:
    return f"{SHORT[month.month - 1]} {month.year}"
