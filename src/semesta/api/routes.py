"""The API's routes. Session sign-in, the same rights and areas as the pages."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI, Query
from ninja.security import SessionAuth

from semesta.access.models import User
from semesta.access.rights import RIGHTS, check_may, may
from semesta.api import shapes
from semesta.api.clock import actor, today
from semesta.api.errors import add_error_shape
from semesta.api.law import router as law
from semesta.audit.services import record
from semesta.coverage import queries as coverage
from semesta.decrees import queries as decree_queries
from semesta.decrees.models import Decree
from semesta.intake import queries as intake
from semesta.intake.fates import EVERY_FATE
from semesta.kernel.identity import mask
from semesta.ledger.queries import standing_of, timeline_of
from semesta.registry.models import Person
from semesta.registry.queries import person_or_denied, search_people

MOST = 100
FAILURES = frozenset({400, 401, 403, 404, 409, 422})


def answers(shape: Any) -> dict[Any, Any]:
    """What an address answers with: its own shape, or the one error shape."""
    return {200: shape, FAILURES: shapes.Failure}


api = NinjaAPI(
    title="Semesta",
    version="1",
    description="Jaminan sosial ketenagakerjaan suatu kota: kiriman, orang, "
    "keputusan, cakupan, hukum. Hak dan wilayah tugas berlaku sama seperti di halaman.",
    auth=SessionAuth(),
)
add_error_shape(api)
api.add_router("/law", law)


def _user(request: HttpRequest, right: str = "") -> User:
    user = cast(User, request.user)
    if right:
        check_may(user, right)
    return user


@api.get(
    "/me", response=answers(shapes.Me), summary="Pengguna yang masuk", tags=["Akun"]
)
def me(request: HttpRequest) -> dict[str, Any]:
    user = _user(request)
    return {
        "username": user.username,
        "role": user.role,
        "area": user.area,
        "rights": [right for right in RIGHTS if may(user, right)],
    }


@api.get(
    "/coverage",
    response=answers(list[shapes.FigureOut]),
    summary="Cakupan, dengan penyebut dan sumbernya",
    tags=["Cakupan"],
    auth=None,
)
def coverage_figures(
    request: HttpRequest, measure: str = "", segment: str = "", area: str = ""
) -> list[dict[str, Any]]:
    """Open to everyone: counts of whole areas tell nobody's secret.

    Blank means all: measures, segments, and areas of the newest computation.
    """
    wanted = {"definition": measure, "segment": segment, "area": area}
    return [
        figure.as_dict()
        for figure in coverage.figures()
        if all(getattr(figure, key) == want for key, want in wanted.items() if want)
    ]


@api.get(
    "/deliveries",
    response=answers(shapes.DeliveryPage),
    summary="Kiriman, terbaru dahulu",
    tags=["Kiriman"],
)
def deliveries(
    request: HttpRequest,
    limit: int = Query(50, ge=1, le=MOST),
    offset: int = Query(0, ge=0),
) -> dict[str, Any]:
    found = intake.deliveries(_user(request, "see_deliveries"))
    return {"total": found.count(), "items": found[offset : offset + limit]}


@api.get(
    "/deliveries/{name}",
    response=answers(shapes.DeliveryOut),
    summary="Satu kiriman",
    tags=["Kiriman"],
)
def delivery(request: HttpRequest, name: str) -> Any:
    found = intake.deliveries(_user(request, "see_deliveries"))
    return get_object_or_404(found, name=name)


@api.get(
    "/deliveries/{name}/rows",
    response=answers(shapes.RowPage),
    summary="Nasib tiap baris satu kiriman",
    tags=["Kiriman"],
)
def rows(
    request: HttpRequest,
    name: str,
    fate: str = Query("", pattern=f"^({'|'.join(EVERY_FATE)})?$"),
    limit: int = Query(50, ge=1, le=MOST),
    offset: int = Query(0, ge=0),
) -> dict[str, Any]:
    found = intake.deliveries(_user(request, "see_deliveries"))
    page = intake.delivery_rows(
        get_object_or_404(found, name=name, status="read"),
        workspace=settings.WORKSPACE,
        fate=fate or None,
        limit=limit,
        offset=offset,
    )
    return {"total": page.total, "items": page.rows}


def _found(person: Person) -> dict[str, Any]:
    return {
        "id": person.pk,
        "name": person.name,
        "nik": mask(person.nik),
        "born_on": person.born_on,
        "kelurahan": person.kelurahan,
    }


@api.post(
    "/people/search",
    response=answers(shapes.FoundPeople),
    summary="Cari orang",
    tags=["Orang"],
)
def search(request: HttpRequest, wanted: shapes.SearchIn) -> dict[str, Any]:
    """By POST, so that no name or NIK lands in an address or a log."""
    found = search_people(_user(request, "see_people"), wanted.text)
    record(
        action="person.searched",
        by=actor(request),
        detail={"found": len(found.people)},
    )
    return {"more": found.more, "items": [_found(person) for person in found.people]}


@api.get(
    "/people/{pk}",
    response=answers(shapes.PersonOut),
    summary="Satu orang",
    tags=["Orang"],
)
def person(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The look is recorded, as on the page."""
    found = person_or_denied(_user(request, "see_people"), pk)
    record(action="person.viewed", by=actor(request), subject=f"person:{found.pk}")
    on = today()
    return _found(found) | {
        "alive": found.alive,
        "occupation": found.occupation,
        "decile": found.decile,
        "paid_months": timeline_of(found.pk).paid_months,
        "as_of": on,
        "standings": [
            {
                "segment": segment,
                "status": standing.status,
                "tenure_months": standing.tenure_months,
                "unpaid_months": standing.unpaid_months,
                "paid_until": standing.paid_until and str(standing.paid_until),
            }
            for segment, standing in standing_of(found.pk, on).items()
        ],
    }


