"""The law, open to all: searching it, and the history of one figure."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from semesta.web.clock import today
from semesta.web.gate import open_to_all
from semesta.web.law.library import library, sureness
from semesta.web.law.search import LONGEST, find
from semesta.web.paging import chosen

# The parts of the page: name in the address, its tab.
PARTS = {
    "angka": _("Angka dan aturan"),
    "peraturan": _("Peraturan"),
    "pertanyaan": _("Pertanyaan terbuka"),
    "istilah": _("Istilah"),
}


@open_to_all
def law(request: HttpRequest) -> HttpResponse:
    """Everything the law files say, in four parts, searched by `?cari=`.

    Figures are shown group by group (`?kelompok=`), or those found. A search while
    typing asks for the results alone.
    """
    part = chosen(request, "bagian", PARTS) or "angka"
    text = request.GET.get("cari", "").strip()[:LONGEST]
    found = find(text, today())
    folder = chosen(request, "kelompok", {group.folder for group in found.groups})
    counts = (found.entries, found.references, found.switches, found.terms)
    context = {
        "part": part,
        "text": text,
        "found": found,
        "groups": [
            group
            for group in found.groups
            if not folder or text or group.folder == folder
        ],
        "folder": "" if text else folder,
        "tabs": [
            (name, label, len(things))
            for (name, label), things in zip(PARTS.items(), counts, strict=True)
        ],
        "hits": sum(map(len, counts)),
        "sureness": sureness(found.entries),
        "longest": LONGEST,
    }
    live = bool(request.headers.get("HX-Request"))
    context["live"] = live
    template = "law/results.html" if live else "law/law.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@open_to_all
def parameter(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: what holds today, and every value before and after it."""
    entries = library(today())
    if key not in entries:
        raise Http404
    folder = key.partition(".")[0]
    context = {
        "entry": entries[key],
        "folder": folder,
        "siblings": [
            entry for other, entry in entries.items() if other.startswith(f"{folder}.")
        ],
    }
    return render(request, "law/parameter.html", context)
