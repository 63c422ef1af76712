"""Has no job at an employer of the kind the policy names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import Field, model_validator

from semesta.eligibility.criterion import At, Criterion
from semesta.eligibility.listed import list_key
from semesta.law.schema import Strict

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Params(Strict):
    """`kbli`: first digits of the employer's licence; `words`: parts of its name."""

    kind: str = Field(min_length=1, title="Jenis pemberi kerja (untuk kalimat)")
    kbli: list[str] = Field(default=[], title="Awalan KBLI")
    words: list[str] = Field(default=[], title="Kata dalam nama perusahaan")

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if not (self.kbli or self.words):
            raise ValueError("isi kbli atau words")
        if wrong := [code for code in self.kbli if not code.isdigit()]:
            raise ValueError(f"awalan KBLI harus angka: {', '.join(wrong)}")
        return self


def test(facts: ir.Table, params: Params, at: At) -> ir.BooleanValue:
    import ibis

    of_the_kind = ibis.literal(False)
    for code in params.kbli:
        of_the_kind |= facts.employer_kbli.contains(f";{code}").coalesce(False)
    for word in params.words:
        of_the_kind |= facts.employers.contains(list_key(word)).coalesce(False)
    named = facts.employer_kbli.notnull() if params.kbli else ibis.literal(False)
    if params.words:
        named |= facts.employers.notnull()
    return ibis.cases(
        (facts.wage_earner & of_the_kind, False),
        (facts.wage_earner & ~named, ibis.null("boolean")),
        (facts.wage_earner.notnull(), True),
        else_=ibis.null("boolean"),
    )


CRITERION = Criterion(
    name="not_employed_by",
    label="Bukan pekerja perusahaan tertentu",
    params=Params,
    test=test,
    passed="Tidak terdaftar bekerja pada {kind}.",
    failed="Terdaftar bekerja pada {kind}, yang wajib membayar iurannya.",
    unknown="Belum diketahui apakah bekerja pada {kind}.",
    missing="daftar pekerja perusahaan, pemberi kerja, dan izin usahanya",
    office="BPJS Ketenagakerjaan dan DPMPTSP",
    law="PP 49/2023 Pasal 5",
)
