"""What the database refuses of paid months, also from who writes past the services."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.support.paid_rows import bpu, month
from tests.support.people import a_person, a_registry_run, deliver, paid

from semesta.kernel import Actor
from semesta.ledger import queries, services
from semesta.ledger.models import LedgerEntry
from semesta.ledger.soundness.queries import faults
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db


def copy_of(entry: LedgerEntry, **changes: Any) -> LedgerEntry:
    record = {
        field.attname: getattr(entry, field.attname)
        for field in LedgerEntry._meta.concrete_fields
        if not field.primary_key
    }
    with transaction.atomic():
        return LedgerEntry.objects.create(**{**record, "key": "f" * 64, **changes})


class TestPaidOnce:
    @pytest.mark.parametrize(
        ("first", "until"),
        [("2025-01", "2025-07"), ("2025-06", "2025-09"), ("2024-01", "2026-01")],
    )
    def test_the_same_payer_cannot_pay_a_month_twice(
        self, first: str, until: str
    ) -> None:
        entry = paid(a_person(), "2025-01", "2025-07")
        with pytest.raises(DatabaseError, match="paid these months before"):
            copy_of(entry, paid_from=month(first), paid_until=month(until))
        assert LedgerEntry.objects.count() == 1

    @pytest.mark.parametrize(
        "change",
        [
            {"payer": "SELF"},
            {"segment": "JAKON"},
            {"programmes": "JHT"},
            {"paid_from": date(2025, 7, 1), "paid_until": date(2025, 8, 1)},
        ],
    )
    def test_another_payer_segment_programme_or_month_may_be_paid(
        self, change: dict[str, Any]
    ) -> None:
        copy_of(paid(a_person(), "2025-01", "2025-07"), **change)
        assert queries.in_force().count() == 2

    def test_one_programme_in_common_is_enough(self) -> None:
        entry = paid(a_person(), "2025-01", "2025-07")
        with pytest.raises(DatabaseError, match="paid these months before"):
            copy_of(entry, programmes="JKM+JHT")

    def test_what_was_corrected_away_makes_room(self, officer: Actor) -> None:
        entry = paid(a_person(), "2025-01", "2025-07")
        services.correct(
            entry=entry,
            paid_from=month("2025-01"),
            paid_until=month("2025-04"),
            amount=None,
            reason="Berhenti bekerja",
            by=officer,
        )
        copy_of(entry, paid_from=month("2025-04"))
        with pytest.raises(DatabaseError, match="paid these months before"):
            copy_of(entry, key="e" * 64, paid_from=month("2025-03"))

    def test_a_correction_may_not_grow_into_other_months(self, officer: Actor) -> None:
        ani = a_person()
        entry = paid(ani, "2025-01", "2025-04")
        paid(ani, "2025-04", "2025-07")
        with pytest.raises(DatabaseError), transaction.atomic():
            services.correct(
                entry=entry,
                paid_from=month("2025-01"),
                paid_until=month("2025-05"),
                amount=None,
                reason="Salah bulan",
                by=officer,
            )
        assert entry in queries.in_force()


class TestGround:
    @pytest.mark.parametrize("change", [{"delivery": "f" * 16}, {"row_id": ""}])
    def test_no_entry_without_a_delivery_and_its_row(
        self, change: dict[str, str]
    ) -> None:
        entry = paid(a_person(), "2025-01", "2025-07")
        with pytest.raises(DatabaseError, match="no delivery shows"):
            copy_of(entry, person_id=a_person().pk, **change)


class TestOwners:
    def test_two_rows_change_places(self, workspace: Workspace, officer: Actor) -> None:
        ani, budi = a_person(), a_person()
        rows = deliver(
            workspace, "bpu_participants",
            [bpu("2025-01", "2025-05", amount=4), bpu("2025-03", "2025-07", amount=8)],
        )  # fmt: skip
        a_registry_run(workspace, {rows[0]: ani, rows[1]: budi})
        services.post(workspace=workspace, by=officer)
        a_registry_run(workspace, {rows[0]: budi, rows[1]: ani})
        services.post(workspace=workspace, by=officer)
        held = queries.in_force().order_by("person")
        assert list(held.values_list("person", "paid_from", "amount")) == [
            (ani.pk, month("2025-03"), 8),
            (budi.pk, month("2025-01"), 4),
        ]
        assert faults() == []

    def test_a_row_brings_only_months_its_owner_lacks(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        ani, budi = a_person(), a_person()
        rows = deliver(
            workspace, "bpu_participants",
            [bpu("2025-01", "2025-07", amount=6), bpu("2025-03", "2025-04", amount=1)],
        )  # fmt: skip
        a_registry_run(workspace, {rows[0]: ani, rows[1]: budi})
        services.post(workspace=workspace, by=officer)
        a_registry_run(workspace, dict.fromkeys(rows, budi))
        services.post(workspace=workspace, by=officer)
        held = queries.in_force().order_by("paid_from")
        assert list(
            held.values_list("person", "paid_from", "paid_until", "amount")
        ) == [
            (budi.pk, month("2025-01"), month("2025-03"), 2),
            (budi.pk, month("2025-03"), month("2025-04"), 1),
            (budi.pk, month("2025-04"), month("2025-07"), 3),
        ]
        assert faults() == []
        assert services.post(workspace=workspace, by=officer)["already"] == 2
