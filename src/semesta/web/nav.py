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
    """One menu entry; `here` when the current page belongs to it.

    Rooms that belong together share an entry: `rooms` are those the user may enter,
    shown below the menu while one of them is open; the entry leads to the first.
    """

    name: str
    label: str
    url: str
    here: bool
    rooms: tuple[Item, ...] = ()


# name, label, first page, right
ROOMS = (
    ("home", _("Beranda"), "home", SIGNED_IN),
    ("coverage", _("Cakupan"), "coverage", "see_coverage"),
    ("deliveries", _("Kiriman"), "deliveries", "see_deliveries"),
    ("update", _("Perbarui hasil"), "update", "run_programme"),
    ("people", _("Orang"), "people", "see_people"),
    ("policies", _("Kebijakan"), "policies", "see_policy"),
    ("plans", _("Rencana"), "plans", "see_plans"),
    ("field", _("Lapangan"), "field", "see_verification"),
    ("decrees", _("Keputusan"), "decrees", "see_decree"),
    ("membership", _("Kepesertaan"), "membership", "see_enrolment"),
    ("cases", _("Santunan"), "cases", "see_cases"),
    ("guard", _("Penjaga masa iur"), "guard", "see_people"),
    ("books", _("Buku iuran"), "books", "see_money"),
    ("employers", _("Pemberi kerja"), "employers", "see_employers"),
    ("trail", _("Jejak"), "trail", "see_trail"),
    ("accounts", _("Pengguna"), "accounts", "manage_accounts"),
)

# Rooms of one kind of work behind one entry: name, label, its rooms in order.
GROUPS = (
    ("files", _("Kiriman"), ("deliveries", "update")),
    (
        "programme",
        _("Program"),
        ("policies", "plans", "field", "decrees", "membership"),
    ),
    ("paid", _("Iuran"), ("guard", "books")),
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
    open_to_user = [
        Item(name, str(label), reverse(url), name == room)
        for name, label, url, right in ROOMS
        if right == SIGNED_IN or may(user, right)
    ]
    return _grouped(open_to_user)


def _grouped(rooms: list[Item]) -> list[Item]:
    """The same rooms, those of one group behind one entry where the first one stood."""
    menu: list[Item] = []
    placed: set[str] = set()
    for room in rooms:
        group = next((g for g in GROUPS if room.name in g[2]), None)
        if group is None:
            menu.append(room)
            continue
        name, label, names = group
        if name in placed:
            continue
        placed.add(name)
        inside = tuple(
            sorted(
                (r for r in rooms if r.name in names), key=lambda r: names.index(r.name)
            )
        )
        if len(inside) == 1:
            menu += inside
            continue
        here = any(each.here for each in inside)
        menu.append(Item(name, str(label), inside[0].url, here, inside))
    return menu
