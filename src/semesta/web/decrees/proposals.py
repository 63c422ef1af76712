"""Proposals: from a plan to a decree, each step by the person whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from semesta.access.models import User
from semesta.access.rights import check_may, may
from semesta.decrees.issuing.services import approve, issue_proposal
from semesta.decrees.models import Proposal, ProposalEntry
from semesta.decrees.proposals import queries, services
from semesta.decrees.states import ACTIONS, LABELS, TRANSITIONS, WAITS_FOR
from semesta.kernel import Actor, UserError
from semesta.planning.models import Plan
from semesta.planning.queries import newest_plan
from semesta.reports.services import publish_decree
from semesta.web.clock import actor, today
from semesta.web.gate import needs, user_of
from semesta.web.paging import chosen

TONES = {
    "draft": "plain", "returned": "wait", "proposed": "wait", "reviewed": "wait",
    "approved": "wait", "issued": "good", "rejected": "bad", "withdrawn": "plain",
}  # fmt: skip
# The way of a proposal as a page shows it; a returned one begins anew.
WAY = ("draft", "proposed", "reviewed", "approved", "issued")
NEXT = {
    "draft": "Penyusun memeriksa daftar, lalu mengusulkannya.",
    "returned": "Penyusun memperbaiki menurut catatan, lalu mengusulkan lagi.",
    "proposed": "Orang lain menelaah: petugas atau pimpinan yang tidak ikut menyusun.",
    "reviewed": "Pimpinan menyetujui, mengembalikan, atau menolak.",
    "approved": "Pimpinan memberi nomor dan tanggal; sesudah itu daftarnya tetap.",
    "issued": "Keputusan sudah ditetapkan. Perubahan memakai keputusan baru.",
    "rejected": "Usulan ditolak. Susun rencana baru bila perlu.",
    "withdrawn": "Usulan ditarik penyusunnya.",
}
OTHER_RIGHTS = {
    "compose": {"propose_decree"},
    "leave_out": {"propose_decree"},
    "remark": {"review_decree"},
}


@needs("propose_decree")
def propose(request: HttpRequest) -> HttpResponse:
    """Who a plan would bring onto a decree, who cannot be listed and who steps in; POST
    drafts the proposal as it was shown."""
    plan = _plan(request)
    if plan is None:
        return render(request, "decrees/propose.html", {"plan": None})
    workspace = settings.WORKSPACE
    if request.method == "POST":
        made = services.draft_proposal(
            plan=plan,
            workspace=workspace,
            by=actor(request),
            on=today(),
            confirmed=request.POST.get("confirmed", ""),
        )
        return redirect("decrees-proposal", made.pk)
    names = queries.composition(plan, workspace, on=today())
    context = {
        "plan": plan,
        "names": names,
        "confirmed": names.fingerprint(),
        "open": queries.open_proposals().filter(plan=plan, amends=None).first(),
        "newer": queries.newer_plan(plan),
    }
    return render(request, "decrees/propose.html", context)


def _plan(request: HttpRequest) -> Plan | None:
    asked = request.POST.get("plan") or request.GET.get("rencana", "")
    if not asked:
        return newest_plan()
    if not asked.isdigit():
        raise Http404
    return get_object_or_404(Plan.objects.select_related("decision_run"), pk=asked)


@needs("see_proposal")
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: figures, what happens next, its people, and the steps this user may
    take. A step that cannot be taken shows why, and keeps what was typed."""
    found = get_object_or_404(queries.proposals(), pk=pk)
    problem: UserError | None = None
    if request.method == "POST":
        _check_right(user_of(request), _action(request), found, _version(request))
        try:
            return _act(request, found)
        except UserError as error:
            problem = error
            found.refresh_from_db()
    context = _shown(request, found) | {"problem": problem, "typed": request.POST}
    return render(
        request, "decrees/proposal.html", context, status=400 if problem else 200
    )


def _action(request: HttpRequest) -> str:
    action = request.POST.get("action", "")
    if action not in OTHER_RIGHTS and action not in {s.action for s in TRANSITIONS}:
        raise Http404
    return action


def _check_right(user: User, action: str, found: Proposal, version: int) -> None:
    """NotAllowed unless the user's role may take this step from this state. From a form
    filled in before somebody else acted, any state of the step will do: its sender is
    told what happened, not that they may not."""
    steps = [s for s in TRANSITIONS if s.action == action]
    here = [s for s in steps if s.before == found.state]
    if version != found.version or not here:
        here = steps
    rights = OTHER_RIGHTS.get(action) or {
        queries.RIGHT_OF[s.who] for s in here if s.who in queries.RIGHT_OF
    }
    if not any(may(user, right) for right in rights):
        check_may(user, min(rights, default="approve_decree"))


