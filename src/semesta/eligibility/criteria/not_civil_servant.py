"""Is not a civil servant, soldier or police officer: others protect them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from semesta.eligibility.criterion import At, Criterion
from semesta.law.schema import Strict

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Params(Strict):
    """`occupations`: codes that count as public service whatever the lists say."""

    occupations: list[str] = Field(
        default=["pns", "tni-polri"],
        title="Pekerjaan yang dihitung ASN, TNI, Polri",
        json_schema_extra={"choices": "occupations"},
    )


def test(facts: ir.Table, params: Params, at: At) -> ir.BooleanValue:
    says_so = facts.occupation.isin(params.occupations).coalesce(False)
    return ~(says_so | facts.civil_servant)


CRITERION = Criterion(
    name="not_civil_servant",
    label="Bukan ASN, TNI, atau Polri",
    params=Params,
    test=test,
    passed="Bukan ASN, TNI, atau Polri.",
    failed="Tercatat sebagai ASN, TNI, atau Polri.",
    unknown="Daftar ASN belum diterima.",
    missing="daftar ASN",
    office="BKPSDM",
    why="ASN, TNI, dan Polri dijamin oleh penyelenggara lain.",
)
