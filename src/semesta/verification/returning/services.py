"""The only writer of answers that came back as deliveries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import transaction

from semesta.access.area import sees_place
from semesta.access.models import User
from semesta.access.rights import check_may
from semesta.audit.services import record
from semesta.intake.models import Delivery
from semesta.kernel import Actor, UserError
from semesta.verification.incomes import Band, income_bands
from semesta.verification.models import AnswerProblem, FieldAnswer, VerificationTask
from semesta.verification.returning import queries
from semesta.verification.returning.matching import (
    ELSEWHERE,
    UNKNOWN_PLACE,
    UNKNOWN_SURVEYOR,
    Place,
    Question,
    key_of,
    place_of,
    said_of,
)
from semesta.verification.said import Said
from semesta.verification.services import KEYS, checked, store
from semesta.warehouse.workspace import Workspace


@dataclass
class Taken:
    """What became of rows: answers stored, known already, and with a question."""

    stored: int = 0
    known: int = 0
    asked: Counter[str] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, int]:
        return {
            "stored": self.stored, "known": self.known, "asked": self.asked.total()
        }  # fmt: skip


@dataclass(frozen=True)
class _Fetched:
    """A row with all it needs to become an answer."""

    task: VerificationTask
    said: Said
    surveyor: str
    given_at: datetime


@dataclass(frozen=True)
class _Desk:
    """What rows are matched with: open tasks by page and number, accounts, brackets."""

    tasks: Mapping[tuple[str, int], VerificationTask]
    surveyors: Mapping[str, User]
    bands: list[Band]
    on: date


def take_returned(*, user: User, workspace: Workspace, by: Actor, on: date) -> Taken:
    """Store the answers of all returned deliveries; each row once, however often called.

    A row that is none yet is an open AnswerProblem with its question; when the row, or
    the correction that takes its place, is understood later, the problem closes.
    NotAllowed for others than the officer.
    """
    check_may(user, "run_verification")
    taken = Taken()
    for delivery in queries.returned_deliveries():
        _take(delivery, workspace, by, on, taken)
    return taken


def _take(
    delivery: Delivery, workspace: Workspace, by: Actor, on: date, taken: Taken
) -> None:
    rows = queries.answer_rows(workspace, delivery)
    known = queries.stored_rows(delivery)
    taken.known += sum(1 for row in rows if row["row_id"] in known)
    new = [row for row in rows if row["row_id"] not in known]
    if not new:
        return
    desk = _desk(new, on)
    before = Taken(taken.stored, taken.known, Counter(taken.asked))
    with transaction.atomic():
        for row in new:
            _take_row(row, delivery, desk, by, taken)
        if taken != before:
            record(
                action="verification.returned",
                by=by,
                subject=f"delivery:{delivery.name}",
                detail={
                    "stored": taken.stored - before.stored,
                    "asked": dict(taken.asked - before.asked),
                },
            )


def _desk(rows: list[dict[str, Any]], on: date) -> _Desk:
    places = [place_of(row) for row in rows]
    codes = [place.page_code for place in places if isinstance(place, Place)]
    return _Desk(
        queries.tasks_on_paper(codes), queries.surveyors(), income_bands(on), on
    )


def _take_row(
    row: dict[str, Any], delivery: Delivery, desk: _Desk, by: Actor, taken: Taken
) -> None:
    fetched = _fetch(row, delivery, desk)
    key = key_of(row, KEYS)
    if isinstance(fetched, Question):
        taken.asked[fetched.code] += 1
        _ask(row, delivery, fetched, by)
        return
    if FieldAnswer.objects.filter(key=key).exists():
        taken.known += 1
        return
    store(
        fetched.task,
        fetched.said,
        key=key,
        by=by,
        channel=queries.CHANNELS[delivery.supplier],
        given_at=fetched.given_at,
        said_by=fetched.surveyor,
        row_id=row["row_id"],
    )
    AnswerProblem.objects.filter(row_id=row["row_id"], closed_at=None).update(
        closed_at=by.at
    )
    taken.stored += 1


def _fetch(row: dict[str, Any], delivery: Delivery, desk: _Desk) -> _Fetched | Question:
    place = place_of(row)
    if isinstance(place, Question):
        return place
    task = desk.tasks.get((place.page_code, place.line))
    if task is None:
        return UNKNOWN_PLACE
    name = (row.get("surveyor") or delivery.received_by).strip().lower()
    surveyor = desk.surveyors.get(name)
    if surveyor is None:
        return UNKNOWN_SURVEYOR
    if not sees_place(surveyor, task.kelurahan):
        return ELSEWHERE
    said = said_of(row, desk.bands)
    if isinstance(said, Question):
        return said
    day = row.get("answered_on") or delivery.as_of
    try:
        said = checked(said, desk.on)
    except UserError as error:
        return Question(error.code, error.what, error.fix)
    at = datetime.combine(day, time(5), UTC)
    return _Fetched(task, said, surveyor.username, at)


def _ask(
    row: dict[str, Any], delivery: Delivery, question: Question, by: Actor
) -> None:
    AnswerProblem.objects.update_or_create(
        row_id=row["row_id"],
        defaults={
            "delivery": delivery.name,
            "line": row["line"],
            "kelurahan": delivery.area,
            "code": question.code,
            "message": question.message,
            "question": question.question,
            "closed_at": None,
        },
        create_defaults={
            "delivery": delivery.name,
            "line": row["line"],
            "kelurahan": delivery.area,
            "code": question.code,
            "message": question.message,
            "question": question.question,
            "opened_at": by.at,
        },
    )
