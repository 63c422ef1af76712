"""Findings about employers, with what was observed."""

from __future__ import annotations

from django.db import models


class Finding(models.Model):
    """One row per employer and kind of breach, as of the newest detection."""

    class Kind(models.TextChoices):
        PWBD = "PWBD", "Wajib daftar, belum mendaftar"
        PDS_TK = "PDS-TK", "Baru sebagian pekerja didaftarkan"
        ARREARS = "TUNGGAKAN", "Menunggak iuran"

    employer = models.ForeignKey("registry.Employer", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    as_of = models.DateField()
    workers_exposed = models.IntegerField(null=True)
    observed = models.JSONField(default=dict)
    law = models.CharField(max_length=80)
    explanation = models.CharField(max_length=300)

    class Meta:
        ordering = ["-workers_exposed", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_finding_per_kind", fields=["employer", "kind"]
            )
        ]

    def __str__(self) -> str:
        return f"finding {self.pk}"
