"""Is alive at the date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semesta.eligibility.criterion import At, Criterion, NoParams

if TYPE_CHECKING:
    import ibis.expr.types as ir


def test(facts: ir.Table, params: NoParams, at: At) -> ir.BooleanValue:
    return facts.alive


CRITERION = Criterion(
    name="alive",
    label="Masih hidup",
    test=test,
    passed="Tercatat masih hidup.",
    failed="Tercatat sudah meninggal.",
    unknown="Belum ada catatan bahwa masih hidup.",
    missing="status hidup",
    office="Kelurahan atau Dinas Kependudukan dan Pencatatan Sipil",
)
