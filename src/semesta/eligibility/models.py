"""Policies in force and runs of decisions; the decisions themselves lie in the lake."""

from __future__ import annotations

from django.db import models


class PolicyVersion(models.Model):
    """One row per text of a policy ever used; `body` is the file as it was."""

    slug = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64, unique=True)
    year = models.PositiveSmallIntegerField()
    payer = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    body = models.TextField()
    first_used_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.slug} {self.sha256[:8]}"


class DecisionRun(models.Model):
    """One row per judgement of everyone under one policy at one date.

    `lake/decisions/<name>/decisions.parquet` has one row per person.
    """

    name = models.CharField(max_length=16, unique=True)
    run = models.OneToOneField("audit.Run", models.PROTECT, related_name="+")
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="runs")
    registry_run = models.ForeignKey(
        "registry.RegistryRun", models.PROTECT, related_name="+"
    )
    as_of = models.DateField()
    passed = models.IntegerField()
    failed = models.IntegerField()
    unknown = models.IntegerField()
    decisions_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
