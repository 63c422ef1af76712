"""Plan, decree, upload file, answers: how a name gets registered."""

from __future__ import annotations

from django.db import models


class Plan(models.Model):
    """One row per plan: whom a budget protects, in ranked order.

    `lake/plans/<name>/ranking.parquet` has one row per candidate, chosen or waiting.
    """

    name = models.CharField(max_length=16, unique=True)
    run = models.OneToOneField("audit.Run", models.PROTECT, related_name="+")
    decision_run = models.ForeignKey(
        "eligibility.DecisionRun", models.PROTECT, related_name="+"
    )
    payer = models.CharField(max_length=20)
    first_month = models.DateField()
    months = models.PositiveSmallIntegerField()
    price = models.BigIntegerField()
    budget = models.BigIntegerField()
    cost = models.BigIntegerField()
    candidates = models.IntegerField()
    people = models.IntegerField()
    waiting = models.IntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="plan_within_budget",
                condition=models.Q(cost__lte=models.F("budget")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Decree(models.Model):
    """One row per decree (SK): the frozen list of those the payer pays for."""

    class Status(models.TextChoices):
        ISSUED = "issued", "Ditetapkan"
        SENT = "sent", "Dikirim ke BPJS Ketenagakerjaan"
        ANSWERED = "answered", "Sudah dijawab"

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="decree")
    number = models.CharField(max_length=60, unique=True)
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
    """One row per person on a decree, as printed: later changes do not reach it."""

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
    occupation = models.CharField(max_length=30)
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


class UploadFile(models.Model):
    """One row per BPU file written for the insurer."""

    decree = models.ForeignKey(Decree, models.PROTECT, related_name="uploads")
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.IntegerField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_upload_per_content", fields=["decree", "sha256"]
            )
        ]

    def __str__(self) -> str:
        return self.filename


class ReplacementTask(models.Model):
    """One row per place on a decree that must go to somebody else."""

    entry = models.OneToOneField(
        DecreeEntry, models.CASCADE, related_name="replacement"
    )
    reason = models.CharField(max_length=120)
    candidate = models.ForeignKey(
        "registry.Person", models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"replacement for entry {self.entry_id}"
