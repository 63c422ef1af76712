"""The keys by which a policy may rank those who pass; each a column of the decisions.

The policy says whether the highest or the lowest comes first; a value that is unknown
comes after all known ones, whichever way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import Field

from semesta.eligibility.criterion import NoParams
from semesta.law.schema import Strict

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class Key:
    """One key: `expression` makes the column `name` from the facts table."""

    name: str
    label: str
    expression: Callable[[ir.Table, Any], ir.Value]
    params: type[Strict] = NoParams


class Order(Strict):
    """Occupation codes, the most dangerous first."""

    occupations: list[str] = Field(
        min_length=1,
        title="Pekerjaan, yang paling berbahaya dahulu",
    )


def _continuity(facts: ir.Table, params: NoParams) -> ir.Value:
    import ibis

    goes_on = facts.standing.isin(["active", "grace"])
    return ibis.ifelse(goes_on, facts.spell_months, facts.spell_months * 0)


def _risk(facts: ir.Table, params: Order) -> ir.Value:
    import ibis

    count = len(params.occupations)
    risks = [
        (facts.occupation == code, ibis.literal(count - place, "int32"))
        for place, code in enumerate(params.occupations)
    ]
    return ibis.cases(*risks, else_=ibis.literal(0, "int32"))


def _fact(name: str) -> Callable[[ir.Table, Any], ir.Value]:
    return lambda facts, params: facts[name]


_KEYS = (
    Key(
        "continuity",
        "Bulan dibayar dalam kepesertaan yang masih berjalan (0 bila nonaktif)",
        _continuity,
    ),
    Key("paid_months", "Bulan yang pernah dibayar siapa pun", _fact("paid_months")),
    Key("own_paid_months", "Bulan yang pernah dibayar pembayar ini",
        _fact("own_paid_months")),
    Key("decile", "Desil keluarga (nasional)", _fact("decile")),
    Key("decile_province", "Desil keluarga (provinsi)", _fact("decile_province")),
    Key("decile_city", "Desil keluarga (kota)", _fact("decile_city")),
    Key("income", "Penghasilan sebulan", _fact("income")),
    Key("age", "Usia", _fact("age")),
    Key(
        "occupation_risk",
        "Bahaya pekerjaan; yang pertama dalam daftar paling tinggi, tak terdaftar 0",
        _risk,
        Order,
    ),
)  # fmt: skip
KEYS: Mapping[str, Key] = {key.name: key for key in _KEYS}
