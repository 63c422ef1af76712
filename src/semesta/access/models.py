"""Users: one role each, and the area they work in."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class Role(models.TextChoices):
    """What a user comes to do; the labels are what pages show."""

    LEADER = "pimpinan", "Pimpinan"
    OFFICER = "petugas", "Petugas program"
    KELURAHAN = "kelurahan", "Kelurahan"
    INSURER = "bpjs", "BPJS Ketenagakerjaan"
    COMPLIANCE = "kepatuhan", "Tim kepatuhan"
    AUDITOR = "auditor", "Auditor"
    ADMIN = "admin", "Admin"


class User(AbstractUser):
    """One row per account. `area` is a Kemendagri code prefix; blank = whole region."""

    role = models.CharField(max_length=12, choices=Role.choices, default=Role.KELURAHAN)
    area = models.CharField(max_length=13, blank=True)
    full_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            # A kelurahan account without an area would see the whole city.
            models.CheckConstraint(
                name="kelurahan_has_area",
                condition=~models.Q(role="kelurahan") | ~models.Q(area=""),
            )
        ]

    def __str__(self) -> str:
        return self.username
