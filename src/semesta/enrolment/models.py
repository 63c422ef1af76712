"""Plan, decree, upload file, answers: how a name gets registered."""

from __future__ import annotations

from django.db import models

from semesta.enrolment.decree import LONGEST_NUMBER


class Plan(models.Model):
    """One row per plan: whom a budget protects, in ranked order.

    `lake/plans/<name>/ranking.parquet` has one row per candidate: chosen, waiting or
    cut, with the reason. `price` is rupiah per person in the first month, `cost_each`
    rupiah per person over all months; candidates = people + waiting + cut.
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
    cost_each = models.BigIntegerField()
    budget = models.BigIntegerField()
    cost = models.BigIntegerField()
    candidates = models.IntegerField()
    people = models.IntegerField()
    waiting = models.IntegerField()
    cut = models.IntegerField(default=0)
    ranking_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="plan_within_budget",
                condition=models.Q(cost__lte=models.F("budget")),
            ),
            models.CheckConstraint(
                name="plan_lines_add_up",
                condition=models.Q(
                    candidates=models.F("people")
                    + models.F("waiting")
                    + models.F("cut")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Decree(models.Model):
    """One row per decree (SK): the frozen list of those the payer pays for.

    Months are half-open, [first_month, until_month). `sha256` is the hash of the
    canonical text of head and list; recomputing it shows any later change.
    """

    class Status(models.TextChoices):
        ISSUED = "issued", "Ditetapkan"
        SENT = "sent", "Dikirim ke BPJS Ketenagakerjaan"
        ANSWERED = "answered", "Sudah dijawab"

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="decree")
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


class UploadFile(models.Model):
    """One row per BPU file written for the insurer; `months` is its BULAN_IURAN.

    Files are never rewritten: people whose data are mended later go into a new file.
    """

    decree = models.ForeignKey(Decree, models.PROTECT, related_name="uploads")
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    months = models.PositiveSmallIntegerField()
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


class UploadLine(models.Model):
    """One row per entry and upload file that carries it."""

    upload = models.ForeignKey(UploadFile, models.CASCADE, related_name="lines")
    entry = models.ForeignKey(DecreeEntry, models.CASCADE, related_name="upload_lines")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_line_per_upload", fields=["upload", "entry"]
            )
        ]

    def __str__(self) -> str:
        return f"upload {self.upload_id} entry {self.entry_id}"


class DataTask(models.Model):
    """One row per entry and column that the insurer's file needs and we do not have.

    While a task with `blocks` is open the entry stays out of the upload file.
    """

    entry = models.ForeignKey(DecreeEntry, models.CASCADE, related_name="data_tasks")
    column = models.CharField(max_length=20)
    code = models.CharField(max_length=30)
    message = models.CharField(max_length=200)
    blocks = models.BooleanField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["entry", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_data_task_per_column", fields=["entry", "column"]
            )
        ]

    def __str__(self) -> str:
        return f"data task for entry {self.entry_id}: {self.column}"


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
