"""Writing a policy in a form: a draft is shown, changed by its buttons, and saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from semesta.eligibility.criteria import catalogue
from semesta.eligibility.models import PolicyVersion
from semesta.eligibility.policy import EVIDENCE, Policy, QuotaRule
from semesta.eligibility.policy_text import PolicyText, read_policy, write_policy
from semesta.eligibility.priority import KEYS
from semesta.eligibility.versions import queries, services
from semesta.kernel import NotPossible, UserError
from semesta.law.book import law_book
from semesta.web.clock import actor, today
from semesta.web.gate import needs
from semesta.web.policies import draft
from semesta.web.policies.fields import WORDS, Input, inputs_of

Data = draft.Data
ORDERS = ("highest", "lowest")


@dataclass(frozen=True)
class Block:
    """One criterion or key as the form draws it; `either`: the alternatives it holds."""

    key: str
    name: str
    label: str
    why: str
    clause: str
    note: str
    order: str
    inputs: list[Input]
    errors: list[str]
    clause_errors: list[str]
    either: list[Block] | None = None
    moved: bool = False


@needs("write_policy")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a draft. Buttons that change a list show it again without saving."""
    found = get_object_or_404(PolicyVersion, pk=pk)
    if found.state != PolicyVersion.State.DRAFT:
        return redirect("policies-version", pk=pk)
    policy = queries.policy_in(found)
    if request.method != "POST":
        return _page(request, found, draft.data_of(policy), {}, found.edition)
    data = draft.data_from(request.POST, policy)
    edition = int(request.POST.get("edition", "0") or 0)
    do = request.POST.get("do", "")
    if do not in ("save", "preview"):
        moved = draft.act(data, do, request.POST)
        return _page(request, found, data, {}, edition, moved=moved)
    errors = draft.errors_of(data)
    if not errors:
        try:
            services.save_draft(
                version=found,
                body=draft.text_of(data),
                edition=edition,
                by=actor(request),
            )
        except NotPossible as error:
            errors = {"": [f"{error.what} {error.why} {error.fix}"]}
    if errors:
        return _page(request, found, data, errors, edition)
    messages.success(request, _("Rancangan tersimpan."))
    to = "policies-preview" if do == "preview" else "policies-version"
    return redirect(to, pk=pk)


def _page(
    request: HttpRequest,
    version: PolicyVersion,
    data: Data,
    errors: draft.Errors,
    edition: int,
    *,
    moved: str = "",
) -> HttpResponse:
    region = settings.WORKSPACE.region
    used = {use["criterion"] for use in data["criteria"]}
    ranked = {entry["by"] for entry in data["priority"]}
    context = {
        "version": version,
        "data": data,
        "errors": errors,
        "edition": edition,
        "moved": moved,
        "criteria": [
            _criterion(use, f"c{n}", errors, moved)
            for n, use in enumerate(data["criteria"])
        ],
        "keys": [
            _key(entry, f"k{n}", errors, moved)
            for n, entry in enumerate(data["priority"])
        ],
        "more_criteria": [
            (name, each.label)
            for name, each in sorted(catalogue().items(), key=lambda i: i[1].label)
            if name not in used
        ],
        "alternatives": [
            (name, each.label)
            for name, each in sorted(catalogue().items(), key=lambda i: i[1].label)
            if name != "any_of"
        ],
        "more_keys": [(n, key.label) for n, key in KEYS.items() if n not in ranked],
        "orders": [(order, WORDS[order]) for order in ORDERS],
        "quota": _quota(data),
        "rule": inputs_of(QuotaRule, data.get("quota_rule", {}), "quota_rule", errors),
        "places": [
            (place.code, place.name, (data.get("quotas") or {}).get(place.code, ""))
            for place in region.places
        ],
        "districts": [
            (code, name, (data.get("quotas") or {}).get(code, ""))
            for code, name in region.districts.items()
        ],
        "evidence": _evidence(data),
    }
    status = 400 if errors else 200
    return render(request, "policies/edit.html", context, status=status)


