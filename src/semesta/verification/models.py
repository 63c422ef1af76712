"""Rounds of verification: who is asked about, what the field answered, what came of it."""

from __future__ import annotations

from django.db import models

from semesta.verification import outcome, said
from semesta.verification.reasons import REASONS


class VerificationRound(models.Model):
    """One row per round: a plan's people, asked about until a day.

    `needed`: how many different accounts must answer for each person. `waiting`: how
    many of the plan's waiting list are asked about beside those chosen. `fresh_days`:
    people checked within so many days before are not asked again. `delivery`: the lake
    name of the delivery that carried its facts to the registry when it was closed.
    """

    name = models.CharField(max_length=16, unique=True)
    run = models.OneToOneField("audit.Run", models.PROTECT, related_name="+")
    plan = models.ForeignKey("planning.Plan", models.PROTECT, related_name="+")
    opened_on = models.DateField()
    due_on = models.DateField()
    needed = models.PositiveSmallIntegerField(default=1)
    waiting = models.PositiveIntegerField(default=0)
    fresh_days = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=150, blank=True)
    delivery = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="one_or_two_answers", condition=models.Q(needed__in=(1, 2))
            ),
            models.CheckConstraint(
                name="due_after_opening",
                condition=models.Q(due_on__gte=models.F("opened_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"verification round {self.name}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class VerificationTask(models.Model):
    """One row per person and round. Where the person lives is as it stood at the draw.

    `page_code` and `line`: the person's place on the printed form. `earlier`: the task of
    another round whose answer counts here too, because it is fresh enough.
    `state`, `voices`, `decided_at` and `standing`, the answer that counts, follow from
    the answers (`outcome`).
    """

    class State(models.TextChoices):
        OPEN = outcome.OPEN, "Belum"
        CONFIRMED = outcome.CONFIRMED, "Benar"
        CORRECTED = outcome.CORRECTED, "Dibetulkan"
        REFUSED = outcome.REFUSED, "Ditolak"
        DISPUTED = outcome.DISPUTED, "Beda jawaban"

    round = models.ForeignKey(VerificationRound, models.PROTECT, related_name="tasks")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    kelurahan = models.CharField(max_length=13)
    rw = models.CharField(max_length=3, blank=True)
    rt = models.CharField(max_length=3, blank=True)
    address = models.CharField(max_length=200, blank=True)
    page_code = models.CharField(max_length=9, blank=True)
    line = models.PositiveSmallIntegerField(default=0)
    earlier = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    voices = models.PositiveSmallIntegerField(default=0)
    decided_at = models.DateTimeField(null=True)
    standing = models.ForeignKey(
        "FieldAnswer", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["kelurahan", "rw", "rt", "address", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_task_per_person_and_round", fields=["round", "person"]
            ),
            models.UniqueConstraint(
                name="one_task_per_line_on_paper",
                fields=["page_code", "line"],
                condition=~models.Q(page_code=""),
            ),
        ]
        indexes = [
            models.Index(fields=["round", "kelurahan", "state"], name="task_in_area")
        ]

    def __str__(self) -> str:
        return f"verification task {self.pk}"

    @property
    def place(self) -> str:
        """`RT 001 / RW 002`, as it stood at the draw."""
        return f"RT {self.rt or '–'} / RW {self.rw or '–'}"


class FieldAnswer(models.Model):
    """One row per answer. Append-only: a later one takes its place, none is edited.

    `key` comes from the browser, so that an answer sent twice is stored once; of a
    delivery's row it is made of the row's number. `by`: the account that answered.
    `given_at`: when it was tapped, as far as known; `received_at`: when it arrived.
    """

    class Channel(models.TextChoices):
        PAGE = "page", "Halaman"
        PAPER = "paper", "Formulir kertas"
        FORM = "form", "ODK/Kobo"
        OFFICE = "office", "Keputusan petugas"

    task = models.ForeignKey(VerificationTask, models.PROTECT, related_name="answers")
    key = models.UUIDField(unique=True)
    by = models.CharField(max_length=150)
    channel = models.CharField(max_length=6, choices=Channel.choices)
    given_at = models.DateTimeField()
    received_at = models.DateTimeField()
    verdict = models.CharField(
        max_length=8, choices=[(verdict, verdict) for verdict in said.VERDICTS]
    )
    reason = models.CharField(
        max_length=20, blank=True, choices=[(r.code, r.title) for r in REASONS.values()]
    )
    reason_text = models.CharField(max_length=said.LONGEST_TEXT, blank=True)
    lives_here = models.BooleanField(null=True)
    alive = models.BooleanField(null=True)
    works = models.BooleanField(null=True)
    died_on = models.DateField(null=True)
    occupation = models.CharField(max_length=30, blank=True)
    income = models.BigIntegerField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=200, blank=True)
    rt = models.CharField(max_length=3, blank=True)
    rw = models.CharField(max_length=3, blank=True)
    photo = models.CharField(max_length=64, blank=True)
    row_id = models.CharField(max_length=40, blank=True)
    settles = models.BooleanField(default=False)
    note = models.CharField(max_length=said.LONGEST_TEXT, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"answer {self.pk} to task {self.task_id}"


class Evidence(models.Model):
    """One row per kept picture; its bytes lie in the workspace under their hash."""

    sha256 = models.CharField(max_length=64, unique=True)
    ending = models.CharField(max_length=5)
    kind = models.CharField(max_length=20)
    size = models.IntegerField()
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return f"evidence {self.sha256[:12]}"


class AnswerProblem(models.Model):
    """One row per row of a delivery that is no answer yet, with what must be asked."""

    delivery = models.CharField(max_length=16)
    row_id = models.CharField(max_length=40, unique=True)
    line = models.IntegerField()
    kelurahan = models.CharField(max_length=13, blank=True)
    code = models.CharField(max_length=30)
    message = models.CharField(max_length=200)
    question = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["delivery", "line"]

    def __str__(self) -> str:
        return f"problem of row {self.row_id}"
