"""Meets at least one of several criteria."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from pydantic import Field, computed_field, model_validator

from semesta.eligibility.criterion import At, Criterion
from semesta.law.schema import Strict

if TYPE_CHECKING:
    import ibis.expr.types as ir


def _catalogue() -> Any:
    # Asked when used: the catalogue holds this criterion too.
    from semesta.eligibility.criteria import catalogue

    return catalogue()


class Alternative(Strict):
    """One criterion with its parameters."""

    criterion: str
    with_: dict[str, Any] = Field(default={}, alias="with")

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        if self.criterion not in _catalogue() or self.criterion == "any_of":
            raise ValueError(f"syarat {self.criterion} tidak dikenal di sini")
        _catalogue()[self.criterion].params.model_validate(self.with_)
        return self


class Params(Strict):
    either: list[Alternative] = Field(min_length=2, title="Salah satu dari")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def alternatives(self) -> str:
        """The alternatives in a sentence."""
        return self._named("label", " atau ").lower()

    @computed_field  # type: ignore[prop-decorator]
    @property
    def needed(self) -> str:
        """What would answer any of them."""
        return self._named("missing", " atau ")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def offices(self) -> str:
        """Who could give it."""
        return self._named("office", "; ")

    def _named(self, what: str, between: str) -> str:
        """What the criteria of all alternatives say, each once."""
        said = (
            str(getattr(_catalogue()[each.criterion], what)).format(
                **_catalogue()[each.criterion]
                .params.model_validate(each.with_)
                .model_dump()
            )
            for each in self.either
        )
        return between.join(dict.fromkeys(said))


def test(facts: ir.Table, params: Params, at: At) -> ir.BooleanValue:
    answers = []
    for each in params.either:
        criterion = _catalogue()[each.criterion]
        given = criterion.params.model_validate(each.with_)
        answers.append(criterion.test(facts, given, at))
    return reduce(or_, answers)


CRITERION = Criterion(
    name="any_of",
    label="Salah satu syarat",
    params=Params,
    test=test,
    passed="Memenuhi salah satu dari: {alternatives}.",
    failed="Tidak memenuhi satu pun dari: {alternatives}.",
    unknown="Belum diketahui apakah memenuhi salah satu dari: {alternatives}.",
    missing="{needed}",
    office="{offices}",
)
