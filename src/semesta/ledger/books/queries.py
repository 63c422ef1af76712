"""The only readers of the books."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from django.db.models import Count, F, Q, QuerySet, Sum

from semesta.access.rights import check_may
from semesta.decrees.models import Decree, DecreeEntry
from semesta.enrolment.models import UploadLine
from semesta.kernel import Month
from semesta.ledger.books.accounts import MOVES, Move, balances, problems, reached
from semesta.ledger.books.models import Bill, BillLine, JournalEntry, Payment
from semesta.ledger.soundness.fault import Fault
from semesta.planning.models import BudgetLine

if TYPE_CHECKING:
    from semesta.access.models import User


def moves_of(budget: BudgetLine) -> list[Move]:
    """Everything booked on a budget line."""
    rows = JournalEntry.objects.filter(budget=budget)
    return [Move(*row) for row in rows.values_list("source", "target", "amount")]


def balance_of(budget: BudgetLine) -> dict[str, int]:
    """What stands on each account of a budget line."""
    return balances(moves_of(budget))


def booked(kind: str, subject: str) -> tuple[int, int]:
    """Rupiah booked of one kind for a subject (what went back taken off), and in how
    many entries."""
    target = MOVES[kind][1]
    sums = JournalEntry.objects.filter(kind=kind, subject=subject).aggregate(
        there=Sum("amount", filter=Q(target=target), default=0),
        back=Sum("amount", filter=Q(source=target), default=0),
        entries=Count("pk"),
    )
    return sums["there"] - sums["back"], sums["entries"]


def outstanding(bill: Bill) -> int:
    """What of a bill is not yet paid."""
    paid = bill.payments.aggregate(n=Sum("amount", default=0))["n"]
    return int(bill.amount - paid)


@dataclass(frozen=True)
class Billable:
    """Whom a bill would be for: (entry, person) not billed for any of its months.

    `people`: how many could be billed at all; `same`: the bill for just these months.
    """

    free: list[tuple[int, int]]
    people: int
    same: Bill | None

    def lines(self, bill: int, first: Month, price: int) -> pa.Table:
        """The bill's lines in the columns of the database."""
        count = len(self.free)
        return pa.table(
            {
                "bill_id": pa.array([bill] * count, pa.int64()),
                "entry_id": pa.array([entry for entry, _ in self.free], pa.int64()),
                "person_id": pa.array([person for _, person in self.free], pa.int64()),
                "first_month": pa.array([first.first_day] * count, pa.date32()),
                "amount": pa.array([price] * count, pa.int64()),
            }
        )


def billable(decree: Decree, first: Month, until: Month) -> Billable:
    """The people of a decree in an upload file whom the insurer did not reject."""
    months = Q(
        bill__first_month__lt=until.first_day, bill__until_month__gt=first.first_day
    )
    sent = UploadLine.objects.filter(upload__decree=decree).values("entry")
    wanted = DecreeEntry.objects.filter(decree=decree, pk__in=sent)
    if decree.status == Decree.Status.ANSWERED:
        wanted = wanted.filter(status=DecreeEntry.Status.REGISTERED)
    else:
        wanted = wanted.exclude(status=DecreeEntry.Status.REJECTED)
    people = list(wanted.order_by("number").values_list("pk", "person_id"))
    # One payer pays a person's month once, on whichever decree.
    before = set(
        BillLine.objects.filter(months, bill__decree__payer=decree.payer).values_list(
            "person_id", flat=True
        )
    )
    same = Bill.objects.filter(
        decree=decree, first_month=first.first_day, until_month=until.first_day
    ).first()
    free = [(entry, person) for entry, person in people if person not in before]
    return Billable(free, len(people), same)


@dataclass(frozen=True)
class Line:
    """A budget line as a page shows it: what stands where, and how far it has come."""

    budget: BudgetLine
    balances: dict[str, int]
    reached: dict[str, int]


def budget_lines(user: User) -> list[Line]:
    """All budget lines, newest year first."""
    check_may(user, "see_money")
    found = []
    for budget in BudgetLine.objects.all():
        there = balance_of(budget)
        found.append(Line(budget, there, reached(there)))
    return found


def unbooked_decrees(user: User) -> list[Decree]:
    """Decrees whose money is bound nowhere: without a budget line, or beyond it."""
    check_may(user, "see_money")
    subjects = JournalEntry.objects.filter(kind="commitment").values_list(
        "subject", flat=True
    )
    known = {int(subject.partition(":")[2]) for subject in subjects.distinct()}
    return list(Decree.objects.select_related("plan").exclude(pk__in=known))


def bills(user: User) -> QuerySet[Any]:
    """All bills, newest first, each with what is `paid` of it and what is `left`."""
    check_may(user, "see_money")
    return (
        Bill.objects.select_related("decree", "budget")
        .annotate(paid=Sum("payments__amount", default=0), left=F("amount") - F("paid"))
        .order_by("-pk")
    )


def journal(user: User) -> QuerySet[JournalEntry]:
    """All entries of the journal, newest first."""
    check_may(user, "see_money")
    return JournalEntry.objects.select_related("budget").order_by("-pk")


def book_faults() -> list[Fault]:
    """What does not hold in the books; empty when they balance."""
    wrong = []
    for budget in BudgetLine.objects.order_by("pk"):
        for problem in problems(balance_of(budget)):
            subject = f"budget:{budget.pk}"
            wrong.append(
                Fault("books.balance", subject, f"Pagu {budget.pk}: {problem}.")
            )
    return [*wrong, *_bill_faults(), *_missing("payment", Payment.objects.all())]


def _bill_faults() -> Iterable[Fault]:
    bills = Bill.objects.annotate(
        of_lines=Sum("lines__amount", default=0), of_people=Count("lines")
    )
    for bill in bills:
        if (bill.of_lines, bill.of_people) != (bill.amount, bill.people):
            yield Fault(
                "books.bill_lines", f"bill:{bill.pk}",
                f"Tagihan {bill.pk}: jumlah barisnya tidak sama dengan tagihannya.",
            )  # fmt: skip
        if outstanding(bill) < 0:
            yield Fault(
                "books.overpaid", f"bill:{bill.pk}",
                f"Tagihan {bill.pk}: dibayar lebih dari tagihannya.",
            )  # fmt: skip
    yield from _missing("bill", Bill.objects.all())


def _missing(kind: str, things: Iterable[Bill | Payment]) -> Iterable[Fault]:
    for thing in things:
        there, _ = booked(kind, f"{kind}:{thing.pk}")
        if there != thing.amount:
            yield Fault(
                "books.not_booked", f"{kind}:{thing.pk}",
                f"{kind} {thing.pk}: jurnal memuat {there}, seharusnya {thing.amount}.",
            )  # fmt: skip
