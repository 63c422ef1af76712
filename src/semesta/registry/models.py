"""The current view: one record per person, household and employer.

Where each value came from lies in `lake/registry/<run>/provenance.parquet`.
"""

from __future__ import annotations

from django.db import models


class RegistryRun(models.Model):
    """One row per registration of a linkage run; provenance lies in `lake/registry`."""

    name = models.CharField(max_length=16, unique=True)
    run = models.OneToOneField("audit.Run", models.PROTECT, related_name="+")
    linkage_run = models.ForeignKey(
        "linkage.LinkageRun", models.PROTECT, related_name="+"
    )
    persons = models.IntegerField()
    households = models.IntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Household(models.Model):
    """One row per family card in view."""

    family_card = models.CharField(max_length=16, unique=True)
    kelurahan = models.CharField(max_length=13, blank=True, db_index=True)
    address = models.CharField(max_length=200, blank=True)
    rt = models.CharField(max_length=3, blank=True)
    rw = models.CharField(max_length=3, blank=True)
    decile = models.PositiveSmallIntegerField(null=True)
    members = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"household {self.pk}"


class Person(models.Model):
    """One row per person. A blank is unknown; `alive` null means nobody has said.

    `lives_here`: whether the field found the person living where the register says.
    """

    anchor = models.CharField(max_length=40, unique=True)
    nik = models.CharField(max_length=16, blank=True, db_index=True)
    family_card = models.CharField(max_length=16, blank=True)
    name = models.CharField(max_length=120)
    titles = models.CharField(max_length=60, blank=True)
    search_name = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, blank=True)
    born_on = models.DateField(null=True)
    born_at = models.CharField(max_length=60, blank=True)
    mother_name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    rt = models.CharField(max_length=3, blank=True)
    rw = models.CharField(max_length=3, blank=True)
    kelurahan = models.CharField(max_length=13, blank=True, db_index=True)
    phone = models.CharField(max_length=20, blank=True)
    relation = models.CharField(max_length=20, blank=True)
    marital_status = models.CharField(max_length=20, blank=True)
    alive = models.BooleanField(null=True)
    died_on = models.DateField(null=True)
    lives_here = models.BooleanField(null=True)
    works = models.BooleanField(null=True)
    occupation = models.CharField(max_length=30, blank=True)
    income = models.BigIntegerField(null=True)
    decile = models.PositiveSmallIntegerField(null=True)
    is_civil_servant = models.BooleanField(default=False)
    proposed = models.BooleanField(default=False)
    kpj = models.CharField(max_length=13, blank=True)
    in_population_register = models.BooleanField(default=False)
    household = models.ForeignKey(
        Household, models.SET_NULL, null=True, related_name="people"
    )
    merged_into = models.ForeignKey(
        # Nearly all are null: an index on it alone would only mislead the planner.
        "self",
        models.PROTECT,
        null=True,
        related_name="merged",
        db_index=False,
    )

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "people"
        indexes = [
            # Holds all a search asks for: it reads this index in order and stops at the
            # fiftieth hit, instead of every person's whole row.
            models.Index(
                fields=["search_name", "kelurahan", "merged_into"],
                name="person_search",
            ),
            # The few who are: found at once when a page asks for a person's doubles.
            models.Index(
                fields=["merged_into"],
                name="person_doubles",
                condition=models.Q(merged_into__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        # A log line may print this: an id, never a name.
        return f"person {self.pk}"


class Employer(models.Model):
    """One row per employer, joined from the insurer's list and the licences."""

    anchor = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    npp = models.CharField(max_length=20, blank=True, db_index=True)
    nib = models.CharField(max_length=13, blank=True, db_index=True)
    npwp = models.CharField(max_length=20, blank=True)
    scale = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=200, blank=True)
    kelurahan = models.CharField(max_length=13, blank=True)
    licensed_workers = models.IntegerField(null=True)
    registered_workers = models.IntegerField(null=True)
    projects = models.IntegerField(default=0)
    paid_until = models.DateField(null=True)
    arrears_months = models.IntegerField(null=True)
    arrears_amount = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"employer {self.pk}"
