"""The insurer's answers, matched to a decree by NIK."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

COLUMNS = (
    "row_id", "delivery", "nik", "kpj", "status", "reason_code", "reason_text",
    "decree_number",
)  # fmt: skip
# What an answer changes of an entry.
STATE = pa.schema(
    [
        ("id", pa.int64()),
        ("status", pa.string()),
        ("kpj", pa.string()),
        ("rejection_code", pa.string()),
        ("rejection_reason", pa.string()),
    ]
)
REGISTERED, REFUSED = "registered", "rejected"
ACCEPTED, REJECTED = "DITERIMA", "DITOLAK"


class Answer(NamedTuple):
    """One row of the insurer's answer, in order of arrival."""

    row_id: str
    delivery: str
    nik: str
    kpj: str
    status: str
    reason_code: str
    reason_text: str
    decree_number: str


@dataclass
class Matching:
    """What the answers mean for one decree: entry id → its answer, and what is left.

    The lists hold row ids: answers for another decree, for a NIK that is not on this
    one, with a status nobody knows, or two different ones for one NIK in one file.
    `applied`: answers that count, by delivery; `other_numbers`: by delivery, the other
    decrees that its rows name and how often.
    """

    registered: dict[int, Answer] = field(default_factory=dict)
    rejected: dict[int, Answer] = field(default_factory=dict)
    other_numbers: dict[str, Counter[str]] = field(default_factory=dict)
    applied: Counter[str] = field(default_factory=Counter)
    other_decree: list[str] = field(default_factory=list)
    unknown_nik: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    conflicting: list[str] = field(default_factory=list)

    def without_effect(self) -> dict[str, list[str]]:
        """Row ids of the answers that changed nothing, by why."""
        return {
            "other_decree": self.other_decree,
            "unknown_nik": self.unknown_nik,
            "unreadable": self.unreadable,
            "conflicting": self.conflicting,
        }


def read_answers(paths: Iterable[Path]) -> Iterator[Answer]:
    """The usable rows of the insurer's answers, file by file, in order of line."""
    usable = pc.field("fate").isin(["accepted", "corrected"])
    for path in paths:
        known = pq.read_schema(path).names
        wanted = [name for name in COLUMNS if name in known]
        rows = pq.read_table(path, columns=wanted, filters=usable).to_pylist()
        for row in rows:
            yield Answer(*((row.get(name) or "").strip() for name in COLUMNS))


def changes(
    entries: Iterable[Mapping[str, Any]], found: Matching
) -> list[dict[str, Any]]:
    """The entries that an answer changes, with their new values (columns of STATE).

    `entries` have the columns of STATE as they stand; texts are cut to what fits.
    """
    changed = []
    for entry in entries:
        before = {name: entry[name] for name in STATE.names}
        after = dict(before)
        if answer := found.registered.get(entry["id"]):
            kpj = answer.kpj[:13] or entry["kpj"]
            after |= {"status": REGISTERED, "kpj": kpj}
            after |= {"rejection_code": "", "rejection_reason": ""}
        elif answer := found.rejected.get(entry["id"]):
            after |= {
                "status": REFUSED,
                "rejection_code": answer.reason_code[:10],
                "rejection_reason": answer.reason_text[:120],
            }
        if after != before:
            changed.append(after)
    return changed


def same_number(one: str, other: str) -> bool:
    """Whether two writings mean the same decree: case and blanks do not matter."""
    return _number_key(one) == _number_key(other)


def _number_key(number: str) -> str:
    return re.sub(r"\s", "", number).casefold()


def match(
    answers: Iterable[Answer], *, decree_number: str, entries: Mapping[str, int]
) -> Matching:
    """Answers against one decree's entries (`entries`: NIK → entry id).

    A later file overrides an earlier one; within one file two different statuses for
    one NIK count as conflicting and change nothing.
    """
    found = Matching()
    said: dict[str, dict[int, list[Answer]]] = {}
    for answer in answers:
        entry = _entry_of(answer, decree_number, entries, found)
        if entry is not None:
            by_entry = said.setdefault(answer.delivery, {})
            by_entry.setdefault(entry, []).append(answer)
    latest: dict[int, Answer] = {}
    for by_entry in said.values():
        for entry, same_entry in by_entry.items():
            if len({answer.status for answer in same_entry}) > 1:
                found.conflicting += [answer.row_id for answer in same_entry]
            else:
                latest[entry] = same_entry[-1]
                found.applied[same_entry[-1].delivery] += 1
    for entry, answer in latest.items():
        kind = found.registered if answer.status == ACCEPTED else found.rejected
        kind[entry] = answer
    return found


def _entry_of(
    answer: Answer, decree_number: str, entries: Mapping[str, int], found: Matching
) -> int | None:
    """The entry an answer is about, or None after noting why there is none."""
    if not same_number(answer.decree_number, decree_number):
        found.other_decree.append(answer.row_id)
        others = found.other_numbers.setdefault(answer.delivery, Counter())
        others[answer.decree_number] += 1
        return None
    if answer.nik not in entries:
        found.unknown_nik.append(answer.row_id)
        return None
    if answer.status not in (ACCEPTED, REJECTED):
        found.unreadable.append(answer.row_id)
        return None
    return entries[answer.nik]
