"""The books: what is booked once, what is refused with its amounts, what the database
itself keeps."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from tests.support.money import (
    JANUARY,
    MONTHLY,
    PAID_ON,
    a_bill,
    a_budget,
    an_uploaded_decree,
    pay,
)

from semesta.decrees.models import Decree, DecreeEntry
from semesta.kernel import Actor
from semesta.kernel.errors import NotPossible, UserError
from semesta.ledger.books.models import Bill, BillLine, JournalEntry, Payment
from semesta.ledger.books.queries import balance_of
from semesta.ledger.books.services import keep_books
from semesta.ledger.soundness.queries import faults
from semesta.planning.models import BudgetLine
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db
YEAR_OF_THREE = 3 * 12 * MONTHLY
HALF_OF_THREE = 3 * 6 * MONTHLY


def standing(budget: BudgetLine) -> tuple[int, ...]:
    names = ("available", "committed", "billed", "paid", "accepted")
    found = balance_of(budget)
    return tuple(found[name] for name in names)


class TestKeeping:
    def test_money_moves_from_account_to_account_once(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        budget = a_budget(officer, 1_000_000)
        decree = an_uploaded_decree(workspace, officer)
        keep_books(by=officer)
        free = 1_000_000 - YEAR_OF_THREE
        assert standing(budget) == (free, YEAR_OF_THREE, 0, 0, 0)
        bill = a_bill(decree, officer)
        assert standing(budget) == (free, HALF_OF_THREE, HALF_OF_THREE, 0, 0)
        pay(bill, officer, 100_000)
        assert standing(budget) == (
            free, HALF_OF_THREE, HALF_OF_THREE - 100_000, 100_000, 0,
        )  # fmt: skip
        before = JournalEntry.objects.count()
        assert keep_books(by=officer).entries == {}
        assert JournalEntry.objects.count() == before
        assert faults() == []

    def test_a_budget_line_that_changes_is_booked_as_the_difference(
        self, officer: Actor
    ) -> None:
        budget = a_budget(officer, 1_000_000)
        keep_books(by=officer)
        a_budget(officer, 1_500_000)
        keep_books(by=officer)
        a_budget(officer, 1_000_000)
        keep_books(by=officer)
        assert standing(budget)[0] == 1_000_000
        amounts = JournalEntry.objects.values_list("source", "amount")
        assert list(amounts) == [
            ("granted", 1_000_000), ("granted", 500_000), ("available", 500_000),
        ]  # fmt: skip

    def test_a_decree_beyond_the_budget_is_held_with_its_amounts(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        budget = a_budget(officer, YEAR_OF_THREE - 1)
        an_uploaded_decree(workspace, officer)
        (error,) = keep_books(by=officer).held
        assert error.code == "books.over_budget"
        assert "Rp604.800" in error.what
        assert "kurang Rp1." in error.why
        assert standing(budget) == (YEAR_OF_THREE - 1, 0, 0, 0, 0)

    def test_a_decree_without_a_budget_line_is_held(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        a_budget(officer, 9_000_000, payer="CSR")
        an_uploaded_decree(workspace, officer)
        assert [e.code for e in keep_books(by=officer).held] == ["books.no_budget"]


class TestBills:
    def test_people_times_price_times_months_without_the_rejected(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        a_budget(officer, 1_000_000)
        decree = an_uploaded_decree(workspace, officer)
        entries = DecreeEntry.objects.filter(decree=decree)
        entries.update(status="registered")
        entries.filter(number=2).update(status="rejected")
        Decree.objects.update(status="answered")
        decree.refresh_from_db()
        bill = a_bill(decree, officer, months=6)
        assert (bill.people, bill.amount) == (2, 2 * 6 * MONTHLY)
        assert BillLine.objects.count() == 2

    def test_the_same_bill_again_is_the_first(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        a_budget(officer, 1_000_000)
        decree = an_uploaded_decree(workspace, officer)
        assert a_bill(decree, officer) == a_bill(decree, officer)
        assert Bill.objects.count() == 1

    @pytest.mark.parametrize(
        ("first", "months", "code"),
        [
            (JANUARY + 3, 3, "bill.billed_before"),
            (JANUARY + -1, 2, "bill.months"),
            (JANUARY + 6, 7, "bill.months"),
        ],
    )
    def test_a_month_is_billed_once_and_within_the_decree(
        self,
        workspace: Workspace,
        officer: Actor,
        first: object,
        months: int,
        code: str,
    ) -> None:
        a_budget(officer, 1_000_000)
        decree = an_uploaded_decree(workspace, officer)
        a_bill(decree, officer, months=6)
        with pytest.raises(UserError) as caught:
            a_bill(decree, officer, first=first, months=months)  # type: ignore[arg-type]
        assert caught.value.code == code
        assert Bill.objects.count() == 1

    def test_a_bill_beyond_the_budget_leaves_nothing_behind(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        a_budget(officer, YEAR_OF_THREE - 1)
        decree = an_uploaded_decree(workspace, officer)
        with pytest.raises(NotPossible) as caught:
            a_bill(decree, officer)
        assert caught.value.code == "books.over_budget"
        assert (Bill.objects.count(), BillLine.objects.count()) == (0, 0)
        assert not JournalEntry.objects.filter(kind="bill").exists()


class TestPayments:
    @pytest.fixture
    def bill(self, workspace: Workspace, officer: Actor) -> Bill:
        a_budget(officer, 1_000_000)
        return a_bill(an_uploaded_decree(workspace, officer), officer)

    def test_the_same_proof_twice_is_one_payment(
        self, bill: Bill, officer: Actor
    ) -> None:
        assert pay(bill, officer) == pay(bill, officer)
        assert Payment.objects.count() == 1
        with pytest.raises(UserError) as caught:
            pay(bill, officer, 5)
        assert caught.value.code == "payment.other"

    def test_more_than_what_is_left_is_refused_with_the_amounts(
        self, bill: Bill, officer: Actor
    ) -> None:
        pay(bill, officer, 300_000)
        with pytest.raises(UserError) as caught:
            pay(bill, officer, 2_401, reference="NTPN-2")
        assert caught.value.code == "payment.larger"
        assert "sisanya Rp2.400; lebih Rp1." in caught.value.why
        pay(bill, officer, 2_400, reference="NTPN-2")
        assert faults() == []

    @pytest.mark.parametrize(
        ("amount", "reference", "code"),
        [(0, "A", "payment.amount"), (-5, "A", "payment.amount"),
         (5, "  ", "payment.reference")],
    )  # fmt: skip
    def test_nothing_and_no_proof_are_refused(
        self, bill: Bill, officer: Actor, amount: int, reference: str, code: str
    ) -> None:
        with pytest.raises(UserError) as caught:
            pay(bill, officer, amount, reference=reference)
        assert caught.value.code == code


class TestTheDatabaseItself:
    @pytest.fixture
    def bill(self, workspace: Workspace, officer: Actor) -> Bill:
        a_budget(officer, 1_000_000)
        return a_bill(an_uploaded_decree(workspace, officer), officer)

    @pytest.mark.parametrize("table", ["journalentry", "bill", "billline", "payment"])
    @pytest.mark.parametrize("verb", ["UPDATE {} SET amount = 1", "DELETE FROM {}"])
    def test_nobody_edits_the_books(
        self, bill: Bill, officer: Actor, table: str, verb: str
    ) -> None:
        pay(bill, officer, 5)
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(verb.format(f"ledger_{table}"))

    def test_no_account_below_zero(self, bill: Bill, officer: Actor) -> None:
        there = balance_of(bill.budget)["billed"]
        with pytest.raises(DatabaseError, match="on the account"), transaction.atomic():
            JournalEntry.objects.create(
                key="x", budget=bill.budget, kind="payment", subject="payment:1",
                source="billed", target="paid", amount=there + 1,
                booked_at=officer.at, booked_by="x",
            )  # fmt: skip

    def test_no_payment_beyond_its_bill(self, bill: Bill, officer: Actor) -> None:
        with pytest.raises(DatabaseError, match="than the bill"), transaction.atomic():
            Payment.objects.create(
                bill=bill, amount=bill.amount + 1, paid_on=PAID_ON, reference="x",
                recorded_at=officer.at, recorded_by="x",
            )  # fmt: skip

    def test_an_unbooked_payment_is_found(self, bill: Bill, officer: Actor) -> None:
        Payment.objects.create(
            bill=bill, amount=5, paid_on=PAID_ON, reference="x",
            recorded_at=officer.at, recorded_by="x",
        )  # fmt: skip
        assert [fault.code for fault in faults()] == ["books.not_booked"]
        keep_books(by=officer)
        assert faults() == []
