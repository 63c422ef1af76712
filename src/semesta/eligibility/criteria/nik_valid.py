"""Has a NIK of a possible form; the insurer refuses anyone else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semesta.eligibility.criterion import At, Criterion, NoParams

if TYPE_CHECKING:
    import ibis.expr.types as ir

# Region, day (women: + 40), month, year, serial. One expression for both engines.
FORM = (
    r"^[0-9]{6}"
    r"(0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])"
    r"(0[1-9]|1[0-2])[0-9]{6}$"
)


def test(facts: ir.Table, params: NoParams, at: At) -> ir.BooleanValue:
    nik = facts.nik
    return nik.re_search(FORM) & ~nik.startswith("00") & ~nik.endswith("0000")


CRITERION = Criterion(
    name="nik_valid",
    label="NIK sah",
    test=test,
    passed="NIK-nya lengkap dan bentuknya sah.",
    failed="Bentuk NIK-nya tidak sah.",
    unknown="NIK-nya belum diketahui.",
    missing="NIK menurut KTP",
    office="Dinas Kependudukan dan Pencatatan Sipil",
    law="PP 40/2019 Pasal 31",
)
