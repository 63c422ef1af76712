"""Lapses are announced once per threshold, and the coming months stand ready."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.support.people import GANTING, PASAR_BARU, a_person, paid

from semesta.access.models import User
from semesta.benefits.ahead import queries
from semesta.benefits.ahead.models import LapseAnnouncement
from semesta.benefits.services import watch
from semesta.kernel import Actor
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

ON = date(2026, 1, 31)
CITY = User(username="petugas", role="petugas")
GANTING_USER = User(username="lurah", role="kelurahan", area=GANTING)


def look(workspace: Workspace, by: Actor, on: date) -> dict:
    return watch(on=on, workspace=workspace, by=by)


def told() -> list[tuple[date, int]]:
    rows = LapseAnnouncement.objects.order_by("pk")
    return list(rows.values_list("announced_on", "threshold"))


def test_once_per_threshold_and_no_more_once_paid(
    workspace: Workspace, officer: Actor
) -> None:
    person = a_person()
    paid(person, "2025-06", "2025-11", payer="SELF")
    assert look(workspace, officer, ON)["announced"] == 1
    announcement = LapseAnnouncement.objects.get()
    lapses_on = announcement.lapses_on
    assert (announcement.threshold, announcement.payer, announcement.price) == (
        30, "SELF", 16_800,
    )  # fmt: skip
    assert look(workspace, officer, ON + timedelta(days=1))["announced"] == 0
    week = lapses_on - timedelta(days=7)
    assert look(workspace, officer, week)["announced"] == 1
    assert told() == [(ON, 30), (week, 7)]
    assert queries.announced_by_threshold(CITY, on=week) == {30: 1, 7: 1}

    paid(person, "2025-11", "2026-07")
    after = week + timedelta(days=1)
    assert look(workspace, officer, after)["announced"] == 0
    assert not queries.announcements(CITY, on=after).exists()
    assert LapseAnnouncement.objects.count() == 2


def test_the_coming_months_by_area(workspace: Workspace, officer: Actor) -> None:
    for place in (GANTING, PASAR_BARU):
        paid(a_person(kelurahan=place), "2025-06", "2026-04")
    paid(a_person(born_on=date(1961, 5, 3)), "2025-06", "2026-07")
    look(workspace, officer, ON)
    months = queries.coming_months(CITY)
    assert sum(counts.get("lapse", 0) for counts in months.values()) == 3
    assert months[date(2026, 5, 1)] == {"age": 1}
    own = queries.coming_months(GANTING_USER)
    assert sum(counts.get("lapse", 0) for counts in own.values()) == 2
    first = next(day for day, counts in months.items() if counts.get("lapse") == 2)
    assert [place for place, _ in queries.coming_by_area(CITY, first)] == [
        GANTING, PASAR_BARU,
    ]  # fmt: skip
    before = queries.coming_months(CITY)
    look(workspace, officer, ON + timedelta(days=1))
    assert queries.coming_months(CITY) == before


def test_the_dead_lose_nothing_more(workspace: Workspace, officer: Actor) -> None:
    person = a_person(alive=False, died_on=date(2026, 1, 3))
    paid(person, "2025-06", "2025-11")
    assert look(workspace, officer, ON)["announced"] == 0
    assert queries.coming_months(CITY) == {}
