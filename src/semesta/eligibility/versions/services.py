"""The only writers of policy versions: draft, save, propose, approve, reject.

Whoever wrote or proposed a version cannot decide on it; the database holds that too.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from semesta.audit.services import record
from semesta.eligibility.models import PolicyVersion
from semesta.eligibility.policy import Policy
from semesta.eligibility.policy_text import PolicyText, read_policy
from semesta.eligibility.versions import queries
from semesta.kernel import Actor, NotAllowed, NotPossible, UserError
from semesta.warehouse.workspace import Workspace

State, Source = PolicyVersion.State, PolicyVersion.Source
SHORTEST_REASON = 5


@transaction.atomic
def start_version(*, text: PolicyText, by: Actor) -> PolicyVersion:
    """A draft with this text; the policy's open draft or proposal when there is one."""
    slug = text.policy.slug
    if standing := queries.open_version(slug):
        return standing
    last = queries.versions_of(slug).aggregate(last=Max("number"))["last"] or 0
    version = PolicyVersion.objects.create(
        number=last + 1,
        source=Source.CITY,
        state=State.DRAFT,
        written_by=by.username,
        written_at=by.at,
        **_columns(text),
    )
    _record("policy.drafted", version, by)
    return version


@transaction.atomic
def save_draft(
    *, version: PolicyVersion, body: str, edition: int, by: Actor
) -> PolicyVersion:
    """Put a new text into a draft. The same text again changes nothing.

    `edition` is that of the draft as the writer saw it: when somebody saved meanwhile,
    NotPossible `policy.edited_meanwhile` and nothing is lost. NotPossible
    `policy.state` for what is no draft; UserError `policy.file` for a wrong text,
    `policy.other_slug` when year or payer no longer fit the policy.
    """
    found = _locked(version, State.DRAFT)
    text = PolicyText(read_policy(body), body)
    if text.policy.slug != found.slug:
        raise UserError(
            "policy.other_slug",
            "Wilayah, tahun, atau pembayar tidak dapat diganti di sini.",
            f"Rancangan ini untuk {found.slug}, tulisannya untuk {text.policy.slug}.",
            "Buat kebijakan baru untuk tahun atau pembayar itu.",
        )
    if found.edition != edition:
        raise NotPossible(
            "policy.edited_meanwhile",
            "Rancangan ini baru saja disimpan orang lain.",
            f"{found.written_by} menyimpannya sesudah Anda membukanya.",
            "Isian Anda masih ada di halaman ini; buka rancangan terbaru di tab lain, "
            "lalu samakan.",
        )
    if found.sha256 == text.sha256:
        return found
    for name, value in _columns(text).items():
        setattr(found, name, value)
    found.written_by, found.written_at = by.username, by.at
    found.edition += 1
    found.save()
    _record("policy.saved", found, by)
    return found


@transaction.atomic
def propose(
    *, version: PolicyVersion, workspace: Workspace, by: Actor
) -> PolicyVersion:
    """Hand a draft in for approval; from then on its text stands.

    NotPossible `policy.unchanged` when it says the same as the version in force,
    UserError `policy.overlap` when another policy of the payer holds on its days.
    """
    if version.state == State.PROPOSED:
        return version
    found = _locked(version, State.DRAFT)
    policy = queries.policy_in(found)
    _check_beside(policy, workspace)
    held = _newest(policy, workspace)
    if held and held.text.policy == policy:
        raise NotPossible(
            "policy.unchanged",
            "Rancangan ini sama dengan kebijakan yang sudah disetujui.",
            f"Tidak ada syarat, urutan, atau tanggal yang berbeda dari {held.name}.",
            "Ubah dahulu yang perlu diubah, lalu ajukan.",
        )
    found.state = State.PROPOSED
    found.proposed_by, found.proposed_at = by.username, by.at
    found.save()
    _record("policy.proposed", found, by)
    return found


@transaction.atomic
def approve(
    *, version: PolicyVersion, workspace: Workspace, by: Actor, reason: str = ""
) -> PolicyVersion:
    """Put a proposal in force for its days; the versions before it stay readable."""
    if version.state == State.APPROVED and version.decided_by == by.username:
        return version
    found = _decidable(version, by)
    _check_beside(queries.policy_in(found), workspace)
    return _decide(found, State.APPROVED, by, reason)


@transaction.atomic
def reject(*, version: PolicyVersion, by: Actor, reason: str) -> PolicyVersion:
    """Send a proposal back for good, with the reason; a new version may follow."""
    if version.state == State.REJECTED and version.decided_by == by.username:
        return version
    found = _decidable(version, by)
    if len(reason.strip()) < SHORTEST_REASON:
        raise UserError(
            "policy.reason",
            "Alasan penolakan belum ditulis.",
            "Yang mengajukan perlu tahu apa yang harus diubah.",
            "Tulis alasannya dalam satu kalimat.",
        )
    return _decide(found, State.REJECTED, by, reason)


def _columns(text: PolicyText) -> dict[str, object]:
    policy = text.policy
    return {
        "slug": policy.slug,
        "sha256": text.sha256,
        "year": policy.year,
        "payer": policy.payer,
        "title": policy.title[:200],
        "body": text.body,
        "valid_from": policy.first_day,
        "valid_until": policy.last_day,
    }


def _locked(version: PolicyVersion, state: str) -> PolicyVersion:
    found = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    if found.state != state:
        raise NotPossible(
            "policy.state",
            f"Versi ini sudah {found.get_state_display().lower()}.",
            "Yang sudah diajukan tidak diubah lagi, supaya yang disetujui tetap sama.",
            "Buat versi baru bila ada yang perlu diubah.",
        )
    return found


def _decidable(version: PolicyVersion, by: Actor) -> PolicyVersion:
    found = _locked(version, State.PROPOSED)
    if by.username in (found.written_by, found.proposed_by):
        raise NotAllowed(
            "policy.own",
            "Anda tidak dapat memutuskan rancangan Anda sendiri.",
            "Yang menulis atau mengajukan bukan yang menyetujui.",
            "Mintalah pimpinan lain memeriksanya.",
        )
    return found


def _decide(
    version: PolicyVersion, state: PolicyVersion.State, by: Actor, reason: str
) -> PolicyVersion:
    version.state = state
    version.decided_by, version.decided_at = by.username, by.at
    version.reason = reason.strip()
    version.save()
    _record(f"policy.{state.value}", version, by)
    return version


def _newest(policy: Policy, workspace: Workspace) -> queries.Holding | None:
    held = [
        holding
        for holding in queries.holdings(workspace, policy.region)
        if holding.text.policy.slug == policy.slug
    ]
    return held[-1] if held else None


def _check_beside(policy: Policy, workspace: Workspace) -> None:
    """UserError `policy.overlap` when another policy of the payer claims its days."""
    for holding in queries.holdings(workspace, policy.region):
        if holding.text.policy.slug != policy.slug:
            other = (holding.name, holding.in_its_days)
            queries.refuse_overlap([(policy.slug, policy), other])


def _record(action: str, version: PolicyVersion, by: Actor) -> None:
    record(
        action=action,
        by=by,
        subject=f"policy:{version.pk}",
        detail={
            "slug": version.slug,
            "number": version.number,
            "sha256": version.sha256,
        },
    )
