"""Which occupations (codes of intake's list) are wage work and which are public service."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

# Civil servants, soldiers, police and holders of public office are insured elsewhere.
PUBLIC_SERVICE = ("pns", "tni-polri", "pejabat")


@cache
def wage_occupations() -> tuple[str, ...]:
    """Occupations in an employment relation, without public service."""
    text = (files("semesta.intake") / "occupations.yaml").read_text("utf-8")
    return tuple(
        entry["code"]
        for entry in yaml.safe_load(text)
        if entry.get("employed") and entry["code"] not in PUBLIC_SERVICE
    )
