"""What the columns of an unknown office's list mean, proposed with a confidence.

Two things speak: the header, through the headers all known suppliers use, and the values
(`evidence`). Where they agree the proposal is sure; where they disagree about a NIK or KK
number, the values win.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pyarrow as pa

from semesta.intake.drafting.evidence import (
    Sample,
    agreement,
    days_of,
    sixteen,
    sixteen_digits,
    witness,
)
from semesta.intake.headers import Header, header_key, says_nothing
from semesta.intake.maps import common_headers, supplier_maps
from semesta.kernel import Region

LEAST = 0.35
# Values of less than this many rows make nobody sure.
_ENOUGH, _OF_FEW = 5, 0.8
# How much the values alone can say for a field. A field that is not here is proposed by
# its header only.
_WORTH = {
    "nik": 0.96, "family_card": 0.94, "born_on": 0.92, "born_at_on": 0.9, "sex": 0.88,
    "phone": 0.86, "asn_nip": 0.86, "kelurahan": 0.8, "relation": 0.8,
    "marital_status": 0.8, "number": 0.75, "occupation": 0.72, "rt_rw": 0.7,
    "employer_name": 0.7, "address": 0.62, "name": 0.6, "income": 0.5,
}  # fmt: skip
# Fields that look alike: values that speak for the first speak for the others too, once
# the header has named them.
_ALIKE = {
    "name": ("mother_name", "employer_name"), "income": ("wage", "amount"),
    "kelurahan": ("kelurahan_code",), "born_on": ("died_on", "started_on", "occurred_on"),
}  # fmt: skip
# Words that speak for a field wherever they stand in a header nobody knows.
_WORDS = {
    "nik": "nik", "ktp": "nik", "kk": "family_card", "kartu": "family_card",
    "nama": "name", "ibunya": "mother_name", "ibu": "mother_name", "lahir": "born_on",
    "kelamin": "sex", "hp": "phone", "telp": "phone", "wa": "phone", "telepon": "phone",
    "alamat": "address", "kerja": "occupation", "pekerjaan": "occupation",
    "gaji": "income", "upah": "wage", "npp": "npp", "nib": "nib", "kpj": "kpj",
    "kelurahan": "kelurahan", "desil": "decile", "umur": "age", "usia": "age",
}  # fmt: skip
_SAME = {other: first for first, others in _ALIKE.items() for other in others}
_BY_HEADER_ONLY = frozenset(("submission", "sex_man", "sex_woman"))


@dataclass(frozen=True)
class Proposal:
    """One column: its header, the field it seems to hold ("" = unknown), how sure (0 to
    1), how well the header (`named`) and the values (`shown`, a share of the filled ones)
    speak for it, how many different values the sample has, and the field its values
    `looks` like most, which another column may hold."""

    header: str
    field: str
    confidence: float
    named: float
    shown: float
    different: int
    looks: str = ""

    @property
    def by(self) -> str:
        """What speaks for it in a word or two; blank for a column nobody understands."""
        told = (("judul", self.named), ("isi", self.shown))
        return " dan ".join(text for text, there in told if there)


def propose(
    headers: Sequence[Header],
    columns: Sequence[pa.Array],
    *,
    region: Region,
    as_of: date,
) -> list[Proposal]:
    """The meaning of each column, in the order given; no field is proposed twice."""
    samples = [Sample.of(column) for column in columns]
    spoken = _by_values(samples, region, as_of)
    claims = []
    for place, header in enumerate(headers):
        named = by_header(header)
        for field in {*named, *spoken[place]}:
            name = named.get(field, 0.0)
            values = _spoken_for(field, spoken[place])
            sure = _confidence(field, name, values, spoken[place], samples[place])
            if sure >= LEAST:
                claims.append(Claim(sure, -place, field, name, values or 0.0))
    best, looks = _settled(claims), _settled_alone(claims)
    return [
        Proposal(
            header=header.text,
            field=best[place].field,
            confidence=round(best[place].sure, 2),
            named=best[place].named,
            shown=best[place].shown,
            different=len(set(samples[place].texts)),
            looks=looks.get(place, ""),
        )
        for place, header in enumerate(headers)
    ]


def by_header(header: Header) -> dict[str, float]:
    """Field → how well the header answers to the headers known for it."""
    found: dict[str, float] = {}
    for field, keys in _known_keys().items():
        for depth, key in enumerate(header.keys):
            if key in keys:
                found[field] = 0.9 if depth == 0 else 0.7
                break
        else:
            if any(len(k) > 3 and header.keys[0].startswith(k) for k in keys
                   if header.keys):  # fmt: skip
                found[field] = 0.45
    for word in re.findall(r"[a-z]+", header.text.lower()):
        for start, field in _WORDS.items():
            if word == start or (len(start) > 3 and word.startswith(start)):
                found.setdefault(field, 0.4)
    return found


def _known_keys() -> dict[str, set[str]]:
    """Field → the keys of all headers any supplier uses for it."""
    keys = {
        name: set(map(header_key, texts)) for name, texts in common_headers().items()
    }
    for supplier in supplier_maps().values():
        for name, texts in supplier.fields.items():
            keys.setdefault(name, set()).update(map(header_key, texts))
    return {
        name: {key for key in found if not says_nothing(key)}
        for name, found in keys.items()
        if name not in _BY_HEADER_ONLY
    }


def _by_values(
    samples: Sequence[Sample], region: Region, as_of: date
) -> list[dict[str, float]]:
    """What the values of each column say, after NIK and birth date have been compared."""
    spoken = [witness(sample, region, as_of) for sample in samples]
    days = {
        place: days_of(samples[place], as_of)
        for place, said in enumerate(spoken)
        if "born_on" in said
    }
    shaped = [sixteen_digits(sample) is not None for sample in samples]
    niks: dict[int, float] = {}
    for place, sample in enumerate(samples):
        if not shaped[place]:
            continue
        found = sixteen_digits(sample, list(days.values()), sum(shaped))
        if found:
            spoken[place] = {"nik": found.nik, "family_card": found.family_card}
            niks[place] = found.nik
    if niks and days:
        owner = max(niks, key=lambda place: niks[place])
        digits = [sixteen(cell) for cell in samples[owner].rows]
        for place, column in days.items():
            share = spoken[place]["born_on"]
            spoken[place]["born_on"] = 0.6 * share + 0.4 * agreement(digits, column)
    return spoken


def _confidence(
    field: str,
    name: float,
    values: float | None,
    spoken: Mapping[str, float],
    sample: Sample,
) -> float:
    """How sure a column holds a field, from its header and its values."""
    number = max(spoken.get("nik", 0.0), spoken.get("family_card", 0.0))
    if number >= 0.5 and field not in ("nik", "family_card"):
        return name * 0.4  # sixteen digits are no KPJ, whatever the header says
    if field not in _WORTH and field not in _SAME:
        return name
    if not sample.cells:
        return name * 0.8
    if values is None or values < 0.2:
        return name * (0.3 if field in ("nik", "family_card") else 0.6)
    if not name:
        few = len(sample.cells) < _ENOUGH
        return values * _WORTH.get(field, 0.0) * (_OF_FEW if few else 1.0)
    alone = values * _WORTH.get(_SAME.get(field, field), 0.0)
    return min(0.99, max(name * (0.5 + values / 2), alone) + 0.08)


class Claim(NamedTuple):
    """A column that may hold a field, in the order in which claims are heard."""

    sure: float
    before: int
    field: str
    named: float
    shown: float


_NOBODY = Claim(0.0, 0, "", 0.0, 0.0)


def _settled(claims: Sequence[Claim]) -> defaultdict[int, Claim]:
    """Column → its claim: the surest claims first, each column and field once."""
    best: defaultdict[int, Claim] = defaultdict(lambda: _NOBODY)
    taken: set[str] = set()
    for claim in sorted(claims, reverse=True):
        if -claim.before not in best and claim.field not in taken:
            best[-claim.before] = claim
            taken.add(claim.field)
    return best


def _settled_alone(claims: Sequence[Claim]) -> dict[int, str]:
    """Column → the field its values claim most, whatever other columns claim."""
    shown = sorted(claim for claim in claims if claim.shown)
    return {-claim.before: claim.field for claim in shown}


def _spoken_for(field: str, spoken: Mapping[str, float]) -> float | None:
    """What values say for a field, or for the one it looks like."""
    return spoken.get(field, spoken.get(_SAME.get(field, field)))
