"""Doubtful pairs of rows: one person or two? A human being decides."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from semesta.audit.services import record
from semesta.intake.queries import deliveries_named
from semesta.kernel import UserError
from semesta.kernel.identity import mask
from semesta.linkage import queries
from semesta.linkage.models import Answer, ReviewTask
from semesta.linkage.services import answer_task, take_back_answer
from semesta.web import words
from semesta.web.clock import actor
from semesta.web.formats import NOTHING, day
from semesta.web.gate import needs, user_of
from semesta.web.people.marking import Piece, mark
from semesta.web.people.waterfall import likelihood, waterfall

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
# More digits than these are never shown of two numbers: many differing pairs would tell
# a whole number.
MOST_SHOWN = 2
# From this difference on (bits) the mean of two groups says something else than the pair.
TELLS_MORE = 0.5


class Compared(NamedTuple):
    """One field of both rows, in pieces."""

    label: str
    left: list[Piece]
    right: list[Piece]
    is_number: bool

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return any(piece.differs for piece in (*self.left, *self.right))

    @property
    def looks_alike(self) -> bool:
        """Whether what differs of two numbers is hidden by the mask."""
        texts = [
            "".join(piece.text for piece in side) for side in (self.left, self.right)
        ]
        return self.differs and texts[0] == texts[1]


@needs("review_matches")
def pairs(request: HttpRequest) -> HttpResponse:
    """The next pair for this user; `?lewati=12` goes on after that one, `?tugas=12` shows
    that one."""
    user = user_of(request)
    tasks = queries.open_tasks(user)
    task = _chosen(request, tasks)
    disputes = list(queries.disputes(user))
    left = tasks.count()
    context: dict[str, object] = {
        "left": left,
        "elsewhere": queries.waiting_tasks(user).count() - left,
        "task": task,
        "last": queries.last_answer(user),
        "disputes": disputes,
        "decidable": set(tasks.filter(disputed=True).values_list("pk", flat=True)),
    }
    if task:
        record(action="pair.viewed", by=actor(request), subject=f"review:{task.pk}")
        rows = queries.pair_rows(settings.WORKSPACE, task)
        context |= {"compared": compare(*rows), "files": _files(rows)}
        context["said"] = queries.standing_answers(task) if task.disputed else []
    return render(request, "people/pairs.html", context)


def _chosen(request: HttpRequest, tasks: QuerySet[ReviewTask]) -> ReviewTask | None:
    wanted, after = (request.GET.get(key, "") for key in ("tugas", "lewati"))
    if wanted.isdigit():
        return tasks.filter(pk=int(wanted)).first()
    rest = tasks.filter(pk__gt=int(after)) if after.isdigit() else tasks
    return rest.order_by("pk").first() or tasks.order_by("pk").first()


def compare(left: dict[str, Any], right: dict[str, Any]) -> list[Compared]:
    """Two rows side by side, fields of which either says something."""
    lines = []
    for name, label in FIELDS.items():
        one, other = left[name], right[name]
        if one or other:
            both = bool(one and other)
            apart = both and one != other
            if apart and name in SECRET:
                one, other = mask_alike(one, other), mask_alike(other, one)
            shown = [_shown(name, value) for value in (one, other)]
            # Masked numbers may look alike and not be.
            whole = apart and (name in SECRET) and shown[0] == shown[1]
            plain = [[Piece(text, differs=whole)] for text in shown]
            sides = mark(*shown) if both and not whole else plain
            lines.append(Compared(label, sides[0], sides[1], name in SECRET))
    return lines


def mask_alike(number: str, other: str) -> str:
    """A number masked but for the few digits in which it differs from another one; all
    masked when it is simply another number."""
    if len(number) != len(other):
        return mask(number)
    if (
        sum(own != theirs for own, theirs in zip(number, other, strict=True))
        > MOST_SHOWN
    ):
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
    """How the weight of a pair comes about: fetched into the page, or a page of its own."""
    task = get_object_or_404(queries.open_tasks(user_of(request)), pk=pk)
    ids = (task.row_id_l, task.row_id_r)
    reasons = queries.explain_pair(settings.WORKSPACE, ids, task.linkage_run)
    apart = abs(task.match_weight - reasons.weight) > TELLS_MORE
    context = {
        "task": task,
        "fall": waterfall(reasons),
        "groups": likelihood(task.match_weight) if apart else "",
    }
    is_part = request.headers.get("HX-Request") == "true"
    page = "people/why.html" if is_part else "people/why_page.html"
    return render(request, page, context)


@require_POST
@needs("review_matches")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the answer and go on to the next pair."""
    task = get_object_or_404(queries.open_tasks(user_of(request)), pk=pk)
    given = request.POST.get("answer", "")
    if given not in Answer.values:
        raise UserError(
            "pairs.answer",
            "Jawaban tidak tersimpan.",
            "Jawabannya harus orang yang sama, orang berbeda, atau tidak tahu.",
            "Kembali dan pilih salah satu.",
        )
    note = " ".join(request.POST.get("note", "").split())[:200]
    answered = answer_task(task=task, answer=given, by=actor(request), note=note)
    messages.success(request, _said(answered, given))
    return redirect("people-pairs")


def _said(task: ReviewTask, given: str) -> str:
    if task.settled:
        return _("Tersimpan; penautan berikutnya mengikutinya.")
    if given == Answer.UNSURE:
        return _("Dicatat. Pasangan ini diteruskan kepada orang lain.")
    if task.disputed:
        return _("Tersimpan. Dua jawaban berbeda, jadi orang ketiga yang memutuskan.")
    return _("Tersimpan. Pasangan sulit: pendapat orang kedua masih ditunggu.")


@require_POST
@needs("review_matches")
def take_back(request: HttpRequest) -> HttpResponse:
    """Undo one's own last answer and show its pair again."""
    last = queries.last_answer(user_of(request))
    if last is None:
        return redirect("people-pairs")
    task = take_back_answer(task=last.task, by=actor(request))
    messages.success(
        request, _("Jawaban ditarik; pasangannya tampil lagi di bawah ini.")
    )
    response = redirect("people-pairs")
    response["Location"] += f"?tugas={task.pk}"
    return response
