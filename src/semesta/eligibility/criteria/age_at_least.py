"""Has reached an age on the day of the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from semesta.eligibility.criterion import At, Criterion
from semesta.law.schema import Strict

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Params(Strict):
    years: int = Field(ge=0, le=100, title="Usia (tahun)")


def test(facts: ir.Table, params: Params, at: At) -> ir.BooleanValue:
    return facts.age >= params.years


CRITERION = Criterion(
    name="age_at_least",
    label="Usia paling rendah",
    params=Params,
    test=test,
    passed="Berusia {age} tahun; paling rendah {years} tahun.",
    failed="Baru berusia {age} tahun; paling rendah {years} tahun.",
    unknown="Tanggal lahirnya belum diketahui.",
    missing="tanggal lahir",
    office="Dinas Kependudukan dan Pencatatan Sipil",
    why="Tidak ada batas nasional; daerah memakai 17 atau 18 tahun.",
)
