"""Files made for people, each with its hash and what it was made from."""

from __future__ import annotations

from django.db import models


class Publication(models.Model):
    """One row per file published from a workspace."""

    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=80)
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    inputs = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_publication_per_content",
                fields=["kind", "subject", "sha256"],
            )
        ]

    def __str__(self) -> str:
        return self.filename
