"""Judging in plain Python, person by person, against the expression for everyone."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.support.facts import facts_file, shipped_policies, some_people

from semesta.eligibility.policy import Policy
from semesta.eligibility.policy_text import read_policy
from semesta.eligibility.services import decide

AS_OF = date(2026, 1, 2)
SHIPPED = shipped_policies()


def both(*answers: bool | None) -> bool | None:
    if False in answers:
        return False
    return None if None in answers else True


def either(*answers: bool | None) -> bool | None:
    if True in answers:
        return True
    return None if None in answers else False


def nay(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def at_most(value: int | None, limit: int) -> bool | None:
    return None if value is None else value <= limit


def verdict(name: str, person: dict, given: dict, policy: Policy) -> bool | None:
    """One criterion about one person, the slow way."""
    if name in ("alive", "works"):
        return person.get(name)
    return globals()[name](person.get, given, policy)


def resident(get: Any, given: dict, policy: Policy) -> bool | None:
    place = get("kelurahan")
    here = None if place is None else place.startswith(policy.region + ".")
    return both(here, get("in_population_register"), get("lives_here") is not False)


def age_at_least(get: Any, given: dict, policy: Policy) -> bool | None:
    return nay(at_most(get("age"), given["years"] - 1))


def age_below(get: Any, given: dict, policy: Policy) -> bool | None:
    young = at_most(get("age"), given["years"] - 1)
    if not given.get("members_may_stay"):
        return young
    held = get("standing")
    return either(young, None if held is None else held in ("active", "grace"))


def not_wage_earner(get: Any, given: dict, policy: Policy) -> bool | None:
    return nay(get("wage_earner"))


def not_civil_servant(get: Any, given: dict, policy: Policy) -> bool | None:
    serves = get("occupation") in ("pns", "tni-polri")
    return nay(either(serves, get("civil_servant")))


def occupation_in(get: Any, given: dict, policy: Policy) -> bool | None:
    work = get("occupation")
    return None if work in (None, "lainnya") else work in given["occupations"]


def decile_at_most(get: Any, given: dict, policy: Policy) -> bool | None:
    scale = given.get("scale", "national")
    column = "decile" if scale == "national" else f"decile_{scale}"
    return at_most(get(column), given["decile"])


def on_list(get: Any, given: dict, policy: Policy) -> bool | None:
    lists = [get("proposed")] if given.get("proposed", True) else []
    lists += [get("on_earlier_decree")] if given.get("earlier_decree") else []
    return either(*lists)


def not_paid_by_other_payer(get: Any, given: dict, policy: Policy) -> bool | None:
    if get("paid_months") is None:
        return None
    until = get("other_paid_until")
    if until is None:
        return True
    now = AS_OF.year * 12 + AS_OF.month
    return until.year * 12 + until.month <= now - given.get("within_months", 0)


def nik_valid(get: Any, given: dict, policy: Policy) -> bool | None:
    nik = get("nik")
    if nik is None:
        return None
    if not re.fullmatch("[0-9]{16}", nik) or nik[:2] == "00" or nik[12:] == "0000":
        return False
    day, month = int(nik[6:8]), int(nik[8:10])
    return 1 <= (day - 40 if day > 40 else day) <= 31 and 1 <= month <= 12


def any_of(get: Any, given: dict, policy: Policy) -> bool | None:
    return either(
        *(
            globals()[each["criterion"]](get, each.get("with", {}), policy)
            for each in given["either"]
        )
    )


def names(text: str | None) -> list[str]:
    return [] if text is None else [name for name in text.split(";") if name]


def named_in(found: str | None, known: str | None, wanted: list[str]) -> bool | None:
    keys = [" ".join(name.upper().split()) for name in wanted]
    return either(
        *(
            True if key in names(found) else False if key in names(known) else None
            for key in keys
        )
    )


def on_named_list(get: Any, given: dict, policy: Policy) -> bool | None:
    return named_in(get("lists"), get("lists_known"), given["lists"])


def not_receiving_aid(get: Any, given: dict, policy: Policy) -> bool | None:
    return nay(named_in(get("aids"), get("aids_known"), given["aids"]))


def work_evidence(get: Any, given: dict, policy: Policy) -> bool | None:
    return get("seen_working")


def occupation_group_in(get: Any, given: dict, policy: Policy) -> bool | None:
    codes = [code for group in given["groups"].values() for code in group]
    return occupation_in(get, {"occupations": codes}, policy)


def income_below(get: Any, given: dict, policy: Policy) -> bool | None:
    limit = given.get("per_month")
    if "per_day" in given:
        limit = given["per_day"] * given.get("working_days", 25)
    place = get("kelurahan") or ""
    for length in range(len(place), 0, -1):
        limit = limit or given.get("minimum_wages", {}).get(place[:length])
    return None if limit is None else at_most(get("income"), limit - 1)


def not_employed_by(get: Any, given: dict, policy: Policy) -> bool | None:
    if not get("wage_earner"):
        return nay(get("wage_earner"))
    firms, codes = names(get("employers")), names(get("employer_kbli"))
    if any(word in firm for word in given.get("words", ()) for firm in firms):
        return False
    if any(code.startswith(start) for start in given.get("kbli", ()) for code in codes):
        return False
    return True if firms or codes else None


def slow_judge(people: list[dict[str, Any]], policy: Policy) -> dict[int, tuple]:
    letters = {True: "p", False: "f", None: "u"}
    judged = {}
    for number, person in enumerate(people, start=1):
        code = "".join(
            letters[verdict(use.criterion, person, use.with_, policy)]
            for use in policy.criteria
        )
        outcome = "fail" if "f" in code else "unknown" if "u" in code else "pass"
        goes_on = person["standing"] in ("active", "grace")
        continuity = (person["spell_months"] if goes_on else 0) or 0
        known = person["spell_months"] is not None
        judged[number] = (outcome, code, continuity if known else None)
    return judged


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.parent.name)
def test_twins_agree(file: Path, tmp_path: Path) -> None:
    policy = read_policy(file.read_text("utf-8"), file.name)
    people = some_people(
        4_000 if policy.region == "13.74" else 800, region=policy.region
    )
    decisions = decide(facts_file(people, tmp_path), policy, as_of=AS_OF)
    fast = {
        row["person_id"]: (row["outcome"], row["results"], row.get("continuity"))
        for row in decisions.to_pylist()
    }
    slow = slow_judge(people, policy)
    if "continuity" not in decisions.column_names:
        slow = {number: (*row[:2], None) for number, row in slow.items()}
    assert fast == slow
    assert {row[0] for row in fast.values()} >= {"fail", "unknown"}
