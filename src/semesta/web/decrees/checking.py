"""`Cek SK`: whether a decree is real and in force, for everyone, without any name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from semesta.decrees.changes.queries import chain, in_force
from semesta.decrees.decree import read_code
from semesta.decrees.models import Decree
from semesta.decrees.queries import decree_with_code
from semesta.reports.queries import is_publication_of
from semesta.web.clock import today
from semesta.web.gate import open_to_all
from semesta.web.limits import check_pace

LARGEST = 50 * 1024 * 1024
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Compared:
    """What became of comparing a paper or a hash with the decree."""

    same: bool
    what: str


@open_to_all
def ask(request: HttpRequest) -> HttpResponse:
    """Asks for the code that is printed on a decree."""
    check_pace(request, "cek-sk", most=30)
    code = read_code(request.GET.get("kode", ""))
    if code and decree_with_code(code):
        return redirect("check-decree", code)
    context = {"code": code, "unknown": bool(code)}
    return render(request, "decrees/check_ask.html", context)


@open_to_all
def check(request: HttpRequest, code: str) -> HttpResponse:
    """A decree's head, its state, and whether a file or hash is the real one."""
    check_pace(request, "cek-sk", most=30)
    found = decree_with_code(read_code(code))
    if found is None:
        context = {"code": code, "unknown": True}
        return render(request, "decrees/check_ask.html", context, status=404)
    links = chain(found)
    context = {
        "decree": found,
        "chain": links,
        "changed_by": [one for one in links if one.pk > found.pk],
        "in_force": in_force(found, today()).count(),
        "cost": found.entries_count * found.cost_each,
        "compared": _compare(request, found) if request.method == "POST" else None,
    }
    return render(request, "decrees/check.html", context)


def _compare(request: HttpRequest, decree: Decree) -> Compared:
    """The paper or hash that was sent, against what was published; nothing is kept."""
    file = request.FILES.get("file")
    if file and (file.size or 0) > LARGEST:
        return Compared(False, "Berkas terlalu besar untuk sebuah SK.")
    if file:
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        sha256 = digest.hexdigest()
    else:
        sha256 = request.POST.get("sha256", "").strip().lower()
    if not SHA256.fullmatch(sha256):
        return Compared(False, "Sidik terdiri atas 64 angka dan huruf a sampai f.")
    if sha256 == decree.sha256:
        return Compared(True, "Sidik daftar ini sama dengan yang ditetapkan.")
    if is_publication_of(f"decree:{decree.pk}", sha256):
        return Compared(True, "Berkas ini sama dengan yang diterbitkan.")
    return Compared(False, "Tidak sama dengan yang ditetapkan atau diterbitkan.")
