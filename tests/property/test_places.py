"""Whatever a month brings: vacated places are filled or said to be empty, and no month of
a place or of a person is paid twice."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.support.changes import a_list, empty_registration
from tests.support.enrolment import (
    a_decree,
    a_nik,
    a_person,
    a_plan,
    an_answer_delivery,
)

from semesta.audit.models import Run
from semesta.decrees.models import Decree
from semesta.enrolment import queries
from semesta.enrolment.mending.services import work_on_rejection
from semesta.enrolment.models import ChangeTask, MonthPeriod, RejectionTask
from semesta.enrolment.monthly.services import decide_change, find_changes
from semesta.enrolment.services import settle_month, take_answers
from semesta.intake.models import Delivery
from semesta.kernel import Actor, Month
from semesta.warehouse.workspace import Workspace

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PLACES, PEOPLE = 6, 9
KINDS = ("none", "rejected", "moved", "paid_twice", "declined")
FIRST, END = Month(2026, 1), Month(2027, 1)


@pytest.fixture
def decree(workspace: Workspace, officer: Actor) -> Decree:
    people = [a_person(n, name=f"ORANG {chr(64 + n)}") for n in range(1, PEOPLE + 1)]
    plan = a_plan(workspace, officer, people, places=PLACES)
    empty_registration(workspace)
    return a_decree(plan, workspace, officer)


@given(
    fates=st.lists(
        st.tuples(st.sampled_from(KINDS), st.integers(2, 4)),
        min_size=PLACES,
        max_size=PLACES,
    )
)
@settings(
    max_examples=12,
    # Each example lives through three months: shrinking one would take minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_places_and_months(
    fates: list[tuple[str, int]], workspace: Workspace, officer: Actor, decree: Decree
) -> None:
    _forget(decree)
    answers = [
        {"nik": a_nik(n), "kpj": f"9900000{n:04d}",
         "status": "DITOLAK" if fate == "rejected" else "DITERIMA",
         "reason_code": "R02" if fate == "rejected" else ""}
        for n, (fate, _) in enumerate(fates, start=1)
    ]  # fmt: skip
    an_answer_delivery(workspace, *answers)
    take_answers(decree=decree, workspace=workspace, by=officer)
    for task in RejectionTask.objects.all():
        work_on_rejection(task=task, version=task.version, state="replaced", by=officer)
    for month in (2, 3, 4):
        _live_through(Month(2026, month), fates, workspace, officer)

    found = queries.proposed_changes(decree)
    leavers = [fate for fate, _ in fates if fate not in ("none", "declined")]
    assert len(found.removals) == len(leavers)
    assert len(found.removals) == len(found.additions) + len(found.unfilled)
    assert len(found.additions) == min(len(leavers), PEOPLE - PLACES)
    _nobody_is_paid_twice(decree, found)


def _live_through(
    month: Month, fates: list[tuple[str, int]], workspace: Workspace, by: Actor
) -> None:
    now = [n for n, (_, when) in enumerate(fates, start=1) if when == month.month]
    moved = [n for n in now if fates[n - 1][0] in ("moved", "declined")]
    twice = [n for n in now if fates[n - 1][0] == "paid_twice"]
    first, after = month.first_day, (month + 1).first_day
    if moved:
        rows = [{"nik": a_nik(n), "occurred_on": first} for n in moved]
        a_list(workspace, "moves", *rows)
    if twice:
        paid = {"payer": "APBD_PROV", "month_from": first, "month_until": after}
        a_list(
            workspace, "bpu_participants", *({"nik": a_nik(n), **paid} for n in twice)
        )
    find_changes(month=month, workspace=workspace, by=by)
    period = MonthPeriod.objects.get(month=first)
    for task in ChangeTask.objects.filter(period=period, state="found"):
        number = next(n for n in range(1, PLACES + 1) if a_nik(n) == task.entry.nik)
        accepted = fates[number - 1][0] != "declined"
        decide_change(
            task=task, version=task.version, accepted=accepted, by=by, note="contoh"
        )
    for step, who in (("final", by), ("post", Actor("pimpinan", by.at, ""))):
        period.refresh_from_db()
        settle_month(
            period=period,
            version=period.version,
            step=step,
            workspace=workspace,
            by=who,
        )


def _nobody_is_paid_twice(decree: Decree, found: queries.ProposedChanges) -> None:
    """Lay all paid months out, place by place: no place and no person has one twice."""
    ends = {
        place.entry.pk: Month.of(place.from_month or decree.first_month)
        for place in found.removals
    }
    place_of = {entry.person_id: entry.pk for entry in decree.entries.all()}
    paid = [
        (entry.pk, entry.person_id, month)
        for entry in decree.entries.all()
        for month in _months(FIRST, ends.get(entry.pk, END))
    ]
    paid += [
        (place_of[one.instead_of], one.person_id, month)
        for one in found.additions
        for month in _months(Month.of(one.from_month), END)
    ]
    assert max(Counter((place, month) for place, _, month in paid).values()) == 1
    assert max(Counter((person, month) for _, person, month in paid).values()) == 1


def _months(first: Month, end: Month) -> list[date]:
    return [(first + n).first_day for n in range(end - first)]


def _forget(decree: Decree) -> None:
    """Back to the decree as it was issued, for the next example."""
    ChangeTask.objects.all().delete()
    MonthPeriod.objects.all().delete()
    RejectionTask.objects.all().delete()
    queries.ReplacementTask.objects.all().delete()
    Delivery.objects.all().delete()
    Run.objects.filter(stage="answers").delete()
    decree.entries.update(
        status="listed", kpj="", rejection_code="", rejection_reason=""
    )
