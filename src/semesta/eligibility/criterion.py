"""What a criterion is: a test on the facts table, and what it says to a citizen.

Every module in `criteria/` defines one `CRITERION`; adding one is adding a file there
and cases to `tests/spec/eligibility`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from semesta.law.schema import Strict

if TYPE_CHECKING:
    import ibis.expr.types as ir


class NoParams(Strict):
    """A criterion without parameters."""


@dataclass(frozen=True)
class At:
    """When, where and for whose money people are judged."""

    as_of: date
    region: str
    payer: str


@dataclass(frozen=True)
class Criterion:
    """One condition of eligibility.

    `test` gives an Ibis boolean on the facts table, null where a fact is missing; only
    functions that DuckDB and Spark both have. `passed`, `failed` and `unknown` are
    sentences for the person concerned (Indonesian); they may hold parameters and
    decision columns in braces. `missing` names the fact, `office` who can give it; they
    may hold parameters too.
    `law` is the national rule behind it, if there is one.
    """

    name: str
    label: str
    test: Callable[[ir.Table, Any, At], ir.BooleanValue]
    passed: str
    failed: str
    unknown: str
    missing: str
    office: str
    params: type[Strict] = NoParams
    law: str = ""
    why: str = ""
