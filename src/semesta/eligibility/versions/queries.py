"""Readers of policies: those at hand, their versions, and the text in force on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from django.db.models import QuerySet

from semesta.eligibility.models import PolicyVersion
from semesta.eligibility.policy import Policy
from semesta.eligibility.policy_text import PolicyText, overlaps, read_policy
from semesta.kernel import UserError, day_in_words
from semesta.warehouse.workspace import Workspace

State, Source = PolicyVersion.State, PolicyVersion.Source

# ── files ────────────────────────────────────────────────────────────────────


def policies(workspace: Workspace) -> list[PolicyText]:
    """Every policy file at hand: those shipped and the workspace's own, which win."""
    found: dict[str, PolicyText] = {}
    for folder in _folders(workspace):
        for name, file in _policy_files(folder):
            text = file.read_text("utf-8")
            found[name] = PolicyText(_read(text, name), text)
    return [found[name] for name in sorted(found)]


def policy_text(slug: str, workspace: Workspace) -> PolicyText:
    """The file of the policy `13.74/2026-apbd` (or `2026-apbd` for the own region).

    UserError `policy.unknown` names those there are.
    """
    name = full_slug(slug, workspace)
    for folder in reversed(_folders(workspace)):
        known = dict(_policy_files(folder))
        if name in known:
            text = known[name].read_text("utf-8")
            return PolicyText(_read(text, name), text)
    names = {
        name for folder in _folders(workspace) for name, _ in _policy_files(folder)
    }
    names |= set(_approved().values_list("slug", flat=True))
    raise UserError(
        "policy.unknown",
        f"Kebijakan {slug} tidak ada.",
        f"Yang ada: {', '.join(sorted(names))}.",
        "Pakai salah satu nama itu, atau tulis kebijakannya di halaman Kebijakan.",
    )


def full_slug(slug: str, workspace: Workspace) -> str:
    """The slug with its region: `2026-apbd` → `13.74/2026-apbd`."""
    return slug if "/" in slug else f"{workspace.region.code}/{slug}"


@lru_cache(maxsize=64)
def _read(body: str, name: str = "kebijakan") -> Policy:
    return read_policy(body, name)


def _folders(workspace: Workspace) -> list[Traversable]:
    """Where policies lie; a later folder wins."""
    own = workspace.root / "policies"
    shipped = files("semesta") / "policies"
    return [shipped, own] if own.is_dir() else [shipped]


