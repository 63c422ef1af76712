"""Journal, bills and payments: append-only, like the paid months they are about."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from semesta.ledger.books.accounts import GRANTED, INSIDE, KINDS


class JournalEntry(models.Model):
    """One row per movement of money of a budget line, from one account to another.

    The amount leaves `source` and reaches `target`, so every entry sums to zero.
    `subject` (`decree:3`) says what moved it; `key` is that and a number, so nothing is
    booked twice. Triggers refuse edits and an account inside the books below zero.
    """

    key = models.CharField(max_length=60, unique=True)
    budget = models.ForeignKey("planning.BudgetLine", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=15, choices=list(KINDS.items()))
    subject = models.CharField(max_length=40, db_index=True)
    source = models.CharField(max_length=10)
    target = models.CharField(max_length=10)
    amount = models.BigIntegerField()
    booked_at = models.DateTimeField()
    booked_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "journal entries"
        constraints = [
            models.CheckConstraint(name="moves_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="moves_between_accounts",
                condition=~Q(source=F("target"))
                & Q(source__in=[GRANTED, *INSIDE], target__in=[GRANTED, *INSIDE]),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Bill(models.Model):
    """One row per bill: what the payer owes the insurer for some months of a decree.

    Months are half-open, [first_month, until_month); `amount` in whole rupiah is the
    sum of its lines.
    """

    decree = models.ForeignKey("decrees.Decree", models.PROTECT, related_name="+")
    budget = models.ForeignKey("planning.BudgetLine", models.PROTECT, related_name="+")
    first_month = models.DateField()
    until_month = models.DateField()
    people = models.IntegerField()
    amount = models.BigIntegerField()
    made_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="bill_has_months", condition=Q(until_month__gt=F("first_month"))
            ),
            models.CheckConstraint(
                name="bill_not_empty", condition=Q(people__gt=0, amount__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"bill {self.pk}"


class BillLine(models.Model):
    """One row per person on a bill; `first_month` repeats the bill's."""

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="lines")
    entry = models.ForeignKey("decrees.DecreeEntry", models.PROTECT, related_name="+")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    first_month = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_bill_per_month_and_place", fields=["entry", "first_month"]
            )
        ]

    def __str__(self) -> str:
        return f"bill {self.bill_id} entry {self.entry_id}"


class Payment(models.Model):
    """One row per proof that a bill, or a part of it, was paid.

    `reference` is the proof's own number (NTPN, transfer); triggers refuse more than
    the bill.
    """

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="payments")
    amount = models.BigIntegerField()
    paid_on = models.DateField()
    reference = models.CharField(max_length=60, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="payment_above_zero", condition=Q(amount__gt=0))
        ]

    def __str__(self) -> str:
        return f"payment {self.pk}"
