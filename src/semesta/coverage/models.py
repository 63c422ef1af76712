"""Figures, each with numerator, denominator, definition, source and date."""

from __future__ import annotations

from django.db import models


class MeasureRun(models.Model):
    """One row per computation of all figures at one date.

    `definitions` keeps the words each figure was computed under, so that a figure is
    always shown with its own definition, not with a later one.
    """

    name = models.CharField(max_length=16, unique=True)
    run = models.OneToOneField("audit.Run", models.PROTECT, related_name="+")
    as_of = models.DateField()
    region = models.CharField(max_length=13)
    definitions = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Measure(models.Model):
    """One row per definition, segment and area of a run.

    A numerator or denominator that nobody knows is null, never 0.
    """

    measure_run = models.ForeignKey(MeasureRun, models.CASCADE, related_name="measures")
    definition = models.CharField(max_length=40)
    segment = models.CharField(max_length=10)
    area = models.CharField(max_length=13)
    area_name = models.CharField(max_length=80)
    numerator = models.IntegerField(null=True)
    denominator = models.IntegerField(null=True)
    denominator_source = models.CharField(max_length=200)
    denominator_as_of = models.DateField(null=True)
    as_of = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_figure_each",
                fields=["measure_run", "definition", "segment", "area"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.definition} {self.segment} {self.area}"


class MonthlyActive(models.Model):
    """One row per month and segment: how many people were paid for."""

    measure_run = models.ForeignKey(MeasureRun, models.CASCADE, related_name="months")
    month = models.DateField()
    segment = models.CharField(max_length=10)
    people = models.IntegerField()

    class Meta:
        ordering = ["month", "segment"]

    def __str__(self) -> str:
        return f"{self.month} {self.segment}"
