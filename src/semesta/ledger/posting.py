"""What may be posted: rows that claim paid months against months already posted.

One payer pays one person's month once: of a range that overlaps what the same payer
already paid, only the rest is posted and the overlap is reported. Every row ends in
exactly one of: posted, posted before, or not posted with a reason.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from semesta.ledger.ranges import Span, months_in, subtract

# Why a row was not posted, in the words a page shows.
REASONS: dict[str, str] = {
    "held": "Baris ditahan saat penerimaan berkas dan menunggu jawaban.",
    "refused": "Baris ditolak saat penerimaan berkas.",
    "superseded": "Baris digantikan oleh perbaikan dari pengirimnya.",
    "no_person": "Baris belum terhubung dengan orang di registri.",
    "decree_unknown": "Bukti menyebut SK yang tidak dikenal; tanyakan kepada pengirim.",
    "not_on_decree": "Orang di bukti ini tidak ada di SK yang disebutnya.",
    "no_start": "Bulan mulai dibayar tidak diketahui.",
    "no_end": "Bulan akhir yang dibayar tidak diketahui.",
    "employer_unknown": "NPP pemberi kerja tidak ada di daftar pemberi kerja.",
    "employer_unpaid": "Bulan iuran terakhir pemberi kerja tidak diketahui.",
    "empty_range": "Bulan akhir tidak sesudah bulan mulai.",
    "negative_amount": "Jumlah iuran kurang dari nol.",
    "overlap": "Semua bulannya sudah dibayar oleh pembayar yang sama.",
    "ended_later": "Dinonaktifkan sesudah bulannya dibukukan; perlu koreksi.",
}
# A row pays at most a few years, so what others paid already cuts it in fewer parts.
MOST_PARTS = 60


class Claim(NamedTuple):
    """One row of a file that says: these months were paid for this person.

    `evidence` names further rows it rests on (the employer's); `problem` is a reason
    found while reading it. `start` and `until` are month numbers, half-open.
    """

    row_id: str
    delivery: str
    line: int
    fate: str
    person_id: int | None
    segment: str
    payer: str
    programmes: str
    start: int | None
    until: int | None
    amount: int | None
    evidence: str
    problem: str | None


class Posted(NamedTuple):
    """An entry of the ledger; the span is empty when it no longer is in force.

    `person_id` holds it today: who was merged into another holds nothing any more.
    """

    key: str
    row_id: str
    person_id: int
    segment: str
    payer: str
    span: Span


class Posting(NamedTuple):
    """An entry to be written; `amount` in whole rupiah, None when not known."""

    key: str
    claim: Claim
    span: Span
    amount: int | None


class Moved(NamedTuple):
    """An entry whose row turned out to be somebody else's: they hold it from now on.

    `spans` are its months without those the same payer paid for them already; with
    `makes_room` it stands where another one moves to, so it leaves before that comes.
    """

    key: str
    person_id: int
    spans: tuple[Span, ...]
    makes_room: bool


class Unposted(NamedTuple):
    """A row that was not posted (or of which `months` were already paid), and why."""

    row_id: str
    delivery: str
    line: int
    person_id: int | None
    reason: str
    months: int
    amount: int | None


# Months already paid, per person, segment and payer.
Covered = dict[tuple[int, str, str], list[Span]]


@dataclass
class PostingPlan:
    """What posting a list of claims would do; `already` rows were posted before."""

    postings: list[Posting] = field(default_factory=list)
    unposted: list[Unposted] = field(default_factory=list)
    overlaps: list[Unposted] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    rows: int = 0
    already: int = 0

    def counts(self) -> dict[str, object]:
        """Figures of the plan: rows add up to posted + already + not posted."""
        rows = {posting.claim.row_id for posting in self.postings}
        reasons = Counter(row.reason for row in self.unposted)
        return {
            "rows": self.rows,
            "posted_rows": len(rows),
            "already": self.already,
            "moved_entries": len(self.moved),
            "unposted": dict(sorted(reasons.items())),
            "entries": len(self.postings),
            "paid_months": sum(posting.span.months for posting in self.postings),
            "people": len({posting.claim.person_id for posting in self.postings}),
            "by_segment": dict(
                sorted(Counter(p.claim.segment for p in self.postings).items())
            ),
            "amount": sum(posting.amount or 0 for posting in self.postings),
            "overlap_rows": len(self.overlaps),
            "overlap_months": sum(row.months for row in self.overlaps),
            "overlap_amount": sum(row.amount or 0 for row in self.overlaps),
        }


def claim_key(claim: Claim, part: int = 0) -> str:
    """The key of an entry: the same row always gives the same key.

    A wage worker's row is paid up to what the employer's row says, so that row is part
    of the key: a newer list of employers brings the months that came since.
    """
    return row_key(claim.delivery, claim.row_id, evidence=claim.evidence, part=part)


def row_key(delivery: str, row_id: str, *, evidence: str = "", part: int = 0) -> str:
    """The key of the entry for the `part`-th stretch of months a row pays."""
    parts = [delivery, row_id]
    parts += [evidence] if evidence else []
    parts += [str(part)] if part else []
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def correction_key(key: str) -> str:
    """The key of the entry that takes the place of the one with this key."""
    return hashlib.sha256(f"{key}\ncorrected".encode()).hexdigest()


def share(amount: int | None, whole: Span, part: Span) -> int | None:
    """The part's share of an amount, in whole rupiah; shares of a partition sum up."""
    if amount is None:
        return None
    each, rest = divmod(amount, whole.months)
    extra = min(rest, part.until - whole.start) - min(rest, part.start - whole.start)
    return each * part.months + extra


def plan_postings(claims: Iterable[Claim], posted: Iterable[Posted]) -> PostingPlan:
    """Decide for each claim, in the order given, what of it becomes entries."""
    plan = PostingPlan()
    claims = list(claims)
    owner_of_row = {c.row_id: c.person_id for c in claims if c.person_id is not None}
    posted = list(posted)
    spans_by_key = {entry.key: entry.span for entry in posted}
    covered: Covered = {}
    leaving: list[tuple[Posted, int]] = []
    for entry in posted:
        owner = owner_of_row.get(entry.row_id, entry.person_id)
        if owner != entry.person_id and entry.span.months:
            leaving.append((entry, owner))
        else:
            covered.setdefault(_slot(entry, owner), []).append(entry.span)
    plan.moved = _moves(leaving, covered)
    for claim in claims:
        plan.rows += 1
        reason = _objection(claim)
        before = spans_by_key.get(claim_key(claim))
        if reason:
            plan.unposted.append(_unposted(claim, reason))
        elif before is not None:
            _check_before(plan, claim, before)
        else:
            _post(plan, claim, covered)
    return plan


def _slot(entry: Posted | Claim, person_id: int | None) -> tuple[int, str, str]:
    """Within which one month is paid once."""
    return person_id or 0, entry.segment, entry.payer


def _moves(leaving: list[tuple[Posted, int]], covered: Covered) -> list[Moved]:
    """Where entries of other owners go; takes what they bring into `covered`."""
    aims = [(_slot(entry, owner), entry.span) for entry, owner in leaving]
    moves = []
    for entry, owner in leaving:
        here = _slot(entry, entry.person_id)
        makes_room = any(
            aim == here and subtract(entry.span, [span]) != [entry.span]
            for aim, span in aims
        )
        theirs = covered.setdefault(_slot(entry, owner), [])
        parts = subtract(entry.span, theirs)
        theirs.extend(parts)
        moves.append(Moved(entry.key, owner, tuple(parts), makes_room))
    return moves


def _objection(claim: Claim) -> str | None:
    """The reason for which a claim cannot be posted at all, if there is one."""
    if claim.fate in ("held", "refused", "superseded"):
        return claim.fate
    if claim.person_id is None:
        return "no_person"
    if claim.problem:
        return claim.problem
    if claim.start is None:
        return "no_start"
    if claim.until is None:
        return "no_end"
    if claim.until <= claim.start:
        return "empty_range"
    if claim.amount is not None and claim.amount < 0:
        return "negative_amount"
    return None


def _span(claim: Claim) -> Span:
    return Span(claim.start or 0, claim.until or 0)


def _unposted(claim: Claim, reason: str, months: int | None = None) -> Unposted:
    return Unposted(
        row_id=claim.row_id,
        delivery=claim.delivery,
        line=claim.line,
        person_id=claim.person_id,
        reason=reason,
        months=_span(claim).months if months is None else months,
        amount=claim.amount,
    )


def _check_before(plan: PostingPlan, claim: Claim, before: Span) -> None:
    """A row posted earlier; a later end of membership may now contradict it."""
    late = before.until - max(before.start, claim.until or 0)
    if late > 0:
        plan.unposted.append(_unposted(claim, "ended_later", late))
    else:
        plan.already += 1


def _post(plan: PostingPlan, claim: Claim, covered: Covered) -> None:
    whole = _span(claim)
    mine = covered.setdefault(_slot(claim, claim.person_id), [])
    parts = subtract(whole, mine)
    for number, part in enumerate(parts):
        plan.postings.append(
            Posting(
                key=claim_key(claim, number),
                claim=claim,
                span=part,
                amount=share(claim.amount, whole, part),
            )
        )
    mine.extend(parts)
    twice = whole.months - months_in(parts)
    if twice:
        paid = sum(share(claim.amount, whole, part) or 0 for part in parts)
        rest = None if claim.amount is None else claim.amount - paid
        row = _unposted(claim, "overlap", twice)._replace(amount=rest)
        plan.overlaps.append(row)
        if not parts:
            plan.unposted.append(row)
