"""The person earns less than an amount a month or a day, or than the minimum wage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import Field, model_validator

from semesta.eligibility.criterion import At, Criterion
from semesta.law.schema import Strict

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Params(Strict):
    """Exactly one limit. `working_days` turns a daily limit into one a month.

    `minimum_wages`: area code (kabupaten, kecamatan, or kelurahan) → rupiah a month; the
    longest code that fits the person's kelurahan counts.
    """

    per_month: int | None = Field(default=None, gt=0, title="Batas sebulan (rupiah)")
    per_day: int | None = Field(default=None, gt=0, title="Batas sehari (rupiah)")
    working_days: int = Field(default=25, ge=1, le=31, title="Hari kerja sebulan")
    minimum_wages: dict[str, int] = Field(
        default={}, title="Di bawah upah minimum wilayah"
    )

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        given = [self.per_month, self.per_day, self.minimum_wages or None]
        if sum(limit is not None for limit in given) != 1:
            raise ValueError("isi tepat satu: per_month, per_day, atau minimum_wages")
        return self


def test(facts: ir.Table, params: Params, at: At) -> ir.BooleanValue:
    import ibis

    if params.per_month:
        return facts.income < params.per_month
    if params.per_day:
        return facts.income < params.per_day * params.working_days
    longest_first = sorted(params.minimum_wages, key=len, reverse=True)
    limits = [
        (
            (facts.kelurahan == code) | facts.kelurahan.startswith(f"{code}."),
            ibis.literal(params.minimum_wages[code], "int64"),
        )
        for code in longest_first
    ]
    return facts.income < ibis.cases(*limits, else_=ibis.null("int64"))


CRITERION = Criterion(
    name="income_below",
    label="Penghasilan paling tinggi",
    params=Params,
    test=test,
    passed="Penghasilannya di bawah batas kebijakan ini.",
    failed="Penghasilannya tidak di bawah batas kebijakan ini.",
    unknown="Penghasilannya belum diketahui, atau upah minimum wilayahnya belum ditulis.",
    missing="penghasilan sebulan",
    office="Kelurahan (pernyataan penghasilan)",
)
