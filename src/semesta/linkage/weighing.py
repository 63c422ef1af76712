"""The model: one additive match weight per comparison level, free of any engine.

`weights/person.json` holds, for each level, m (how often true pairs show it) and u (how often
other pairs do, among pairs that are compared at all); log2(m/u) is the level's match weight.
Only the ratio counts. The prior belongs to lists in which a `share` of the compared pairs is
one person; how large that share is in other lists is read from their own pairs.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from semesta.audit.chain import content_hash
from semesta.kernel import UserError
from semesta.linkage.levels import COMPARISONS


@dataclass(frozen=True)
class Model:
    """A fitted model as its JSON says; see the module's text."""

    table: dict[str, Any]

    @property
    def version(self) -> str:
        return str(self.table["version"])

    @property
    def threshold(self) -> float:
        """Mean match weight from which two groups of records are one person."""
        return float(self.table["threshold"])

    @property
    def doubt(self) -> float:
        """How far from the threshold a mean weight counts as doubtful."""
        return float(self.table["doubt"])

    @property
    def never_proposed(self) -> float:
        """The weight of a pair that no blocking rule found worth comparing."""
        return float(self.table["never_proposed"])

    @cached_property
    def sha256(self) -> str:
        return content_hash(self.table)

    @property
    def share(self) -> float:
        """The share of compared pairs that were one person where the prior was fitted."""
        return float(self.table["prior"]["share"])

    def prior(self, share: float) -> float:
        """Match weight before any evidence, when this share of the pairs is one person."""
        fitted = float(self.table["prior"]["weight"])
        return fitted + log_odds(share) - log_odds(self.share)

    def m_and_u(self, comparison: str, level: str) -> tuple[float, float]:
        found = self.table["comparisons"][comparison][level]
        return float(found["m"]), float(found["u"])

    def weight(self, comparison: str, level: str | None) -> float:
        """log2(m/u) of a level; 0 where there was nothing to compare."""
        if level is None:
            return 0.0
        m, u = self.m_and_u(comparison, level)
        return math.log2(m / u)


def load_model(name: str = "person") -> Model:
    """The shipped model with this name."""
    text = (files(__package__) / "weights" / f"{name}.json").read_text("utf-8")
    return Model(json.loads(text))


def read_model(name: str) -> Model:
    """A shipped model by name, or a model file by its path. UserError `link.model`."""
    if not name.endswith(".json"):
        return load_model(name)
    try:
        model = Model(json.loads(Path(name).read_text("utf-8")))
        for comparison in COMPARISONS:
            for level in comparison.levels:
                model.weight(comparison.code, level.code)
        _ = (model.version, model.threshold, model.doubt, model.never_proposed)
        model.prior(model.share)
    except (OSError, ValueError, KeyError, TypeError, ZeroDivisionError) as error:
        raise UserError(
            "link.model",
            f"Bobot {name} tidak dapat dipakai.",
            f"{type(error).__name__}: {error}.",
            "Pakai berkas yang bentuknya seperti weights/person.json, atau --model person.",
        ) from error
    return model


def log_odds(share: float) -> float:
    """A share → match weight (log2 odds)."""
    return math.log2(share / (1 - share))


def probability(weight: float) -> float:
    """Match weight (log2 odds) → probability."""
    return 1 / (1 + 2.0**-weight) if weight > -500 else 0.0
