"""The only writers of decrees: issue from a plan, revoke, advance, record answers."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
from django.db import transaction

from semesta.audit.services import record
from semesta.decrees import queries
from semesta.decrees.decree import (
    arrange,
    check_may_list,
    decree_sha256,
    head_of,
)
from semesta.decrees.issuing.services import approve, check_number_free
from semesta.decrees.models import Decree, DecreeEntry
from semesta.decrees.proposals.queries import ranked_lines
from semesta.decrees.proposals.services import draft_proposal, take_step
from semesta.decrees.proposals.stepping.services import check_not_frozen, clean
from semesta.decrees.states import after, may_become
from semesta.kernel import Actor, Month, UserError
from semesta.planning.allocate import CHOSEN
from semesta.planning.models import Plan
from semesta.warehouse.bulk import update_rows
from semesta.warehouse.workspace import Workspace

# Who judges in the trail when a command issues a decree without naming an approver.
APPROVAL_BY_COMMAND = "pengesahan-lewat-perintah"


@transaction.atomic
def issue_decree(
    *,
    plan: Plan,
    number: str,
    issued_on: date,
    workspace: Workspace,
    by: Actor,
    approver: Actor | None = None,
) -> Decree:
    """Walk a plan's chosen people through every step to a decree, all or nothing.

    For commands and the cycle: `by` proposes, `approver` (somebody else; by default the
    command itself, and the trail says so) reviews, approves and numbers. The same plan,
    or the same number with the same list, gives the first decree again. UserError
    `decree.people` names everyone who may not be listed (dead, NIK missing or shared,
    listed elsewhere for the same months); `decree.number` and `decree.number_taken`.
    """
    if first := Decree.objects.filter(plan=plan, amends=None).first():
        return first
    approver = approver or Actor(APPROVAL_BY_COMMAND, by.at, by.authority)
    if namesake := _same_or_refuse(plan, number, issued_on, workspace):
        return namesake
    proposal = draft_proposal(plan=plan, workspace=workspace, by=by, on=issued_on)
    for action, actor in (("submit", by), ("endorse", approver)):
        proposal = take_step(
            proposal=proposal, action=action, version=proposal.version, by=actor,
            on=issued_on,
        )  # fmt: skip
    approved = approve(
        proposal=proposal, version=proposal.version, by=approver, on=issued_on,
        number=number, issued_on=issued_on,
    )  # fmt: skip
    assert approved.decree is not None
    return approved.decree


def _same_or_refuse(
    plan: Plan, number: str, issued_on: date, workspace: Workspace
) -> Decree | None:
    """The decree that has this number and this very list; None when the number is free."""
    first = Month.of(plan.first_month)
    head = head_of(
        number, issued_on, payer=plan.payer, first_month=first, months=plan.months,
        cost_each=plan.cost_each,
    )  # fmt: skip
    lines = ranked_lines(plan, workspace)
    chosen = [x.candidate.person_id for x in lines if x.outcome == CHOSEN]
    entries = arrange(queries.as_listed(chosen))
    namesake = Decree.objects.filter(number=head.number).first()
    if namesake and namesake.sha256 == decree_sha256(head, entries):
        return namesake
    check_number_free(head.number)
    check_may_list(queries.problems_among(entries, plan, on=issued_on))
    return None


@transaction.atomic
def revoke(*, decree: Decree, reason: str, by: Actor, on: date) -> Decree:
    """End a decree with its changes; what was paid stays paid. Again changes nothing.

    UserError `decree.reason`; NotPossible `decree.frozen`.
    """
    held = Decree.objects.select_for_update().get(pk=decree.pk)
    if held.status == Decree.Status.REVOKED:
        return held
    check_not_frozen(on)
    reason = clean(reason)
    if not reason:
        raise UserError(
            "decree.reason",
            "Alasannya belum diisi.",
            "Pencabutan tampil pada halaman pemeriksaan SK untuk umum.",
            "Tulis alasannya dalam satu kalimat.",
        )
    for one in (held, *held.changes.all()):
        if one.status != Decree.Status.REVOKED:
            one.status = after("revoke", one.status)
            one.revoked_on, one.revoked_reason = on, reason
            one.save(update_fields=["status", "revoked_on", "revoked_reason"])
    record(action="decree.revoked", by=by, subject=f"decree:{held.pk}")
    return held


def advance(decree: Decree, to: str) -> None:
    """Move a decree on; a step that its status does not allow is left undone."""
    if may_become(decree.status, to):
        decree.status = to
        decree.save(update_fields=["status"])


def record_answers(changed: pa.Table) -> None:
    """Write what the insurer answered to its entries: columns of `ANSWERED`."""
    update_rows(DecreeEntry, changed)
