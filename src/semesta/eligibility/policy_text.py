"""A policy's YAML text: read, checked with every mistake and its line, and written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from semesta.eligibility.criteria import catalogue
from semesta.eligibility.policy import Policy
from semesta.eligibility.priority import KEYS
from semesta.intake.words import occupations
from semesta.kernel import UserError, day_in_words
from semesta.law.book import law_book
from semesta.law.document import Document, refuse
from semesta.law.schema import Strict

CODE = "policy.file"
FIX = "Perbaiki yang disebut; contoh ada di policies/13.74/2026-apbd.yaml."
Path_ = list[str | int]


@dataclass(frozen=True)
class PolicyText:
    """A policy with the text it was read from."""

    policy: Policy
    body: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body.encode()).hexdigest()


def read_policy(text: str, name: str = "kebijakan") -> Policy:
    """A policy from its YAML text. UserError `policy.file` lists every mistake."""
    policy, problems = try_policy(text, name)
    refuse(problems, f"Kebijakan {name} tidak dapat dipakai.", FIX, code=CODE)
    assert policy is not None  # without problems there is one
    return policy


def try_policy(text: str, name: str = "kebijakan") -> tuple[Policy | None, list[str]]:
    """The policy, if there is one, and all that is wrong with its text, with lines.

    UserError `policy.file` only when the text is not YAML at all.
    """
    document = Document(text, name, code=CODE)
    policy: Policy | None = None
    problems: list[str] = []
    try:
        policy = Policy.model_validate(document.data)
    except ValidationError as error:
        problems = document.problems(error)
    # The parts are looked at even when the whole did not hold: all mistakes at once.
    if isinstance(document.data, dict):
        problems += [
            *_about_payer(document),
            *_about_uses(document),
            *_about_priority(document),
        ]
    if policy is not None:
        problems += _about_dates(policy, document)
        problems += _about_quotas(policy, document)
    return (None if problems else policy), problems


def write_policy(policy: Policy) -> str:
    """The policy as YAML, in the order of its fields; what is not set is left out."""
    content = policy.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    content["valid_from"] = policy.first_day
    content["valid_until"] = policy.last_day
    ordered = {name: content[name] for name in Policy.model_fields if name in content}
    return yaml.safe_dump(ordered, sort_keys=False, allow_unicode=True, width=88)


def overlaps(policies: Iterable[tuple[str, Policy]]) -> list[str]:
    """One sentence per pair of policies that hold for one payer on the same days.

    `policies` are pairs of a name for messages and the policy. Versions of one policy
    (the same slug) follow each other and do not overlap.
    """
    found: list[str] = []
    ordered = sorted(policies, key=lambda pair: (pair[1].first_day, pair[1].slug))
    for place, (name, one) in enumerate(ordered):
        for other_name, other in ordered[place + 1 :]:
            same = (one.region, one.payer) == (other.region, other.payer)
            if same and one.slug != other.slug and one.last_day >= other.first_day:
                until = min(one.last_day, other.last_day)
                found.append(
                    f"{name} dan {other_name} sama-sama berlaku untuk {one.payer} di "
                    f"{one.region} dari {day_in_words(other.first_day)} sampai dengan "
                    f"{day_in_words(until)}"
                )
    return found


def _about_payer(document: Document) -> list[str]:
    known = law_book().parameters["bpu.payers"].values[-1].value
    payer = document.data.get("payer")
    if payer is None or payer in known:
        return []
    return [
        document.at(
            ["payer"],
            f"pembayar {payer} tidak dikenal; yang dikenal: {', '.join(known)}",
        )
    ]


def _entries(document: Document, key: str) -> list[tuple[int, dict[str, Any]]]:
    entries = document.data.get(key)
    listed = entries if isinstance(entries, list) else []
    return [(n, entry) for n, entry in enumerate(listed) if isinstance(entry, dict)]


def _about_uses(document: Document) -> list[str]:
    problems: list[str] = []
    seen: set[str] = set()
    for number, use in _entries(document, "criteria"):
        where: Path_ = ["criteria", number, "criterion"]
        name = str(use.get("criterion", ""))
        criterion = catalogue().get(name)
        if criterion is None:
            if name:
                known = ", ".join(catalogue())
                message = f"syarat {name} tidak dikenal; yang ada: {known}"
                problems.append(document.at(where, message))
            continue
        if name in seen:
            problems.append(document.at(where, f"{name} tertulis dua kali"))
        seen.add(name)
        problems += _about_params(
            criterion.params,
            use.get("with", {}),
            document,
            ["criteria", number, "with"],
        )
    return problems


def _about_priority(document: Document) -> list[str]:
    problems: list[str] = []
    for number, priority in _entries(document, "priority"):
        key = KEYS.get(str(priority.get("by", "")))
        if key is None:
            message = f"urutan {priority.get('by')} tidak dikenal; yang ada: {', '.join(KEYS)}"
            problems.append(document.at(["priority", number, "by"], message))
            continue
        problems += _about_params(
            key.params, priority.get("with", {}), document, ["priority", number, "with"]
        )
    return problems


def _about_params(
    params: type[Strict], given: Any, document: Document, within: Path_
) -> list[str]:
    try:
        params.model_validate(given)
    except ValidationError as error:
        return document.problems(error, within=within)
    return [
        document.at(within, f"pekerjaan {code} tidak dikenal")
        for code in _occupations_of(given)
        if code not in occupations()
    ]


def _occupations_of(given: dict[str, Any]) -> list[str]:
    """Every occupation code that parameters name, also those in groups."""
    groups = given.get("groups", {})
    named = [
        *given.get("occupations", []),
        *(c for group in groups.values() for c in group),
    ]
    for each in given.get("either", []):
        named += _occupations_of(each.get("with", {}))
    return named


def _about_dates(policy: Policy, document: Document) -> list[str]:
    if policy.last_day >= policy.first_day:
        return []
    message = "valid_until harus sesudah valid_from"
    return [document.at(["valid_until"], message)]


def _about_quotas(policy: Policy, document: Document) -> list[str]:
    problems = [
        document.at(["quotas", code], f"{code} di luar wilayah {policy.region}")
        for code in policy.quotas or {}
        if not code.startswith(f"{policy.region}.")
    ]
    problems += [
        document.at(["quotas", code], "kuota tidak boleh kurang dari nol")
        for code, places in (policy.quotas or {}).items()
        if places < 0
    ]
    if policy.quotas and policy.quota_rule:
        message = "isi quotas atau quota_rule, tidak keduanya"
        problems.append(document.at(["quota_rule"], message))
    return problems


def check_policies(texts: Iterable[tuple[str, str]]) -> list[Policy]:
    """The policies of several texts (name, YAML), each alone and beside the others.

    UserError `policy.file` lists the mistakes of all of them, and every overlap.
    """
    good: list[tuple[str, Policy]] = []
    problems: list[str] = []
    for name, text in texts:
        try:
            policy, wrong = try_policy(text, name)
        except UserError as error:
            problems.append(f"{error.what} {error.why}")
            continue
        problems += wrong
        if policy is not None:
            good.append((name, policy))
    problems += overlaps(good)
    refuse(problems, "Ada kebijakan yang tidak dapat dipakai.", FIX, code=CODE)
    return [policy for _, policy in good]
