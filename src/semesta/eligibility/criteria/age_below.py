"""Has not reached the age limit, or is a member already who may stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from semesta.eligibility.criterion import At, Criterion
from semesta.law.schema import Strict

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Params(Strict):
    """`members_may_stay`: who is a member now may go on paying beyond the limit."""

    years: int = Field(ge=1, le=100, title="Harus belum berusia (tahun)")
    members_may_stay: bool = Field(
        default=False, title="Yang sudah menjadi peserta boleh terus"
    )


def test(facts: ir.Table, params: Params, at: At) -> ir.BooleanValue:
    young = facts.age < params.years
    if not params.members_may_stay:
        return young
    # A lapse ends the membership, so only those not lapsed go on.
    return young | facts.standing.isin(["active", "grace"])


CRITERION = Criterion(
    name="age_below",
    label="Batas usia",
    params=Params,
    test=test,
    passed="Belum mencapai {years} tahun, atau sudah menjadi peserta sebelumnya.",
    failed="Sudah berusia {age} tahun; harus belum {years} tahun saat didaftarkan.",
    unknown="Tanggal lahirnya belum diketahui.",
    missing="tanggal lahir",
    office="Dinas Kependudukan dan Pencatatan Sipil",
    law="Permenaker 5/2021; Perdir BPJS Ketenagakerjaan 22/2022",
    why="BPJS Ketenagakerjaan menolak pendaftaran pertama pada usia 65 tahun ke atas.",
)
