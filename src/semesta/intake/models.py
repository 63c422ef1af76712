"""Deliveries: what an office sent, byte for byte, and what became of its rows."""

from __future__ import annotations

from django.db import models


class Delivery(models.Model):
    """One row per distinct file received. The same bytes twice are one delivery.

    Rows lie in the lake under `name` (first 16 hex digits of the hash); the fates add
    up to `rows`. A file that could not be read has a `problem` instead. `corrects`: the
    list whose correction workbook came back as this file, always the first of a chain.
    `map_sha256`: the version of the supplier's map it was read with.
    `reading`: the reading in force, once its columns were given another meaning (blank:
    the first); what it noticed and the rows as received then lie under that name.
    `edition`: the last correction that superseded rows of this delivery, or that reading;
    its rows then lie in the lake as that edition of them.
    """

    class Status(models.TextChoices):
        READ = "read", "Terbaca"
        REFUSED = "refused", "Ditolak"

    name = models.CharField(max_length=16, unique=True)
    sha256 = models.CharField(max_length=64, unique=True)
    supplier = models.CharField(max_length=30, db_index=True)
    subject = models.CharField(max_length=12, default="person")
    filename = models.CharField(max_length=200)
    size = models.BigIntegerField()
    area = models.CharField(max_length=13, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices)
    problem = models.JSONField(default=dict)
    tables = models.JSONField(default=list)
    rows = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    corrected = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    superseded = models.IntegerField(default=0)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="corrections"
    )
    edition = models.CharField(max_length=16, blank=True)
    reading = models.CharField(max_length=16, blank=True)
    map_sha256 = models.CharField(max_length=64, blank=True)
    rows_sha256 = models.CharField(max_length=64, blank=True)
    as_of = models.DateField()
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.CheckConstraint(
                name="fates_add_up",
                condition=models.Q(
                    rows=models.F("accepted")
                    + models.F("corrected")
                    + models.F("held")
                    + models.F("refused")
                    + models.F("superseded")
                ),
            )
        ]

    def __str__(self) -> str:
        return self.filename


class PastReading(models.Model):
    """One row per reading of a delivery whose place another took, because its columns mean
    something else. Its files stay in the lake under its own `reading` (blank: the first).
    """

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="past_readings")
    reading = models.CharField(max_length=16, blank=True)
    supplier = models.CharField(max_length=30)
    subject = models.CharField(max_length=12)
    map_sha256 = models.CharField(max_length=64, blank=True)
    area = models.CharField(max_length=13, blank=True)
    tables = models.JSONField(default=list)
    rows = models.IntegerField()
    accepted = models.IntegerField()
    corrected = models.IntegerField()
    held = models.IntegerField()
    refused = models.IntegerField()
    rows_sha256 = models.CharField(max_length=64, blank=True)
    replaced_at = models.DateTimeField()
    replaced_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_past_reading_per_name", fields=["delivery", "reading"]
            )
        ]

    def __str__(self) -> str:
        return f"reading {self.reading or 'first'} of delivery {self.delivery_id}"
