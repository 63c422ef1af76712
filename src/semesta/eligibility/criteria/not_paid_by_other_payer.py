"""Nobody else pays the contribution already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from semesta.eligibility.criterion import At, Criterion
from semesta.kernel import Month
from semesta.law.schema import Strict

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Params(Strict):
    """`within_months`: a payer whose last month is that recent counts as still paying.

    0 asks whether the month of the decision itself is paid.
    """

    within_months: int = Field(
        default=0, ge=0, le=12, title="Bulan terakhir yang masih dihitung dibayar"
    )


def test(facts: ir.Table, params: Params, at: At) -> ir.BooleanValue:
    import ibis

    earliest = Month.of(at.as_of) + -params.within_months
    free = (facts.other_paid_until <= ibis.literal(earliest.first_day)).coalesce(True)
    listed = facts.paid_months.notnull()
    return ibis.cases((listed, free), else_=ibis.null("boolean"))


CRITERION = Criterion(
    name="not_paid_by_other_payer",
    label="Belum dibayarkan pihak lain",
    params=Params,
    test=test,
    passed="Tidak ada pihak lain yang sedang membayar iurannya.",
    failed="Iurannya sudah dibayar {other_payer} sampai dengan {other_paid_last}.",
    unknown="Daftar peserta BPU dari BPJS Ketenagakerjaan belum diterima.",
    missing="daftar peserta BPU dan pembayarnya",
    office="BPJS Ketenagakerjaan",
    why="Satu bulan iuran tidak dibayar dua kali.",
)
