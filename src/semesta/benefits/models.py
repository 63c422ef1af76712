"""Events that owe a family something, and warnings before a right is lost."""

from __future__ import annotations

from django.db import models

from semesta.benefits.ahead.models import ComingMonth, LapseAnnouncement

__all__ = ["BenefitCase", "ComingMonth", "LapseAnnouncement", "ProtectionWarning"]


class BenefitCase(models.Model):
    """One row per event of one person, with what the law grants on that day.

    `event_on` is null when nobody has said when; `segment` is the membership that
    pays, or blank; `lost_on` the day on which an earlier protection ended.
    """

    class Status(models.TextChoices):
        FOUND = "found", "Ditemukan, belum diklaim"
        NOT_PROTECTED = "not_protected", "Tidak terlindungi saat meninggal"
        UNKNOWN = "unknown", "Perlu data"

    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, default="death")
    event_on = models.DateField(null=True)
    segment = models.CharField(max_length=5, blank=True)
    status = models.CharField(max_length=15, choices=Status.choices)
    lines = models.JSONField(default=list)
    expected_total = models.BigIntegerField(default=0)
    payable_now = models.BigIntegerField(default=0)
    tenure_months = models.IntegerField(default=0)
    lost_on = models.DateField(null=True)
    why = models.CharField(max_length=400)
    kelurahan = models.CharField(max_length=13, blank=True)
    found_at = models.DateTimeField()

    class Meta:
        ordering = [models.F("event_on").desc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_case_per_event", fields=["person", "kind"]
            )
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"


class ProtectionWarning(models.Model):
    """One row per person and right about to be lost, as of the newest watch."""

    class Kind(models.TextChoices):
        LAPSES_SOON = "lapses_soon", "Akan nonaktif"
        TURNS_65 = "turns_65", "Akan berusia 65"
        DEAD_BUT_PAID = "dead_but_paid", "Meninggal tetapi masih dibayar"
        NEAR_36_MONTHS = "near_36_months", "Hampir 36 bulan"

    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    due_on = models.DateField(null=True)
    detail = models.CharField(max_length=200)
    kelurahan = models.CharField(max_length=13, blank=True)
    as_of = models.DateField()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_warning_per_kind", fields=["person", "kind"]
            )
        ]

    def __str__(self) -> str:
        return f"warning {self.pk}"
