"""Budget lines, and plans: whom a budget protects, in a published order."""

from __future__ import annotations

from django.db import models


class BudgetLine(models.Model):
    """One row per sum that a payer sets aside for contributions in a year.

    `amount` in whole rupiah; `instrument` is the paper that grants it (a DPA, a donor's
    letter). What was committed and paid from it is booked in the ledger's journal.
    """

    year = models.PositiveSmallIntegerField()
    payer = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    amount = models.BigIntegerField()
    instrument = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-year", "payer", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_budget_line_per_name", fields=["year", "payer", "name"]
            ),
            models.CheckConstraint(
                name="budget_above_zero", condition=models.Q(amount__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.payer} {self.name}"


class Plan(models.Model):
    """One row per plan: whom a budget protects, in ranked order.

    `lake/plans/<name>/ranking.parquet` has one row per candidate: chosen, waiting or
    cut, with the reason. `price` is rupiah per person in the first month, `cost_each`
    rupiah per person over all months; candidates = people + waiting + cut.
    """

    name = models.CharField(max_length=16, unique=True)
    run = models.OneToOneField("audit.Run", models.PROTECT, related_name="+")
    decision_run = models.ForeignKey(
        "eligibility.DecisionRun", models.PROTECT, related_name="+"
    )
    payer = models.CharField(max_length=20)
    first_month = models.DateField()
    months = models.PositiveSmallIntegerField()
    price = models.BigIntegerField()
    cost_each = models.BigIntegerField()
    budget = models.BigIntegerField()
    cost = models.BigIntegerField()
    candidates = models.IntegerField()
    people = models.IntegerField()
    waiting = models.IntegerField()
    cut = models.IntegerField(default=0)
    ranking_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="plan_within_budget",
                condition=models.Q(cost__lte=models.F("budget")),
            ),
            models.CheckConstraint(
                name="plan_lines_add_up",
                condition=models.Q(
                    candidates=models.F("people")
                    + models.F("waiting")
                    + models.F("cut")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name
