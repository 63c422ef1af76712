"""A policy as a form: read from what was posted, changed by its buttons, checked.

The form carries the whole draft, so adding a line or moving it needs no saving and no
script: the page is sent, changed, and shown again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml
from django.http import QueryDict
from pydantic import ValidationError

from semesta.eligibility.criteria import catalogue
from semesta.eligibility.policy import Policy
from semesta.eligibility.policy_text import try_policy, write_policy
from semesta.eligibility.priority import KEYS
from semesta.law.document import in_words
from semesta.law.schema import Strict
from semesta.web.policies.fields import read_params, whole

Data = dict[str, Any]
Errors = dict[str, list[str]]
_WHERE = re.compile(r"^.* baris \d+: ")


def data_of(policy: Policy) -> Data:
    """The policy as the plain data its YAML holds."""
    return yaml.safe_load(write_policy(policy))


def data_from(form: QueryDict, policy: Policy) -> Data:
    """What a form says; region, year, and payer are the policy's and cannot change."""
    data: Data = {
        "title": form.get("title", "").strip(),
        "region": policy.region,
        "year": policy.year,
        "payer": policy.payer,
        "valid_from": _day(form.get("valid_from", "")),
        "valid_until": _day(form.get("valid_until", "")),
        "instrument": form.get("instrument", "").strip(),
        "criteria": _criteria(form, "c"),
        "priority": _priority(form),
    }
    for name in ("fund", "note"):
        if text := form.get(name, "").strip():
            data[name] = text
    if (cap := whole(form.get("household_cap", "").strip())) != "":
        data["household_cap"] = cap
    return data | _quotas(form) | _verification(form)


def _day(text: str) -> date | str | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return text


def _criteria(form: QueryDict, prefix: str) -> list[Data]:
    """The criteria called `prefix0-…`, `prefix1-…`, each with its own alternatives."""
    found = []
    number = 0
    while f"{prefix}{number}-criterion" in form:
        key = f"{prefix}{number}"
        name = form.get(f"{key}-criterion", "")
        if name in catalogue():
            found.append(_criterion(form, name, key))
        number += 1
    return found


def _criterion(form: QueryDict, name: str, key: str) -> Data:
    params = read_params(catalogue()[name].params, form, f"{key}-with")
    if name == "any_of":
        alternatives = _criteria(form, f"{key}-either")
        params["either"] = [_without_clause(each) for each in alternatives]
    use: Data = {"criterion": name, "clause": form.get(f"{key}-clause", "").strip()}
    if params:
        use["with"] = params
    if note := form.get(f"{key}-note", "").strip():
        use["note"] = note
    return use


def _without_clause(use: Data) -> Data:
    return {name: use[name] for name in ("criterion", "with") if name in use}


def _priority(form: QueryDict) -> list[Data]:
    found = []
    number = 0
    while f"k{number}-by" in form:
        key = f"k{number}"
        by = form.get(f"{key}-by", "")
        if by in KEYS:
            entry: Data = {"by": by, "order": form.get(f"{key}-order", "")}
            if clause := form.get(f"{key}-clause", "").strip():
                entry["clause"] = clause
            if params := read_params(KEYS[by].params, form, f"{key}-with"):
                entry["with"] = params
            found.append(entry)
        number += 1
    return found


def _quotas(form: QueryDict) -> Data:
    """No quota, numbers per kelurahan (a blank is no quota there), or a rule."""
    kind = form.get("quota", "")
    if kind == "rule":
        rule: Data = {
            name: form.get(f"quota_rule-{name}", "").strip()
            for name in ("share", "level", "clause")
        }
        return {
            "quota_rule": {"total": whole(form.get("quota_rule-total", "")), **rule}
        }
    if kind == "numbers":
        codes = form.getlist("quota-code")
        numbers = {code: whole(form.get(f"quota-{code}", "").strip()) for code in codes}
        return {"quotas": {code: n for code, n in numbers.items() if n != ""}}
    return {}


def _verification(form: QueryDict) -> Data:
    evidence = form.getlist("verification-evidence")
    if not evidence:
        return {}
    check: Data = {
        "evidence": evidence,
        "persons": whole(form.get("verification-persons", "1")),
    }
    if clause := form.get("verification-clause", "").strip():
        check["clause"] = clause
    return {"verification": check}


# ── buttons ──────────────────────────────────────────────────────────────────


