"""Policies and their versions, runs of decisions, and pauses.

The decisions themselves lie in the lake.
"""

from __future__ import annotations

from django.db import models


class PolicyVersion(models.Model):
    """One row per text of a policy that was used or written here.

    A text from a file is noted when it is first used and counts as approved. A city's own
    version goes draft → proposed → approved or rejected; what was proposed is never
    edited again. `valid_until` is the last day. `edition` counts the saves of a draft.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Rancangan"
        PROPOSED = "proposed", "Diajukan"
        APPROVED = "approved", "Disetujui"
        REJECTED = "rejected", "Ditolak"

    class Source(models.TextChoices):
        FILE = "file", "Berkas"
        CITY = "city", "Ditulis di sini"

    slug = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    payer = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    body = models.TextField()
    source = models.CharField(max_length=4, choices=Source.choices, default=Source.FILE)
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.APPROVED
    )
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    edition = models.PositiveIntegerField(default=1)
    written_by = models.CharField(max_length=150, blank=True)
    written_at = models.DateTimeField(null=True)
    proposed_by = models.CharField(max_length=150, blank=True)
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    first_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_row_per_policy_file_text",
                fields=["sha256"],
                condition=models.Q(source="file"),
            ),
            models.UniqueConstraint(
                name="policy_version_number",
                fields=["slug", "number"],
                condition=models.Q(source="city"),
            ),
            models.UniqueConstraint(
                name="one_open_policy_version",
                fields=["slug"],
                condition=models.Q(source="city", state__in=("draft", "proposed")),
            ),
            models.CheckConstraint(
                name="nobody_approves_their_own_policy",
                condition=models.Q(source="file")
                | models.Q(state__in=("draft", "proposed"))
                | (
                    ~models.Q(decided_by="")
                    & ~models.Q(decided_by=models.F("written_by"))
                    & ~models.Q(decided_by=models.F("proposed_by"))
                ),
            ),
        ]

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


class Pause(models.Model):
    """One row per time in which a person's decision stands still.

    `until` is the last day, null while nobody has said. A pause is ended, never deleted:
    from `ended_on` on it no longer holds.
    """

    class Reason(models.TextChoices):
        DATA = "data", "Data diperselisihkan"
        OBJECTION = "objection", "Ada keberatan dari warga"
        ILLNESS = "illness", "Sakit atau bencana"
        OTHER = "other", "Sebab lain"

    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    note = models.CharField(max_length=300, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    paused_by = models.CharField(max_length=150)
    paused_at = models.DateTimeField()
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True)
    end_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_pause_per_person",
                fields=["person"],
                condition=models.Q(ended_on=None),
            ),
            models.CheckConstraint(
                name="pause_ends_after_it_begins",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"pause {self.pk}"
