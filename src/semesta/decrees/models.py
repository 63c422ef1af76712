"""Decrees: the frozen lists of those a payer pays for."""

from __future__ import annotations

from django.db import models

from semesta.decrees.decree import LONGEST_NUMBER


class Decree(models.Model):
    """One row per decree (SK): the frozen list of those the payer pays for.

    Months are half-open, [first_month, until_month). `sha256` is the hash of the
    canonical text of head and list; recomputing it shows any later change.
    """

    class Status(models.TextChoices):
        ISSUED = "issued", "Ditetapkan"
        SENT = "sent", "Dikirim ke BPJS Ketenagakerjaan"
        ANSWERED = "answered", "Sudah dijawab"

    plan = models.OneToOneField("planning.Plan", models.PROTECT, related_name="+")
    number = models.CharField(max_length=LONGEST_NUMBER, unique=True)
    issued_on = models.DateField()
    title = models.CharField(max_length=200)
    payer = models.CharField(max_length=20)
    first_month = models.DateField()
    until_month = models.DateField()
    entries_count = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=Status.choices)
    issued_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.number


class DecreeEntry(models.Model):
    """One row per person on a decree, as printed: later changes do not reach it.

    `occupation` is the printed word, `occupation_code` the code it stands for.
    """

    class Status(models.TextChoices):
        LISTED = "listed", "Ditetapkan"
        REGISTERED = "registered", "Diterima BPJS Ketenagakerjaan"
        REJECTED = "rejected", "Ditolak BPJS Ketenagakerjaan"

    decree = models.ForeignKey(Decree, models.CASCADE, related_name="entries")
    number = models.IntegerField()
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    nik = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    born_on = models.DateField(null=True)
    address = models.CharField(max_length=240)
    kelurahan = models.CharField(max_length=13, db_index=True)
    occupation = models.CharField(max_length=60, blank=True)
    occupation_code = models.CharField(max_length=30, blank=True)
    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.LISTED
    )
    kpj = models.CharField(max_length=13, blank=True)
    rejection_code = models.CharField(max_length=10, blank=True)
    rejection_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["decree", "number"]
        constraints = [
            models.UniqueConstraint(
                name="one_entry_per_person", fields=["decree", "person"]
            ),
            models.UniqueConstraint(
                name="one_entry_per_number", fields=["decree", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"decree {self.decree_id} no. {self.number}"
