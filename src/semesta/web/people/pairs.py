"""Doubtful pairs of rows: one person or two? A human being decides."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from semesta.audit.services import record
from semesta.intake.queries import deliveries_named
from semesta.kernel import UserError
from semesta.kernel.identity import mask
from semesta.linkage import queries
from semesta.linkage.models import ReviewTask
from semesta.linkage.services import answer_task
from semesta.web import words
from semesta.web.clock import actor
from semesta.web.formats import NOTHING, day
from semesta.web.gate import needs, user_of

FIELDS = {
    "name": "Nama",
    "nik": "NIK",
    "born_on": "Tanggal lahir",
    "born_at": "Tempat lahir",
    "sex": "Jenis kelamin",
    "mother_name": "Nama ibu",
    "family_card": "Nomor KK",
    "address": "Alamat",
    "rt": "RT",
    "rw": "RW",
    "kelurahan": "Kelurahan",
    "phone": "Telepon",
    "kpj": "Nomor peserta",
}


SECRET = ("nik", "family_card")


class Compared(NamedTuple):
    """One field of both rows, as shown; `differs` when both say something else."""

    label: str
    left: str
    right: str
    differs: bool


@needs("review_matches")
def pairs(request: HttpRequest) -> HttpResponse:
    """The next pair of the user's area; `?lewati=12` goes on after that one."""
    tasks = queries.open_tasks(user_of(request))
    after = request.GET.get("lewati", "")
    rest = tasks.filter(pk__gt=int(after)) if after.isdigit() else tasks
    task = rest.order_by("pk").first() or tasks.order_by("pk").first()
    context: dict[str, object] = {"left": tasks.count(), "task": task}
    if task:
        record(action="pair.viewed", by=actor(request), subject=f"review:{task.pk}")
        rows = queries.pair_rows(settings.WORKSPACE, task)
        context |= {"compared": compare(*rows), "files": _files(rows)}
    return render(request, "people/pairs.html", context)


def compare(left: dict[str, Any], right: dict[str, Any]) -> list[Compared]:
    """Two rows side by side, fields of which either says something."""
    lines = []
    for name, label in FIELDS.items():
        one, other = left[name], right[name]
        if one or other:
            differs = bool(one and other and one != other)
            if differs and name in SECRET:
                one, other = mask_alike(one, other), mask_alike(other, one)
            shown = [_shown(name, value) for value in (one, other)]
            lines.append(Compared(label, shown[0], shown[1], differs))
    return lines


def mask_alike(number: str, other: str) -> str:
    """A number masked but for the digits in which it differs from another one."""
    if len(number) != len(other):
        return mask(number)
    digits = zip(number, mask(number), other, strict=True)
    return "".join(own if own != theirs else hidden for own, hidden, theirs in digits)


def _shown(name: str, value: Any) -> str:
    if not value:
        return NOTHING
    if name in SECRET and "*" not in value:
        return mask(value)
    if name == "born_on":
        return day(value)
    if name == "kelurahan":
        return settings.WORKSPACE.region.area_name(value)
    return words.sex(value) if name == "sex" else str(value)


def _files(rows: list[dict[str, Any]]) -> list[tuple[str, int]]:
    names = deliveries_named(row["delivery"] for row in rows)
    return [(names[row["delivery"]].filename, row["line"]) for row in rows]


@needs("review_matches")
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """What speaks for and against, strongest first: fetched after the page itself."""
    task = get_object_or_404(queries.open_tasks(user_of(request)), pk=pk)
    ids = (task.row_id_l, task.row_id_r)
    parts = queries.explain_pair(settings.WORKSPACE, ids)
    telling = [part for part in parts if part.level]
    return render(request, "people/why.html", {"parts": telling})


@require_POST
@needs("review_matches")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the answer and go on to the next pair."""
    task = get_object_or_404(queries.open_tasks(user_of(request)), pk=pk)
    given = request.POST.get("answer", "")
    if given not in ReviewTask.Answer.values:
        raise UserError(
            "pairs.answer",
            "Jawaban tidak tersimpan.",
            "Jawabannya harus orang yang sama atau orang berbeda.",
            "Kembali dan pilih salah satu.",
        )
    answer_task(task=task, answer=given, by=actor(request))
    messages.success(request, _("Tersimpan; penautan berikutnya mengikutinya."))
    return redirect("people-pairs")
