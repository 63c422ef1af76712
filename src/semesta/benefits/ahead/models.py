"""Announced lapses, and the calendar of the coming months."""

from __future__ import annotations

from django.db import models


class LapseAnnouncement(models.Model):
    """One row per person, lapse and threshold: told once, and kept.

    `threshold`: 60, 30 or 7 days ahead. `payer` paid last and can act; `price` is the
    next unpaid month in rupiah, null where wages decide it.
    """

    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    lapses_on = models.DateField()
    threshold = models.PositiveSmallIntegerField()
    payer = models.CharField(max_length=30, blank=True)
    price = models.BigIntegerField(null=True)
    kelurahan = models.CharField(max_length=13, blank=True)
    announced_on = models.DateField()

    class Meta:
        ordering = ["lapses_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_announcement_per_threshold",
                fields=["person", "lapses_on", "threshold"],
            )
        ]

    def __str__(self) -> str:
        return f"announcement {self.pk}"


class ComingMonth(models.Model):
    """One row per coming month, kind and area, as of the newest watch."""

    class Kind(models.TextChoices):
        LAPSE = "lapse", "Menjadi nonaktif bila tidak dibayar"
        AGE = "age", "Berusia 65"

    month = models.DateField()
    kind = models.CharField(max_length=5, choices=Kind.choices)
    kelurahan = models.CharField(max_length=13, blank=True)
    people = models.IntegerField()

    class Meta:
        ordering = ["month", "kind", "kelurahan"]
        constraints = [
            models.UniqueConstraint(
                name="one_coming_month", fields=["month", "kind", "kelurahan"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.month:%Y-%m}"
