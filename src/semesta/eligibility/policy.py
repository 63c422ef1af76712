"""A policy: which criteria with which parameters, under which clause, in which order.

The file `policies/<region>/<year>-<payer>.yaml` is the policy; its text is kept with
every decision, so that a decision can always be read with the rule it was made by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field, ValidationError

from semesta.eligibility.criteria import catalogue
from semesta.eligibility.criterion import Criterion
from semesta.eligibility.priority import KEYS, Key
from semesta.kernel import UserError
from semesta.law.book import law_book
from semesta.law.document import Document, refuse
from semesta.law.schema import Strict

CODE = "policy.file"
FIX = "Perbaiki baris yang disebut; contoh ada di policies/13.74/2026-apbd.yaml."


class Use(Strict):
    """One criterion as a policy uses it."""

    criterion: str
    clause: str
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


class Policy(Strict):
    """A city's or province's rule for one year and payer.

    `household_cap`: most people of one family; `quotas`: most people per kelurahan
    code. Both bind the plan, not the decision. `other_orders`: orders besides
    `priority` in which a plan may take people.
    """

    title: str
    region: str = Field(pattern=r"^\d{2}(\.\d{2})*$")
    year: int = Field(ge=2015, le=2100)
    payer: str
    instrument: str
    criteria: list[Use] = Field(min_length=1)
    priority: list[Priority] = []
    other_orders: list[OtherOrder] = []
    household_cap: int | None = Field(default=None, ge=1)
    quotas: dict[str, int] | None = None
    note: str = ""

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


def read_policy(text: str, name: str = "kebijakan") -> Policy:
    """A policy from its YAML text. UserError `policy.file` lists every mistake."""
    document = Document(text, name, code=CODE)
    try:
        policy = Policy.model_validate(document.data)
    except ValidationError as error:
        raise UserError(
            CODE,
            f"Kebijakan {name} tidak dapat dipakai.",
            "\n".join(document.problems(error)),
            FIX,
        ) from error
    refuse(
        [
            *_about_payer(policy, document),
            *_about_uses(policy, document),
            *_about_priority(policy, document),
        ],
        f"Kebijakan {name} tidak dapat dipakai.",
        FIX,
        code=CODE,
    )
    return policy


def _about_payer(policy: Policy, document: Document) -> list[str]:
    known = law_book().parameters["bpu.payers"].values[-1].value
    if policy.payer in known:
        return []
    return [
        document.at(
            ["payer"],
            f"pembayar {policy.payer} tidak dikenal; yang dikenal: {', '.join(known)}",
        )
    ]


def _about_uses(policy: Policy, document: Document) -> list[str]:
    problems: list[str] = []
    seen: set[str] = set()
    for number, use in enumerate(policy.criteria):
        where: list[str | int] = ["criteria", number, "criterion"]
        criterion = catalogue().get(use.criterion)
        if criterion is None:
            known = ", ".join(catalogue())
            problems.append(
                document.at(
                    where, f"syarat {use.criterion} tidak dikenal; yang ada: {known}"
                )
            )
            continue
        if use.criterion in seen:
            problems.append(document.at(where, f"{use.criterion} tertulis dua kali"))
        seen.add(use.criterion)
        problems += _about_params(
            criterion.params, use.with_, document, ["criteria", number, "with"]
        )
    return problems


def _about_priority(policy: Policy, document: Document) -> list[str]:
    problems: list[str] = []
    for number, priority in enumerate(policy.priority):
        key = KEYS.get(priority.by)
        if key is None:
            problems.append(
                document.at(
                    ["priority", number, "by"],
                    f"urutan {priority.by} tidak dikenal; yang ada: {', '.join(KEYS)}",
                )
            )
            continue
        problems += _about_params(
            key.params, priority.with_, document, ["priority", number, "with"]
        )
    return problems


def _about_params(
    params: type[Strict],
    given: dict[str, Any],
    document: Document,
    within: list[str | int],
) -> list[str]:
    try:
        params.model_validate(given)
    except ValidationError as error:
        return document.problems(error, within=within)
    return []
