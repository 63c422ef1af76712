"""The keys by which a policy may rank those who pass; each a column of the decisions.

A value that is unknown comes after all known ones, whichever way the key runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from semesta.eligibility.criteria.decile_at_most import COLUMNS as DECILES
from semesta.eligibility.criterion import NoParams
from semesta.law.schema import Strict

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class Key:
    """One key: `expression` makes the column `name` from the facts table."""

    name: str
    label: str
    highest_first: bool
    expression: Callable[[ir.Table, Any], ir.Value]
    params: type[Strict] = NoParams


class Scale(Strict):
    scale: Literal["national", "province", "city"] = "national"


class Order(Strict):
    """Occupation codes, the most dangerous first."""

    occupations: list[str] = Field(min_length=1)


def _continuity(facts: ir.Table, params: NoParams) -> ir.Value:
    import ibis

    goes_on = facts.standing.isin(["active", "grace"])
    return ibis.ifelse(goes_on, facts.spell_months, facts.spell_months * 0)


def _risk(facts: ir.Table, params: Order) -> ir.Value:
    import ibis

    ranks = [
        (facts.occupation == code, ibis.literal(rank, "int32"))
        for rank, code in enumerate(params.occupations, start=1)
    ]
    return ibis.cases(*ranks, else_=ibis.null("int32"))


_KEYS = (
    Key(
        "continuity",
        "Bulan dibayar dalam kepesertaan yang masih berjalan, terbanyak dahulu",
        True,
        _continuity,
    ),
    Key(
        "paid_months",
        "Bulan yang pernah dibayar, terbanyak dahulu",
        True,
        lambda facts, params: facts.paid_months,
    ),
    Key(
        "poorest",
        "Desil keluarga, termiskin dahulu",
        False,
        lambda facts, params: facts[DECILES[params.scale]],
        Scale,
    ),
    Key(
        "lowest_income",
        "Penghasilan, terendah dahulu",
        False,
        lambda facts, params: facts.income,
    ),
    Key(
        "occupation_risk",
        "Bahaya pekerjaan menurut urutan dalam kebijakan",
        False,
        _risk,
        Order,
    ),
    Key("oldest", "Usia, tertua dahulu", True, lambda facts, params: facts.age),
    Key("youngest", "Usia, termuda dahulu", False, lambda facts, params: facts.age),
)
KEYS: Mapping[str, Key] = {key.name: key for key in _KEYS}