def _decree(decree: Decree) -> dict[str, Any]:
    names = ("number", "issued_on", "payer", "first_month", "until_month", "status")
    return {
        "id": decree.pk,
        "sha256": decree.sha256,
        "entries": decree.in_area,  # type: ignore[attr-defined]
        **{name: getattr(decree, name) for name in names},
    }


@api.get(
    "/decrees",
    response=answers(list[shapes.DecreeOut]),
    summary="Keputusan",
    tags=["Keputusan"],
)
def decrees(request: HttpRequest) -> list[dict[str, Any]]:
    found = decree_queries.decrees(_user(request, "see_decree"))
    return [_decree(decree) for decree in found]


@api.get(
    "/decrees/{pk}",
    response=answers(shapes.DecreeOut),
    summary="Satu keputusan",
    tags=["Keputusan"],
)
def decree(request: HttpRequest, pk: int) -> dict[str, Any]:
    found = decree_queries.decrees(_user(request, "see_decree"))
    return _decree(get_object_or_404(found, pk=pk))


@api.get(
    "/decrees/{pk}/entries",
    response=answers(shapes.EntryPage),
    summary="Daftar menurut nama pada satu keputusan",
    tags=["Keputusan"],
)
def entries(
    request: HttpRequest,
    pk: int,
    limit: int = Query(50, ge=1, le=MOST),
    offset: int = Query(0, ge=0),
) -> dict[str, Any]:
    user = _user(request, "see_decree")
    found = get_object_or_404(decree_queries.decrees(user), pk=pk)
    listed = decree_queries.entries_in_view(user, found)
    return {
        "total": found.in_area,  # type: ignore[attr-defined]
        "items": [
            {
                "number": entry.number,
                "person_id": entry.person_id,
                "name": entry.name,
                "nik": mask(entry.nik),
                "kelurahan": entry.kelurahan,
                "status": entry.status,
                "rejection_reason": entry.rejection_reason,
            }
            for entry in listed[offset : offset + limit]
        ],
    }
