"""Has work: the insurer protects workers only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semesta.eligibility.criterion import At, Criterion, NoParams

if TYPE_CHECKING:
    import ibis.expr.types as ir


def test(facts: ir.Table, params: NoParams, at: At) -> ir.BooleanValue:
    return facts.works


CRITERION = Criterion(
    name="works",
    label="Bekerja",
    test=test,
    passed="Tercatat bekerja.",
    failed="Tercatat tidak bekerja.",
    unknown="Belum jelas apakah bekerja.",
    missing="keterangan bekerja dari RT atau kelurahan",
    office="Kelurahan",
    law="PP 49/2023 Pasal 5",
    why="Klaim ditolak bila peserta tidak bekerja saat didaftarkan.",
)
