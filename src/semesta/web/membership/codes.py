"""The insurer's code list: the version in force, what changed, what has no code."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from semesta.access.rights import may
from semesta.enrolment.codes import queries
from semesta.enrolment.codes.codelist import KINDS, CodeList, title_of
from semesta.kernel import UserError
from semesta.web import clock
from semesta.web.clock import today
from semesta.web.gate import needs, user_of
from semesta.web.membership.views import told

LARGEST = 5 * 1024 * 1024


@needs("see_enrolment")
def codes(request: HttpRequest) -> HttpResponse:
    """The codes in force; those who send lists may load a newer one."""
    user, on = user_of(request), today()
    if request.method == "POST" and may(user, "take_answers"):
        return _loaded(request)
    current = queries.codes_on(on)
    context = {
        "here": "codes",
        "jobs": [
            (code, meaning, _ours(current, "job", code))
            for code, meaning in sorted(current.codes.get("job", {}).items())
        ],
        "leave": sorted(current.codes.get("leave", {}).items()),
        "orphans": queries.orphans(current),
        "versions": [(v, _changed(v.changes)) for v in queries.versions()[:20]],
        "today": on,
        "may_load": may(user, "take_answers"),
        "may_choose": may(user, "run_programme"),
    }
    return render(request, "membership/codes.html", context)


def _ours(current: CodeList, kind: str, code: str) -> str:
    """What we call a code, in words."""
    used = current.used.get(kind, {})
    return ", ".join(
        title_of(kind, ours) for ours, said in used.items() if said == code
    )


def _changed(changes: dict[str, dict[str, list[str]]]) -> list[tuple[str, str]]:
    """What a version changed, as (label, list) pairs."""
    labels = {"added": "ditambah", "removed": "dihapus", "orphans": "tanpa padanan"}
    return [
        (f"{KINDS[kind]} {labels[what]}", ", ".join(words))
        for what, by_kind in changes.items()
        for kind, words in by_kind.items()
        if words
    ]


def _loaded(request: HttpRequest) -> HttpResponse:
    from semesta.enrolment.codes.services import load_codes

    file = request.FILES.get("file")
    try:
        if file is None or (file.size or 0) > LARGEST:
            raise UserError(
                "codes.file",
                "Belum ada daftar yang dimuat.",
                "Tidak ada berkas yang dipilih, atau berkasnya lebih dari 5 MB.",
                "Pilih daftar kode dari cabang (.xlsx atau CSV).",
            )
        version = load_codes(
            content=file.read(),
            filename=file.name or "kode",
            effective_on=_day(request.POST.get("since", "")),
            by=clock.actor(request),
        )
    except UserError as error:
        told(request, error)
        return redirect("membership-codes")
    messages.success(
        request,
        "Versi baru dimuat." if version else "Daftar ini sama dengan yang berlaku.",
    )
    return redirect("membership-codes")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError as error:
        raise UserError(
            "date.invalid",
            "Tanggal berlaku belum benar.",
            "Tanggal ditulis hari, bulan, tahun yang ada di kalender.",
            "Pilih tanggal lain.",
        ) from error


@require_POST
@needs("run_programme")
def choose(request: HttpRequest) -> HttpResponse:
    """Say which code stands for one of our occupations."""
    from semesta.enrolment.codes.services import use_code

    try:
        use_code(
            kind="job",
            ours=request.POST.get("ours", ""),
            code=request.POST.get("code", ""),
            effective_on=today(),
            by=clock.actor(request),
        )
        messages.success(request, "Padanan disimpan sebagai versi baru.")
    except UserError as error:
        told(request, error)
    return redirect("membership-codes")
