"""Decrees: the frozen lists of those a payer pays for, and how they come about."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from semesta.decrees.decree import CODE_LENGTH, LONGEST_NUMBER
from semesta.decrees.states import LABELS, OPEN

LONGEST_REASON = 300


class Decree(models.Model):
    """One row per decree (SK): the frozen list of those the payer pays for.

    Months are half-open, [first_month, until_month). `sha256` is the hash of the
    canonical text of head and list; recomputing it shows any later change. A changed
    decree `amends` the first one: its entries are the additions, its removals name
    entries that leave, and `previous_sha256` chains it to the decree before it.
    `price` is rupiah per person in the first month, `cost_each` over all months.
    """

    class Status(models.TextChoices):
        ISSUED = "issued", "Ditetapkan"
        SENT = "sent", "Dikirim ke BPJS Ketenagakerjaan"
        ANSWERED = "answered", "Sudah dijawab"
        REVOKED = "revoked", "Dicabut"

    plan = models.ForeignKey("planning.Plan", models.PROTECT, related_name="+")
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="changes"
    )
    number = models.CharField(max_length=LONGEST_NUMBER, unique=True)
    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    issued_on = models.DateField()
    title = models.CharField(max_length=200)
    payer = models.CharField(max_length=20)
    first_month = models.DateField()
    until_month = models.DateField()
    price = models.BigIntegerField()
    cost_each = models.BigIntegerField()
    entries_count = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    previous_sha256 = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices)
    issued_by = models.CharField(max_length=150)
    revoked_on = models.DateField(null=True)
    revoked_reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_decree_per_plan",
                fields=["plan"],
                condition=Q(amends__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class DecreeEntry(models.Model):
    """One row per person on a decree, as printed: later changes do not reach it.

    `occupation` is the printed word, `occupation_code` the code it stands for;
    `reason` why somebody was added by a changed decree.
    """

    class Status(models.TextChoices):
        LISTED = "listed", "Ditetapkan"
        REGISTERED = "registered", "Diterima BPJS Ketenagakerjaan"
        REJECTED = "rejected", "Ditolak BPJS Ketenagakerjaan"

    decree = models.ForeignKey(Decree, models.CASCADE, related_name="entries")
    number = models.IntegerField()
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    nik = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    born_on = models.DateField(null=True)
    address = models.CharField(max_length=240)
    kelurahan = models.CharField(max_length=13, db_index=True)
    occupation = models.CharField(max_length=60, blank=True)
    occupation_code = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.LISTED
    )
    kpj = models.CharField(max_length=13, blank=True)
    rejection_code = models.CharField(max_length=10, blank=True)
    rejection_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["decree", "number"]
        constraints = [
            models.UniqueConstraint(
                name="one_entry_per_person", fields=["decree", "person"]
            ),
            models.UniqueConstraint(
                name="one_entry_per_number", fields=["decree", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"decree {self.decree_id} no. {self.number}"


class Removal(models.Model):
    """One row per entry that a changed decree takes off the list, from a month on."""

    decree = models.ForeignKey(Decree, models.CASCADE, related_name="removals")
    entry = models.OneToOneField(DecreeEntry, models.CASCADE, related_name="removal")
    reason = models.CharField(max_length=LONGEST_REASON)
    from_month = models.DateField()

    class Meta:
        ordering = ["decree", "pk"]

    def __str__(self) -> str:
        return f"removal of entry {self.entry_id}"


class Proposal(models.Model):
    """One row per proposed decree, on its way from the plan to number and date.

    `version` grows with each step: a form that carries an older one was filled in
    before somebody else acted. `people` are those to be listed (for a change: added),
    `leaving` those a change takes off.
    """

    plan = models.ForeignKey("planning.Plan", models.PROTECT, related_name="+")
    amends = models.ForeignKey(
        Decree, models.PROTECT, null=True, related_name="proposals"
    )
    title = models.CharField(max_length=200)
    first_month = models.DateField()
    until_month = models.DateField()
    price = models.BigIntegerField()
    cost_each = models.BigIntegerField()
    people = models.IntegerField(default=0)
    leaving = models.IntegerField(default=0)
    state = models.CharField(max_length=10, choices=list(LABELS.items()))
    version = models.PositiveIntegerField(default=1)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=150, blank=True)
    approved_by = models.CharField(max_length=150, blank=True)
    decree = models.OneToOneField(
        Decree, models.PROTECT, null=True, related_name="proposal"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_proposal_per_plan",
                fields=["plan"],
                condition=Q(state__in=OPEN, amends__isnull=True),
            ),
            models.UniqueConstraint(
                name="one_open_change_per_decree",
                fields=["amends"],
                condition=Q(state__in=OPEN, amends__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"


class ProposalEntry(models.Model):
    """One row per person of a proposal: listed, stepping in, left out, or leaving.

    `instead_of` is the record number of the person whose place someone takes;
    `entry` the line that a change takes off; `remark` what a reviewer asks.
    """

    class Kind(models.TextChoices):
        LISTED = "listed", "Pilihan rencana"
        STEPPED_IN = "stepped_in", "Pengganti menurut peringkat"
        LEFT_OUT = "left_out", "Tidak diusulkan"
        LEAVING = "leaving", "Keluar dari daftar"

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="entries")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    rank = models.IntegerField(default=0)
    kelurahan = models.CharField(max_length=13, blank=True, db_index=True)
    code = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    instead_of = models.BigIntegerField(null=True)
    entry = models.ForeignKey(DecreeEntry, models.PROTECT, null=True, related_name="+")
    remark = models.CharField(max_length=LONGEST_REASON, blank=True)
    remark_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["proposal", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_proposal_entry_per_person", fields=["proposal", "person"]
            )
        ]

    def __str__(self) -> str:
        return f"proposal {self.proposal_id} person {self.person_id}"


class ProposalStep(models.Model):
    """One row per thing done to a proposal; `version` is the version it led to."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="steps")
    version = models.PositiveIntegerField()
    action = models.CharField(max_length=10)
    note = models.CharField(max_length=LONGEST_REASON, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["proposal", "version"]
        constraints = [
            models.UniqueConstraint(
                name="one_step_per_version", fields=["proposal", "version"]
            )
        ]

    def __str__(self) -> str:
        return f"proposal {self.proposal_id} v{self.version} {self.action}"


class FreezePeriod(models.Model):
    """One row per stretch of days, both included, in which no proposal moves."""

    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=LONGEST_REASON)
    made_by = models.CharField(max_length=150)
    lifted_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="freeze_ends_after_it_begins",
                condition=Q(last_day__gte=models.F("first_day")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"
