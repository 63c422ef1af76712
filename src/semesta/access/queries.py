"""Readers of users."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, QuerySet

from semesta.access.models import Role, User


class DemoAccount(NamedTuple):
    """An account of an invented city."""

    username: str
    role: str
    full_name: str


DEMO_PASSWORD = "semesta-contoh"
DEMO_ACCOUNTS = (
    DemoAccount("pimpinan", Role.LEADER, "Pimpinan kota"),
    DemoAccount("petugas", Role.OFFICER, "Petugas program"),
    DemoAccount("penelaah", Role.OFFICER, "Penelaah usulan"),
    DemoAccount("kelurahan", Role.KELURAHAN, "Petugas kelurahan"),
    DemoAccount("bpjs", Role.INSURER, "Petugas BPJS Ketenagakerjaan"),
    DemoAccount("kepatuhan", Role.COMPLIANCE, "Tim kepatuhan"),
    DemoAccount("auditor", Role.AUDITOR, "Auditor"),
    DemoAccount("admin", Role.ADMIN, "Admin"),
)


def users() -> QuerySet[User]:
    """All accounts, open ones first, by name."""
    return User.objects.order_by("-is_active", "username")


def demo_accounts() -> list[User]:
    """The open demo accounts, in the order of the roles."""
    names = [account.username for account in DEMO_ACCOUNTS]
    found = {u.username: u for u in users().filter(username__in=names, is_active=True)}
    return [found[name] for name in names if name in found]


def users_per_role() -> dict[str, int]:
    """How many open accounts each role has; roles without one count 0."""
    rows = (
        User.objects.filter(is_active=True)
        .order_by()
        .values_list("role")
        .annotate(number=Count("pk"))
    )
    return dict.fromkeys(Role.values, 0) | dict(rows)
