"""The same cases asked in bulk: what the expressions can say of them, on any engine.

One query per day, segment and reading holds all cases that share them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
from tests.spec.asking import asked, case_files

from semesta.kernel import Month, UserError
from semesta.law.benefit.bulk import death_benefit_expr, work_death_expr
from semesta.law.contribution.bulk import bpu_contribution_expr, pu_contribution_expr
from semesta.law.membership import standing_expr

Answers = dict[int, dict[str, Any]]
# Facts that only the functions know: reliefs on application, fines, other wages.
ONE_BY_ONE = {
    "paid_on", "is_employer", "occupation", "industry", "active_workers", "jkk_paid_up",
    "daily_wage", "earnings", "weather", "monthly_wage", "employer",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A case that can be asked in bulk, and what the functions answered."""

    number: int
    given: dict[str, Any]
    answer: dict[str, Any]


def bulk_cases() -> Iterator[tuple[str, Asked]]:
    """Kind and case, for every case whose facts a table can hold."""
    number = 0
    for _, cases in case_files():
        for case in cases:
            number += 1
            kind = _kind(case)
            if kind:
                try:
                    answer = asked(case)
                except UserError:
                    continue
                yield kind, Asked(number, case["given"], answer)


def _kind(case: dict[str, Any]) -> str:
    given, facts = case["given"], set(case["given"])
    if case.get("ask") not in (None, "benefit", "contribution", "standing"):
        return ""
    if "month" in facts:
        segment = given.get("segment", "BPU")
        special = ONE_BY_ONE - ({"monthly_wage"} if segment == "PU" else set())
        return f"contribution {segment}" if not facts & special else ""
    member = given.get("member", {})
    if member.get("paid") is None or "employer" in facts or "violation" in facts:
        return ""
    event = given.get("event")
    if event is None:
        return "standing" if "on" in facts else ""
    segment = member.get("segment", "BPU")
    if event["kind"] == "death":
        # In bulk nobody knows who still works, so only such a case is the same question.
        asked = segment == "BPU" and "employed" not in member
        unknown = segment == "PU" and member.get("employed", True) is None
        return "death" if asked or unknown else ""
    plain = set(event) <= {"kind", "on"}
    at_work = (event["kind"], segment, plain) == ("work_death", "BPU", True)
    return "work_death" if at_work and "employed" not in member else ""


def _ranges(cases: list[Asked]) -> pa.Table:
    rows = [
        (case.number, *(_month(row[end]) for end in ("from", "until")))
        for case in cases
        for row in case.given["member"]["paid"]
    ]
    return pa.table(
        {
            "person_id": pa.array([row[0] for row in rows], pa.int64()),
            "paid_from": pa.array([row[1] for row in rows], pa.date32()),
            "paid_until": pa.array([row[2] for row in rows], pa.date32()),
        }
    )


def _month(value: Any) -> date:
    return Month.parse(str(value)).first_day


def _day(case: Asked) -> date:
    given = case.given
    return given["event"]["on"] if "event" in given else given["on"]


def _terms(case: Asked) -> tuple[Any, ...]:
    """What all cases of one query must share."""
    given = case.given
    when = str(given["month"]) if "month" in given else _day(case)
    segment = given.get("member", given).get("segment", "BPU")
    return when, segment, tuple(sorted(given.get("switches", {}).items()))


def grouped(kind: str) -> dict[tuple[Any, ...], list[Asked]]:
    """The cases of a kind by what one query of them shares."""
    groups: dict[tuple[Any, ...], list[Asked]] = {}
    for found, case in bulk_cases():
        if found == kind:
            groups.setdefault(_terms(case), []).append(case)
    return groups


Register = Callable[[pa.Table], Any]


def ask_group(
    kind: str, terms: tuple[Any, ...], cases: list[Asked], register: Register
) -> Any:
    """The expression that answers all cases of one group."""
    when, segment, chosen = terms
    switches = dict(chosen)
    if kind.startswith("contribution"):
        month = Month.parse(when)
        if segment == "PU":
            return pu_contribution_expr(register(_wages(cases)), month)
        people = register(_payers(cases))
        return bpu_contribution_expr(people, month, switches=switches)
    held = standing_expr(
        register(_ranges(cases)), when, segment=segment, switches=switches
    )
    if kind == "standing":
        return held
    if kind == "death":
        return death_benefit_expr(held, when, segment=segment, switches=switches)
    return work_death_expr(held, register(_payers(cases)), when, switches=switches)


def _payers(cases: list[Asked]) -> pa.Table:
    facts = [case.given.get("member", case.given) for case in cases]
    return pa.table(
        {
            "person_id": pa.array([case.number for case in cases], pa.int64()),
            "monthly_income": pa.array(
                [fact.get("monthly_income") for fact in facts], pa.int64()
            ),
            "sector": pa.array([fact.get("sector", "") for fact in facts]),
            "payer": pa.array([fact.get("payer", "") for fact in facts]),
            "jht": pa.array([bool(fact.get("jht")) for fact in facts]),
        }
    )


def _wages(cases: list[Asked]) -> pa.Table:
    facts = [case.given for case in cases]
    return pa.table(
        {
            "person_id": pa.array([case.number for case in cases], pa.int64()),
            "monthly_wage": pa.array(
                [f.get("monthly_wage") for f in facts], pa.int64()
            ),
            "jkk_class": pa.array([f.get("jkk_class") for f in facts], pa.int64()),
            "size": pa.array([f.get("size", "") for f in facts]),
            "jkp": pa.array([f.get("jkp", True) for f in facts]),
        }
    )


def expected(kind: str, case: Asked) -> dict[str, Any] | None:
    """What the expression must say of a case; None when it must not name it at all."""
    answer = case.answer
    if kind.startswith("contribution"):
        return {"total": None if answer["unknown"] else answer["total"]}
    if answer["status"] == "never":
        return None
    if kind == "standing":
        names = ("status", "tenure_months", "unpaid_months", "spell_months", "spells")
        return {name: answer[name] for name in names}
    programme = "jkm" if kind == "death" else "jkk"
    known = not (set(answer["unknown"]) - _about_children(answer))
    return {
        f"{programme}_total": answer["total"] if known else None,
        f"{programme}_payable_now": answer["payable_now"] if known else None,
    }


def _about_children(answer: dict[str, Any]) -> set[str]:
    return {fact for fact in answer["unknown"] if " anak " in f"{fact} "}
