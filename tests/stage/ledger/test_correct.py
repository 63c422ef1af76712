"""Corrections of the ledger, and what the database itself refuses."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from tests.support.paid_rows import bpu, month
from tests.support.people import a_person, a_registry_run, deliver, paid

from semesta.audit.models import Event
from semesta.kernel import Actor
from semesta.kernel.errors import NotPossible, UserError
from semesta.ledger import queries, services
from semesta.ledger.models import LedgerEntry
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db


class TestCorrection:
    def test_a_new_entry_takes_the_place_of_the_wrong_one(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        wrong = paid(a_person(), "2025-01", "2025-07")
        new = services.correct(
            entry=wrong,
            paid_from=month("2025-01"),
            paid_until=month("2025-04"),
            amount=50_400,
            reason="Berhenti bekerja akhir Maret",
            by=officer,
        )
        assert list(queries.in_force()) == [new]
        shown = list(queries.entries_of(wrong.person))
        assert shown == [wrong, new]
        assert shown[0].corrected_by == new
        assert (
            Event.objects.get(action="ledger.correct").subject == f"ledger:{wrong.pk}"
        )

    def test_an_empty_range_voids_it(self, officer: Actor) -> None:
        wrong = paid(a_person(), "2025-01", "2025-07")
        services.correct(
            entry=wrong,
            paid_from=month("2025-01"),
            paid_until=month("2025-01"),
            amount=0,
            reason="Salah orang",
            by=officer,
        )
        assert queries.in_force().count() == 0

    def test_a_voided_row_is_not_posted_again(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        ani = a_person()
        rows = deliver(workspace, "bpu_participants", [bpu("2025-05", "2026-01")])
        a_registry_run(workspace, {rows[0]: ani})
        services.post(workspace=workspace, by=officer)
        services.correct(
            entry=LedgerEntry.objects.get(),
            paid_from=month("2025-05"),
            paid_until=month("2025-05"),
            amount=0,
            reason="Salah orang",
            by=officer,
        )
        a_registry_run(workspace, {rows[0]: ani})
        assert services.post(workspace=workspace, by=officer)["already"] == 1
        assert queries.in_force().count() == 0

    def test_twice_or_without_a_reason_is_refused(self, officer: Actor) -> None:
        wrong = paid(a_person(), "2025-01", "2025-07")
        change = {
            "entry": wrong,
            "paid_from": month("2025-01"),
            "paid_until": month("2025-02"),
            "amount": None,
            "by": officer,
        }
        with pytest.raises(UserError) as caught:
            services.correct(reason=" ", **change)
        assert caught.value.code == "ledger.correction"
        services.correct(reason="Salah bulan", **change)
        with pytest.raises(NotPossible) as again:
            services.correct(reason="Salah bulan", **change)
        assert again.value.code == "ledger.corrected_before"


class TestAppendOnly:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE ledger_ledgerentry SET payer = 'SELF'",
            "DELETE FROM ledger_ledgerentry",
        ],
    )
    def test_the_database_refuses_update_and_delete(self, statement: str) -> None:
        paid(a_person(), "2025-01", "2025-07")
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
        assert LedgerEntry.objects.get().payer == "APBD"

    @pytest.mark.parametrize(
        "change",
        [
            {"paid_until": date(2025, 1, 1)},
            {"paid_until": date(2024, 12, 1)},
            {"paid_until": date(2025, 7, 2)},
            {"amount": -1},
        ],
    )
    def test_the_database_refuses_impossible_entries(self, change: dict) -> None:
        good = paid(a_person(), "2025-01", "2025-07")
        record = {
            field.attname: getattr(good, field.attname)
            for field in LedgerEntry._meta.concrete_fields
            if not field.primary_key
        }
        with pytest.raises(DatabaseError), transaction.atomic():
            LedgerEntry.objects.create(**{**record, "key": "f" * 64, **change})
