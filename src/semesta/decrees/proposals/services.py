"""The only writers of proposals: drafted, changed, judged, issued.

Every writer is one transaction with one step and one event. `version` is the one the
acting person saw; `on` the day on which they act.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from semesta.decrees.models import (
    Proposal,
    ProposalEntry,
)
from semesta.decrees.proposals import queries
from semesta.decrees.proposals.composing import (
    BY_HAND,
    Composition,
    check_confirmed,
)
from semesta.decrees.proposals.stepping.services import (
    check_editable,
    check_not_decreed,
    check_not_frozen,
    check_not_own,
    check_plan_stands,
    check_reason,
    checked_reasons,
    clean,
    hold,
    is_makers,
    log_step,
    move,
)
from semesta.decrees.states import after
from semesta.kernel import (
    Actor,
    Month,
    NotPossible,
    UserError,
)
from semesta.planning.models import Plan
from semesta.registry.models import Person
from semesta.warehouse.workspace import Workspace

TOGETHER = 1_000
Kind = ProposalEntry.Kind
TITLE = (
    "Penetapan Penerima Bantuan Iuran Jaminan Sosial Ketenagakerjaan bagi Pekerja "
    "Rentan Tahun {year}"
)


@transaction.atomic
def draft_proposal(
    *, plan: Plan, workspace: Workspace, by: Actor, on: date, confirmed: str = ""
) -> Proposal:
    """Draft the proposal of a plan's chosen people. An open one of the plan is given.

    Who cannot be listed is left out and the next in rank steps in, but only as
    `confirmed` (the fingerprint of the difference that was shown): UserError
    `decree.difference`. NotPossible `decree.exists`, `decree.plan_replaced`,
    `decree.frozen`, `decree.nobody`.
    """
    found = queries.open_proposals().filter(plan=plan, amends=None).first()
    if found:
        return found
    check_not_frozen(on)
    check_not_decreed(plan)
    check_plan_stands(plan)
    names = queries.composition(plan, workspace, on=on)
    check_confirmed(names, confirmed)
    first = Month.of(plan.first_month)
    proposal = Proposal.objects.create(
        plan=plan,
        title=TITLE.format(year=first.year),
        first_month=first.first_day,
        until_month=(first + plan.months).first_day,
        price=plan.price,
        cost_each=plan.cost_each,
        state="draft",
        made_by=by.username,
        made_at=by.at,
    )
    write_names(proposal, names, {})
    log_step(proposal, "draft", by, detail=_figures(names))
    return proposal


@transaction.atomic
def recompose(
    *,
    proposal: Proposal,
    version: int,
    workspace: Workspace,
    by: Actor,
    on: date,
    confirmed: str,
    leave_out: Mapping[int, str] | None = None,
) -> Proposal:
    """Compose a draft anew: those who died or were listed elsewhere since are left out,
    and those the maker names in `leave_out` (person id → reason). Remarks on people who
    stay are kept. UserError as for `draft_proposal`; StaleForm."""
    held = hold(proposal, version, by, on=on, action="compose")
    check_editable(held)
    by_hand = {**left_by_hand(held), **checked_reasons(leave_out or {})}
    names = queries.composition(held.plan, workspace, on=on, by_hand=by_hand)
    check_confirmed(names, confirmed)
    remarks = {
        e.person_id: (e.remark, e.remark_by) for e in held.entries.exclude(remark="")
    }
    held.entries.all().delete()
    write_names(held, names, remarks)
    return move(held, "compose", by, detail=_figures(names))


def left_by_hand(proposal: Proposal) -> dict[int, str]:
    """Person id → reason, for those whom the makers left out themselves."""
    left = proposal.entries.filter(kind=Kind.LEFT_OUT, code=BY_HAND)
    return dict(left.values_list("person_id", "reason"))


@transaction.atomic
def remark(
    *,
    proposal: Proposal,
    version: int,
    person_id: int,
    text: str,
    by: Actor,
    on: date,
) -> Proposal:
    """A reviewer's remark on one person of a proposal; a blank text takes it back."""
    held = hold(proposal, version, by, on=on, action="remark")
    if held.state not in ("proposed", "reviewed"):
        after("endorse", held.state)
    check_not_own(held, by)
    entry = held.entries.filter(person_id=person_id).first()
    if entry is None:
        raise UserError(
            "decree.no_entry",
            "Orang ini tidak ada pada usulan.",
            "Susunan usulan mungkin sudah berubah.",
            "Buka lagi daftar usulan.",
        )
    entry.remark = clean(text)
    entry.remark_by = by.username if entry.remark else ""
    entry.save(update_fields=["remark", "remark_by"])
    return move(held, "remark", by, detail={"person": person_id})


@transaction.atomic
def take_step(
    *,
    proposal: Proposal,
    action: str,
    version: int,
    by: Actor,
    on: date,
    note: str = "",
) -> Proposal:
    """Submit, endorse, return, reject, approve or withdraw a proposal.

    A reason (`note`) is required to return, reject and withdraw, unless remarks on
    people say it. NotPossible `decree.state`, `decree.plan_replaced`, `decree.frozen`;
    NotAllowed `decree.own`; StaleForm. The same step again by the same person is left
    as it was done.
    """
    held = hold(proposal, version, by, on=on, action=action)
    if held.version != version:
        return held
    state = after(action, held.state)
    note = clean(note)
    if not is_makers(action, held.state):
        check_not_own(held, by)
    if action in ("return", "reject", "withdraw"):
        check_reason(held, action, note)
    elif held.amends is None:
        check_plan_stands(held.plan)
    if action == "endorse":
        held.reviewed_by = by.username
    if action == "approve":
        held.approved_by = by.username
    if action in ("return", "submit"):
        held.reviewed_by = held.approved_by = ""
    held.state = state
    return move(held, action, by, note=note)


def write_names(
    proposal: Proposal,
    names: Composition,
    remarks: Mapping[int, tuple[str, str]],
) -> None:
    """Write the people of a composition as the proposal's entries, and its counts."""
    rows = [
        *((person, rank, Kind.LISTED, "", "", None) for person, rank in names.listed),
        *(
            (s.person_id, s.rank, Kind.STEPPED_IN, "", "", s.instead_of)
            for s in names.stepped_in
        ),
        *(
            (x.person_id, x.rank, Kind.LEFT_OUT, x.code, x.reason, None)
            for x in names.left_out
        ),
    ]
    people = Person.objects.only("kelurahan").in_bulk([row[0] for row in rows])
    ProposalEntry.objects.bulk_create(
        [
            ProposalEntry(
                proposal=proposal,
                person_id=person,
                kind=kind,
                rank=rank,
                kelurahan=people[person].kelurahan,
                code=code,
                reason=reason,
                instead_of=instead_of,
                remark=remarks.get(person, ("", ""))[0],
                remark_by=remarks.get(person, ("", ""))[1],
            )
            for person, rank, kind, code, reason, instead_of in rows
        ],
        batch_size=TOGETHER,
    )
    proposal.people = names.people
    proposal.save(update_fields=["people"])
    if not names.people:
        raise NotPossible(
            "decree.nobody",
            "Tidak seorang pun tersisa untuk diusulkan.",
            "Semua pilihan rencana tidak dapat ditetapkan, dan daftar tunggu habis.",
            "Nilai ulang kelayakan dan susun rencana baru.",
        )


def _figures(names: Composition) -> dict[str, int]:
    return {
        "left_out": len(names.left_out),
        "stepped_in": len(names.stepped_in),
        "vacant": names.vacant,
    }
