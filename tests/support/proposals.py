"""Proposals on their way: who acts, and the steps taken for a test."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from semesta.decrees.issuing.services import approve, issue_proposal
from semesta.decrees.models import Decree, Proposal
from semesta.decrees.proposals.queries import composition
from semesta.decrees.proposals.services import draft_proposal, take_step
from semesta.kernel import Actor
from semesta.planning.models import Plan
from semesta.warehouse.workspace import Workspace

ON = date(2026, 1, 5)
AT = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
MAKER = Actor("petugas", AT)
REVIEWER = Actor("penelaah", AT)
LEADER = Actor("pimpinan", AT)


def a_draft(plan: Plan, workspace: Workspace, *, by: Actor = MAKER) -> Proposal:
    """The draft of a plan's proposal, the difference confirmed as it is shown."""
    shown = composition(plan, workspace, on=ON).fingerprint()
    return draft_proposal(plan=plan, workspace=workspace, by=by, on=ON, confirmed=shown)


def step(proposal: Proposal, action: str, by: Actor, **more: Any) -> Proposal:
    """One step from the version the proposal has now."""
    proposal.refresh_from_db()
    given = {"version": proposal.version, "on": ON, **more}
    return take_step(proposal=proposal, action=action, by=by, **given)


def to_leader(proposal: Proposal) -> Proposal:
    """Submitted and reviewed: it waits for the leader."""
    step(proposal, "submit", MAKER)
    return step(proposal, "endorse", REVIEWER)


def approved(proposal: Proposal, **more: Any) -> Proposal:
    """Reviewed and approved; with `number` and `issued_on` issued as well."""
    held = to_leader(proposal)
    given = {"version": held.version, "on": ON, "by": LEADER, **more}
    return approve(proposal=held, **given)


def issued(proposal: Proposal, number: str = "400/1/2026", **more: Any) -> Decree:
    """All steps to a decree."""
    held = approved(proposal)
    given = {"version": held.version, "on": ON, "by": LEADER, "issued_on": ON, **more}
    decree = issue_proposal(proposal=held, number=number, **given).decree
    assert decree is not None
    return decree
