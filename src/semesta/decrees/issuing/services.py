"""The only writer of issued decrees: an approved proposal gets its number and date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date

from django.db import transaction

from semesta.audit.services import recorded_run
from semesta.decrees.changes import queries as changes
from semesta.decrees.changes.change import change_sha256
from semesta.decrees.decree import (
    Head,
    Listed,
    arrange,
    check_date,
    check_may_list,
    decree_sha256,
    head_of,
    short_code,
)
from semesta.decrees.models import Decree, DecreeEntry, Proposal, Removal
from semesta.decrees.proposals.queries import listed_ids
from semesta.decrees.proposals.services import take_step
from semesta.decrees.proposals.stepping.services import (
    check_not_frozen,
    check_not_own,
    check_plan_stands,
    hold,
    move,
)
from semesta.decrees.queries import as_listed, leaving, problems_among
from semesta.decrees.states import after
from semesta.kernel import Actor, Month, UserError

TOGETHER = 1_000


@transaction.atomic
def approve(
    *,
    proposal: Proposal,
    version: int,
    by: Actor,
    on: date,
    number: str = "",
    issued_on: date | None = None,
) -> Proposal:
    """Approve a proposal and, when its number and date are known, issue it: both or none.

    Errors as `take_step` and `issue_proposal`.
    """
    held = take_step(proposal=proposal, action="approve", version=version, by=by, on=on)
    if held.state == "approved" and number and issued_on:
        return issue_proposal(
            proposal=held, version=held.version, number=number, issued_on=issued_on,
            by=by, on=on,
        )  # fmt: skip
    return held


@transaction.atomic
def issue_proposal(
    *,
    proposal: Proposal,
    version: int,
    number: str,
    issued_on: date,
    by: Actor,
    on: date,
) -> Proposal:
    """Give an approved proposal its number and date: its list is frozen as a decree.

    UserError `decree.number`, `decree.number_taken`, `decree.date`, `decree.people`
    (who died, lost their NIK or were listed elsewhere since); NotPossible
    `decree.frozen` also for a date inside a freeze; errors of `take_step`.
    """
    held = hold(proposal, version, by, on=on, action="issue")
    if held.version != version:
        return held
    state = after("issue", held.state)
    check_not_own(held, by)
    head = _head(held, number, issued_on)
    check_not_frozen(issued_on)
    before = held.amends.issued_on if held.amends else held.plan.decision_run.as_of
    check_date(issued_on, not_before=before, today=on)
    check_number_free(head.number)
    entries = arrange(as_listed(listed_ids(held)))
    known = max(on, issued_on)
    check_may_list(problems_among(entries, held.plan, on=known))
    if held.amends:
        held.decree = _issue_change(held, held.amends, head, entries, by)
    else:
        check_plan_stands(held.plan)
        held.decree = _issue_list(held, head, entries, by)
    held.state = state
    return move(held, "issue", by, note=head.number)


def _head(held: Proposal, number: str, issued_on: date) -> Head:
    first = Month.of(held.first_month)
    return head_of(
        number,
        issued_on,
        payer=held.plan.payer,
        first_month=first,
        months=Month.of(held.until_month) - first,
        cost_each=held.cost_each,
    )


def check_number_free(number: str) -> None:
    """UserError `decree.number_taken` when another decree has this number."""
    if not Decree.objects.filter(number__iexact=number).exists():
        return
    raise UserError(
        "decree.number_taken",
        f"Nomor SK {number} sudah dipakai.",
        "Nomor itu milik SK lain dengan daftar, tanggal, atau bulan yang berbeda.",
        "Pakai nomor lain; perubahan daftar memerlukan SK perubahan.",
    )


def _issue_list(
    held: Proposal, head: Head, entries: Sequence[Listed], by: Actor
) -> Decree:
    sha256 = decree_sha256(head, entries)
    inputs = {"plan": held.plan.name, "decree": sha256}
    with recorded_run(
        stage="decree", inputs=inputs, by=by, as_of=head.issued_on
    ) as draft:
        decree = _freeze(held, head, entries, sha256, by)
        draft.counts = {"entries": decree.entries_count}
        draft.outputs = {"sha256": sha256, "decree": decree.pk}
    return decree


def _issue_change(
    held: Proposal,
    amends: Decree,
    head: Head,
    entries: Sequence[Listed],
    by: Actor,
) -> Decree:
    first = Month.of(held.first_month)
    leavers = changes.leavers(held)
    lines = [
        leaving(x.entry, reason=x.reason, first_month=first)
        for x in leavers
        if x.entry is not None
    ]
    previous = changes.newest_in_chain(amends).sha256
    sha256 = change_sha256(head, entries, lines, previous)
    inputs = {"amends": amends.sha256, "decree": sha256}
    with recorded_run(
        stage="decree", inputs=inputs, by=by, as_of=head.issued_on
    ) as draft:
        reasons = changes.reasons_to_add(held)
        decree = _freeze(
            held, head, entries, sha256, by, previous=previous, reasons=reasons
        )
        Removal.objects.bulk_create(
            [
                Removal(
                    decree=decree,
                    entry=x.entry,
                    reason=x.reason,
                    from_month=held.first_month,
                )
                for x in leavers
            ],
            batch_size=TOGETHER,
        )
        draft.counts = {"added": len(entries), "removed": len(lines)}
        draft.outputs = {"sha256": sha256, "decree": decree.pk}
    return decree


def _freeze(
    held: Proposal,
    head: Head,
    entries: Sequence[Listed],
    sha256: str,
    by: Actor,
    *,
    previous: str = "",
    reasons: Mapping[int, str] | None = None,
) -> Decree:
    """Write a decree and its entries; `reasons`: person id → why a change adds them."""
    decree = Decree.objects.create(
        plan=held.plan,
        amends=held.amends,
        number=head.number,
        code=short_code(sha256),
        issued_on=head.issued_on,
        title=held.title,
        payer=head.payer,
        first_month=held.first_month,
        until_month=held.until_month,
        price=held.price,
        cost_each=head.cost_each,
        entries_count=len(entries),
        sha256=sha256,
        previous_sha256=previous,
        status=Decree.Status.ISSUED,
        issued_by=by.username,
    )
    why = reasons or {}
    DecreeEntry.objects.bulk_create(
        [
            DecreeEntry(
                decree=decree, reason=why.get(entry.person_id, ""), **asdict(entry)
            )
            for entry in entries
        ],
        batch_size=TOGETHER,
    )
    return decree
