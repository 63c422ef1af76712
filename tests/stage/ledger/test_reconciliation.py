"""What was paid against what the insurer accepted: each difference once, with its rupiah."""

from __future__ import annotations

import pytest
from tests.support.money import (
    MONTHLY,
    a_bill,
    a_budget,
    accept,
    an_uploaded_decree,
    pay,
)
from tests.support.paid_rows import bpu
from tests.support.people import a_registry_run, deliver

from semesta.decrees.models import Decree
from semesta.kernel import Actor
from semesta.kernel.errors import UserError
from semesta.ledger import services
from semesta.ledger.books.queries import balance_of
from semesta.ledger.reconciliation.models import Difference
from semesta.ledger.reconciliation.services import explain, reconcile
from semesta.ledger.soundness.queries import faults
from semesta.planning.models import BudgetLine
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db
HALF = 6 * MONTHLY
JUNE = ("2026-01", "2026-07")


@pytest.fixture
def decree(workspace: Workspace, officer: Actor) -> Decree:
    a_budget(officer, 1_000_000)
    return an_uploaded_decree(workspace, officer)


def open_ones() -> list[tuple]:
    found = Difference.objects.exclude(state="settled")
    return sorted(found.values_list("kind", "months_paid", "months_accepted", "amount"))


def test_all_accepted_is_all_matched(
    workspace: Workspace, officer: Actor, decree: Decree
) -> None:
    pay(a_bill(decree, officer), officer)
    accept(workspace, officer, decree, JUNE, JUNE, JUNE)
    counts = reconcile(by=officer)
    assert (counts["matched"], counts["differences"]) == (3, 0)
    assert balance_of(BudgetLine.objects.get())["accepted"] == 3 * HALF
    assert faults() == []


def test_each_kind_of_difference_with_its_amount(
    workspace: Workspace, officer: Actor, decree: Decree
) -> None:
    pay(a_bill(decree, officer), officer)
    # The first accepted later and longer than billed, the second in part, the third not.
    accept(workspace, officer, decree, ("2026-01", "2026-09"), ("2026-02", "2026-05"))
    assert reconcile(by=officer)["opened"] == 3
    assert open_ones() == [
        ("months", 6, 3, 3 * MONTHLY),
        ("not_accepted", 6, 0, HALF),
        ("not_paid", 0, 2, 2 * MONTHLY),
    ]
    there = balance_of(BudgetLine.objects.get())
    assert (there["paid"], there["accepted"]) == (9 * MONTHLY, 9 * MONTHLY)
    again = reconcile(by=officer)
    assert (again["opened"], again["settled"], again["entries"]) == (0, 0, {})


def test_accepted_beyond_what_was_paid_of_the_bill(
    workspace: Workspace, officer: Actor, decree: Decree
) -> None:
    pay(a_bill(decree, officer), officer, HALF)
    accept(workspace, officer, decree, JUNE, JUNE)
    reconcile(by=officer)
    assert open_ones() == [("not_paid", 0, 0, HALF)]
    assert balance_of(BudgetLine.objects.get())["accepted"] == HALF


def test_months_before_the_first_decree_ask_for_nothing(
    workspace: Workspace, officer: Actor, decree: Decree
) -> None:
    accept(workspace, officer, decree, ("2024-01", "2026-01"))
    assert reconcile(by=officer)["differences"] == 0


def test_an_explained_difference_stays_so_until_it_is_gone(
    workspace: Workspace, officer: Actor, decree: Decree
) -> None:
    pay(a_bill(decree, officer), officer)
    accept(workspace, officer, decree, JUNE, JUNE)
    reconcile(by=officer)
    difference = Difference.objects.get()
    with pytest.raises(UserError) as caught:
        explain(difference=difference, note="  ", by=officer)
    assert caught.value.code == "difference.note"
    explain(difference=difference, note="Menunggu kartu dari cabang", by=officer)
    reconcile(by=officer)
    difference.refresh_from_db()
    assert difference.state == "explained"
    third = decree.entries.order_by("number").last()
    assert third is not None
    rows = deliver(workspace, "bpu_participants", [bpu(*JUNE, amount=HALF)])
    a_registry_run(workspace, {rows[0]: third.person})
    services.post(workspace=workspace, by=officer)
    assert reconcile(by=officer)["settled"] == 1
    difference.refresh_from_db()
    assert (difference.state, difference.note) == (
        "settled", "Menunggu kartu dari cabang",
    )  # fmt: skip