def _shown(request: HttpRequest, found: Proposal) -> dict[str, Any]:
    user = user_of(request)
    counts = queries.counts(user, found)
    kind = chosen(request, "jenis", ProposalEntry.Kind.values)
    kelurahan = chosen(request, "kelurahan", counts.by_kelurahan)
    search = request.GET.get("cari", "")
    own = user.username in queries.makers(found)
    return {
        "proposal": found,
        "tone": TONES[found.state],
        "state": LABELS[found.state],
        "next": NEXT[found.state],
        "waits_for": WAITS_FOR.get(found.state, ""),
        "way": _way(found.state),
        "cost": found.people * found.cost_each,
        "counts": counts,
        "compared": queries.compared(found),
        "may_do": queries.may_do(user, found),
        "own": own and found.state in ("proposed", "reviewed", "approved"),
        "may_remark": not own and may(user, "review_decree"),
        "may_change": may(user, "propose_decree"),
        "freeze": queries.freeze_on(today()),
        "steps": [(step, ACTIONS[step.action]) for step in queries.steps(found)],
        "today": today(),
        "kind": kind,
        "kinds": [
            (value, label, counts.by_kind[value])
            for value, label in ProposalEntry.Kind.choices
            if counts.by_kind[value]
        ],
        "kelurahan": kelurahan,
        "search": search,
        "page": queries.entries(
            user,
            found,
            kind=kind,
            kelurahan=kelurahan,
            search=search,
            page=request.GET.get("halaman", 1),
        ),
    }


def _way(state: str) -> list[tuple[str, str]]:
    """Each state on the way with `done`, `now` or `later`; none for what has ended."""
    here = "draft" if state == "returned" else state
    if here not in WAY:
        return []
    at = WAY.index(here)
    return [
        (LABELS[name], "done" if n < at or here == "issued" else "now" if n == at else "later")
        for n, name in enumerate(WAY)
    ]  # fmt: skip


def _act(request: HttpRequest, found: Proposal) -> HttpResponse:
    """Take the step that was asked for. Raises what the services raise."""
    action, by = _action(request), actor(request)
    given = {
        "proposal": found,
        "version": _version(request),
        "by": by,
        "on": today(),
    }
    done = _STEPS.get(action, _plain)(request, given)
    if done.decree_id and action in ("approve", "issue"):
        return _issued(request, done, by)
    messages.success(request, f"Tercatat. Keadaan sekarang: {LABELS[done.state]}.")
    return redirect("decrees-proposal", found.pk)


def _issued(request: HttpRequest, done: Proposal, by: Actor) -> HttpResponse:
    assert done.decree is not None
    publish_decree(decree=done.decree, workspace=settings.WORKSPACE, by=by)
    messages.success(request, f"Keputusan {done.decree.number} ditetapkan.")
    return redirect("decrees-decree", done.decree_id)


def _plain(request: HttpRequest, given: dict[str, Any]) -> Proposal:
    return services.take_step(
        action=_action(request), note=request.POST.get("note", ""), **given
    )


def _approve(request: HttpRequest, given: dict[str, Any]) -> Proposal:
    number = request.POST.get("number", "").strip()
    return approve(number=number, issued_on=_day(request) if number else None, **given)


def _issue(request: HttpRequest, given: dict[str, Any]) -> Proposal:
    return issue_proposal(
        number=request.POST.get("number", ""), issued_on=_day(request), **given
    )


def _remark(request: HttpRequest, given: dict[str, Any]) -> Proposal:
    return services.remark(
        person_id=_number(request.POST.get("person", "")),
        text=request.POST.get("note", ""),
        **given,
    )


@transaction.atomic
def _compose(request: HttpRequest, given: dict[str, Any]) -> Proposal:
    """Compose anew, leaving out the person that was named, if one was."""
    found, workspace = given["proposal"], settings.WORKSPACE
    person = _number(request.POST.get("person", ""))
    leaves = {person: request.POST.get("note", "")} if person else {}
    left = {**services.left_by_hand(found), **services.checked_reasons(leaves)}
    names = queries.composition(found.plan, workspace, on=given["on"], by_hand=left)
    return services.recompose(
        confirmed=names.fingerprint(), leave_out=leaves, workspace=workspace, **given
    )


Step = Callable[[HttpRequest, dict[str, Any]], Proposal]
_STEPS: dict[str, Step] = {
    "approve": _approve,
    "issue": _issue,
    "remark": _remark,
    "compose": _compose,
    "leave_out": _compose,
}


def _version(request: HttpRequest) -> int:
    """The version of the proposal that the sender saw."""
    return _number(request.POST.get("version", ""))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _day(request: HttpRequest) -> date:
    """The date typed. UserError `decree.date` for what is none."""
    try:
        return date.fromisoformat(request.POST.get("issued_on", ""))
    except ValueError as error:
        raise UserError(
            "decree.date",
            "Tanggal penetapan belum diisi atau tidak dikenal.",
            "SK memerlukan tanggal, misalnya 5 Januari 2026.",
            "Pilih tanggalnya.",
        ) from error
