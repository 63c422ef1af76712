"""How good the linkage is: the figure, the sample it rests on, and looking at its pairs."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from semesta.access.rights import may
from semesta.audit.services import record
from semesta.kernel import UserError
from semesta.linkage import queries as linkage
from semesta.linkage.learning.queries import newest_choice
from semesta.linkage.measuring import queries
from semesta.linkage.measuring.models import QualityPair
from semesta.linkage.measuring.services import answer_pair, draw_sample
from semesta.web.clock import actor
from semesta.web.gate import needs, user_of
from semesta.web.people.pairs import compare
from semesta.web.people.quality_figures import (
    charts,
    sample_figures,
    sample_rows,
    truth_figures,
    truth_rows,
)

# How many pairs a sample may be asked for on the page: an hour's work, and more.
SIZES = (200, 400, 800)


@needs("see_linkage_quality")
def quality(request: HttpRequest) -> HttpResponse:
    """The figure before the detail; without a sample, how to come by one."""
    user, workspace = user_of(request), settings.WORKSPACE
    run = linkage.newest_run()
    if run is None:
        return render(request, "people/quality_none.html")
    drawn = queries.newest_sample()
    sampled = queries.sampled(drawn) if drawn else None
    measured = queries.newest_measured(workspace)
    context = {
        "run": run,
        "counts": run.run.counts,
        "waiting": run.tasks.filter(settled="").count(),
        "choice": newest_choice(),
        "sampled": sampled,
        "older": bool(drawn and drawn.linkage_run_id != run.pk),
        "figures": sample_figures(sampled.estimate) if sampled else [],
        "known": truth_figures(measured) if measured else [],
        "known_older": bool(measured and measured.linkage_run != run),
        "charts": charts(measured, sampled, workspace),
        "rows": truth_rows(measured) if measured else [],
        "sample_rows": sample_rows(sampled) if sampled else [],
        "may_draw": may(user, "run_programme"),
        "may_check": may(user, "review_matches"),
        "sizes": SIZES,
    }
    return render(request, "people/quality.html", context)


@require_POST
@needs("run_programme")
def draw(request: HttpRequest) -> HttpResponse:
    """Draw a sample of the newest linkage, then go and look at its pairs."""
    asked = request.POST.get("pairs", "")
    if asked not in map(str, SIZES):
        raise UserError(
            "quality.size",
            "Contoh tidak diambil.",
            "Banyaknya pasangan belum dipilih.",
            "Kembali dan pilih salah satu banyaknya.",
        )
    draw_sample(pairs=int(asked), workspace=settings.WORKSPACE, by=actor(request))
    messages.success(request, _("Contoh sudah diambil; silakan mulai memeriksa."))
    return redirect("people-quality-check")


@needs("review_matches")
def check(request: HttpRequest) -> HttpResponse:
    """The next pair of the sample, without the machine's verdict; `?pasangan=12` is one
    the user has answered, to change it."""
    user = user_of(request)
    mine = queries.sample_pairs(user, queries.newest_sample())
    waiting = mine.filter(answer="")
    answered = mine.exclude(answer="").order_by("answered_at", "pk")
    asked = request.GET.get("pasangan", "")
    pair, before = waiting.first(), answered.last()
    if asked.isdigit():
        pair = get_object_or_404(answered, pk=int(asked))
        before = answered.filter(answered_at__lt=pair.answered_at).last()
    context: dict[str, object] = {"pair": pair, "before": before}
    context |= {"left": waiting.count(), "done": answered.count()}
    if pair:
        subject = f"sample:{pair.sample_id}:{pair.position}"
        record(action="linkage.sample_viewed", by=actor(request), subject=subject)
        rows = linkage.pair_rows(settings.WORKSPACE, pair)
        context["compared"] = compare(*rows)
        context["answers"] = QualityPair.Answer.choices
    return render(request, "people/quality_check.html", context)


@require_POST
@needs("review_matches")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the user says about a pair and go on to the next."""
    mine = queries.sample_pairs(user_of(request), queries.newest_sample())
    pair = get_object_or_404(mine, pk=pk)
    given = request.POST.get("answer", "")
    if given not in QualityPair.Answer.values:
        raise UserError(
            "quality.answer",
            "Jawaban tidak tersimpan.",
            "Jawabannya harus salah satu dari tiga tombol.",
            "Kembali dan pilih salah satu.",
        )
    answer_pair(pair=pair, answer=given, by=actor(request))
    return redirect("people-quality-check")
