"""Lives in the region and stands in its population register.

A register of today may still name somebody who has moved; where the field has looked and
did not find them, its word counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semesta.eligibility.criterion import At, Criterion, NoParams

if TYPE_CHECKING:
    import ibis.expr.types as ir


def test(facts: ir.Table, params: NoParams, at: At) -> ir.BooleanValue:
    lives_here = facts.kelurahan.startswith(f"{at.region}.")
    found = facts.lives_here.fill_null(True)
    return lives_here & facts.in_population_register & found


CRITERION = Criterion(
    name="resident",
    label="Penduduk daerah ini",
    test=test,
    passed="Tercatat sebagai penduduk daerah ini.",
    failed="Tidak tercatat sebagai penduduk daerah ini dalam data kependudukan.",
    unknown="Belum jelas apakah tercatat sebagai penduduk daerah ini.",
    missing="kelurahan dan data kependudukan",
    office="Dinas Kependudukan dan Pencatatan Sipil",
    why="Uang daerah melindungi penduduk daerah itu.",
)
