"""Has one of the occupations the policy names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from semesta.eligibility.criterion import At, Criterion
from semesta.law.schema import Strict

if TYPE_CHECKING:
    import ibis.expr.types as ir

# "Other" says that nobody knew the right word, not that it is none of these.
SAYS_NOTHING = "lainnya"


class Params(Strict):
    occupations: list[str] = Field(
        min_length=1, title="Pekerjaan", json_schema_extra={"choices": "occupations"}
    )


def test(facts: ir.Table, params: Params, at: At) -> ir.BooleanValue:
    return facts.occupation.nullif(SAYS_NOTHING).isin(params.occupations)


CRITERION = Criterion(
    name="occupation_in",
    label="Pekerjaan yang dilindungi",
    params=Params,
    test=test,
    passed="Pekerjaannya ({occupation}) termasuk yang dilindungi program ini.",
    failed="Pekerjaannya ({occupation}) tidak termasuk yang dilindungi program ini.",
    unknown="Pekerjaannya belum diketahui.",
    missing="pekerjaan yang sebenarnya",
    office="Kelurahan",
)
