"""Months and the changes found in them."""

from __future__ import annotations

from django.db import models

from semesta.enrolment.monthly import kinds, periods


class MonthPeriod(models.Model):
    """One row per month whose changes were looked for. `version` guards against two
    people working on it at once."""

    class State(models.TextChoices):
        DRAFT = periods.DRAFT, "Draft"
        FINAL = periods.FINAL, "Finalisasi"
        POSTED = periods.POSTED, "Posting"

    month = models.DateField(unique=True)
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    looked_at = models.DateTimeField()
    finalised_by = models.CharField(max_length=150, blank=True)
    finalised_at = models.DateTimeField(null=True)
    posted_by = models.CharField(max_length=150, blank=True)
    posted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["month"]

    def __str__(self) -> str:
        return f"period {self.month:%Y-%m}"


class ChangeTask(models.Model):
    """One row per month, entry and kind of change, with the row of a list that says so.
    The next month has one of its own only when another row says it anew.

    `row_id` is blank where the register itself says it. `stop_from`: the first month no
    longer paid. `action` is proposed by the program and settled by the officer.
    """

    class State(models.TextChoices):
        FOUND = "found", "Menunggu keputusan"
        ACCEPTED = "accepted", "Diterima"
        DECLINED = "declined", "Bukan perubahan"
        WITHDRAWN = "withdrawn", "Sumbernya berubah"

    period = models.ForeignKey(MonthPeriod, models.PROTECT, related_name="changes")
    entry = models.ForeignKey("decrees.DecreeEntry", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=kinds.titles())
    delivery = models.CharField(max_length=16, blank=True)
    row_id = models.CharField(max_length=40, blank=True)
    occurred_on = models.DateField(null=True)
    detail = models.CharField(max_length=200)
    action = models.CharField(max_length=8, choices=list(kinds.ACTIONS.items()))
    stop_from = models.DateField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.FOUND)
    note = models.CharField(max_length=200, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_change_per_kind", fields=["period", "entry", "kind"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of entry {self.entry_id}"


class DeactivationFile(models.Model):
    """One row per `data_tk_na` file written for a month; never rewritten. `left_out`:
    people without a participant number, who cannot stand in it."""

    period = models.ForeignKey(MonthPeriod, models.PROTECT, related_name="files")
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.IntegerField()
    left_out = models.IntegerField(default=0)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_deactivation_per_content", fields=["period", "sha256"]
            )
        ]

    def __str__(self) -> str:
        return self.filename
