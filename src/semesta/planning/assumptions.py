"""Assumptions behind expected benefits: dated, cited, shown beside every figure."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
from pydantic import Field

from semesta.law.document import Document
from semesta.law.schema import Confidence, Day, Strict

Floats = npt.NDArray[np.float64]


class Assumption(Strict):
    """Where an assumed number comes from, and how sure it is."""

    label: str
    as_of: int
    source: str
    confidence: Confidence
    last_checked: Day


class Band(Strict):
    """Deaths per thousand people a year at ages `from` up to, not including, `until`."""

    from_: int = Field(alias="from")
    until: int
    deaths: Decimal


class Mortality(Assumption):
    per_thousand: list[Band]


class Accidents(Assumption):
    per_thousand: Decimal


class AccidentCost(Assumption):
    rupiah: int


class Assumptions(Strict):
    """All of them; `assumptions.yaml` is where they stand."""

    mortality: Mortality
    accidents: Accidents
    accident_cost: AccidentCost

    @property
    def all(self) -> tuple[Assumption, ...]:
        return (self.mortality, self.accidents, self.accident_cost)

    def death_rates(self, ages: Floats) -> Floats:
        """Chance of dying within a year at each age; NaN where the age is not known.

        An age beyond the table takes the nearest band.
        """
        bands = self.mortality.per_thousand
        starts = [band.from_ for band in bands]
        rates = np.array([float(band.deaths) / 1000 for band in bands])
        place = np.searchsorted(starts, np.nan_to_num(ages), side="right") - 1
        found = rates[np.clip(place, 0, len(rates) - 1)]
        return np.where(np.isnan(ages), np.nan, found)

    @property
    def accident_rate(self) -> float:
        """Chance of a work accident within a year."""
        return float(self.accidents.per_thousand) / 1000


@cache
def assumptions() -> Assumptions:
    """The shipped assumptions."""
    text = (files("semesta.planning") / "assumptions.yaml").read_text("utf-8")
    return Assumptions.model_validate(Document(text, "assumptions.yaml").data)