def _policy_files(folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    for region in folder.iterdir():
        if region.is_dir():
            for file in region.iterdir():
                if file.name.endswith(".yaml"):
                    yield f"{region.name}/{file.name.removesuffix('.yaml')}", file


# ── versions ─────────────────────────────────────────────────────────────────


def policy_in(version: PolicyVersion) -> Policy:
    """The policy of a version, as its text stands."""
    return _read(version.body)


def versions_of(slug: str) -> QuerySet[PolicyVersion]:
    """What was written here for one policy, newest first."""
    return PolicyVersion.objects.filter(slug=slug, source=Source.CITY).order_by(
        "-number"
    )


def versions_in(region: str) -> list[PolicyVersion]:
    """What was written here for a region's policies, newest first."""
    found = PolicyVersion.objects.filter(
        source=Source.CITY, slug__startswith=f"{region}/"
    )
    return list(found.order_by("slug", "-number"))


def newest_text(slug: str, workspace: Workspace) -> PolicyText:
    """What a new version starts from: the last approved text of a policy, else its file.

    UserError `policy.unknown`.
    """
    name = full_slug(slug, workspace)
    region = name.split("/")[0]
    held = [h for h in holdings(workspace, region) if h.text.policy.slug == name]
    return held[-1].text if held else policy_text(slug, workspace)


def open_version(slug: str) -> PolicyVersion | None:
    """The draft or proposal of a policy, if there is one."""
    return versions_of(slug).filter(state__in=(State.DRAFT, State.PROPOSED)).first()


def waiting_for_approval() -> QuerySet[PolicyVersion]:
    """Proposals nobody has decided on, oldest first."""
    return PolicyVersion.objects.filter(
        source=Source.CITY, state=State.PROPOSED
    ).order_by("proposed_at")


def _approved() -> QuerySet[PolicyVersion]:
    return PolicyVersion.objects.filter(source=Source.CITY, state=State.APPROVED)


@dataclass(frozen=True)
class Holding:
    """A text that counts as approved, and the version it is; None for a file's.

    `until`: its last day, or the day before a later version took its place.
    """

    text: PolicyText
    version: PolicyVersion | None
    until: date

    @property
    def name(self) -> str:
        """How messages call it: `13.74/2026-apbd versi 2`."""
        slug = self.text.policy.slug
        return f"{slug} versi {self.version.number}" if self.version else slug

    @property
    def in_its_days(self) -> Policy:
        """The policy with the days that are left to it."""
        return self.text.policy.model_copy(update={"valid_until": self.until})

    def holds_on(self, day: date) -> bool:
        """Whether this is the text for a day."""
        return self.text.policy.first_day <= day <= self.until


def holdings(workspace: Workspace, region: str) -> list[Holding]:
    """Every text of a region that counts as approved, the newest of each policy last.

    A later version takes the place of those before it from its first day on, also when it
    ends earlier than they would have; a file comes before all versions.
    """
    listed: list[tuple[PolicyText, PolicyVersion | None]] = [
        (text, None) for text in policies(workspace) if text.policy.region == region
    ]
    approved = _approved().filter(slug__startswith=f"{region}/").order_by("number")
    listed += [(PolicyText(policy_in(v), v.body), v) for v in approved]
    return _following(listed)


def _following(
    texts: list[tuple[PolicyText, PolicyVersion | None]],
) -> list[Holding]:
    """Texts in their order, each until a later one begins; who has no day left is out."""
    begins: dict[str, date] = {}
    found: list[Holding] = []
    for text, version in reversed(texts):
        policy = text.policy
        until, later = policy.last_day, begins.get(policy.slug)
        if later is not None:
            until = min(until, later - timedelta(1))
        if until >= policy.first_day:
            found.append(Holding(text, version, until))
        begins[policy.slug] = min(policy.first_day, later or policy.first_day)
    return found[::-1]


def in_force(
    workspace: Workspace, *, region: str, payer: str, on: date
) -> Holding | None:
    """The text that holds for a region and payer on a day; None when there is none.

    UserError `policy.overlap` when two policies claim the same day.
    """
    held = [
        holding
        for holding in holdings(workspace, region)
        if holding.text.policy.payer == payer and holding.holds_on(on)
    ]
    newest = {holding.text.policy.slug: holding for holding in held}
    if len(newest) > 1:
        refuse_overlap([(h.name, h.in_its_days) for h in newest.values()])
    return next(iter(newest.values()), None)


def refuse_overlap(named: list[tuple[str, Policy]]) -> None:
    """UserError `policy.overlap` naming every two of them that hold on the same days."""
    if found := overlaps(named):
        raise UserError(
            "policy.overlap",
            "Dua kebijakan berlaku pada hari yang sama.",
            "; ".join(found) + ".",
            "Ubah tanggal berlaku salah satunya dengan versi baru.",
        )


def policy_for(slug: str, workspace: Workspace, *, on: date) -> Holding:
    """The approved text of a policy for a day: what a judgement uses.

    UserError `policy.unknown`, `policy.not_in_force`, `policy.overlap`.
    """
    name = full_slug(slug, workspace)
    region = name.split("/")[0]
    held = [h for h in holdings(workspace, region) if h.text.policy.slug == name]
    if not held:
        policy_text(slug, workspace)  # says which there are
    found = [holding for holding in held if holding.holds_on(on)]
    if not found:
        days = "; ".join(
            f"{h.name}: {day_in_words(h.text.policy.first_day)} sampai dengan "
            f"{day_in_words(h.until)}"
            for h in held
        )
        raise UserError(
            "policy.not_in_force",
            f"Kebijakan {name} tidak berlaku pada {day_in_words(on)}.",
            f"Yang disetujui berlaku pada: {days}.",
            "Pilih tanggal lain, atau kebijakan yang berlaku pada tanggal itu.",
        )
    in_force(workspace, region=region, payer=found[-1].text.policy.payer, on=on)
    return found[-1]