def _criterion(use: Data, key: str, errors: draft.Errors, moved: str) -> Block:
    criterion = catalogue()[use["criterion"]]
    given = use.get("with", {})
    either = None
    if use["criterion"] == "any_of":
        either = [
            _criterion(each, f"{key}-either{n}", errors, moved)
            for n, each in enumerate(given.get("either", []))
        ]
    return Block(
        key=key,
        name=criterion.name,
        label=criterion.label,
        why=criterion.why,
        clause=use.get("clause", ""),
        note=use.get("note", ""),
        order="",
        inputs=inputs_of(criterion.params, given, f"{key}-with", errors),
        errors=errors.get(key, []),
        clause_errors=errors.get(f"{key}-clause", []),
        either=either,
        moved=key == moved,
    )


def _key(entry: Data, key: str, errors: draft.Errors, moved: str) -> Block:
    found = KEYS[entry["by"]]
    return Block(
        key=key,
        name=found.name,
        label=found.label,
        why="",
        clause=entry.get("clause", ""),
        note="",
        order=entry.get("order", ""),
        inputs=inputs_of(found.params, entry.get("with", {}), f"{key}-with", errors),
        errors=errors.get(key, []) + errors.get(f"{key}-order", []),
        clause_errors=[],
        moved=key == moved,
    )


def _quota(data: Data) -> str:
    """Which kind of quota is chosen."""
    if data.get("quota_rule"):
        return "rule"
    return "numbers" if data.get("quotas") else ""


def _evidence(data: Data) -> dict[str, Any]:
    check = data.get("verification") or {}
    return {
        "kinds": [
            (kind, words, kind in check.get("evidence", ()))
            for kind, words in EVIDENCE.items()
        ],
        "persons": check.get("persons", 1),
        "clause": check.get("clause", ""),
    }


# ── a policy for another year or payer ───────────────────────────────────────


@needs("write_policy")
def new(request: HttpRequest) -> HttpResponse:
    """A policy for a year and a payer, beginning as a copy of one at hand."""
    workspace = settings.WORKSPACE
    known = {text.policy.slug: text.policy for text in queries.policies(workspace)}
    held = queries.holdings(workspace, workspace.region.code)
    known |= {h.text.policy.slug: h.text.policy for h in held}
    payers = law_book().parameters["bpu.payers"].values[-1].value
    given = {
        "base": request.POST.get("base")
        or request.GET.get("contoh")
        or min(known, key=_own_first),
        "year": request.POST.get("year", str(today().year + 1)),
        "payer": request.POST.get("payer", "APBD"),
    }
    error = None
    if request.method == "POST":
        try:
            begun = _begin(request, known, given)
            return redirect("policies-edit", pk=begun.pk)
        except UserError as refusal:
            error = refusal
    context = {
        "given": given,
        "payers": payers.items(),
        "known": [(slug, known[slug].title) for slug in sorted(known, key=_own_first)],
        "error": error,
    }
    status = 400 if error else 200
    return render(request, "policies/new.html", context, status=status)


def _own_first(slug: str) -> tuple[bool, str]:
    return not slug.startswith(f"{settings.WORKSPACE.region.code}/"), slug


def _begin(
    request: HttpRequest, known: dict[str, Policy], given: dict[str, str]
) -> PolicyVersion:
    base, year = known.get(given["base"]), given["year"]
    if base is None or not (year.isdigit() and 2015 <= int(year) <= 2100):
        raise UserError(
            "policy.year",
            "Tahun atau kebijakan asalnya belum benar.",
            "Tahun ditulis dengan empat angka, misalnya 2027.",
            "Perbaiki isiannya.",
        )
    region = settings.WORKSPACE.region
    policy = base.model_copy(
        update={
            "region": region.code,
            "year": int(year),
            "payer": given["payer"],
            "valid_from": None,
            "valid_until": None,
            # Numbers of other places mean nothing here.
            "quotas": base.quotas if base.region == region.code else None,
        }
    )
    body = write_policy(policy)
    slug = policy.slug
    if any(
        h.text.policy.slug == slug
        for h in queries.holdings(settings.WORKSPACE, region.code)
    ):
        raise UserError(
            "policy.exists",
            f"Kebijakan {slug} sudah ada.",
            "Satu tahun dan satu pembayar mempunyai satu kebijakan.",
            "Buka kebijakan itu, lalu buat versi baru.",
        )
    return services.start_version(
        text=PolicyText(read_policy(body), body), by=actor(request)
    )
