"""Reading a delivery again because its columns mean something else than was thought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from semesta.intake import queries as deliveries
from semesta.intake.fates import FATES
from semesta.intake.maps import SupplierMap, supplier_map
from semesta.intake.models import Delivery
from semesta.kernel import UserError
from semesta.web.gate import needs, user_of
from semesta.web.tasks import read_by_other_map
from semesta.web.words import FATES as FATE_WORDS

if TYPE_CHECKING:
    from semesta.intake.rereading.comparing import Change


@dataclass(frozen=True)
class FateLine:
    """Rows of one fate before and after."""

    fate: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before


@needs("send_delivery")
def again(request: HttpRequest, name: str) -> HttpResponse:
    """Asks by which list's columns a delivery is to be read; with `?daftar=` shows what that
    would change; a POST has it read so."""
    read = Delivery.Status.READ
    lists = deliveries.deliveries(user_of(request)).filter(status=read)
    found = get_object_or_404(lists, name=name)
    wanted = request.POST.get("daftar") or request.GET.get("daftar", "")
    if request.method == "POST":
        return _agreed(request, found, wanted)
    return _page(request, found, _asked(found, wanted))


def _asked(found: Delivery, wanted: str) -> dict[str, Any]:
    """What the page shows: why not, which lists fit, or what one of them would change."""
    # Reading sheets pulls in much that the other pages never need.
    from semesta.intake.rereading import queries
    from semesta.ledger.resting.queries import check_nothing_rests

    workspace = settings.WORKSPACE
    try:
        queries.check_readable_again(found, workspace, check_nothing_rests)
    except UserError as error:
        return {"kept": error}
    try:
        asked: dict[str, Any] = {"maps": queries.maps_that_fit(found, workspace)}
        if not wanted:
            return asked
        chosen = supplier_map(wanted)
        asked["chosen"] = chosen
        if queries.reads_it_already(found, chosen):
            return asked | {"already": True}
        change = queries.would_change(found, chosen, workspace)
        return asked | {"change": change} | _told(change)
    except UserError as error:
        return {"error": error}


def _told(change: Change) -> dict[str, Any]:
    from semesta.intake.rereading.comparing import NO_ROW

    words = FATE_WORDS | {NO_ROW: _("bukan baris daftar")}
    return {
        "fates": [FateLine(f, change.before[f], change.after[f]) for f in FATES],
        "moves": [(words[m.before], words[m.after], m.rows) for m in change.moves],
        "meanings": [one for one in change.columns if one.changes],
    }


def _agreed(request: HttpRequest, found: Delivery, wanted: str) -> HttpResponse:
    """Has the worker read the delivery; what cannot be is told on the page."""

    asked = _asked(found, wanted)
    if asked.get("already"):
        messages.info(
            request, _("Kiriman ini sudah dibaca begitu; tidak ada yang berubah.")
        )
        return redirect("deliveries-delivery", found.name)
    if "change" not in asked:
        return _page(request, found, asked)
    chosen: SupplierMap = asked["chosen"]
    version = request.POST.get("versi", "")
    if version != chosen.fingerprint:
        return _page(request, found, asked | {"moved": True})
    result = read_by_other_map.enqueue(
        found.name, found.filename, user_of(request).username, chosen.name, version
    )
    return redirect("deliveries-progress", result.id)


def _page(request: HttpRequest, found: Delivery, asked: dict[str, Any]) -> HttpResponse:
    return render(request, "deliveries/again.html", {"delivery": found} | asked)
