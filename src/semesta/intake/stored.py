"""The stage's own YAML tables (words, occupations, problems, common headers)."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

# The loader in C is ten times as fast; both read the same language.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def stored(name: str) -> Any:
    """The content of a table shipped with the stage, e.g. `words.yaml`."""
    return parsed((files("semesta.intake") / name).read_text("utf-8"))


def parsed(text: str) -> Any:
    """YAML text as plain Python values; yaml.YAMLError when it is none."""
    return yaml.load(text, Loader=_LOADER)  # both are safe loaders
