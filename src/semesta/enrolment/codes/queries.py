"""Readers of the insurer's code list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from semesta.decrees.models import DecreeEntry
from semesta.enrolment.codes.codelist import CodeList, shipped_list, title_of
from semesta.enrolment.codes.models import CodeVersion


def codes_on(day: date) -> CodeList:
    """The list in force on a day."""
    found = CodeVersion.objects.filter(effective_on__lte=day).order_by("-pk").first()
    if found is None:
        return shipped_list()[1]
    return CodeList(found.body["codes"], found.body["used"])


def versions() -> QuerySet[CodeVersion]:
    """Every version that was loaded or changed, newest first."""
    return CodeVersion.objects.order_by("-pk")


@dataclass(frozen=True)
class Orphan:
    """An occupation that people on decrees have and the insurer's list has not."""

    code: str
    title: str
    people: int


def orphans(codes: CodeList) -> list[Orphan]:
    """Occupations of people who wait for registration that have no code, most first."""
    waiting = DecreeEntry.objects.filter(status=DecreeEntry.Status.LISTED)
    jobs = Counter(waiting.order_by().values_list("occupation_code", flat=True))
    return [
        Orphan(code, title_of("job", code), people)
        for code, people in jobs.most_common()
        if code and not codes.code_for("job", code)
    ]
