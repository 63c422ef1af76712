"""The check of the ledger finds what got in while the triggers were away."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.stage.ledger.test_constraints import copy_of
from tests.support.paid_rows import bpu, month
from tests.support.people import a_person, a_registry_run, deliver

from semesta.kernel import Actor
from semesta.ledger import constraints, services
from semesta.ledger.models import LedgerEntry
from semesta.ledger.soundness.queries import faults
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(workspace: Workspace, officer: Actor) -> LedgerEntry:
    """A sound entry in a database whose triggers somebody has dropped."""
    rows = deliver(workspace, "bpu_participants", [bpu("2025-05", "2026-01")])
    a_registry_run(workspace, {rows[0]: a_person()})
    services.post(workspace=workspace, by=officer)
    with connection.cursor() as cursor:
        for statement in constraints._drop(connection.vendor):
            cursor.execute(statement)
    assert faults() == []
    return LedgerEntry.objects.get()


def codes() -> list[str]:
    return sorted({fault.code for fault in faults()})


def test_a_month_paid_twice(entry: LedgerEntry) -> None:
    other = copy_of(entry, paid_from=month("2025-12"), paid_until=month("2026-03"))
    assert codes() == ["ledger.key", "ledger.overlap"]
    assert {fault.subject for fault in faults()} == {f"ledger:{other.pk}"}


def test_an_entry_without_a_ground(entry: LedgerEntry) -> None:
    copy_of(entry, person_id=a_person().pk, delivery="e" * 16)
    assert codes() == ["ledger.key", "ledger.no_ground"]


def test_a_correction_that_is_none_of_that_entry(entry: LedgerEntry) -> None:
    copy_of(entry, corrects_id=entry.pk, payer="SELF")
    assert codes() == ["ledger.correction_chain"]
