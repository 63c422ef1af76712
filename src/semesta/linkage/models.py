"""Linkage runs and the doubtful pairs a person must decide."""

from __future__ import annotations

from django.db import models

from semesta.linkage.learning.models import ChosenWeights
from semesta.linkage.measuring.models import QualityPair, QualitySample

__all__ = [
    "ChosenWeights",
    "LinkageRun",
    "QualityPair",
    "QualitySample",
    "ReviewTask",
]


class LinkageRun(models.Model):
    """One row per finished linkage over all rows; results lie in `lake/linkage/<name>`."""

    name = models.CharField(max_length=16, unique=True)
    run = models.OneToOneField("audit.Run", models.PROTECT, related_name="+")
    rows = models.IntegerField()
    pairs = models.IntegerField()
    clusters = models.IntegerField()
    threshold = models.FloatField()
    clusters_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ReviewTask(models.Model):
    """One row per doubtful pair of a run; open until someone decides."""

    class Answer(models.TextChoices):
        SAME = "same", "Orang yang sama"
        DIFFERENT = "different", "Orang berbeda"

    linkage_run = models.ForeignKey(LinkageRun, models.CASCADE, related_name="tasks")
    row_id_l = models.CharField(max_length=40)
    row_id_r = models.CharField(max_length=40)
    match_weight = models.FloatField()
    area = models.CharField(max_length=13, blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_task_per_pair", fields=["linkage_run", "row_id_l", "row_id_r"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.row_id_l} ~ {self.row_id_r}"
