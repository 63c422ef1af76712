"""Stands in a list the policy names: e-RDKK, farm labourers, an association."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field, computed_field

from semesta.eligibility.criterion import At, Criterion
from semesta.eligibility.listed import list_key, stands_in
from semesta.law.schema import Strict

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Params(Strict):
    """`lists`: names as the register of workers has them; E-RDKK, P3KE, and DTSEN too."""

    lists: list[str] = Field(min_length=1, title="Nama daftar")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def named(self) -> str:
        """The lists in a sentence."""
        return " atau ".join(self.lists)


def test(facts: ir.Table, params: Params, at: At) -> ir.BooleanValue:
    names = [list_key(name) for name in params.lists]
    return stands_in(facts.lists, facts.lists_known, names)


CRITERION = Criterion(
    name="on_named_list",
    label="Tercantum dalam daftar tertentu",
    params=Params,
    test=test,
    passed="Tercantum dalam daftar {named}.",
    failed="Tidak tercantum dalam daftar {named}.",
    unknown="Daftar {named} belum diterima.",
    missing="daftar {named}",
    office="Dinas atau perkumpulan yang memegang daftar itu",
)
