"""Rejections of the insurer as tasks."""

from __future__ import annotations

from django.db import models


class RejectionTask(models.Model):
    """One row per entry that the insurer has rejected; `row_id` is the answer's row.

    `kind` names its remedy. `nik_on_card` and `name_on_card` are what somebody read from
    the identity card; they take the place of the decree's in the next file. `rounds`
    counts rejections, `version` guards against two people changing it at once.
    """

    class State(models.TextChoices):
        OPEN = "open", "Belum dikerjakan"
        MENDING = "mending", "Sedang diperbaiki"
        READY = "ready", "Siap dikirim lagi"
        RESENT = "resent", "Sudah dikirim lagi"
        REPLACED = "replaced", "Diganti orang lain"
        CLOSED = "closed", "Selesai"

    entry = models.OneToOneField(
        "decrees.DecreeEntry", models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=12)
    row_id = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    due_on = models.DateField()
    rounds = models.PositiveSmallIntegerField(default=1)
    nik_on_card = models.CharField(max_length=16, blank=True)
    name_on_card = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=150)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="rejection_state")]

    def __str__(self) -> str:
        return f"rejection of entry {self.entry_id}"
