"""Upload files, answers and replacements: how a listed person gets registered."""

from __future__ import annotations

from django.db import models

from semesta.enrolment.codes.models import CodeVersion
from semesta.enrolment.mending.models import RejectionTask
from semesta.enrolment.monthly.models import ChangeTask, DeactivationFile, MonthPeriod

__all__ = [
    "ChangeTask",
    "CodeVersion",
    "DataTask",
    "DeactivationFile",
    "MonthPeriod",
    "RejectionTask",
    "ReplacementTask",
    "UploadFile",
    "UploadLine",
]


class UploadFile(models.Model):
    """One row per BPU file written for the insurer; `months` is its BULAN_IURAN.

    Files are never rewritten: people whose data are mended later go into a new file.
    `codes`: the version of the insurer's code list it was written and checked with.
    """

    decree = models.ForeignKey("decrees.Decree", models.PROTECT, related_name="+")
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    months = models.PositiveSmallIntegerField()
    rows = models.IntegerField()
    codes = models.CharField(max_length=64, blank=True)
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
    """One row per entry and upload file that carries it. `nik`: the number it was sent
    under where that is not the decree's, because the answer will name it."""

    upload = models.ForeignKey(UploadFile, models.CASCADE, related_name="lines")
    entry = models.ForeignKey("decrees.DecreeEntry", models.CASCADE, related_name="+")
    nik = models.CharField(max_length=16, blank=True)

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

    entry = models.ForeignKey("decrees.DecreeEntry", models.CASCADE, related_name="+")
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
        "decrees.DecreeEntry", models.CASCADE, related_name="+"
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
