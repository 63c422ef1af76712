"""Deliveries: what offices sent, what became of each row, and sending a new one."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import PurePath
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from semesta.access.models import User
from semesta.access.rights import may
from semesta.intake import queries
from semesta.intake.corrections.queries import family, still_open
from semesta.intake.fates import EVERY_FATE
from semesta.intake.maps import supplier_maps
from semesta.intake.models import Delivery
from semesta.intake.received import ASK, AUTO
from semesta.web import clock
from semesta.web.deliveries.forms import SendForm
from semesta.web.deliveries.sheets import told
from semesta.web.gate import needs, user_of
from semesta.web.paging import chosen, page_of
from semesta.web.reading import how_far
from semesta.web.tasks import progress_file, read_delivery, reading, uploads_folder

# A worker looks for work every second; after this long, none is there.
PATIENCE = timedelta(seconds=15)
STOP_ASKING = 286  # to htmx: the answer is there, do not come again


@needs("see_deliveries")
def deliveries(request: HttpRequest) -> HttpResponse:
    """Deliveries in the user's area, newest first, with what became of their rows."""
    user = user_of(request)
    found = queries.deliveries(user)
    supplier = chosen(request, "pengirim", supplier_maps())
    shown = found.filter(supplier=supplier) if supplier else found
    context = {
        "page": page_of(request, shown),
        "totals": queries.fate_totals(user),
        "files": found.count(),
        "supplier": supplier,
        "suppliers": supplier_maps().values(),
        "may_send": may(user, "send_delivery"),
    }
    return render(request, "deliveries/list.html", context)


@needs("see_deliveries")
def delivery(request: HttpRequest, name: str) -> HttpResponse:
    """One delivery: counts, what is asked most, and its rows by fate."""
    user, workspace = user_of(request), settings.WORKSPACE
    lists = queries.deliveries(user).select_related("corrects")
    found = get_object_or_404(lists, name=name)
    sends = may(user, "send_delivery")
    context: dict[str, object] = {
        "delivery": found,
        "may_explain": sends and queries.may_be_explained(found),
    }
    if found.status == found.Status.READ:
        fates = (*EVERY_FATE, "semua")
        fate = chosen(request, "nasib", fates) or _first_fate(found)
        page = page_of(request, _Rows(found, "" if fate == "semua" else fate, user))
        of_list = family(found)
        context |= {
            "fate": fate,
            "page": page,
            "sheets": told(found.tables),
            "common": queries.problem_counts(found, workspace=workspace),
            "corrections": [one for one in of_list[1:] if one != found],
            "open": still_open(found, workspace=workspace, of_list=of_list),
            "may_correct": sends,
            "past": found.past_readings.order_by("-pk"),
        }
    return render(request, "deliveries/delivery.html", context)


@needs("send_delivery")
def corrections(request: HttpRequest, name: str) -> HttpResponse:
    """The correction workbook of a delivery; the download is recorded.

    For those who send lists: it holds whole numbers, which pages never show.
    """
    lists = queries.deliveries(user_of(request)).filter(status=Delivery.Status.READ)
    # Writing workbooks pulls in much that the pages never need.
    from semesta.intake.corrections.services import write_corrections

    made = write_corrections(
        delivery=get_object_or_404(lists, name=name),
        workspace=settings.WORKSPACE,
        by=clock.actor(request),
        all_rows=chosen(request, "baris", ("semua",)) == "semua",
    )
    return FileResponse(
        BytesIO(made.content), as_attachment=True, filename=made.filename
    )  # type: ignore[return-value]


class _Rows:
    """A delivery's rows as a paginator wants them: a length, and a slice of views."""

    def __init__(self, delivery: Delivery, fate: str, user: User) -> None:
        self.delivery, self.fate, self.user = delivery, fate, user

    def __len__(self) -> int:
        wanted = self.fate or "rows"
        return int(getattr(self.delivery, wanted))

    def __getitem__(self, part: slice) -> list[queries.RowView]:
        workspace = settings.WORKSPACE
        rows = queries.delivery_rows(
            self.delivery,
            workspace=workspace,
            fate=self.fate or None,
            limit=part.stop - part.start,
            offset=part.start,
        ).rows
        queries.add_candidates(rows, self.delivery, workspace=workspace, user=self.user)
        return rows


def _first_fate(found: Delivery) -> str:
    """Rows that wait for an answer come first, then those refused."""
    for fate in ("held", "refused", "corrected"):
        if getattr(found, fate):
            return fate
    return "semua"


@needs("send_delivery")
def send(request: HttpRequest) -> HttpResponse:
    """Send a file: it is kept, and the worker reads it."""
    sent = request.method == "POST"
    form = SendForm(request.POST, request.FILES) if sent else SendForm()
    if form.is_valid():
        folder, filename = _keep(form.cleaned_data["file"])
        user = user_of(request)
        supplier = ASK if form.cleaned_data["ask"] else AUTO
        result = read_delivery.enqueue(
            folder, filename, user.username, user.area, supplier
        )
        return redirect("deliveries-progress", result.id)
    return render(request, "deliveries/send.html", {"form": form})


def _keep(file: UploadedFile) -> tuple[str, str]:
    """Store what was sent; returns its folder's name and its own."""
    folder = uuid4().hex
    filename = PurePath((file.name or "berkas").replace("\\", "/")).name[:200]
    target = uploads_folder() / folder
    target.mkdir(parents=True)
    with (target / filename).open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    return folder, filename


@needs("send_delivery")
def progress(request: HttpRequest, task: str) -> HttpResponse:
    """How far the reading of one's own file is; renews itself until it is done."""
    try:
        result = reading(task)
    except TaskResultDoesNotExist:
        result = None
    if result is None:
        raise Http404
    token, filename, username, *_rest = result.args
    if username != user_of(request).username:
        raise Http404
    done = result.return_value if result.is_finished and not result.errors else None
    if done and "delivery" in done:
        return _go(request, done["delivery"])
    waiting = result.status == TaskResultStatus.READY
    context = {
        "task": task,
        "filename": filename,
        "working": waiting or result.status == TaskResultStatus.RUNNING,
        "nobody": waiting and clock.waited(result.enqueued_at, PATIENCE),
        "far": how_far(progress_file(token)),
        "before": request.GET.get("langkah", ""),
        "error": done["error"] if done else _broken(result.status),
    }
    if not request.headers.get("HX-Request"):
        return render(request, "deliveries/progress.html", context)
    status = 200 if context["working"] else STOP_ASKING
    return render(request, "deliveries/working.html", context, status=status)


def _go(request: HttpRequest, name: str) -> HttpResponse:
    """To the delivery that came of it; within a renewed part, by htmx's own header."""
    response = redirect("deliveries-delivery", name)
    if request.headers.get("HX-Request"):
        response.status_code = 200
        response["HX-Redirect"] = response["Location"]
    return response


def _broken(status: TaskResultStatus) -> dict[str, str] | None:
    """The error of a reading that itself went wrong, if it did."""
    if status != TaskResultStatus.FAILED:
        return None
    return {
        "code": "delivery.failed",
        "what": "Berkas tidak selesai dibaca.",
        "why": "Ada kesalahan pada program, bukan pada berkas Anda.",
        "fix": "Beri tahu admin; berkas dapat dikirim lagi setelah diperbaiki.",
    }
