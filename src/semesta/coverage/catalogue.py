"""Who counts, as conditions over one table of people; a definition names them.

The table has one row per person: `is_alive`, `kind` (PU, BPU or null: no potential
worker), `decile`, and per segment with data `<segment>_status`, `_spell_months`,
`_paid_months`, `_tenure_months`. No condition is ever null.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from semesta.coverage.definitions import Definition, Numerator
from semesta.law.book import Reading
from semesta.ledger.standing import PROTECTED, SEGMENTS

if TYPE_CHECKING:
    import ibis.expr.types as ir

ACTIVE = ("active",)


def numerator(people: ir.Table, definition: Definition, segment: str) -> Any:
    """Whether a person stands above the line."""
    counted = definition.numerator
    memberships = SEGMENTS if segment == "ALL" else (segment,)
    met = _any(_has(people, counted, each) for each in memberships)
    if counted.within_denominator:
        met = met & denominator(people, definition, segment)
    return people.is_alive & met


def denominator(people: ir.Table, definition: Definition, segment: str) -> Any:
    """Whether a person stands below the line (not for published denominators)."""
    if definition.denominator.who == "vulnerable_workers":
        poor = people.decile <= definition.denominator.max_decile
        return (people.kind == "BPU").fill_null(False) & poor.fill_null(False)
    if segment == "ALL":
        return people.kind.notnull()
    return (people.kind == segment).fill_null(False)


def _has(people: ir.Table, counted: Numerator, membership: str) -> Any:
    status = people[f"{membership}_status"]
    if counted.who == "active":
        return status.isin(ACTIVE).fill_null(False)
    is_protected = status.isin(PROTECTED).fill_null(False)
    if counted.who == "protected":
        return is_protected
    months = people[f"{membership}_{months_column(counted)}"]
    return is_protected & (months >= counted.months).fill_null(False)


def months_column(counted: Numerator) -> str:
    """Which months of the standing count, as the law's switches read them."""
    if counted.count == "tenure":
        return "tenure_months"
    restarts = Reading().peek("jkm_minimum_after_lapse") == "restarts"
    return "spell_months" if restarts else "paid_months"


def _any(conditions: Iterable[Any]) -> Any:
    return reduce(or_, conditions)
