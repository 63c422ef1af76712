"""The main menu: one line per room, shown to those who may enter it."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from semesta.access.models import User
from semesta.access.rights import may
from semesta.web.gate import SIGNED_IN


class Item(NamedTuple):
    """One menu entry; `here` when the current page belongs to it."""

    name: str
    label: str
    url: str
    here: bool


# name, label, first page, right
ROOMS = (
    ("home", _("Beranda"), "home", SIGNED_IN),
    ("coverage", _("Cakupan"), "coverage", "see_coverage"),
    ("deliveries", _("Kiriman"), "deliveries", "see_deliveries"),
    ("people", _("Orang"), "people", "see_people"),
    ("policies", _("Kebijakan"), "policies", "see_policy"),
    ("decrees", _("Keputusan"), "decrees", "see_decree"),
    ("cases", _("Santunan"), "cases", "see_cases"),
    ("employers", _("Pemberi kerja"), "employers", "see_employers"),
    ("trail", _("Jejak"), "trail", "see_trail"),
    ("accounts", _("Pengguna"), "accounts", "manage_accounts"),
)

# What everyone may open; shown as the menu to those who are not signed in.
PUBLIC_ROOMS = (
    ("front", _("Beranda")),
    ("calculate-contribution", _("Hitung iuran")),
    ("calculate-benefit", _("Hitung manfaat")),
    ("law", _("Dasar hukum")),
)


def public_menu(request: HttpRequest) -> list[Item]:
    """The pages for everyone."""
    match = getattr(request, "resolver_match", None)
    here = (match.url_name or "") if match else ""
    return [
        Item(
            name, str(label), reverse(name), here == name or here.startswith(f"{name}-")
        )
        for name, label in PUBLIC_ROOMS
    ]


def menu_for(user: User, request: HttpRequest) -> list[Item]:
    """The entries this user may open, in the order of the work."""
    match = getattr(request, "resolver_match", None)
    room = (match.url_name or "").split("-")[0] if match else ""
    return [
        Item(name, str(label), reverse(url), name == room)
        for name, label, url, right in ROOMS
        if right == SIGNED_IN or may(user, right)
    ]
