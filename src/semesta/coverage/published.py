"""Denominators that others have published: dated, with their source, never overwritten."""

from __future__ import annotations

from datetime import date

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from semesta.coverage.definitions import Segment
from semesta.kernel import UserError


class Published(BaseModel):
    """One published number of potential workers of the whole region."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    segment: Segment
    as_of: date
    value: int = Field(gt=0)
    source: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    region: str
    denominators: list[Published]


def read_published(text: str, region: str) -> list[Published]:
    """The published denominators in a YAML text of that region.

    UserError `coverage.published` when the text is none, speaks of another region, or
    gives two numbers for one segment and day.
    """
    try:
        found = _File.model_validate(yaml.safe_load(text))
    except (yaml.YAMLError, ValidationError) as error:
        raise _refused(f"Isinya tidak dapat dibaca: {error}.") from error
    if found.region != region:
        raise _refused(f"Berkas itu untuk wilayah {found.region}, bukan {region}.")
    seen = [(each.segment, each.as_of) for each in found.denominators]
    double = sorted({slot for slot in seen if seen.count(slot) > 1})
    if double:
        segment, day = double[0]
        raise _refused(f"Ada dua angka segmen {segment} untuk {day.isoformat()}.")
    return found.denominators


def newest(found: list[Published], segment: str, on: date) -> Published | None:
    """The newest number of a segment that is not later than `on`."""
    known = [each for each in found if each.segment == segment and each.as_of <= on]
    return max(known, key=lambda each: each.as_of, default=None)


def _refused(why: str) -> UserError:
    return UserError(
        "coverage.published",
        "Berkas penyebut yang diumumkan tidak dapat dipakai.",
        why,
        "Perbaiki berkasnya: satu angka per segmen dan tanggal, dengan sumbernya.",
    )
