"""This month's work on one page, the upload files, and the insurer's answers."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from semesta.access.rights import may
from semesta.decrees.queries import entry_counts
from semesta.enrolment import queries
from semesta.enrolment.answering.queries import answer_files, unmatched_answers
from semesta.enrolment.mending.queries import rejections_by_kind, states_of
from semesta.kernel import Month, UserError
from semesta.web import clock
from semesta.web.clock import today
from semesta.web.formats import number
from semesta.web.gate import needs, user_of
from semesta.web.membership.month import (
    decree_in_work,
    month_of,
    recent_decrees,
    steps,
)
from semesta.web.paging import page_of


@needs("see_enrolment")
def work(request: HttpRequest) -> HttpResponse:
    """What this month asks for, in order; figures of the decree in work."""
    user, month = user_of(request), month_of(request)
    decree = decree_in_work(request)
    context: dict[str, object] = {"decree": decree, "month": month, "here": "work"}
    if decree:
        context |= {
            "steps": steps(user, decree, month),
            "counts": entry_counts(user, decree),
            "recent": recent_decrees(user),
            "before": month + -1,
            "after": month + 1,
        }
    return render(request, "membership/work.html", context)


@needs("see_enrolment")
def files(request: HttpRequest) -> HttpResponse:
    """The files for the insurer with their check, who is missing in them, and why."""
    user = user_of(request)
    decree = decree_in_work(request)
    context: dict[str, object] = {"decree": decree, "here": "files"}
    if decree:
        months = Month.of(decree.until_month) - Month.of(decree.first_month)
        context |= {
            "uploads": queries.upload_files(user, decree),
            "written": queries.files_written(decree),
            "gaps": page_of(
                request, queries.data_tasks(user, decree, blocking=False), 25
            ),
            "blocked": queries.data_tasks(user, decree)
            .values("entry")
            .distinct()
            .count(),
            "months": range(1, min(12, months) + 1),
            "usual": queries.usual_months(decree),
            "may_write": may(user, "run_programme"),
        }
    return render(request, "membership/files.html", context)


@require_POST
@needs("run_programme")
def write(request: HttpRequest) -> HttpResponse:
    """Write the upload file for those who are not in one yet."""
    decree = decree_in_work(request)
    if decree is None:
        return redirect("membership-files")
    # Writing workbooks pulls in much that the pages never need.
    from semesta.enrolment.services import write_upload

    months = request.POST.get("months", "")
    before = queries.files_written(decree)
    write_upload(
        decree=decree,
        months=int(months) if months.isdigit() else 0,
        workspace=settings.WORKSPACE,
        by=clock.actor(request),
    )
    new = queries.files_written(decree) - before
    told = f"{number(new)} berkas baru ditulis." if new else "Tidak ada yang baru."
    messages.success(request, told)
    return redirect("membership-files")


@needs("see_enrolment")
def answers(request: HttpRequest) -> HttpResponse:
    """What the insurer answered: by reason, by file, and what is held."""
    user = user_of(request)
    decree = decree_in_work(request)
    context: dict[str, object] = {"decree": decree, "here": "answers"}
    if decree:
        kinds = rejections_by_kind(user, decree, on=today())
        counts = entry_counts(user, decree)
        most = max((kind.total for kind in kinds), default=1)
        context |= {
            "counts": counts,
            "kinds": [(kind, 100 * kind.total / most) for kind in kinds],
            "states": states_of(user, decree),
            "files": [] if user.area else answer_files(decree),
            "new": unmatched_answers(decree),
            "may_match": may(user, "take_answers"),
            "may_send": may(user, "send_delivery"),
            "sees_lists": may(user, "see_deliveries"),
        }
    return render(request, "membership/answers.html", context)


@require_POST
@needs("take_answers")
def match(request: HttpRequest) -> HttpResponse:
    """Match the answers that came in to the decree in work."""
    decree = decree_in_work(request)
    if decree is None:
        return redirect("membership-answers")
    from semesta.enrolment.services import take_answers

    counts = take_answers(
        decree=decree, workspace=settings.WORKSPACE, by=clock.actor(request)
    )
    messages.success(
        request,
        f"Jawaban dicocokkan: {number(counts['registered'])} diterima, "
        f"{number(counts['rejected'])} ditolak, "
        f"{number(counts['waiting_for_answer'])} belum dijawab.",
    )
    return redirect("membership-answers")


def told(request: HttpRequest, error: UserError) -> None:
    """Show on the next page why something was not done."""
    messages.error(request, f"{error.what} {error.why} {error.fix}")
