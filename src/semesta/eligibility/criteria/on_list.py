"""Was proposed by a kelurahan, or stood on an earlier decree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import Field, model_validator

from semesta.eligibility.criterion import At, Criterion
from semesta.law.schema import Strict

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Params(Strict):
    proposed: bool = Field(default=True, title="Diusulkan kelurahan")
    earlier_decree: bool = Field(default=False, title="Tercantum dalam SK sebelumnya")

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if not (self.proposed or self.earlier_decree):
            raise ValueError("proposed atau earlier_decree harus true")
        return self


def test(facts: ir.Table, params: Params, at: At) -> ir.BooleanValue:
    if not params.earlier_decree:
        return facts.proposed
    if not params.proposed:
        return facts.on_earlier_decree
    return facts.proposed | facts.on_earlier_decree


CRITERION = Criterion(
    name="on_list",
    label="Diusulkan atau pernah ditetapkan",
    params=Params,
    test=test,
    passed="Diusulkan kelurahan atau tercantum dalam SK sebelumnya.",
    failed="Tidak diusulkan kelurahan dan tidak tercantum dalam SK sebelumnya.",
    unknown="Daftar usulan kelurahan belum diterima.",
    missing="usulan kelurahan",
    office="Kelurahan",
)
