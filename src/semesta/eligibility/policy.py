"""A policy: which criteria with which parameters, under which clause, in which order.

The file `policies/<region>/<year>-<payer>.yaml` is the policy; its text is kept with
every decision, so that a decision can always be read with the rule it was made by.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import Field

from semesta.eligibility.criteria import catalogue
from semesta.eligibility.criterion import Criterion
from semesta.eligibility.priority import KEYS, Key
from semesta.law.schema import Strict

Evidence = Literal["field_statement", "photo", "rt_letter", "id_card", "family_card"]
EVIDENCE: dict[str, str] = {
    "field_statement": "pernyataan petugas lapangan bahwa ia bekerja",
    "photo": "foto saat bekerja",
    "rt_letter": "surat keterangan RT",
    "id_card": "fotokopi KTP",
    "family_card": "fotokopi KK",
}


class Use(Strict):
    """One criterion as a policy uses it."""

    criterion: str
    clause: str = Field(min_length=1)
    with_: dict[str, Any] = Field(default={}, alias="with")
    note: str = ""


class Priority(Strict):
    """One key of the order in which those who pass are taken, and which end first."""

    by: str
    order: Literal["highest", "lowest"]
    clause: str = ""
    with_: dict[str, Any] = Field(default={}, alias="with")

    @property
    def column(self) -> str:
        """The column of the decisions that holds this key."""
        return self.by

    @property
    def highest_first(self) -> bool:
        return self.order == "highest"

    @property
    def label(self) -> str:
        return KEYS[self.by].label


class OtherOrder(Strict):
    """Another order that a plan may take people in, and the clause that allows it."""

    order: Literal["continuity", "poorest", "most_lost"]
    clause: str


class QuotaRule(Strict):
    """How `total` people are divided over the areas; the numbers come from the facts.

    `share`: in proportion to the people in view, to those who work, or equally.
    """

    total: int = Field(ge=1, title="Jumlah orang seluruhnya")
    share: Literal["population", "workers", "equal"] = Field(
        default="population", title="Dibagi menurut"
    )
    level: Literal["kelurahan", "kecamatan"] = Field(
        default="kelurahan", title="Untuk setiap"
    )
    clause: str = ""


class FieldCheck(Strict):
    """What officers in the field must bring before somebody is paid for."""

    evidence: list[Evidence] = Field(min_length=1)
    persons: Literal[1, 2] = 1
    clause: str = ""


class Policy(Strict):
    """A city's or province's rule for one year and payer.

    `valid_from`, `valid_until`: its first and its last day; by default its whole year.
    `fund`: where the payer has the money from, in words. `household_cap`: most people of
    one family; `quotas`: most people per area code (kelurahan or kecamatan), or
    `quota_rule`, which makes those numbers. They bind the plan, not the decision.
    `other_orders`: orders besides `priority` in which a plan may take people.
    """

    title: str = Field(min_length=1)
    region: str = Field(pattern=r"^\d{2}(\.\d{2})*$")
    year: int = Field(ge=2015, le=2100)
    payer: str
    fund: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    instrument: str = Field(min_length=1)
    criteria: list[Use] = Field(min_length=1)
    priority: list[Priority] = []
    other_orders: list[OtherOrder] = []
    household_cap: int | None = Field(default=None, ge=1)
    quotas: dict[str, int] | None = None
    quota_rule: QuotaRule | None = None
    verification: FieldCheck | None = None
    note: str = ""

    @property
    def first_day(self) -> date:
        return self.valid_from or date(self.year, 1, 1)

    @property
    def last_day(self) -> date:
        return self.valid_until or date(self.year, 12, 31)

    def holds_on(self, day: date) -> bool:
        """Whether the policy applies on a day."""
        return self.first_day <= day <= self.last_day

    @property
    def slug(self) -> str:
        """`13.74/2026-apbd`: also where the file lies."""
        return f"{self.region}/{self.year}-{self.payer.lower().replace('_', '-')}"

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The criteria with their parameters read, in the policy's order."""
        return tuple(
            Rule(criterion, criterion.params.model_validate(use.with_), use.clause)
            for use in self.criteria
            for criterion in [catalogue()[use.criterion]]
        )

    @property
    def keys(self) -> tuple[tuple[Key, Strict], ...]:
        """The ranking keys with their parameters read, in the policy's order."""
        return tuple(
            (key, key.params.model_validate(priority.with_))
            for priority in self.priority
            for key in [KEYS[priority.by]]
        )


@dataclass(frozen=True)
class Rule:
    """A criterion, the parameters a policy gives it, and the clause it stands in."""

    criterion: Criterion
    params: Strict
    clause: str
