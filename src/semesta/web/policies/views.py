"""Policies: those in force, their versions, and the steps from a draft to a rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from semesta.access.models import User
from semesta.access.rights import may
from semesta.eligibility.models import PolicyVersion
from semesta.eligibility.policy_text import (
    PolicyText,
    overlaps,
    read_policy,
    write_policy,
)
from semesta.eligibility.queries import decision_runs
from semesta.eligibility.versions import queries, services
from semesta.kernel import Region, UserError
from semesta.web.clock import actor, today
from semesta.web.gate import needs, user_of
from semesta.web.policies.telling import Told, differences, tell

State = PolicyVersion.State
TONES = {
    State.DRAFT: "plain",
    State.PROPOSED: "wait",
    State.APPROVED: "good",
    State.REJECTED: "bad",
}
RUNS_SHOWN = 5


@dataclass(frozen=True)
class Row:
    """One policy of the region: the text in force today, and what is being written."""

    slug: str
    holding: queries.Holding | None
    holds: bool
    open: PolicyVersion | None

    @property
    def file_url(self) -> str:
        """Where the text lies that comes as a file."""
        return file_address(self.slug)


@needs("see_policy")
def policies(request: HttpRequest) -> HttpResponse:
    """The region's policies with their state, and the examples of other regions."""
    user, workspace = user_of(request), settings.WORKSPACE
    here = workspace.region.code
    examples = [
        {"title": text.policy.title, "url": file_address(text.policy.slug)}
        for text in queries.policies(workspace)
        if text.policy.region != here
    ]
    rows = _rows(here, today())
    context = {
        "rows": rows,
        "holding_slugs": [row.slug for row in rows if row.holding],
        "may_judge": may(user, "run_programme"),
        "on": today(),
        "overlaps": overlaps(
            (row.holding.name, row.holding.in_its_days) for row in rows if row.holding
        ),
        "examples": examples,
        "runs": decision_runs()[:RUNS_SHOWN],
        "may_write": may(user, "write_policy"),
        "to_approve": _to_decide(user),
    }
    return render(request, "policies/list.html", context)


def file_address(slug: str) -> str:
    """The page of a policy that comes as a file."""
    return reverse("policies-file", args=slug.split("/"))


def _rows(region: str, on: date) -> list[Row]:
    held = queries.holdings(settings.WORKSPACE, region)
    written = queries.versions_in(region)
    slugs = {h.text.policy.slug for h in held} | {v.slug for v in written}
    rows = []
    for slug in sorted(slugs, reverse=True):
        own = [h for h in held if h.text.policy.slug == slug]
        now = [h for h in own if h.holds_on(on)]
        versions = [v for v in written if v.slug == slug]
        open_ = [v for v in versions if v.state in (State.DRAFT, State.PROPOSED)]
        rows.append(
            Row(
                slug=slug,
                holding=(now or own)[-1] if own else None,
                holds=bool(now),
                open=open_[0] if open_ else None,
            )
        )
    return rows


def _to_decide(user: User) -> list[PolicyVersion]:
    """Proposals this user may decide on."""
    if not may(user, "approve_policy"):
        return []
    own = {user.username}
    return [
        version
        for version in queries.waiting_for_approval()
        if not own & {version.written_by, version.proposed_by}
    ]


def areas_of(region: Region) -> dict[str, str]:
    """Area code → name, for the region's kecamatan and kelurahan."""
    return {
        region.code: region.name,
        **region.districts,
        **{place.code: place.name for place in region.places},
    }


@needs("see_policy")
def file(request: HttpRequest, region: str, name: str) -> HttpResponse:
    """A policy that comes as a file, in plain words."""
    text = _file(region, name)
    context = {
        "policy": text.policy,
        "told": tell(text.policy, areas_of(settings.WORKSPACE.region)),
        "body": text.body,
        "text_url": reverse("policies-file-text", args=[region, name]),
        "own": region == settings.WORKSPACE.region.code,
        "may_write": may(user_of(request), "write_policy"),
        "version": None,
    }
    return render(request, "policies/policy.html", context)


