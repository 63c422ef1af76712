"""The writers every step shares: the proposal held, its step and event written.

The checks stand beside them because they hold only within the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from semesta.audit.services import record
from semesta.decrees.models import (
    LONGEST_REASON,
    Decree,
    Proposal,
    ProposalStep,
)
from semesta.decrees.proposals import queries
from semesta.decrees.proposals.stale import StaleForm
from semesta.decrees.states import EDITABLE, LABELS, MAKER, TRANSITIONS
from semesta.kernel import (
    Actor,
    NotAllowed,
    NotPossible,
    UserError,
    day_in_words,
)
from semesta.planning.models import Plan


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


def is_makers(action: str, state: str) -> bool:
    return any(
        step.who == MAKER
        for step in TRANSITIONS
        if (step.action, step.before) == (action, state)
    )


def check_reason(proposal: Proposal, action: str, note: str) -> None:
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
