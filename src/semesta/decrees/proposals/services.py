"""The only writers of proposals: drafted, changed, judged, issued.

Every writer is one transaction with one step and one event. `version` is the one the
acting person saw; `on` the day on which they act.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from semesta.audit.services import record
from semesta.decrees.models import (
    LONGEST_REASON,
    Decree,
    Proposal,
    ProposalEntry,
    ProposalStep,
)
from semesta.decrees.proposals import queries
from semesta.decrees.proposals.composing import (
    BY_HAND,
    Composition,
    check_confirmed,
)
from semesta.decrees.proposals.stale import StaleForm
from semesta.decrees.states import EDITABLE, LABELS, MAKER, TRANSITIONS, after
from semesta.kernel import (
    Actor,
    Month,
    NotAllowed,
    NotPossible,
    UserError,
    day_in_words,
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
    by_hand = {**_left_by_hand(held), **checked_reasons(leave_out or {})}
    names = queries.composition(held.plan, workspace, on=on, by_hand=by_hand)
    check_confirmed(names, confirmed)
    remarks = {
        e.person_id: (e.remark, e.remark_by) for e in held.entries.exclude(remark="")
    }
    held.entries.all().delete()
    write_names(held, names, remarks)
    return move(held, "compose", by, detail=_figures(names))


def _left_by_hand(proposal: Proposal) -> dict[int, str]:
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
    if not _is_makers(action, held.state):
        check_not_own(held, by)
    if action in ("return", "reject", "withdraw"):
        _check_reason(held, action, note)
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


# ── what every step checks ───────────────────────────────────────────────────


def hold(
    proposal: Proposal, version: int, by: Actor, *, on: date, action: str
) -> Proposal:
    """The proposal as it stands, held until the transaction ends.

    StaleForm when somebody acted since `version`; when that was the same person doing
    the same (a form sent twice), it is given as it is. NotPossible `decree.frozen`.
    """
    held = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("plan__decision_run", "plan__run", "amends__plan")
        .get(pk=proposal.pk)
    )
    if held.version != version:
        since = queries.done_since(held, version)
        twice = [(done.by, done.action) for done in since] == [(by.username, action)]
        if not twice or action not in {step.action for step in TRANSITIONS}:
            raise StaleForm(since, mine=version, now=held.version)
        return held
    check_not_frozen(on)
    return held


def move(
    held: Proposal,
    action: str,
    by: Actor,
    *,
    note: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Proposal:
    """Write what was changed on a held proposal, as its next version."""
    held.version += 1
    held.save()
    log_step(held, action, by, note=note, detail=detail)
    return held


def log_step(
    proposal: Proposal,
    action: str,
    by: Actor,
    *,
    note: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """One line in the proposal's own history and one event in the trail."""
    ProposalStep.objects.create(
        proposal=proposal,
        version=proposal.version,
        action=action,
        note=note,
        by=by.username,
        at=by.at,
    )
    record(
        action=f"proposal.{action}",
        by=by,
        subject=f"proposal:{proposal.pk}",
        detail={"state": proposal.state, "people": proposal.people, **(detail or {})},
    )


def check_not_frozen(*days: date) -> None:
    """NotPossible `decree.frozen`, with the day the freeze ends."""
    freeze = queries.freeze_on(*days)
    if freeze is None:
        return
    raise NotPossible(
        "decree.frozen",
        f"Usulan dan keputusan dibekukan sampai {day_in_words(freeze.last_day)}.",
        f"Sebabnya: {freeze.reason}.",
        "Tunggu sampai masa beku berakhir, atau minta pimpinan mengakhirinya.",
    )


def check_plan_stands(plan: Plan) -> None:
    """NotPossible `decree.plan_replaced` when a newer judgement has its own plan."""
    newer = queries.newer_plan(plan)
    if newer is None:
        return
    raise NotPossible(
        "decree.plan_replaced",
        "Rencana di balik usulan ini sudah diganti.",
        "Sesudahnya kelayakan dinilai ulang per "
        f"{day_in_words(newer.decision_run.as_of)} dan rencana baru disusun.",
        "Tarik usulan ini, lalu usulkan rencana yang baru.",
    )


def check_not_decreed(plan: Plan) -> None:
    """NotPossible `decree.exists` when the plan has become a decree."""
    decree = Decree.objects.filter(plan=plan, amends=None).first()
    if decree is None:
        return
    raise NotPossible(
        "decree.exists",
        f"Rencana ini sudah menjadi SK {decree.number}.",
        "Daftar yang sudah ditetapkan tidak berubah lagi.",
        "Untuk mengganti penerima, usulkan SK perubahan dari halaman SK itu.",
    )


def check_not_own(proposal: Proposal, by: Actor) -> None:
    """NotAllowed `decree.own` for everyone who made what they would judge."""
    if by.username not in queries.makers(proposal):
        return
    raise NotAllowed(
        "decree.own",
        "Anda tidak dapat menelaah atau menyetujui usulan Anda sendiri.",
        "Setiap usulan dinilai orang lain daripada yang menyusun atau mengubahnya.",
        "Mintalah rekan atau pimpinan yang belum ikut menyusunnya.",
    )


def check_editable(proposal: Proposal) -> None:
    """NotPossible `decree.state` unless its makers may change the proposal."""
    if proposal.state in EDITABLE:
        return
    raise NotPossible(
        "decree.state",
        "Susunan usulan ini tidak dapat diubah sekarang.",
        f"Keadaannya: {LABELS[proposal.state]}.",
        "Mintalah penelaah atau pimpinan mengembalikannya lebih dahulu.",
    )


def _is_makers(action: str, state: str) -> bool:
    return any(
        step.who == MAKER
        for step in TRANSITIONS
        if (step.action, step.before) == (action, state)
    )


def _check_reason(proposal: Proposal, action: str, note: str) -> None:
    said = action == "return" and proposal.entries.exclude(remark="").exists()
    if note or said:
        return
    raise UserError(
        "decree.reason",
        "Alasannya belum diisi.",
        "Orang yang menyusun usulan perlu tahu apa yang harus diperbaiki.",
        "Tulis alasannya dalam satu kalimat.",
    )


def checked_reasons(reasons: Mapping[int, str]) -> dict[int, str]:
    """Reasons without stray blanks. UserError `decree.reason` for one that is blank."""
    cleaned = {person: clean(text) for person, text in reasons.items()}
    if all(cleaned.values()):
        return cleaned
    raise UserError(
        "decree.reason",
        "Alasannya belum diisi.",
        "Setiap orang yang keluar dari daftar harus disertai alasan.",
        "Isi alasan pada setiap nama yang ditandai.",
    )


def clean(text: str) -> str:
    """A reason without stray blanks, cut to what is kept."""
    return " ".join(text.split())[:LONGEST_REASON]


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
