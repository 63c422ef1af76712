"""The ledger of paid person-months: append-only, everything else is derived."""

from __future__ import annotations

from django.db import models

from semesta.ledger.books.models import Bill, BillLine, JournalEntry, Payment
from semesta.ledger.reconciliation.models import Difference

__all__ = [
    "Bill",
    "BillLine",
    "Difference",
    "JournalEntry",
    "LedgerEntry",
    "Payment",
    "Segment",
]


class Segment(models.TextChoices):
    """Membership segments (PP 44/2015 art. 5)."""

    BPU = "BPU", "Bukan penerima upah"
    PU = "PU", "Penerima upah"
    JAKON = "JAKON", "Jasa konstruksi"


class LedgerEntry(models.Model):
    """One row per range of months one payer paid for one person.

    Months are half-open, [paid_from, paid_until), first days of months. A mistake is
    mended by a new entry with `corrects`, which takes the place of the one it names
    (with an empty range: of nothing); triggers refuse update and delete.
    `key` comes from the delivery's row, so posting it again changes nothing.
    """

    key = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    segment = models.CharField(max_length=5, choices=Segment.choices)
    programmes = models.CharField(max_length=30)
    payer = models.CharField(max_length=30)
    paid_from = models.DateField()
    paid_until = models.DateField()
    amount = models.BigIntegerField(null=True)
    delivery = models.CharField(max_length=16)
    row_id = models.CharField(max_length=40)
    posted_at = models.DateTimeField()
    posted_by = models.CharField(max_length=150)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="corrected_by"
    )
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "ledger entries"
        indexes = [models.Index(fields=["person", "paid_from"])]
        constraints = [
            models.CheckConstraint(
                name="range_not_empty",
                condition=models.Q(paid_until__gt=models.F("paid_from"))
                | models.Q(corrects__isnull=False, paid_until=models.F("paid_from")),
            ),
            models.CheckConstraint(
                name="months_start_on_first_days",
                condition=models.Q(paid_from__day=1, paid_until__day=1),
            ),
            models.CheckConstraint(
                name="amount_not_negative",
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"ledger entry {self.pk}"
