"""Whatever is done in whatever order, also with kills in between: the books balance."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.money import JANUARY, a_bill, a_budget, an_uploaded_decree, pay
from tests.support.people import paid

from semesta.audit.services import record
from semesta.decrees.models import Decree, DecreeEntry
from semesta.kernel import Actor, UserError
from semesta.ledger.books.accounts import INSIDE
from semesta.ledger.books.models import Bill
from semesta.ledger.books.queries import balance_of
from semesta.ledger.books.services import keep_books
from semesta.ledger.queries import in_force
from semesta.ledger.reconciliation.services import reconcile
from semesta.ledger.services import correct
from semesta.ledger.soundness.queries import faults
from semesta.planning.models import BudgetLine
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db
STEPS = ("budget", "decree", "bill", "pay", "accept", "void", "keep", "reconcile")
steps = st.lists(
    st.tuples(
        st.sampled_from(STEPS), st.integers(0, 11), st.none() | st.integers(1, 3)
    ),
    min_size=4,
    max_size=14,
)


class Killed(Exception):
    """The process ended here."""


@contextlib.contextmanager
def killed_at(event: int | None) -> Iterator[None]:
    """Ends the work when the n-th event would be written; never when None."""
    left = [event or 0]

    def dying(**given: object) -> object:
        left[0] -= 1
        if left[0] == 0:
            raise Killed
        return record(**given)  # type: ignore[arg-type]

    with (
        mock.patch("semesta.ledger.books.services.record", dying),
        mock.patch("semesta.ledger.reconciliation.services.record", dying),
    ):
        yield


class Office:
    """An officer who does things in any order."""

    def __init__(self, workspace: Workspace, by: Actor) -> None:
        self.workspace, self.by, self.count = workspace, by, 0

    def do(self, step: str, number: int) -> None:
        action: Callable[[int], None] = getattr(self, f"_{step}")
        action(number)

    def _budget(self, number: int) -> None:
        a_budget(self.by, (number + 1) * 150_000, name=f"Pagu {number % 2}")

    def _decree(self, number: int) -> None:
        self.count += 1
        an_uploaded_decree(
            self.workspace, self.by, people=1 + number % 3, first=10 * self.count,
            number=f"400/{self.count}/2026",
        )  # fmt: skip

    def _bill(self, number: int) -> None:
        decrees = list(Decree.objects.all())
        if decrees:
            decree = decrees[number % len(decrees)]
            a_bill(decree, self.by, first=JANUARY + number, months=1 + number % 4)

    def _pay(self, number: int) -> None:
        bills = list(Bill.objects.all())
        if bills:
            bill = bills[number % len(bills)]
            part = bill.amount * (number % 5) // 3
            pay(bill, self.by, part, reference=f"NTPN-{number % 7}")

    def _accept(self, number: int) -> None:
        entries = list(DecreeEntry.objects.all())
        if entries:
            person = entries[number % len(entries)].person
            first = JANUARY + number
            paid(person, str(first), str(first + (1 + number % 3)))

    def _void(self, number: int) -> None:
        entries = list(in_force())
        if entries:
            entry = entries[number % len(entries)]
            correct(
                entry=entry, paid_from=entry.paid_from, paid_until=entry.paid_from,
                amount=0, reason="Salah", by=self.by,
            )  # fmt: skip

    def _keep(self, number: int) -> None:
        keep_books(by=self.by)

    def _reconcile(self, number: int) -> None:
        reconcile(by=self.by)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps)
def test_the_books_balance_at_every_moment(
    officer: Actor, done: list[tuple[str, int, int | None]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        workspace = Workspace(Path(folder) / "kota").create(region="13.74")
        office = Office(workspace, officer)
        for step, number, kill in done:
            stopped = contextlib.suppress(UserError, Killed, DatabaseError)
            with stopped, killed_at(kill), transaction.atomic():
                office.do(step, number)
            assert [f for f in faults() if f.code not in BY_HAND] == []
        before = reconcile(by=officer)
        again = reconcile(by=officer)
        assert (again["entries"], again["opened"], again["settled"]) == ({}, 0, 0)
        assert again["differences"] == before["differences"]
        for budget in BudgetLine.objects.all():
            there = balance_of(budget)
            assert -there["granted"] == sum(there[name] for name in INSIDE)
        transaction.set_rollback(True)


# Entries made here by hand do not carry their row's key.
BY_HAND = {"ledger.key", "ledger.correction_chain"}
