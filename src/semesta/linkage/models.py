"""Linkage runs, the doubtful pairs a person must decide, and what people decided."""

from __future__ import annotations

from django.db import models

from semesta.linkage.learning.models import ChosenWeights
from semesta.linkage.measuring.models import QualityPair, QualitySample
from semesta.linkage.verdicts import Doubt

__all__ = [
    "Answer",
    "ChosenWeights",
    "DecidedPair",
    "IdentityDecision",
    "LinkageRun",
    "QualityPair",
    "QualitySample",
    "ReviewAnswer",
    "ReviewTask",
]


class LinkageRun(models.Model):
    """One row per finished linkage over all rows; results lie in `lake/linkage/<name>`.

    `prior`: what every pair weighed before any evidence; null for runs that did not note
    it yet.
    """

    name = models.CharField(max_length=16, unique=True)
    run = models.OneToOneField("audit.Run", models.PROTECT, related_name="+")
    rows = models.IntegerField()
    pairs = models.IntegerField()
    clusters = models.IntegerField()
    threshold = models.FloatField()
    prior = models.FloatField(null=True)
    clusters_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Answer(models.TextChoices):
    SAME = "same", "Orang yang sama"
    DIFFERENT = "different", "Orang berbeda"
    UNSURE = "unsure", "Tidak tahu"


class ReviewTask(models.Model):
    """One row per doubtful pair of a run; open until its answers settle it.

    `match_weight` is the mean of the two groups of rows, `pair_weight` that of these two
    rows. A pair that still waits at the next run goes on there, with its answers.
    """

    linkage_run = models.ForeignKey(LinkageRun, models.CASCADE, related_name="tasks")
    row_id_l = models.CharField(max_length=40)
    row_id_r = models.CharField(max_length=40)
    match_weight = models.FloatField()
    pair_weight = models.FloatField(null=True)
    area = models.CharField(max_length=13, blank=True)
    settled = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    settled_at = models.DateTimeField(null=True)
    disputed = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_task_per_pair", fields=["linkage_run", "row_id_l", "row_id_r"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.row_id_l} ~ {self.row_id_r}"

    @property
    def doubt(self) -> Doubt:
        """How hard the pair is; reads the run's threshold."""
        return Doubt(self.match_weight, self.pair_weight, self.linkage_run.threshold)


class ReviewAnswer(models.Model):
    """One row per answer of a person about a doubtful pair; kept when taken back."""

    task = models.ForeignKey(ReviewTask, models.CASCADE, related_name="answers")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_answer_per_person",
                fields=["task", "by"],
                condition=models.Q(taken_back_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class IdentityDecision(models.Model):
    """One row per act of a person who split rows off somebody, or joined two people.

    It holds for its pairs from the next linkage on, until it is taken back.
    """

    same = models.BooleanField()
    reason = models.CharField(max_length=200)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    taken_back_by = models.CharField(max_length=150, blank=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"identity decision {self.pk}"


class DecidedPair(models.Model):
    """One row per pair of rows of an identity decision; of a split, `row_id_l` is the row
    that was split off."""

    decision = models.ForeignKey(IdentityDecision, models.CASCADE, related_name="pairs")
    row_id_l = models.CharField(max_length=40, db_index=True)
    row_id_r = models.CharField(max_length=40, db_index=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.row_id_l} ~ {self.row_id_r}"
