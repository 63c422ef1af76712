"""The insurer's own words for occupations and places, kept as data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from semesta.kernel import Region


@cache
def _codes() -> dict[str, Any]:
    text = (files("semesta.enrolment") / "insurer_codes.yaml").read_text("utf-8")
    return yaml.safe_load(text)


def insurer_jobs() -> Mapping[str, str]:
    """Occupation code → JENIS_PEKERJAAN_1, for all who can be registered as BPU."""
    return _codes()["jobs"]


def insurer_place(region: Region) -> str:
    """LOKASI_PEKERJAAN of a region, e.g. `KOTA PADANG PANJANG`."""
    return str(_codes()["place"]).format(region=region.name).upper()
