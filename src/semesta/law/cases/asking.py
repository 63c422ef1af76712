"""Parse a case, answer it, and say with it what a later replay needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from semesta.kernel import UserError
from semesta.law.book import Reading, law_book
from semesta.law.cases.benefit import BenefitCase
from semesta.law.cases.contribution import ContributionCase
from semesta.law.cases.sanctions import SanctionsCase
from semesta.law.cases.standing import StandingCase
from semesta.law.cases.variations import benefit_variations, contribution_variations
from semesta.law.document import Document, in_words

KINDS: dict[str, type[Any]] = {
    "benefit": BenefitCase,
    "contribution": ContributionCase,
    "sanctions": SanctionsCase,
    "standing": StandingCase,
}
# The key by which a case that names no kind is told apart, first match first.
_TELLING = {
    "event": "benefit",
    "violation": "sanctions",
    "month": "contribution",
    "segment": "contribution",
    "on": "standing",
}


def answer_benefit(given: Any) -> dict[str, Any]:
    """What a member or the family receives; see `answer_case`."""
    return answer_case(given, kind="benefit")


def answer_contribution(given: Any) -> dict[str, Any]:
    """What one month costs, by programme and payer; see `answer_case`."""
    return answer_case(given, kind="contribution")


def answer_sanctions(given: Any) -> dict[str, Any]:
    """What may follow a finding against an employer; see `answer_case`."""
    return answer_case(given, kind="sanctions")


def answer_standing(given: Any) -> dict[str, Any]:
    """How a member stands on a day; see `answer_case`."""
    return answer_case(given, kind="standing")


def answer_text(text: str, name: str, *, kind: str = "") -> dict[str, Any]:
    """The answer to a case as written in a file; problems name its lines."""
    document = Document(text, name, code="law.case")
    return answer_case(document.data, kind=kind, document=document)


def answer_case(
    given: Any, *, kind: str = "", document: Document | None = None
) -> dict[str, Any]:
    """The answer to a parsed case, with `kind`, `given`, `law_version`, `consulted`
    (values looked up) and `readings` (options taken), so that it can be replayed.

    UserError `law.case` names all mistakes of the case at once; other `law.…` errors
    where the law itself has no answer (a day before any rule, an unknown payer).
    """
    kind = kind or _kind_of(given, document)
    try:
        case = KINDS[kind].model_validate(given if given is not None else {})
    except ValidationError as error:
        raise _bad_case(_problems(error, document)) from error
    reading = Reading(case.switches)
    answer = case.answer(reading)
    if kind == "benefit":
        answer["what_if"] = benefit_variations(case)
    if kind == "contribution":
        answer["what_if"] = contribution_variations(case)
    return {**answer, "kind": kind, **provenance(case, reading)}


def provenance(case: Any, reading: Reading) -> dict[str, Any]:
    """The question, the law's version, and every value that the answer rests on."""
    return {
        "given": case.model_dump(mode="json", by_alias=True, exclude_unset=True),
        "law_version": law_book().version,
        "consulted": [
            {
                "key": found.key,
                "from": found.dated.from_.isoformat(),
                "value": found.dated.value,
                "law": found.law,
                "confidence": found.dated.confidence,
            }
            for found in reading.consulted.values()
        ],
        "readings": reading.choices,
    }


def _kind_of(given: Any, document: Document | None) -> str:
    keys = given if isinstance(given, dict) else {}
    found = next((kind for key, kind in _TELLING.items() if key in keys), "")
    if not found:
        where = f"{document.name}: " if document else ""
        raise _bad_case([f"{where}tidak ada {', '.join(_TELLING)} di dalamnya"])
    return found


def _problems(error: ValidationError, document: Document | None) -> Iterable[str]:
    if document is not None:
        return document.problems(error)
    return [
        in_words(item) for item in error.errors(include_url=False, include_input=False)
    ]


def _bad_case(problems: Iterable[str]) -> UserError:
    return UserError(
        "law.case",
        "Kasus ini tidak dapat dihitung.",
        "\n".join(problems),
        "Perbaiki bagian yang disebut; bentuk kasus ada di docs/reference/law-cases.md.",
    )
