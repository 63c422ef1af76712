"""One version of the insurer's code list: read, compared with another, looked up.

The branch's list has one code per line: what it is for (pekerjaan, lokasi, sebab), the
code as it must be written, what it means, and, where somebody has filled it in, what
Semesta calls it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from semesta.intake.headers import header_key
from semesta.intake.words import find_occupation, occupations
from semesta.kernel import Region, UserError

KINDS = {"job": "pekerjaan", "place": "lokasi pekerjaan", "leave": "sebab nonaktif"}
# First words by which the branch's own list may name a kind.
KIND_WORDS = {"pekerjaan": "job", "jenis": "job", "lokasi": "place", "sebab": "leave"}
COLUMNS = {"jenis": "kind", "kode": "code", "uraian": "meaning", "semesta": "used"}
LONGEST = 60
EVERY_REGION = "*"


@dataclass(frozen=True)
class CodeList:
    """Codes by kind (code → meaning), and which code stands for what we call a thing."""

    codes: Mapping[str, Mapping[str, str]]
    used: Mapping[str, Mapping[str, str]]

    def code_for(self, kind: str, ours: str) -> str:
        """The code of an occupation, a region's code or a kind of change; blank: none."""
        return self.used.get(kind, {}).get(ours, "")

    def place_of(self, region: Region) -> str:
        """LOKASI_PEKERJAAN of a region: by its code, else by its name; blank: none.

        The shipped list takes every region under its own name: KOTA PADANG PANJANG.
        """
        if found := self.code_for("place", region.code):
            return found
        name = region.name.upper()
        for code, meaning in self.codes.get("place", {}).items():
            if name in (code.upper(), meaning.upper()):
                return code
        return self.code_for("place", EVERY_REGION).format(region=name)

    def body(self) -> dict[str, Any]:
        """The list as plain values, in one order."""
        return {
            part: {
                kind: dict(sorted(words.items())) for kind, words in sorted(of.items())
            }
            for part, of in (("codes", self.codes), ("used", self.used))
        }

    @property
    def sha256(self) -> str:
        text = json.dumps(self.body(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def with_use(self, kind: str, ours: str, code: str) -> CodeList:
        """The same list with one of our words standing for another code."""
        used = {k: dict(words) for k, words in self.used.items()}
        used.setdefault(kind, {})[ours] = code
        return CodeList(self.codes, used)


@dataclass(frozen=True)
class Comparison:
    """What a new version changes, per kind; `orphans`: our words whose code is gone."""

    added: dict[str, list[str]] = field(default_factory=dict)
    removed: dict[str, list[str]] = field(default_factory=dict)
    orphans: dict[str, list[str]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, dict[str, list[str]]]:
        return {"added": self.added, "removed": self.removed, "orphans": self.orphans}


@cache
def shipped_list() -> tuple[date, CodeList]:
    """The first version, which comes with Semesta, and from when it holds."""
    text = (files("semesta.enrolment.codes") / "shipped.yaml").read_text("utf-8")
    content = yaml.safe_load(text)
    return content["effective_on"], CodeList(content["codes"], content["used"])


def compare(before: CodeList, after: CodeList) -> Comparison:
    """What `after` adds and takes away, and which of our words it leaves without code."""
    found = Comparison()
    for kind in KINDS:
        old, new = set(before.codes.get(kind, {})), set(after.codes.get(kind, {}))
        found.added[kind] = sorted(new - old)
        found.removed[kind] = sorted(old - new)
        found.orphans[kind] = sorted(
            ours for ours in before.used.get(kind, {}) if not after.code_for(kind, ours)
        )
    return found


def read_list(rows: Sequence[Sequence[str]], before: CodeList) -> CodeList:
    """The branch's list from its lines, header among them, every cell a text.

    What we call a thing keeps its code where the new list still has it; otherwise the
    list's own fourth column, or a meaning that names an occupation, decides. Kinds the
    list does not mention stay as they were. UserError `codes.header`, `codes.row`,
    `codes.empty`.
    """
    places, body = _header(rows)
    codes: dict[str, dict[str, str]] = {}
    named: dict[str, dict[str, str]] = {}
    for number, row in body:
        cell = {name: _cell(row, place) for name, place in places.items()}
        if not any(cell.values()):
            continue
        kind = _kind(cell["kind"], number)
        _check_code(cell["code"], number)
        codes.setdefault(kind, {})[cell["code"]] = cell.get("meaning") or cell["code"]
        for ours in cell.get("used", "").replace(";", ",").split(","):
            if ours.strip():
                named.setdefault(kind, {})[ours.strip()] = cell["code"]
    if not codes:
        raise _refused("codes.empty", "Tidak ada satu pun kode di dalamnya.")
    whole = {**before.codes, **codes}
    return CodeList(whole, {k: _uses(k, whole, named, before) for k in KINDS})


def _uses(
    kind: str,
    codes: Mapping[str, Mapping[str, str]],
    named: Mapping[str, Mapping[str, str]],
    before: CodeList,
) -> dict[str, str]:
    there = codes.get(kind, {})
    found: dict[str, str] = {}
    if kind == "job":
        for code, meaning in there.items():
            ours = find_occupation(meaning) or find_occupation(code)
            if ours and ours in before.used.get(kind, {}):
                found.setdefault(ours, code)
    kept = {o: c for o, c in before.used.get(kind, {}).items() if c in there}
    return {**found, **kept, **named.get(kind, {})}


def _header(
    rows: Sequence[Sequence[str]],
) -> tuple[dict[str, int], Iterable[tuple[int, Sequence[str]]]]:
    """Column by name, and the numbered lines under the header."""
    for place, row in enumerate(rows[:20]):
        keys = [header_key(str(cell)) for cell in row]
        found = {
            COLUMNS[word]: number
            for number, key in enumerate(keys)
            for word in COLUMNS
            if key.startswith(word)
        }
        if {"kind", "code"} <= found.keys():
            return found, enumerate(rows[place + 1 :], start=place + 2)
    raise _refused("codes.header", "Judul kolom JENIS dan KODE tidak ditemukan.")


def _cell(row: Sequence[str], place: int) -> str:
    return " ".join(str(row[place]).split()) if place < len(row) else ""


def _kind(text: str, number: int) -> str:
    for word, kind in KIND_WORDS.items():
        if word in text.lower():
            return kind
    known = ", ".join(KINDS.values())
    raise _refused(
        "codes.row", f"Baris {number}: jenis “{text}” tidak dikenal ({known})."
    )


def _check_code(code: str, number: int) -> None:
    if not 0 < len(code) <= LONGEST:
        raise _refused(
            "codes.row", f"Baris {number}: kode kosong atau terlalu panjang."
        )


def _refused(code: str, why: str) -> UserError:
    return UserError(
        code,
        "Daftar kode ini tidak dapat dipakai.",
        why,
        "Pakai kolom JENIS (pekerjaan, lokasi, sebab), KODE, URAIAN, dan bila ada SEMESTA.",
    )


def title_of(kind: str, ours: str) -> str:
    """What we call a thing, in words: `tukang-bangunan` → `Tukang bangunan`."""
    return occupations().get(ours, ours) if kind == "job" else ours
