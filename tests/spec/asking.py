"""Asks the law what a case of `tests/spec/law` asks, and shows what it expects.

A case has `law` (the article), `why` (one line), `given`, `expect`, and where the kind
cannot be told from `given` also `ask`. `gold` numbers the golden cases of the rulebook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from semesta.kernel import Month, Nik
from semesta.law.benefit.heirs import heirs_of
from semesta.law.book import law_at
from semesta.law.cases import answer_case
from semesta.law.contribution.pu import monthly_wage_of, net_rates
from semesta.law.coverage import denominator, targets
from semesta.law.document import Document
from semesta.law.due_dates import due_on
from semesta.law.employer.duty import due_by, job_loss_right, programmes_of, size_of

FOLDER = Path(__file__).parent / "law"


def case_files() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Name (`benefit/jkm`) and cases of every file, in the order of the folders."""
    for file in sorted(FOLDER.rglob("*.yaml")):
        name = str(file.relative_to(FOLDER).with_suffix(""))
        yield name, Document(file.read_text("utf-8"), name).data


def asked(case: dict[str, Any]) -> dict[str, Any]:
    """The answer to a case, as a dictionary; UserError as the law raises it."""
    ask, given = case.get("ask", ""), case["given"]
    if ask in ASKING:
        return ASKING[ask](**given)
    return answer_case(given, kind=ask)


def seen(answer: dict[str, Any], key: str) -> Any:
    """One expected thing in an answer: a key of it, or a shorter way to say it."""
    return SHORT[key](answer) if key in SHORT else answer[key]


def _amounts(answer: dict[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in answer["lines"]:
        found[line["code"]] = found.get(line["code"], 0) + line["amount"]
    return found


def _paid_by(answer: dict[str, Any]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for line in answer["lines"]:
        paid = found.setdefault(line["code"], {})
        paid[line["paid_by"]] = paid.get(line["paid_by"], 0) + line["amount"]
    return found


def _per_child(answer: dict[str, Any], key: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for year in answer["scholarship"]:
        found.setdefault(year["child"], []).append(year[key])
    return found


def _levels(answer: dict[str, Any]) -> dict[str, dict[str, int]]:
    return {
        child: {level: levels.count(level) for level in dict.fromkeys(levels)}
        for child, levels in _per_child(answer, "level").items()
    }


# code → amount, summed over who pays · code → who pays → amount · JP by who pays ·
# codes that wait · child → yes, no, … · child → sum · child → level → years · child →
# first day of the first school year · step → its first and last day · codes of the
# steps · codes of what is owed in kind · what papers are for.
SHORT: dict[str, Callable[[dict[str, Any]], Any]] = {
    "lines": _amounts,
    "paid_by": _paid_by,
    "jp": lambda a: _paid_by(a)["contribution.jp"],
    "after_arrears": lambda a: [
        line["code"] for line in a["lines"] if line["payable"] == "after_arrears"
    ],
    "children": lambda a: {each["child"]: each["answer"] for each in a["children"]},
    "scholarship_of": lambda a: {
        child: sum(amounts) for child, amounts in _per_child(a, "amount").items()
    },
    "school_years": _levels,
    "first_school_year": lambda a: {
        child: days[0] for child, days in _per_child(a, "starts_on").items()
    },
    "steps": lambda a: {
        step["code"]: [step["first_day"], step["last_day"]]
        for step in a["steps"]
        if step["needed"]
    },
    "step_codes": lambda a: [s["code"] for s in a["steps"] if s["needed"]],
    "fine": lambda a: next(s["amount"] for s in a["steps"] if s["code"] == "fine"),
    "in_kind": lambda a: [each["code"] for each in a["in_kind"]],
    "papers_for": lambda a: sorted({each["for"] for each in a["documents"]}),
    "heir": lambda a: a["heirs"]["rank"],
    "deadlines": lambda a: {each["code"]: each["last_day"] for each in a["deadlines"]},
}


def _size(*, on: date, **facts: Any) -> dict[str, Any]:
    found = size_of(on, **facts)
    return {"size": found.size, "unknown": list(found.needs)}


def _job_loss(*, on: date, programmes: list[str] | None, **facts: Any) -> Any:
    joined = None if programmes is None else tuple(programmes)
    right = job_loss_right(on, programmes=joined, **facts)
    return {"answer": right.answer, "unknown": list(right.needs)}


def _duties(*, event: str, on: date) -> dict[str, Any]:
    return {due.code: due.last_day.isoformat() for due in due_by(event, on)}


def _heirs(*, on: date, family: dict[str, bool | None]) -> dict[str, Any]:
    heirs = heirs_of(family, on=on)
    return {"rank": heirs.rank, "who": heirs.who, "unknown": list(heirs.needs)}


def _nik(*, nik: str, not_after: date) -> dict[str, Any]:
    try:
        parsed = Nik(nik)
    except ValueError:
        return {"valid": False}
    return {
        "valid": True,
        "region": parsed.region,
        "sex": parsed.sex,
        "born_on": parsed.born_on(not_after=not_after),
    }


def _targets(*, on: date, plan: str) -> dict[str, Any]:
    found = targets(on, plan)
    return {
        "percent": {str(each.year): each.percent for each in found},
        "denominators": {str(each.year): each.denominator for each in found},
    }


def _denominator(*, on: date, name: str) -> dict[str, Any]:
    found = denominator(name, on)
    return {"name": found.name, "numerator": found.numerator, "used_by": found.used_by}


ASKING: dict[str, Callable[..., dict[str, Any]]] = {
    "size": _size,
    "job_loss": _job_loss,
    "duties": _duties,
    "programmes": lambda on, size: {
        "programmes": list(programmes_of(law_at(on), size))
    },
    "heirs": _heirs,
    "nik": _nik,
    "targets": _targets,
    "denominator": _denominator,
    "parameter": lambda key, on: {"value": law_at(on).get(key).value},
    "due": lambda month, segment: {"due_on": due_on(Month.parse(month), segment)},
    "net_rates": lambda month, jkk_class: net_rates(Month.parse(month), jkk_class),
    "monthly_wage": lambda month, **facts: {
        "wage": int(monthly_wage_of(Month.parse(month), **facts))
    },
}
