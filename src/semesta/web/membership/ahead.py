"""What comes: lapses announced 60, 30 and 7 days ahead, birthdays, ends of decrees."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from semesta.access.models import User
from semesta.access.rights import may
from semesta.benefits.ahead import queries
from semesta.benefits.ahead.aging import AGE, LAPSE, THRESHOLDS
from semesta.decrees.queries import decrees
from semesta.kernel import Month
from semesta.web.clock import today
from semesta.web.gate import needs, user_of
from semesta.web.paging import chosen, page_of

# Who can act, by who paid last.
ACTORS = {
    "APBD": "Dinas pelaksana: masukkan ke tagihan berikutnya",
    "APBD_PROV": "Provinsi: tanyakan lanjutannya, atau alihkan ke APBD kota",
    "SELF": "Peserta sendiri: kelurahan mengingatkan",
    "EMPLOYER": "Pemberi kerja: petugas kepatuhan menanyakan",
    "BAZNAS": "Baznas: dinas menanyakan lanjutannya",
    "CSR": "Perusahaan penyumbang: dinas menanyakan lanjutannya",
}
NOBODY = "Dinas pelaksana: cari siapa yang membayar terakhir"


@needs("see_enrolment")
def ahead(request: HttpRequest) -> HttpResponse:
    """A timeline of the coming months, and the people whose protection is about to end."""
    user, on = user_of(request), today()
    days = chosen(request, "hari", [str(days) for days in THRESHOLDS])
    months = _months(user)
    context: dict[str, object] = {"here": "ahead", "today": on, "months": months}
    month = chosen(request, "bulan", [str(row["month"]) for row in months])
    if month:
        first = Month.parse(month).first_day
        context["areas"] = queries.coming_by_area(user, first)
        context["shown"] = first
    if may(user, "see_people"):
        counted = queries.announced_by_threshold(user, on=on)
        found = queries.announcements(user, on=on, threshold=int(days) if days else 0)
        page = page_of(request, found, 25)
        context |= {
            "thresholds": [(n, counted.get(n, 0)) for n in THRESHOLDS],
            "days": days,
            "page": page,
            "rows": [(one, ACTORS.get(one.payer, NOBODY)) for one in page],
        }
    return render(request, "membership/ahead.html", context)


def _months(user: User) -> list[dict[str, object]]:
    """The coming months with their counts, and the decrees that end in them."""
    found = queries.coming_months(user)
    ends: dict[Month, list[str]] = {}
    first = Month.of(today())
    for decree in decrees(user):
        last = Month.of(decree.until_month) + -1
        if 0 <= last - first <= 12:
            ends.setdefault(last, []).append(decree.number)
    months = sorted({*(Month.of(day) for day in found), *ends})
    most = max((counts.get(LAPSE, 0) for counts in found.values()), default=0)
    rows = []
    for month in months:
        counts = found.get(month.first_day, {})
        lapses = counts.get(LAPSE, 0)
        rows.append(
            {
                "month": month,
                "lapses": lapses,
                "share": 100 * lapses / most if most else 0,
                "birthdays": counts.get(AGE, 0),
                "decrees": ends.get(month, []),
            }
        )
    return rows