def _file(region: str, name: str) -> PolicyText:
    try:
        return queries.policy_text(f"{region}/{name}", settings.WORKSPACE)
    except UserError as error:
        if error.code == "policy.unknown":
            raise Http404 from error
        raise


@needs("see_policy")
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version in plain words, what happened to it, and what happens next."""
    found = get_object_or_404(PolicyVersion, pk=pk)
    user = user_of(request)
    policy = queries.policy_in(found)
    own = user.username in (found.written_by, found.proposed_by)
    areas = areas_of(settings.WORKSPACE.region)
    told = tell(policy, areas)
    context = {
        "differs": _differs(found, told, areas),
        "version": found,
        "tone": TONES[State(found.state)],
        "policy": policy,
        "told": told,
        "body": found.body,
        "others": list(queries.versions_of(found.slug)),
        "own": True,
        "may_write": may(user, "write_policy"),
        "may_decide": may(user, "approve_policy") and not own,
        "is_own": own,
    }
    return render(request, "policies/policy.html", context)


def _differs(
    version: PolicyVersion, told: Told, areas: dict[str, str]
) -> list[str] | None:
    """What an open version says otherwise than the approved one; None when decided."""
    if version.state not in (State.DRAFT, State.PROPOSED):
        return None
    try:
        held = queries.newest_text(version.slug, settings.WORKSPACE)
    except UserError:  # the first of its year and payer
        return None
    return differences(tell(held.policy, areas), told)


@needs("see_policy")
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The text of a version, for keeping or for another city."""
    found = get_object_or_404(PolicyVersion, pk=pk)
    return _yaml(found.body, f"{found.slug}-v{found.number}")


@needs("see_policy")
def file_text(request: HttpRequest, region: str, name: str) -> HttpResponse:
    """The text of a policy that comes as a file."""
    return _yaml(_file(region, name).body, f"{region}/{name}")


def _yaml(body: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type="application/yaml; charset=utf-8")
    filename = name.replace("/", "-")
    response["Content-Disposition"] = (
        f'attachment; filename="kebijakan-{filename}.yaml"'
    )
    return response


# ── steps ────────────────────────────────────────────────────────────────────


@require_POST
@needs("write_policy")
def start(request: HttpRequest) -> HttpResponse:
    """A draft of the next version; the one being written when there is one."""
    found = queries.newest_text(request.POST.get("slug", ""), settings.WORKSPACE)
    # As the editor writes it, so that only real changes count as changes.
    body = write_policy(found.policy)
    draft = services.start_version(
        text=PolicyText(read_policy(body), body), by=actor(request)
    )
    to = "policies-edit" if draft.state == State.DRAFT else "policies-version"
    return redirect(to, pk=draft.pk)


@require_POST
@needs("write_policy")
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a draft in for approval."""
    found = get_object_or_404(PolicyVersion, pk=pk)
    services.propose(version=found, workspace=settings.WORKSPACE, by=actor(request))
    messages.success(request, _("Diajukan. Pimpinan akan memeriksanya."))
    return redirect("policies-version", pk=pk)


@require_POST
@needs("approve_policy")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a proposal or send it back with a reason."""
    found = get_object_or_404(PolicyVersion, pk=pk)
    reason = request.POST.get("reason", "")
    if request.POST.get("do") == "approve":
        services.approve(
            version=found,
            workspace=settings.WORKSPACE,
            by=actor(request),
            reason=reason,
        )
        messages.success(request, _("Disetujui. Penilaian berikutnya memakainya."))
    else:
        services.reject(version=found, by=actor(request), reason=reason)
        messages.success(request, _("Ditolak; alasannya dapat dibaca penulisnya."))
    return redirect("policies-version", pk=pk)
