"""The family belongs to the poorest deciles, on the scale the policy chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from semesta.eligibility.criterion import At, Criterion
from semesta.law.schema import Strict

if TYPE_CHECKING:
    import ibis.expr.types as ir

COLUMNS = {
    "national": "decile",
    "province": "decile_province",
    "city": "decile_city",
    "p3ke": "decile_p3ke",
}


class Params(Strict):
    """`decile`: the highest one admitted; `scale`: which of the four deciles."""

    decile: int = Field(ge=1, le=10, title="Desil tertinggi")
    scale: Literal["national", "province", "city", "p3ke"] = Field(
        default="national", title="Desil menurut"
    )


def test(facts: ir.Table, params: Params, at: At) -> ir.BooleanValue:
    return facts[COLUMNS[params.scale]] <= params.decile


CRITERION = Criterion(
    name="decile_at_most",
    label="Desil kesejahteraan",
    params=Params,
    test=test,
    passed="Desil keluarganya tidak lebih dari {decile}.",
    failed="Desil keluarganya lebih dari {decile}.",
    unknown="Desil keluarganya belum ada dalam daftar kesejahteraan.",
    missing="desil keluarga",
    office="Dinas Sosial (pemutakhiran DTSEN; ditetapkan BPS)",
    law="Inpres 8/2025",
)