def act(data: Data, do: str, form: QueryDict) -> str:
    """Do what a button says (`up:2`, `add-criterion`, …) to the data in place.

    Returns the key of the line that was added or moved (`c3`, `k0`), blank when none.
    """
    verb, _, place = do.partition(":")
    numbers = [int(part) for part in place.split(":") if part.isdigit()]
    if verb == "add-criterion":
        return _add(data["criteria"], "criterion", form.get("new-criterion", ""), "c")
    if verb == "add-key":
        return _add(data["priority"], "by", form.get("new-key", ""), "k")
    if verb == "remove-criterion":
        return _remove(data["criteria"], numbers, "c")
    if verb == "remove-key":
        return _remove(data["priority"], numbers, "k")
    if verb in ("up", "down"):
        return _move(data["priority"], numbers, -1 if verb == "up" else 1)
    if verb in ("add-either", "remove-either"):
        return _alternatives(data, verb, numbers, form)
    return ""


def _add(entries: list[Data], name: str, value: str, prefix: str) -> str:
    known = catalogue() if name == "criterion" else KEYS
    if value not in known:
        return ""
    more = {"clause": ""} if name == "criterion" else {"order": "lowest"}
    entries.append({name: value, **more})
    return f"{prefix}{len(entries) - 1}"


def _remove(entries: list[Data], numbers: list[int], prefix: str) -> str:
    if numbers and numbers[0] < len(entries):
        del entries[numbers[0]]
        return f"{prefix}{max(0, numbers[0] - 1)}"
    return ""


def _move(entries: list[Data], numbers: list[int], step: int) -> str:
    here = numbers[0] if numbers else -1
    there = here + step
    if not (0 <= here < len(entries) and 0 <= there < len(entries)):
        return ""
    entries[here], entries[there] = entries[there], entries[here]
    return f"k{there}"


def _alternatives(data: Data, verb: str, numbers: list[int], form: QueryDict) -> str:
    if not numbers or numbers[0] >= len(data["criteria"]):
        return ""
    place = numbers[0]
    either = data["criteria"][place].setdefault("with", {}).setdefault("either", [])
    if verb == "remove-either":
        return _remove(either, numbers[1:], f"c{place}-either") if numbers[1:] else ""
    name = form.get(f"c{place}-new-either", "")
    if name not in catalogue() or name == "any_of":
        return ""
    either.append({"criterion": name})
    return f"c{place}-either{len(either) - 1}"


# ── checking ─────────────────────────────────────────────────────────────────


def text_of(data: Data) -> str:
    """The data as YAML: as the policy writes itself where it holds, else as it stands."""
    try:
        return write_policy(Policy.model_validate(data))
    except ValidationError:
        return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=88)


def errors_of(data: Data) -> Errors:
    """What is wrong, by the name of the field; blank for what concerns the whole."""
    errors: Errors = {}
    _collect(errors, Policy, data, "")
    for number, use in enumerate(data["criteria"]):
        _collect_params(errors, use, f"c{number}")
    for number, entry in enumerate(data["priority"]):
        params = KEYS[entry["by"]].params
        _collect(errors, params, entry.get("with", {}), f"k{number}-with-")
    if not errors:
        _, problems = try_policy(text_of(data))
        if problems:
            errors[""] = [_WHERE.sub("", problem) for problem in problems]
    return errors


def _collect_params(errors: Errors, use: Data, key: str) -> None:
    given = use.get("with", {})
    if use["criterion"] == "any_of":
        for number, each in enumerate(given.get("either", [])):
            _collect_params(errors, each, f"{key}-either{number}")
        if len(given.get("either", [])) < 2:
            errors.setdefault(key, []).append("Tambahkan paling sedikit dua pilihan.")
        return
    _collect(errors, catalogue()[use["criterion"]].params, given, f"{key}-with-")


def _collect(
    errors: Errors, model: type[Strict], given: Mapping[str, Any], prefix: str
) -> None:
    try:
        model.model_validate(given)
    except ValidationError as error:
        for item in error.errors(include_url=False, include_input=False):
            name = _field(prefix, [str(step) for step in item["loc"]])
            sentence = in_words(item).partition(": ")[2] or in_words(item)
            errors.setdefault(name, []).append(f"{sentence[:1].upper()}{sentence[1:]}.")


def _field(prefix: str, steps: list[str]) -> str:
    """The form's name of a place in the data: `criteria.2.clause` → `c2-clause`."""
    if prefix:
        return f"{prefix}{steps[0]}" if steps else prefix.removesuffix("-with-")
    if steps and steps[0] in ("criteria", "priority") and len(steps) > 1:
        letter = "c" if steps[0] == "criteria" else "k"
        return "-".join([f"{letter}{steps[1]}", *steps[2:3]])
    return "-".join(steps[:2])
