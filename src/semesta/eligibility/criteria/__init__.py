"""The catalogue of criteria: one module each, found by being here."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from semesta.eligibility.criterion import Criterion


@cache
def catalogue() -> Mapping[str, Criterion]:
    """Every criterion by its name, in alphabetical order."""
    found = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        criterion = import_module(f"{__name__}.{module.name}").CRITERION
        if criterion.name != module.name:
            raise ValueError(f"criteria/{module.name}.py defines {criterion.name}")
        found[criterion.name] = criterion
    return MappingProxyType(found)
