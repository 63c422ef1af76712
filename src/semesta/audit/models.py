"""The trail: events chained by hash, and what each run read and wrote."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One row per thing done. Append-only: triggers refuse update and delete."""

    seq = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, blank=True)
    authority = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["subject"]), models.Index(fields=["action"])]

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"


class ChainHead(models.Model):
    """The newest event's number and hash: without it, cutting the tail would not show."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="one_chain_head", condition=models.Q(id=1))
        ]

    def __str__(self) -> str:
        return f"head {self.seq}"


class Run(models.Model):
    """One row per finished run of a stage: same key, same outputs.

    `key` is the hash of stage, code version and inputs; a second run with the same
    key is not done again. `inputs` and `outputs` hold hashes, ids and counts only.
    """

    stage = models.CharField(max_length=30)
    key = models.CharField(max_length=64, unique=True)
    as_of = models.DateField(null=True)
    code_version = models.CharField(max_length=30)
    inputs = models.JSONField(default=dict)
    outputs = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["stage"])]

    def __str__(self) -> str:
        return f"{self.stage} {self.key[:12]}"
