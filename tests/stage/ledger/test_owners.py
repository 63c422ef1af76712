"""Months follow their row when it turns out to be somebody else's, and count once when two
people become one."""

from __future__ import annotations

import pytest
from tests.support.paid_rows import bpu
from tests.support.people import a_person, a_registry_run, deliver

from semesta.audit.models import Event
from semesta.kernel import Actor
from semesta.ledger import queries, services
from semesta.ledger.models import LedgerEntry
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db


def months(person: object) -> int:
    return queries.timeline_of(person.pk).paid_months  # type: ignore[attr-defined]


def test_after_a_split_the_months_are_those_of_whose_row_it_is(
    workspace: Workspace, officer: Actor
) -> None:
    ani, budi = a_person(), a_person()
    rows = deliver(
        workspace, "bpu_participants",
        [bpu("2025-01", "2025-05", amount=67_200), bpu("2025-05", "2026-01")],
    )  # fmt: skip
    a_registry_run(workspace, dict.fromkeys(rows, ani))
    services.post(workspace=workspace, by=officer)
    assert (months(ani), months(budi)) == (12, 0)

    a_registry_run(workspace, {rows[0]: budi, rows[1]: ani})
    counts = services.post(workspace=workspace, by=officer)

    assert (months(ani), months(budi)) == (8, 4)
    assert (counts["moved_entries"], counts["entries"], counts["already"]) == (1, 0, 2)
    moved = LedgerEntry.objects.get(person=budi)
    assert moved.amount == 67_200
    # The ledger is append-only: what was posted first stays on record.
    assert LedgerEntry.objects.get(corrected_by=moved).person == ani
    assert Event.objects.filter(action="ledger.correct").count() == 1

    a_registry_run(workspace, dict.fromkeys(rows, ani))
    services.post(workspace=workspace, by=officer)
    assert (months(ani), months(budi)) == (12, 0)


def test_what_a_double_paid_is_not_posted_again_for_the_survivor(
    workspace: Workspace, officer: Actor
) -> None:
    ani, double = a_person(), a_person()
    rows = deliver(workspace, "bpu_participants", [bpu("2025-01", "2025-05")])
    a_registry_run(workspace, {rows[0]: double})
    services.post(workspace=workspace, by=officer)
    double.merged_into = ani
    double.save()
    more = deliver(workspace, "bpu_participants", [bpu("2025-01", "2025-07")])
    a_registry_run(workspace, {rows[0]: ani, more[0]: ani})

    counts = services.post(workspace=workspace, by=officer)

    assert (counts["paid_months"], counts["overlap_months"]) == (2, 4)
    assert counts["moved_entries"] == 0
    assert months(ani) == 6
