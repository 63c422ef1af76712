"""The law for programs: look a parameter up, ask about a case, ask an answer again.

Open to everyone and without personal data: a case has no names and no numbers.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Body, Router

from semesta.api.clock import today
from semesta.api.shapes import Failure
from semesta.law.cases import answer_case
from semesta.law.cases import replay as ask_again
from semesta.law.lookup import parameters_under

FAILURES = frozenset({400, 422})
Kind = Literal["benefit", "contribution", "sanctions", "standing"]
router = Router(auth=None, tags=["Hukum"])


@router.get(
    "/parameters/{key}",
    response={200: dict[str, Any], FAILURES: Failure},
    summary="Nilai hukum pada suatu hari, dengan riwayatnya",
)
def parameters(request: HttpRequest, key: str, on: date | None = None) -> Any:
    """The parameter of this key and all below it; without `on` as of today."""
    asked_on = on or today()
    found = [each.as_dict() for each in parameters_under(key, asked_on)]
    return {"on": asked_on, "parameters": found}


@router.post(
    "/answers/{kind}",
    response={200: dict[str, Any], FAILURES: Failure},
    summary="Jawaban hukum atas sebuah kasus",
)
def answer(request: HttpRequest, kind: Kind, case: Body[dict[str, Any]]) -> Any:
    """The shapes of cases and answers are those of `docs/reference/law-cases.md`."""
    return answer_case(case, kind=kind)


@router.post(
    "/replays",
    response={200: dict[str, Any], FAILURES: Failure},
    summary="Jawaban lama ditanyakan lagi",
)
def replay(request: HttpRequest, stored: Body[dict[str, Any]]) -> Any:
    """The same answer, or what differs and which values of the law changed."""
    return ask_again(stored).as_dict()
