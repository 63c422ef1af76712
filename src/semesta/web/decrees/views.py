"""Decrees: whom the payer pays for, by name and address, and the files made of them."""

from __future__ import annotations

import csv
import io

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from semesta.access.models import User
from semesta.access.rights import may
from semesta.audit.services import record
from semesta.decrees import queries
from semesta.decrees.changes import queries as changes
from semesta.decrees.models import Decree, DecreeEntry
from semesta.decrees.proposals.queries import open_proposals
from semesta.decrees.states import LABELS
from semesta.enrolment import queries as enrolment
from semesta.kernel import UserError
from semesta.kernel.identity import mask
from semesta.reports.models import Publication
from semesta.reports.queries import publications
from semesta.warehouse.workbook import harmless
from semesta.web.clock import actor, today
from semesta.web.gate import needs, user_of
from semesta.web.paging import chosen

REVOKED = Decree.Status.REVOKED
KINDS = {
    "decree_pdf": "Keputusan beserta lampiran (PDF)",
    "decree_annex": "Lampiran (Excel)",
    "decree_docx": "Naskah (Word)",
}


@needs("see_decree")
def decrees(request: HttpRequest) -> HttpResponse:
    """Decrees that list somebody in the user's area."""
    user = user_of(request)
    sees = may(user, "see_proposal")
    context = {
        "decrees": queries.decrees(user),
        "proposals": open_proposals() if sees else [],
        "labels": LABELS,
        "sees_proposals": sees,
        "may_propose": may(user, "propose_decree"),
    }
    return render(request, "decrees/list.html", context)


@needs("see_decree")
def decree(request: HttpRequest, pk: int) -> HttpResponse:
    """One decree: its figures, its list, its files, and the places to fill again."""
    user = user_of(request)
    found = get_object_or_404(queries.decrees(user), pk=pk)
    counts = queries.entry_counts(user, found)
    status = chosen(request, "status", DecreeEntry.Status.values)
    kelurahan = chosen(request, "kelurahan", counts.by_kelurahan)
    search = request.GET.get("cari", "")
    page = queries.entries(
        user,
        found,
        search=search,
        status=status,
        kelurahan=kelurahan,
        page=request.GET.get("halaman", 1),
    )
    context = {
        "decree": found,
        "counts": counts,
        "status": status,
        "statuses": DecreeEntry.Status.choices,
        "kelurahan": kelurahan,
        "search": search,
        "page": page,
        "files": _files(user, found),
        "uploads": enrolment.upload_files(user, found),
        "replacements": enrolment.replacement_tasks(user, found)[:20],
        "replacement_count": enrolment.replacement_tasks(user, found).count(),
        "history": changes.history(found),
        "in_force": changes.in_force_in_view(user, found, today()).count(),
        "removals": found.removals.select_related("entry")[:50]
        if not user.area
        else [],
        "may_change": may(user, "propose_decree") and found.status != REVOKED,
    }
    return render(request, "decrees/decree.html", context)


def _files(user: User, decree: Decree) -> list[tuple[Publication, str]]:
    """The newest file of each kind, with what it is called."""
    newest = {
        file.kind: file for file in reversed(publications(user, f"decree:{decree.pk}"))
    }
    return [(newest[kind], label) for kind, label in KINDS.items() if kind in newest]


@needs("see_decree")
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """A published file, as it was made; the download is recorded."""
    file = get_object_or_404(publications(user_of(request)), pk=pk)
    record(
        action="publication.downloaded",
        by=actor(request),
        subject=file.subject,
        detail={"sha256": file.sha256},
    )
    return _download(file.filename)


@needs("see_decree")
def upload(request: HttpRequest, pk: int, upload_pk: int) -> HttpResponse:
    """A file for the insurer, as it was written; the download is recorded."""
    user = user_of(request)
    found = get_object_or_404(queries.decrees(user), pk=pk)
    file = get_object_or_404(enrolment.upload_files(user, found), pk=upload_pk)
    record(
        action="upload.downloaded",
        by=actor(request),
        subject=f"decree:{found.pk}",
        detail={"sha256": file.sha256},
    )
    return _download(file.filename)


def _download(filename: str) -> HttpResponse:
    path = settings.WORKSPACE.publications / filename
    if not path.is_file():
        raise UserError(
            "publication.missing",
            "Berkas ini tidak ada lagi di ruang kerja.",
            "Catatannya masih ada, tetapi berkasnya telah dipindahkan atau dihapus.",
            "Terbitkan ulang, atau pulihkan folder publikasi dari cadangan.",
        )
    return FileResponse(path.open("rb"), as_attachment=True, filename=filename)  # type: ignore[return-value]


@needs("see_decree")
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as CSV, limited to the user's area, NIK masked; recorded."""
    user = user_of(request)
    found = get_object_or_404(queries.decrees(user), pk=pk)
    entries = queries.entries_in_view(user, found)
    content = _csv(found, entries.iterator(2_000))
    record(
        action="decree.exported",
        by=actor(request),
        subject=f"decree:{found.pk}",
        detail={"sha256": found.sha256},
    )
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = (
        f'attachment; filename="daftar-keputusan-{found.pk}.csv"'
    )
    return response


def _csv(decree: Decree, entries: object) -> str:
    """Semicolons and a BOM: what an Indonesian Excel opens in columns. Nothing in it is
    computed there, whatever a list once held."""
    region = settings.WORKSPACE.region
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["NO", "NAMA", "NIK", "ALAMAT", "KELURAHAN", "PEKERJAAN", "STATUS"])
    for entry in entries:  # type: ignore[attr-defined]
        writer.writerow(
            [
                entry.number,
                harmless(entry.name),
                mask(entry.nik),
                harmless(entry.address),
                harmless(region.area_name(entry.kelurahan)),
                harmless(entry.occupation),
                entry.get_status_display(),
            ]
        )
    return out.getvalue()
