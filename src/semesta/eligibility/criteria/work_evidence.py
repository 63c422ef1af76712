"""The work was seen: an officer in the field says that the person works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semesta.eligibility.criterion import At, Criterion, NoParams

if TYPE_CHECKING:
    import ibis.expr.types as ir


def test(facts: ir.Table, params: NoParams, at: At) -> ir.BooleanValue:
    return facts.seen_working


CRITERION = Criterion(
    name="work_evidence",
    label="Bukti bekerja dari lapangan",
    test=test,
    passed="Petugas lapangan menyatakan orang ini bekerja.",
    failed="Petugas lapangan menyatakan orang ini tidak bekerja.",
    unknown="Belum ada pernyataan petugas lapangan bahwa orang ini bekerja.",
    missing="formulir lapangan: pernyataan atau foto bekerja",
    office="Kelurahan",
    why="Klaim ditolak bila tidak ada bukti bekerja saat didaftarkan.",
)
