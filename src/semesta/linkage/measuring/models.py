"""A sample of a linkage's pairs, and what people say about them without its verdict."""

from __future__ import annotations

from django.db import models


class QualitySample(models.Model):
    """One row per sample drawn from a linkage run.

    `strata`: a list of {code, joined, low, pairs}, as `strata.Stratum`.
    """

    linkage_run = models.ForeignKey(
        "linkage.LinkageRun", models.CASCADE, related_name="samples"
    )
    run = models.OneToOneField("audit.Run", models.PROTECT, related_name="+")
    strata = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"sample {self.pk} of {self.linkage_run}"


class QualityPair(models.Model):
    """One row per pair of a sample; open until somebody has looked at it."""

    class Answer(models.TextChoices):
        SAME = "same", "Orang yang sama"
        DIFFERENT = "different", "Orang berbeda"
        UNSURE = "unsure", "Tidak dapat dipastikan"

    sample = models.ForeignKey(QualitySample, models.CASCADE, related_name="pairs")
    position = models.IntegerField()
    stratum = models.CharField(max_length=12)
    row_id_l = models.CharField(max_length=40)
    row_id_r = models.CharField(max_length=40)
    match_weight = models.FloatField(null=True)
    area = models.CharField(max_length=13, blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                name="one_pair_per_sample", fields=["sample", "row_id_l", "row_id_r"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.row_id_l} ~ {self.row_id_r}"
