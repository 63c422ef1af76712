"""Has an occupation of one of the groups the policy names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field, computed_field

from semesta.eligibility.criteria.occupation_in import SAYS_NOTHING
from semesta.eligibility.criterion import At, Criterion
from semesta.law.schema import Strict

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Params(Strict):
    """`groups`: the group as the regulation calls it → our occupation codes."""

    groups: dict[str, list[str]] = Field(min_length=1, title="Kelompok")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def group_names(self) -> str:
        """The groups in a sentence."""
        return ", ".join(self.groups)

    @property
    def codes(self) -> list[str]:
        """Every occupation of any group, once."""
        return list(
            dict.fromkeys(code for group in self.groups.values() for code in group)
        )


def test(facts: ir.Table, params: Params, at: At) -> ir.BooleanValue:
    return facts.occupation.nullif(SAYS_NOTHING).isin(params.codes)


CRITERION = Criterion(
    name="occupation_group_in",
    label="Kelompok pekerjaan",
    params=Params,
    test=test,
    passed="Pekerjaannya ({occupation}) termasuk kelompok yang dilindungi.",
    failed="Pekerjaannya ({occupation}) tidak termasuk kelompok: {group_names}.",
    unknown="Pekerjaannya belum diketahui.",
    missing="pekerjaan yang sebenarnya",
    office="Kelurahan",
)
