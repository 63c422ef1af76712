"""Is not registered by an employer (active PU on the insurer's list)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semesta.eligibility.criterion import At, Criterion, NoParams

if TYPE_CHECKING:
    import ibis.expr.types as ir


def test(facts: ir.Table, params: NoParams, at: At) -> ir.BooleanValue:
    return ~facts.wage_earner


CRITERION = Criterion(
    name="not_wage_earner",
    label="Bukan penerima upah",
    test=test,
    passed="Tidak terdaftar sebagai pekerja pada pemberi kerja.",
    failed="Terdaftar pada pemberi kerja, yang wajib membayar iurannya.",
    unknown="Daftar pekerja dari BPJS Ketenagakerjaan belum diterima.",
    missing="daftar peserta penerima upah",
    office="BPJS Ketenagakerjaan",
    law="PP 49/2023 Pasal 5",
)
