"""A policy in plain words: each rule as a line that a citizen could read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from semesta.eligibility.criteria import catalogue
from semesta.eligibility.policy import EVIDENCE, Policy
from semesta.eligibility.priority import KEYS
from semesta.intake.words import occupations
from semesta.law.schema import Strict
from semesta.web.formats import number, rupiah
from semesta.web.policies.fields import WORDS, choices_of, kind_of

RUPIAH = {"per_month", "per_day"}


@dataclass(frozen=True)
class Line:
    """One rule: what it asks, with which values, where it stands and why it is there."""

    label: str
    values: list[tuple[str, str]]
    clause: str
    law: str = ""
    note: str = ""


@dataclass(frozen=True)
class Told:
    """A whole policy in lines."""

    criteria: list[Line]
    priority: list[Line]
    limits: list[Line]
    evidence: Line | None


def tell(policy: Policy, areas: Mapping[str, str]) -> Told:
    """The policy in words; `areas` names the area codes of its own region."""
    return Told(
        criteria=[
            Line(
                label=catalogue()[use.criterion].label,
                values=list(
                    _values(catalogue()[use.criterion].params, use.with_, areas)
                ),
                clause=use.clause,
                law=catalogue()[use.criterion].law,
                note=use.note,
            )
            for use in policy.criteria
        ],
        priority=[
            Line(
                label=f"{KEYS[key.by].label}: {WORDS[key.order]}",
                values=list(_values(KEYS[key.by].params, key.with_, areas)),
                clause=key.clause,
            )
            for key in policy.priority
        ],
        limits=list(_limits(policy, areas)),
        evidence=_evidence(policy),
    )


def differences(before: Told, after: Told) -> list[str]:
    """What one policy says otherwise than another, one sentence per rule."""
    found = [
        *_between(before.criteria, after.criteria, "syarat"),
        *_between(before.limits, after.limits, "batas"),
        *_between(
            [before.evidence] if before.evidence else [],
            [after.evidence] if after.evidence else [],
            "pemeriksaan",
        ),
    ]
    if [_in_short(line) for line in before.priority] != [
        _in_short(line) for line in after.priority
    ]:
        order = "; ".join(line.label for line in after.priority) or "tidak ada"
        found.append(f"Urutan menjadi: {order}.")
    return found


def _between(before: list[Line], after: list[Line], kind: str) -> Iterator[str]:
    was = {line.label: line for line in before}
    now = {line.label: line for line in after}
    for label, line in now.items():
        if label not in was:
            yield f"Ditambah {kind} {_in_short(line)}."
        elif _in_short(was[label]) != _in_short(line):
            yield f"{label}: {_values_of(was[label])} → {_values_of(line)}."
        elif was[label].clause != line.clause:
            yield f"{label}: {was[label].clause} → {line.clause}."
    for label, line in was.items():
        if label not in now:
            yield f"Dihapus {kind} {_in_short(line)}."


def _values_of(line: Line) -> str:
    said = [f"{label.lower()} {text}".strip() for label, text in line.values]
    return ", ".join(said) or "tanpa isian"


def _in_short(line: Line) -> str:
    return f"{line.label} ({_values_of(line)})" if line.values else line.label


def _values(
    params: type[Strict], given: Mapping[str, Any], areas: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for name, info in params.model_fields.items():
        value = given.get(name, info.get_default(call_default_factory=True))
        if value in (None, False, [], {}):
            continue
        kind = kind_of(name, info)
        label = info.title or name
        if kind == "check":
            yield label, ""
        elif kind == "choices":
            known = choices_of(info)
            yield label, ", ".join(known.get(code, code) for code in value)
        elif kind == "either":
            yield label, "; atau ".join(_alternative(each, areas) for each in value)
        else:
            words, _, unit = label.rstrip(")").partition(" (")
            said = _said(kind, name, value, areas)
            yield words, f"{said} {unit}" if unit == "tahun" else said


def _said(kind: str, name: str, value: Any, areas: Mapping[str, str]) -> str:
    if kind == "number":
        return rupiah(value) if name in RUPIAH else number(value)
    if kind == "select":
        return WORDS.get(value, value)
    if kind == "codes":
        return ", ".join(occupations().get(code, code) for code in value)
    if kind == "pairs":
        return "; ".join(f"{areas.get(k, k)} {rupiah(n)}" for k, n in value.items())
    if kind == "groups":
        return "; ".join(
            f"{group} ({', '.join(occupations().get(c, c) for c in codes).lower()})"
            for group, codes in value.items()
        )
    return ", ".join(value) if kind == "lines" else str(value)


def _alternative(each: Mapping[str, Any], areas: Mapping[str, str]) -> str:
    criterion = catalogue()[each["criterion"]]
    values = [
        f"{label.lower()} {text}".strip()
        for label, text in _values(criterion.params, each.get("with", {}), areas)
    ]
    return criterion.label.lower() + (f" ({', '.join(values)})" if values else "")


def _limits(policy: Policy, areas: Mapping[str, str]) -> Iterator[Line]:
    if policy.household_cap is not None:
        yield Line(
            "Paling banyak dari satu keluarga",
            [("Orang", number(policy.household_cap))],
            "",
        )
    if policy.quotas:
        total = sum(policy.quotas.values())
        places = "; ".join(
            f"{areas.get(c, c)} {number(n)}" for c, n in policy.quotas.items()
        )
        yield Line(f"Kuota {number(total)} orang", [("Per wilayah", places)], "")
    if rule := policy.quota_rule:
        yield Line(
            f"Kuota {number(rule.total)} orang",
            [("Dibagi", f"per {WORDS[rule.level]} menurut {WORDS[rule.share]}"
              if rule.share != "equal" else f"sama rata per {WORDS[rule.level]}")],
            rule.clause,
        )  # fmt: skip


def _evidence(policy: Policy) -> Line | None:
    check = policy.verification
    if check is None:
        return None
    papers = ", ".join(EVIDENCE[kind] for kind in check.evidence)
    people = "dua petugas" if check.persons == 2 else "satu petugas"
    return Line(
        "Diperiksa di lapangan", [("Oleh", people), ("Bukti", papers)], check.clause
    )
