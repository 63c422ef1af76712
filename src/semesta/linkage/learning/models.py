"""Which weights a city's linkage uses."""

from __future__ import annotations

from django.db import models


class ChosenWeights(models.Model):
    """One row per choice; the newest counts, none means the shipped weights.

    `content` is the model file as text, so that what was chosen stays what it was
    whatever becomes of the file; blank means back to the shipped weights.
    """

    version = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    content = models.TextField(blank=True)
    chosen_by = models.CharField(max_length=150)
    chosen_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.version} {self.sha256[:12]}"
