"""Differences between what was paid and what the insurer accepted."""

from __future__ import annotations

from django.db import models


class Difference(models.Model):
    """One row per difference about a person or a whole bill, with its rupiah.

    `key` says what it is about, so finding it again changes nothing. A difference that
    is no longer found is settled by itself; an explained one stays until then.
    """

    class Kind(models.TextChoices):
        NOT_ACCEPTED = "not_accepted", "Dibayar, tidak diterima BPJS"
        NOT_PAID = "not_paid", "Diterima BPJS, belum dibayar"
        MONTHS = "months", "Bulannya berbeda"
        AMOUNT = "amount", "Rupiahnya berbeda"

    class State(models.TextChoices):
        OPEN = "open", "Terbuka"
        EXPLAINED = "explained", "Sudah dijelaskan"
        SETTLED = "settled", "Selesai"

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    bill = models.ForeignKey(
        "ledger.Bill", models.PROTECT, null=True, related_name="differences"
    )
    person = models.ForeignKey(
        "registry.Person", models.PROTECT, null=True, related_name="+"
    )
    payer = models.CharField(max_length=30)
    first_month = models.DateField()
    until_month = models.DateField()
    months_paid = models.IntegerField()
    months_accepted = models.IntegerField()
    amount = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    note = models.CharField(max_length=300, blank=True)
    found_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-amount", "pk"]
        indexes = [models.Index(fields=["state", "kind"], name="difference_state")]

    def __str__(self) -> str:
        return f"difference {self.pk}"
