"""Versions of the insurer's code list."""

from __future__ import annotations

from django.db import models


class CodeVersion(models.Model):
    """One row per version that a person loaded or changed; none is ever altered.

    In force is the one loaded last among those whose day has come; before the first, the
    list shipped with Semesta. `changes`: what it adds, removes and leaves without code.
    """

    effective_on = models.DateField()
    source = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    body = models.JSONField()
    changes = models.JSONField(default=dict)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"codes from {self.effective_on} {self.sha256[:8]}"
