"""The month a page speaks of, and the steps of its work in order."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from semesta.access.models import User
from semesta.decrees.models import Decree
from semesta.decrees.queries import decrees, entry_counts
from semesta.enrolment import queries
from semesta.enrolment.answering.queries import unmatched_answers
from semesta.enrolment.mending.queries import rejections_by_kind
from semesta.enrolment.models import MonthPeriod
from semesta.enrolment.monthly import periods
from semesta.enrolment.monthly.queries import changes_by_kind, period_of
from semesta.kernel import Month
from semesta.web.clock import today
from semesta.web.formats import number
from semesta.web.gate import user_of

DONE, NOW, LATER = "done", "now", "later"
CHOSEN = "decree_in_work"
RECENT = 12


class Step(NamedTuple):
    """One step of the month: its state, how much waits, what it is, what to do, where."""

    state: str
    waiting: int
    title: str
    text: str
    url: str


def month_of(request: HttpRequest) -> Month:
    """The month that `?bulan=2026-03` asks for; this month when it asks for none."""
    try:
        return Month.parse(request.GET.get("bulan", ""))
    except ValueError:
        return Month.of(today())


def decree_in_work(request: HttpRequest) -> Decree | None:
    """The decree whose people are being registered: the one that `?sk=` chose, for as
    long as one is signed in, else the newest the user may see."""
    seen = decrees(user_of(request))
    if (asked := request.GET.get("sk", "")).isdigit():
        request.session[CHOSEN] = int(asked)
    kept = request.session.get(CHOSEN)
    wanted = seen.filter(pk=kept).first() if kept else None
    return wanted or next(iter(seen[:1]), None)


def recent_decrees(user: User) -> list[Decree]:
    """The decrees to choose from, newest first: a list and its changes are each sent
    and answered by themselves."""
    return list(decrees(user)[:RECENT])


def steps(user: User, decree: Decree, month: Month) -> list[Step]:
    """What the month asks for, in the order in which it is done."""
    counts = entry_counts(user, decree)
    waiting = counts.by_status["listed"]
    period = period_of(month)
    return [
        _file(user, decree),
        _sent(decree, waiting),
        _answers(decree, counts.by_status["registered"], counts.by_status["rejected"]),
        _tasks(user, decree),
        *_changes(user, period, month),
    ]


def _file(user: User, decree: Decree) -> Step:
    gaps = queries.data_tasks(user, decree).values("entry").distinct().count()
    files = queries.files_written(decree)
    url = reverse("membership-files")
    if not files:
        text = "Tulis berkas BPU; aturan BPJS diperiksa sebelum ditulis."
        return Step(NOW, 0, "Berkas unggah", text, url)
    if gaps:
        text = "orang belum masuk berkas karena datanya kurang."
        return Step(NOW, gaps, "Berkas unggah", text, url)
    text = f"{number(files)} berkas, semuanya lolos pemeriksaan."
    return Step(DONE, 0, "Berkas unggah", text, url)


def _sent(decree: Decree, waiting: int) -> Step:
    url = reverse("membership-files")
    if decree.status == Decree.Status.ISSUED:
        text = "Unduh berkasnya, lalu unggah di kanal BPJS Ketenagakerjaan."
        return Step(LATER, 0, "Dikirim ke BPJS", text, url)
    if waiting:
        text = "orang sudah dikirim dan menunggu jawaban."
        return Step(NOW, waiting, "Dikirim ke BPJS", text, url)
    return Step(DONE, 0, "Dikirim ke BPJS", "Semua yang dikirim sudah dijawab.", url)


def _answers(decree: Decree, accepted: int, rejected: int) -> Step:
    url = reverse("membership-answers")
    if new := unmatched_answers(decree):
        text = "berkas jawaban belum dicocokkan."
        return Step(NOW, new, "Jawaban BPJS", text, url)
    if not accepted and not rejected:
        text = "Belum ada jawaban. Cabang dapat mengirimnya sendiri di Kiriman."
        return Step(LATER, 0, "Jawaban BPJS", text, url)
    text = f"{number(accepted)} diterima, {number(rejected)} ditolak."
    return Step(DONE, 0, "Jawaban BPJS", text, url)


def _tasks(user: User, decree: Decree) -> Step:
    kinds = rejections_by_kind(user, decree, on=today())
    waiting = sum(kind.waiting for kind in kinds)
    late = sum(kind.late for kind in kinds)
    url = reverse("membership-tasks")
    if waiting:
        text = "penolakan perlu diperbaiki atau diganti"
        text += f", {number(late)} lewat tenggat." if late else "."
        return Step(NOW, waiting, "Tugas dari penolakan", text, url)
    return Step(DONE, 0, "Tugas dari penolakan", "Tidak ada yang tersisa.", url)


def _changes(user: User, period: MonthPeriod | None, month: Month) -> list[Step]:
    url = f"{reverse('membership-changes')}?bulan={month}"
    title = f"Perubahan {month.in_words()}"
    if period is None:
        text = "Cari siapa yang meninggal, pindah, atau sudah dibayar pihak lain."
        return [
            Step(NOW, 0, title, text, url),
            Step(LATER, 0, "Posting", "Sesudah semua perubahan diputuskan.", url),
        ]
    waiting = sum(kind.waiting for kind in changes_by_kind(user, period))
    changes = (
        Step(NOW, waiting, title, "perubahan menunggu keputusan.", url)
        if waiting
        else Step(DONE, 0, title, "Semua yang ditemukan sudah diputuskan.", url)
    )
    return [changes, _posting(period, waiting, url)]


def _posting(period: MonthPeriod, waiting: int, url: str) -> Step:
    if period.state == periods.POSTED:
        return Step(DONE, 0, "Posting", "Isi periode tidak berubah lagi.", url)
    if period.state == periods.FINAL:
        text = "Sudah difinalisasi; orang lain memeriksa lalu memposting."
        return Step(NOW, 0, "Posting", text, url)
    state = LATER if waiting else NOW
    text = "Finalisasi dahulu, lalu orang lain memposting."
    return Step(state, 0, "Posting", text, url)
